"""What was late, explained, answered, ended, and what the reporter heard of it."""

from services.complaint import events as e
from services.reporting import labels, reach_labels
from services.reporting.sentences.voice import Line, Voice
from services.web import channels
from services.web.i18n import later


def _why(say: Voice, reason: str) -> str:
    """A reason that a later version knows stays as it is."""
    return say.tr(reach_labels.WHY[reason]) if reason in reach_labels.WHY else reason


def line(say: Voice, data: e.Event) -> Line | None:  # one case per event
    tr = say.tr
    match data:
        case e.ClockBreached():
            facts = [f"{tr(labels.CLOCK[data.clock])}: {say.seat(data.seat)}"]
            if data.note is not None:
                facts.append(tr(later("catatan kinerja #{note} diusulkan")).format(note=data.note))
            if data.vacant:
                facts.append(tr(later("jabatan sedang kosong, tanpa catatan kinerja")))
            return Line(tr(later("Batas waktu terlewati")), "bad", facts=tuple(facts), due=data.due)
        case e.Escalated():
            title = tr(later("Naik ke {seat}")).format(seat=say.seat(data.to))
            why = tr(labels.RAISED[data.reason]).format(seat=say.seat(data.seat))
            return Line(title, "bad", facts=(why,), due=data.next_at)
        case e.ClocksRecomputed():
            title = tr(later("Batas waktu dihitung ulang dengan kebijakan v{policy}")).format(policy=data.to_policy)
            facts = [f"{tr(labels.CLOCK[m.name])}, {say.seat(m.seat)}: {say.when(m.due)}" for m in data.moved]
            return Line(title, facts=tuple(facts))
        case e.BreachExplained():
            words = say.some((later("Penjelasan"), "text", data.text))
            return Line(tr(later("Keterlambatan #{note} dijelaskan")).format(note=data.note), words=words)
        case e.NoteRuled():
            title = f"{tr(labels.RULING[data.ruling])} #{data.note}"
            return Line(title, words=say.some((later("Alasan"), "text", data.text)))
        case e.ReplySent():
            words = say.some((later("Balasan"), "text", data.text))
            by = (
                ()
                if data.drafted_by is None
                else (tr(later("disiapkan {seat}")).format(seat=say.seat(data.drafted_by)),)
            )
            return Line(tr(later("Balasan kepada pelapor")), facts=by, words=words)
        case e.SeatsMentioned():
            words = say.some((later("Catatan"), "text", data.text))
            who = ", ".join(say.seat(seat) for seat in data.seats)
            return Line(tr(later("Catatan untuk {who}")).format(who=who), facts=(say.seat(data.by),), words=words)
        case e.ComplaintResolved():
            facts = [tr(labels.CLOSURE[data.closure])]
            if data.without_proof:
                facts.append(tr(later("tanpa bukti")))
            words = say.some(
                (later("Yang dibaca pelapor"), "text", data.text),
                (later("Dirujuk ke"), "referred_to", data.referred_to),
            )
            return Line(
                tr(later("Dinyatakan selesai")), "wait" if data.without_proof else "good", facts=tuple(facts),
                due=data.confirm_by, words=words, media=data.evidence, link=data.proof_link,
            )  # fmt: skip
        case e.ComplaintClosed():
            return Line(tr(labels.END[data.end]), "good")
        case e.ReporterTold():
            how = [channels.named(data.channel, tr)]
            if data.rung is not None:
                how.append(tr(reach_labels.RUNG[data.rung]))
            if data.why is not None:
                how.append(tr(later("karena {why}")).format(why=_why(say, data.why)))
            return Line(tr(later("Pelapor dikabari")), facts=tuple(how), routine=True)
        case e.CallWanted():
            channel = channels.named(data.channel, tr)
            return Line(tr(later("Pelapor perlu ditelepon")), "wait", facts=(channel, _why(say, data.reason)))
        case e.ReporterCalled():
            words = say.some((later("Catatan"), "text", data.text))
            tone = "good" if data.outcome == "reached" else ""
            return Line(tr(later("Pelapor ditelepon")), tone, facts=(tr(reach_labels.CALL[data.outcome]),), words=words)
        case e.ReporterUnreachable():
            how = [channels.named(data.channel, tr), _why(say, data.reason)]
            return Line(tr(later("Kabar tidak sampai kepada pelapor")), "bad", facts=tuple(how))
        case _:
            return None
