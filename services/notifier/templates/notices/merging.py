"""The matter is somebody else's too."""

from services.notifier.sending import Rendered
from services.notifier.story import Story
from services.notifier.templates.notices.parts import NEWS, in_time, notice, private, turn


def merged(story: Story) -> Rendered:
    """No ticket of another person stands here: with it anyone could follow that one."""
    kept = "Nomor Anda tetap berlaku, dan Anda sendiri yang menyatakan sudah beres atau belum."
    if story.private:
        return private(story, f"Laporan Anda kami tangani bersama laporan lain tentang hal yang sama. {kept} {NEWS}")
    by = f", giliran {story.lead}" if story.lead else ""
    return notice(
        story,
        f"kami tangani bersama laporan lain tentang hal yang sama{by}",
        "Warga lain juga melaporkan hal ini, jadi laporan-laporannya kami tangani sekaligus.",
        kept,
        turn(story) or NEWS,
    )


def unmerged(story: Story) -> Rendered:
    step = "Laporan Anda kini kami tangani tersendiri, tidak lagi bersama laporan lain."
    if story.private:
        return private(story, f"{step} Berikutnya: kabar {in_time(story, 'di sini')}.")
    then = turn(story) or "Berikutnya: kami tentukan siapa yang menangani, lalu Anda kami kabari."
    return notice(story, "kini kami tangani tersendiri", step, then)
