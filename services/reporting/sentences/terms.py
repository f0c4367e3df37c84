"""More time, parts of the work, plans, rulings on returns, questions that nobody answered."""

from services.complaint import events as e
from services.reporting import labels
from services.reporting.sentences.voice import Line, Voice, earliest
from services.web.i18n import later


def line(say: Voice, data: e.Event) -> Line | None:  # one case per event
    tr = say.tr
    match data:
        case e.ExtensionAsked():
            title = tr(later("Meminta tambahan waktu: {clock}")).format(clock=tr(labels.CLOCK[data.clock]))
            return Line(title, "wait", due=data.until, words=say.some((later("Alasan"), "reason", data.reason)))
        case e.ExtensionRuled():
            words = say.some((later("Alasan"), "reason", data.reason))
            said = (tr(labels.GRANT[data.ruling]), f"#{data.number}")
            return Line(tr(later("Tambahan waktu diputus")), facts=said, due=data.until, words=words)
        case e.ReturnRefused():
            title = tr(later("Pengembalian ditolak: tetap pada {seat}")).format(seat=say.seat(data.seat))
            words = say.some((later("Alasan"), "reason", data.reason))
            return Line(title, due=earliest(data.to.clocks), words=words)
        case e.DisposedInternally():
            unit = say.unit(data.seat, data.unit)
            title = tr(later("Disposisi internal")) if unit is None else tr(later("Disposisi ke {unit}"))
            words = say.some((later("Petugas"), "assignee", data.assignee), (later("Catatan"), "note", data.note))
            return Line(title.format(unit=unit), words=words)
        case e.WorkPlanned():
            words = say.some((later("Program"), "programme", data.programme), (later("Rencana"), "text", data.text))
            facts = (tr(later("pindah tanggal ke-{count}")).format(count=data.moves),) if data.moves else ()
            return Line(tr(later("Dijadwalkan, belum selesai")), "wait", facts=facts, due=data.wakes, words=words)
        case e.PlanWoke():
            return Line(tr(later("Tanggal rencana tiba: giliran {seat}")).format(seat=say.seat(data.seat)), "wait")
        case e.QuestionReminded():
            return Line(tr(later("Pelapor diingatkan akan pertanyaan")), routine=True)
        case e.QuestionLapsed():
            return Line(tr(later("Pertanyaan tidak dijawab; pekerjaan dilanjutkan")), "wait")
        case _:
            return _part(say, data)


def _part(say: Voice, data: e.Event) -> Line | None:
    tr = say.tr
    match data:
        case e.SubtaskGiven():
            title = tr(later("Sub-tugas #{number} untuk {seat}"))
            words = say.some((later("Tugas"), "text", data.text))
            return Line(title.format(number=data.number, seat=say.seat(data.seat)), due=data.due, words=words)
        case e.SubtaskDone():
            title = tr(later("Sub-tugas #{number} selesai")).format(number=data.number)
            words = say.some((later("Yang dikerjakan"), "text", data.text))
            return Line(title, "good", words=words, media=data.evidence)
        case e.SubtaskDeclined():
            title = tr(later("Sub-tugas #{number} ditolak")).format(number=data.number)
            return Line(title, "bad", words=say.some((later("Alasan"), "reason", data.reason)))
        case e.SubtaskDropped():
            title = tr(later("Sub-tugas #{number} dibatalkan")).format(number=data.number)
            return Line(title, words=say.some((later("Alasan"), "reason", data.reason)))
        case _:
            return None
