"""What an office gets of pictures and of the signature that its resolution waits for. Pure."""

from services.complaint import events as e
from services.complaint.state import Desk, Unopened
from services.contracts.tasks import TaskPicture, TaskSignOff
from services.router.dossier import Dossier


def pictures(dossier: Dossier) -> tuple[TaskPicture, ...]:
    """Of the reporter's those that somebody cleared; of the offices' all, for they showed them themselves."""
    state = dossier.state
    if isinstance(state, Unopened) or not (state.file.cleared or state.file.proofs):
        return ()
    found: dict[str, TaskPicture] = {}
    for event in dossier.events:
        if isinstance(event.data, e.EvidenceAttached):
            name, kind = event.data.media, event.data.content_type
            cleared = state.file.cleared.get(name, "hidden") != "hidden"
            if cleared and event.data.party not in state.file.erased:
                found[name] = TaskPicture(reference=reference(dossier, name), of="reporter", content_type=kind)
    for name in state.file.proofs:
        found.setdefault(name, TaskPicture(reference=reference(dossier, name), of="office", content_type=None))
    return tuple(found.values())


def reference(dossier: Dossier, media: str) -> str:
    """As `GET /media/<reference>` reads it: the same file may belong to several complaints."""
    return f"{dossier.complaint}.{media}"


def sign_off(dossier: Dossier, desk: Desk, text: str | None) -> TaskSignOff | None:
    """What it waits for; else what was said, if it was sent back to work in this round. `text`: its words, opened."""
    if desk.submission is not None:
        return TaskSignOff(seat=desk.submission.to, due=desk.submission.due, approved=None, text=None)
    for event in reversed(dossier.events):
        if isinstance(event.data, e.SignOffRecorded):
            if event.data.approved:
                return None
            return TaskSignOff(seat=event.data.seat, due=None, approved=False, text=text)
        if isinstance(event.data, e.ComplaintReopened | e.ComplaintAssigned):
            return None
    return None
