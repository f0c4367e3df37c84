"""No news any more, news again, and thanks for the word after SUDAH."""

from services.notifier.sending import Rendered
from services.notifier.story import Story
from services.notifier.templates.notices.parts import notice, private


def stopped(story: Story) -> Rendered:
    goes_on = "" if story.phase in ("closed", "withdrawn") else " Laporan Anda tetap dikerjakan."
    step = f"Baik, kami tidak mengirim kabar lagi.{goes_on}"
    back = "Balas STATUS kapan saja untuk bertanya, atau MULAI untuk dikabari lagi."
    if story.private:
        return private(story, f"{step} {back}")
    return notice(
        story,
        "kami tidak mengirim kabar lagi; balas STATUS untuk bertanya, MULAI untuk dikabari lagi",
        step,
        back,
        "Yang masih kami kirim: jawaban atas pesan Anda sendiri, dan bila ada bahaya.",
    )


def resumed(story: Story) -> Rendered:
    step = "Baik, Anda kami kabari lagi setiap ada perubahan. Balas BERHENTI untuk berhenti dikabari."
    return private(story, step) if story.private else notice(story, "Anda kami kabari lagi", step)


def afterword(story: Story) -> Rendered:
    step = "Terima kasih, kesan Anda kami catat dan kami sampaikan kepada yang menangani."
    back = "Laporannya tetap tertutup. Bila masalahnya kembali, balas BELUM."
    if story.private:
        return private(story, f"{step} {back}")
    return notice(story, "kesan Anda kami catat; terima kasih", step, back)
