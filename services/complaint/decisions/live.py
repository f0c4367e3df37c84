"""What was answered on air, and entries that are taken back."""

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.decisions.base import Decision
from services.complaint.state import Closed, Merged, Opened, Resolved, Screening, Working

Live = c.AnswerOnAir | c.UndoEntry


def decide(state: Opened | Merged, command: Live) -> Decision:
    match command:
        case c.AnswerOnAir():
            return answer(state, command)
        case c.UndoEntry():
            return undo(state, command)


def answer(state: Opened | Merged, command: c.AnswerOnAir) -> Decision:
    """Only what came up in that session. One that settles a matter which nobody has screened takes it as the machine
    proposes it, so that a BELUM finds something to reopen."""
    if state.file.session != command.session:
        return refusals.OTHER_SESSION
    if _over(state):
        return refusals.ALREADY_CLOSED
    said = e.AnsweredOnAir(
        session=command.session, seat=command.seat, text=command.text, settles=command.settles, by=command.by
    )
    if not command.settles:
        return (said,)
    if state.file.shared.joined:
        return refusals.OTHERS_WAIT
    ended = e.ComplaintClosed(end="answered_on_air")
    if not isinstance(state, Screening):
        return said, ended
    proposal = state.proposal
    if proposal is None:
        return refusals.NOT_SCREENED
    return e.ComplaintScreened(matter=proposal.matter, by="machine", summary=proposal.summary), said, ended


def undo(state: Opened | Merged, command: c.UndoEntry) -> Decision:
    if state.file.session is None:
        return refusals.NO_ENTRY
    if _over(state):
        return refusals.ALREADY_CLOSED
    if isinstance(state, Resolved) or state.file.shared.joined:
        return refusals.OTHERS_WAIT if state.file.shared.joined else refusals.NOT_OPEN
    return (e.EntryUndone(by=command.by),)


def _over(state: Opened | Merged) -> bool:
    match state:
        case Merged():
            return state.ended is not None
        case Closed():
            return True
        case Screening() | Working() | Resolved():
            return state.file.shared.ended is not None
