"""What the offices did."""

from services.complaint import events as e
from services.reporting import labels
from services.reporting.sentences.voice import Line, Voice, earliest
from services.web.i18n import later


def line(say: Voice, data: e.Event) -> Line | None:  # one case per event
    tr = say.tr
    match data:
        case e.ComplaintAssigned():
            facts = tuple(f"{tr(labels.ROLE[a.role])}: {say.seat(a.seat)}" for a in data.assignments)
            words = say.some(
                (later("Instruksi"), "instruction", data.instruction), (later("Alasan"), "reason", data.reason)
            )
            due = earliest(tuple(c for a in data.assignments for c in a.clocks))
            return Line(tr(later("Diteruskan kepada yang bertugas")), facts=facts, due=due, words=words)
        case e.AssignmentAccepted():
            words = say.some((later("Catatan"), "note", data.note))
            return Line(tr(later("Diterima oleh kantor")), due=data.finish_by, words=words)
        case e.ProgressReported():
            words = say.some((later("Yang dikerjakan"), "text", data.text))
            return Line(tr(later("Kemajuan")), due=data.expected_end, words=words, media=data.evidence)
        case e.PlaceVisited():
            words = say.some((later("Yang dilihat"), "text", data.text))
            return Line(tr(later("Ditinjau di tempat")), words=words, media=data.evidence)
        case e.QuestionAsked():
            words = say.some((later("Pertanyaan"), "question", data.question))
            return Line(tr(later("Bertanya kepada pelapor")), "wait", words=words)
        case e.QuestionAnswered():
            return Line(tr(later("Pelapor menjawab")), words=say.message(data.message))
        case e.AssignmentReturned():
            words = say.some((later("Alasan"), "reason", data.reason))
            ground = (tr(labels.GROUND[data.ground]),)
            return Line(tr(later("Dikembalikan")), "wait", facts=ground, words=words)
        case e.LeadHandedOff():
            words = say.some((later("Alasan"), "reason", data.reason))
            title = tr(later("Dialihkan kepada {seat}")).format(seat=say.seat(data.to.seat))
            return Line(title, due=earliest(data.to.clocks), words=words)
        case e.InstructionGiven():
            words = say.some((later("Instruksi"), "text", data.text))
            title = tr(later("Instruksi kepada {seat}")).format(seat=say.seat(data.seat))
            return Line(title, due=data.due, words=words)
        case e.InstructionAnswered():
            return Line(tr(later("Instruksi dijawab")), words=say.some((later("Jawaban"), "text", data.text)))
        case _:
            return None
