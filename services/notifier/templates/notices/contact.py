"""Whether the reporter may be called, and that somebody was shown how."""

from services.notifier.sending import Rendered
from services.notifier.story import Story
from services.notifier.templates.notices.parts import notice, private


def allowed(story: Story) -> Rendered:
    step = "Baik, Anda boleh dihubungi petugas tentang laporan ini."
    back = "Berubah pikiran? Balas JANGAN HUBUNGI kapan saja."
    if story.private:
        return private(story, f"{step} {back}")
    return notice(
        story,
        "Anda boleh dihubungi petugas; balas JANGAN HUBUNGI untuk menariknya",
        step,
        "Nomor Anda tetap tertutup: petugas harus memintanya dengan alasan, orang kedua menyetujui, dan Anda kami "
        "kabari bila dilihat.",
        back,
    )


def disallowed(story: Story) -> Rendered:
    step = "Baik, petugas tidak akan menghubungi Anda. Pertanyaan dan kabar kami kirim lewat sini saja."
    if story.private:
        return private(story, step)
    return notice(story, "petugas tidak akan menghubungi Anda", step)


def shown(story: Story) -> Rendered:
    if story.private:
        return private(story, "Kontak Anda dilihat satu petugas; alasannya tercatat dan disetujui orang kedua.")
    return notice(
        story,
        f"kontak Anda dilihat {story.happened.seat}, dengan alasan yang tercatat",
        f"Kontak Anda dilihat {story.happened.seat} supaya dapat menghubungi Anda. Alasannya tercatat dan disetujui "
        "orang kedua.",
        "Petugas tidak pernah meminta uang, sandi, atau kode OTP. Ada yang mencurigakan? Balas di sini.",
    )
