"""It is said to be done; it is confirmed, reopened, closed."""

from services.contracts import buttons
from services.notifier.sending import Rendered
from services.notifier.story import Story
from services.notifier.templates.notices.parts import due, in_time, moment, notice, private, text
from services.notifier.templates.phrases import quoted


def resolved(story: Story) -> Rendered:
    if story.private:
        return closing_question(
            story, "Laporan Anda dinyatakan selesai. Balas STATUS untuk membaca apa yang dilakukan."
        )
    happened = story.happened
    told = _RESOLVED[happened.closure or "fixed"].format(seat=happened.seat)
    where = f"Diteruskan ke: {happened.referred_to}." if happened.referred_to else None
    proof = f"Buktinya: {happened.link}" if happened.link else None
    # Reply buttons allow 1,024 characters in all; whoever wants the whole text asks for it.
    parts = (told, quoted(happened.words, 450), where, proof, _pair(story))
    return closing_question(story, "\n\n".join(part for part in parts if part), _line_of_resolution(story))


def word_reminded(story: Story) -> Rendered:
    """Once, halfway: silence is no consent that anybody should be proud of."""
    if story.private:
        return closing_question(story, "Kami belum mendengar kabar Anda tentang laporan ini.")
    return closing_question(
        story,
        "\n\n".join(part for part in (_UNHEARD.format(seat=story.happened.seat), _pair(story)) if part),
        f"kami belum mendengar kabar Anda. {_CLOSING_QUESTION[story.kind]}",
    )


_UNHEARD = "Kami belum mendengar kabar Anda. {seat} menyatakan laporan ini selesai."


def _pair(story: Story) -> str | None:
    """For every channel: there both can be seen, also where no picture can be sent."""
    return f"Gambar sebelum dan sesudah: {story.page}" if story.happened.pair else None


_RESOLVED = {
    "fixed": "{seat} menyatakan sudah selesai:",
    "explained": "{seat} menjelaskan:",
    "refused": "{seat} tidak dapat memenuhi ini, dengan alasan:",
    "other_authority": "{seat}: ini wewenang instansi lain.",
    "unsupported": "{seat} belum menemukan dasar untuk menindaklanjuti:",
    "withdrawn": "{seat} menutup ini:",
    "adopted": "{seat} menerima usul ini:",
    "not_adopted": "{seat} belum dapat menerapkan usul ini:",
}


_CLOSING_QUESTION = {
    "complaint": "Apakah benar sudah beres?",
    "suggestion": "Apakah tanggapan ini cukup bagi Anda?",
    "criticism": "Apakah tanggapan ini cukup bagi Anda?",
    "question": "Apakah pertanyaan Anda sudah terjawab?",
    "assistance_request": "Apakah bantuannya sudah Anda terima?",
}


def _line_of_resolution(story: Story) -> str:
    return f"dinyatakan selesai. {_CLOSING_QUESTION[story.kind]}"


def closing_question(story: Story, told: str, line: str | None = None) -> Rendered:
    """The closing question of the kind, with two buttons, and what silence will mean."""
    at = story.due or story.happened.when
    until = due(story) or moment(story)
    silence = f" Tanpa kabar sampai {until}, kami anggap selesai." if at is not None and at > story.now else ""
    asked = f"{_CLOSING_QUESTION[story.kind]} Tekan SUDAH atau BELUM.{silence}"
    pressed = (
        (buttons.payload("confirm", story.complaint), "SUDAH"),
        (buttons.payload("reopen", story.complaint), "BELUM"),
    )
    picture = "" if story.private else story.happened.pair or ""
    return Rendered(text(story, told, asked), line or _line_of_resolution(story), pressed, picture)


def confirmed(story: Story) -> Rendered:
    return notice(
        story,
        "ditutup sebagai beres menurut Anda; terima kasih",
        "Terima kasih sudah memberi tahu. Laporan ini kami tutup: beres, menurut Anda sendiri.",
        "Bila masalahnya kembali, balas BELUM; laporan yang sama kami buka lagi.",
        _A_WORD,
    )


_A_WORD = (
    "Satu pertanyaan lagi, bila berkenan: bagaimana penanganannya? Balas angka 1 (sangat tidak puas) sampai 5 "
    "(sangat puas), atau tulis kesan Anda. Tidak dijawab juga tidak apa-apa."
)


def reopened(story: Story) -> Rendered:
    step = "Laporan ini kami buka kembali."
    if story.private:
        return private(story, f"{step} Berikutnya: tanggapan {in_time(story, 'kami kabarkan di sini')}.")
    who = f"Giliran {story.lead} lagi" if story.lead else "Koordinator menentukan siapa yang menangani"
    return notice(
        story,
        "kami buka kembali karena menurut Anda belum beres",
        f"{step} Kalau menurut Anda belum beres, memang belum selesai.",
        f"{who}; tanggapan {in_time(story, 'kami kabarkan di sini')}. "
        "Boleh kirim foto atau ceritakan apa yang masih kurang.",
    )


def reopened_by_audit(story: Story) -> Rendered:
    step = "Laporan ini kami buka kembali: pemeriksaan kami sendiri menemukan pekerjaannya belum benar."
    if story.private:
        return private(story, f"{step} Berikutnya: tanggapan {in_time(story, 'kami kabarkan di sini')}.")
    who = f"Giliran {story.lead} lagi" if story.lead else "Koordinator menentukan siapa yang menangani"
    return notice(
        story,
        "kami buka kembali karena pemeriksaan kami menemukan pekerjaannya belum benar",
        step,
        f"{who}; tanggapan {in_time(story, 'kami kabarkan di sini')}. Anda tidak perlu berbuat apa-apa.",
    )


def closed_silent(story: Story) -> Rendered:
    return notice(
        story,
        "ditutup karena belum ada kabar dari Anda; balas BELUM bila belum beres",
        "Sampai batas waktunya kami belum mendengar kabar Anda, jadi laporan ini kami tutup.",
        "Ternyata belum beres? Balas BELUM kapan saja, laporan ini kami buka kembali.",
    )


def closed_on_air(story: Story) -> Rendered:
    return notice(
        story,
        "sudah dijawab dalam siaran langsung dan kami tutup",
        "Laporan Anda sudah dijawab dalam siaran langsung, jadi kami tutup.",
        "Jawabannya kurang? Balas BELUM, laporan ini kami buka kembali.",
    )
