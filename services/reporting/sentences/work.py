"""What the offices did."""

from services.complaint import events as e
from services.reporting import labels
from services.reporting.sentences.voice import Line, Voice, earliest
from services.web.i18n import later


def line(say: Voice, data: e.Event) -> Line | None:  # one case per event
    tr = say.tr
    match data:
        case e.ComplaintAssigned():
            named = tuple(f"{tr(labels.ROLE[a.role])}: {say.seat(a.seat)}" for a in data.assignments)
            named += _by_rule(say, data)
            words = say.some(
                (later("Instruksi"), "instruction", data.instruction), (later("Alasan"), "reason", data.reason)
            )
            due = earliest(tuple(c for a in data.assignments for c in a.clocks))
            return Line(
                tr(later("Diteruskan kepada yang bertugas")), facts=named + _ruled(say, data), due=due, words=words
            )
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
            grounds = (tr(labels.GROUND[data.ground]), *_forced(say, data))
            return Line(tr(later("Dikembalikan")), "wait", facts=grounds, words=words)
        case e.LeadHandedOff():
            words = say.some((later("Alasan"), "reason", data.reason))
            title = tr(later("Dialihkan kepada {seat}")).format(seat=say.seat(data.to.seat))
            return Line(title, due=earliest(data.to.clocks), facts=_forced(say, data), words=words)
        case e.InstructionGiven():
            words = say.some((later("Instruksi"), "text", data.text))
            title = tr(later("Instruksi kepada {seat}")).format(seat=say.seat(data.seat))
            return Line(title, due=data.due, words=words)
        case e.InstructionAnswered():
            return Line(tr(later("Instruksi dijawab")), words=say.some((later("Jawaban"), "text", data.text)))
        case _:
            return None


def _ruled(say: Voice, data: e.ComplaintAssigned) -> tuple[str, ...]:
    """What a coordinator's new assignment says of what went before it."""
    tr = say.tr
    found = [tr(later("salah alamat: {seat}")).format(seat=say.seat(seat)) for seat in data.misassigned or ()]
    found += [tr(later("catatan kinerja #{note} dibatalkan")).format(note=note) for note in data.cancelled or ()]
    if data.bound:
        found.append(tr(later("putusan: tidak dapat dipindahkan lagi")))
    return tuple(found)


def _forced(say: Voice, data: e.AssignmentReturned | e.LeadHandedOff) -> tuple[str, ...]:
    if not data.forced:
        return ()
    return (say.tr(later("perpindahan ke-{count}: perlu putusan koordinator")).format(count=data.bounce),)


def _by_rule(say: Voice, data: e.ComplaintAssigned) -> tuple[str, ...]:
    """The unit that the rules name, and who was left out for conflict of interest."""
    facts = [
        say.tr(later("Bagian: {unit}")).format(unit=found.name if (found := say.city.unit(a.seat, a.unit)) else a.unit)
        for a in data.assignments
        if a.unit is not None
    ]
    if data.left_out:
        seats = ", ".join(say.seat(seat) for seat in data.left_out)
        facts.append(say.tr(later("Tidak diberi tahu karena menyangkut mereka: {seats}")).format(seats=seats))
    return tuple(facts)
