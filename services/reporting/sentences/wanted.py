"""What the reporter wants to hear, and what he said of how it went."""

from services.complaint import events as e
from services.reporting import labels
from services.reporting.sentences.voice import Line, Voice
from services.web.i18n import later


def line(say: Voice, data: e.Event) -> Line | None:
    tr = say.tr
    match data:
        case e.NewsStopped():
            title = later("Pelapor meminta tidak dikirimi kabar lagi")
            hears = tr(later("Hanya jawaban atas pesannya sendiri dan tanda bahaya yang masih dikirim"))
            return Line(tr(title), "wait", facts=(hears,), words=say.message(data.message))
        case e.NewsResumed():
            return Line(tr(later("Pelapor mau dikabari lagi")), words=say.message(data.message))
        case e.AfterwordGiven():
            score = () if data.score is None else (tr(labels.SATISFACTION[data.score]),)
            return Line(
                tr(later("Kesan pelapor sesudah selesai")), "good", facts=score, words=say.message(data.message)
            )
        case _:
            return None
