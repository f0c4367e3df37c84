"""Where the word of a second person is asked for: whose wish or work it is about. Pure."""

from services.complaint.state import Closed, Resolved, State, Unopened, Working
from services.contracts import commands as outside
from services.router.acting.meaning import ComplaintAction


def judged(state: State, action: ComplaintAction) -> str | None:
    """The seat that would say yes to itself if the same person sat there; None where a yes needs no second person.

    A no needs none either: whoever finds fault with his own work may say so.
    """
    if isinstance(state, Unopened):
        return None
    match action:
        case outside.RuleContact(granted=True):
            asked = state.file.contacts.get(action.number)
            return None if asked is None else asked.seat
        case outside.ApproveProof():
            proof = state.file.publications.get(action.number)
            return None if proof is None else proof.by
        case _:
            return _of_the_work(state, action)


def _of_the_work(state: State, action: ComplaintAction) -> str | None:
    desk = state.desk if isinstance(state, Working | Resolved | Closed) else None
    if desk is None:
        return None
    match action:
        case outside.SignOff(approved=True):
            return None if desk.submission is None else desk.submission.seat
        case outside.Audit(passed=True):
            return desk.lead
        case outside.RuleExtension(ruling="granted"):
            wish = desk.extensions.get(action.number)
            return None if wish is None else wish.seat
        case outside.RuleNote(ruling="struck"):
            note = desk.notes.get(action.note)
            return None if note is None else note.seat
        case _:
            return None
