"""Dates that move, work that is planned, returns that were sent back, questions that nobody answered."""

from services.notifier.sending import Rendered
from services.notifier.story import Story
from services.notifier.templates.notices.parts import NEWS, in_time, latest, moment, notice, private, turn
from services.notifier.templates.phrases import quoted


def extended(story: Story) -> Rendered:
    """Only a date that was granted; a wish that was refused changes nothing for the reporter."""
    until = latest(moment(story), "tanggal barunya kami kabarkan")
    if story.private:
        return private(story, f"Batas waktu penyelesaian laporan Anda diperpanjang: {until}.")
    return notice(
        story,
        f"batas waktu penyelesaian diperpanjang: {until}",
        f"{story.happened.seat} meminta tambahan waktu, dan {story.happened.to} menyetujuinya.",
        f"Batas yang baru untuk menyelesaikan: {until}. Bila lewat dari itu, kami beri tahu Anda dan atasannya.",
        "Maaf, Anda jadi menunggu lebih lama.",
    )


def sent_back(story: Story) -> Rendered:
    next_ = f"Berikutnya: tanggapan {in_time(story, 'kami kabarkan')}."
    if story.private:
        return private(story, f"Sudah diputuskan: laporan Anda tetap pada yang menangani semula. {next_}")
    return notice(
        story,
        f"sudah diputuskan, tetap ditangani {story.happened.seat}",
        f"{story.happened.to} memutuskan: laporan Anda tetap ditangani {story.happened.seat}.",
        next_,
    )


def planned(story: Story) -> Rendered:
    """It is no end, and says so."""
    on = moment(story) or "pada tanggal yang kami kabarkan nanti"
    moved = "dijadwalkan ulang" if story.happened.earlier else "dijadwalkan"
    open_ = "Laporan Anda tetap terbuka: dijadwalkan belum berarti selesai. Pada tanggal itu kami kabari Anda lagi."
    if story.private:
        return private(story, f"Pekerjaan untuk laporan Anda {moved}: {on}. {open_}", read=True)
    programme = f" dalam program “{story.happened.programme}”" if story.happened.programme else ""
    return notice(
        story,
        f"pekerjaannya {moved}: {on}; laporan tetap terbuka",
        f"Pekerjaan untuk laporan Anda {moved} oleh {story.happened.seat}{programme}: {on}.",
        quoted(story.happened.words, 1200),
        open_,
    )


def plan_woke(story: Story) -> Rendered:
    if story.private:
        return private(
            story, f"Tanggal rencana pekerjaan untuk laporan Anda sudah tiba, dan pengerjaannya kami tagih. {NEWS}"
        )
    return notice(
        story,
        f"tanggal rencananya sudah tiba; kini giliran {story.happened.seat}",
        "Tanggal rencana pekerjaan untuk laporan Anda sudah tiba.",
        turn(story) or f"Berikutnya: giliran {story.happened.seat}; kabarnya kami kirim ke sini.",
    )


def question_reminded(story: Story) -> Rendered:
    until = moment(story)
    goes_on = (
        f"Tanpa jawaban sampai {until}, pekerjaan dilanjutkan dengan keterangan yang ada."
        if until
        else "Tanpa jawaban pun laporan Anda tidak hilang."
    )
    if story.private:
        return private(story, f"Kami masih menunggu jawaban Anda atas pertanyaan petugas. {goes_on}", read=True)
    return notice(
        story,
        "kami masih menunggu jawaban Anda atas pertanyaan petugas",
        f"Kami masih menunggu jawaban Anda. {story.happened.seat} bertanya:",
        quoted(story.happened.words, 1500),
        f"Jawab saja di sini, sesingkat apa pun. {goes_on}",
    )


def question_lapsed(story: Story) -> Rendered:
    told = "Kami belum mendengar jawaban Anda, jadi pekerjaan dilanjutkan dengan keterangan yang ada."
    late = "Jawaban Anda tetap berguna dan boleh dikirim kapan saja."
    if story.private:
        return private(story, f"{told} {late}")
    return notice(
        story, "pekerjaan dilanjutkan tanpa menunggu jawaban Anda", told, f"{late} {turn(story) or ''}".strip()
    )
