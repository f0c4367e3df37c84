"""What every notice is made of."""

from services.contracts import buttons
from services.notifier.sending import Rendered
from services.notifier.story import Story
from services.notifier.templates.phrases import one_line, when

ASK_BACK = "Balas STATUS untuk membacanya."


READ = "BACA SELENGKAPNYA"

NEWS = "Kabar berikutnya kami kirim ke sini."
"""Where nobody's turn can be named."""

LINE = 200
"""Characters of the one line: a template's parameter, an SMS, a subject."""


def moment(story: Story) -> str | None:
    at = story.happened.when
    return None if at is None else when(at, story.place.zone, story.now)


def due(story: Story) -> str | None:
    return None if story.due is None else when(story.due, story.place.zone, story.now)


def latest(moment: str | None, otherwise: str) -> str:
    return f"paling lambat {moment}" if moment is not None else otherwise


def in_time(story: Story, otherwise: str) -> str:
    """By when it may be waited for. What goes out late, after an outage, promises no day that is over, and accuses
    nobody who has answered meanwhile."""
    if promises(story):
        return f"paling lambat {due(story)}"
    if story.due is not None and story.overdue:
        return f"seharusnya {due(story)}; batas itu sudah lewat dan kami catat"
    return otherwise


def promises(story: Story) -> bool:
    """There is a day, and it lies ahead."""
    return story.due is not None and story.due > story.now


def text(story: Story, *parts: str | None) -> str:
    """Paragraphs, the ticket last, so that it is found at the same place in every message."""
    return "\n\n".join([part for part in parts if part] + [f"Nomor: {story.ticket}"])


def notice(story: Story, line: str, *parts: str | None) -> Rendered:
    return Rendered(text(story, *parts), one_line(line, LINE))


def private(story: Story, step: str, read: bool = False) -> Rendered:
    """Ticket and step; `read`: there are words to read, for whoever asks."""
    offered = ((buttons.payload("status", story.complaint), READ),) if read else ()
    line = step.removeprefix("Laporan Anda ").removeprefix("Laporan ini ")  # its number stands before it
    return Rendered(text(story, step, ASK_BACK if read else None), one_line(line, LINE), offered)


def turn(story: Story) -> str | None:
    """Whose turn it is and by when; None where nothing can be promised."""
    if story.phase == "waiting":
        return "Berikutnya: kami menunggu jawaban Anda atas pertanyaan petugas."
    if story.phase == "planned":
        return f"Berikutnya: pekerjaannya dijadwalkan {due(story)}; pada tanggal itu kami kabari lagi."
    if story.phase == "leaderless":
        return "Berikutnya: koordinator menentukan siapa yang menangani, dan Anda kami kabari."
    if story.phase != "working" or story.lead is None:
        return None
    if story.overdue and story.due is not None:
        return f"Giliran {story.lead}; batasnya {due(story)} sudah lewat dan kami catat."
    if story.due is not None:
        return f"Berikutnya: giliran {story.lead}, paling lambat {due(story)}."
    return f"Berikutnya: giliran {story.lead}; kabarnya kami kirim ke sini."
