"""What a card knows of honest closing: pictures and who may see them, signature, doubts, audit. Pure."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from services.complaint import events as e
from services.contracts.changing import replace
from services.contracts.envelope import Recorded

AuditState = Literal["drawn", "passed", "failed"]


@dataclass(frozen=True, slots=True)
class Picture:
    """`done`: shown with a resolution, not on the way to one. `content_type`: of a reporter's; None: ask the upload."""

    of: Literal["reporter", "office"]
    n: int
    round: int = 1
    done: bool = False
    party: str | None = None
    content_type: str | None = None
    audience: e.Audience = "hidden"


@dataclass(frozen=True, slots=True)
class SignOff:
    """A resolution that waits for the word of `to`. `n`: of its submission."""

    to: str
    doer: str
    due: datetime
    n: int


@dataclass(frozen=True, slots=True)
class Closing:
    pictures: dict[str, Picture] = field(default_factory=dict)
    sign_off: SignOff | None = None
    flagged: bool = False
    """In its latest round something spoke against a picture."""
    refused: bool = False
    """A second seat once did not approve."""
    audit: AuditState | None = None

    def shown(self, of: Literal["reporter", "office"], erased: tuple[str, ...]) -> str | None:
        """The picture that everybody may see: the reporter's first, an office's latest."""
        cleared = [
            (picture.n, media)
            for media, picture in self.pictures.items()
            if picture.of == of and picture.audience == "public" and picture.party not in erased
        ]
        if not cleared:
            return None
        return min(cleared)[1] if of == "reporter" else max(cleared)[1]


NOTHING = Closing()


def fold(closing: Closing, event: Recorded[e.Event], round_: int) -> Closing:  # one case per event
    """`round_`: of the complaint after the event. The same object when the event is about something else."""
    data = event.data
    match data:
        case e.EvidenceAttached():
            one = Picture("reporter", event.n, round_, party=data.party, content_type=data.content_type)
            return replace(closing, pictures={data.media: one, **closing.pictures})
        case e.EvidenceCleared():
            known = closing.pictures.get(data.media)
            if known is None:
                return closing
            return replace(closing, pictures={**closing.pictures, data.media: replace(known, audience=data.audience)})
        case e.EvidenceFlagged():
            return replace(closing, flagged=True)
        case e.ProgressReported() | e.PlaceVisited() | e.SubtaskDone():
            return _shown(closing, data.evidence, event.n, round_, done=False)
        case e.ResolutionSubmitted():
            shown = _shown(closing, data.evidence, event.n, round_, done=True)
            return replace(shown, sign_off=SignOff(data.to, data.seat, data.due, event.n))
        case e.SignOffEscalated():
            if closing.sign_off is None:
                return closing
            return replace(closing, sign_off=replace(closing.sign_off, to=data.to, due=data.due))
        case e.SignOffRecorded():
            return replace(closing, sign_off=None, refused=closing.refused or not data.approved)
        case e.ComplaintResolved():
            return replace(_shown(closing, data.evidence, event.n, round_, done=True), sign_off=None)
        case e.ComplaintReopened() | e.MatterReopened():
            return replace(closing, flagged=False)
        case e.ComplaintAssigned(by="machine"):
            return closing
        case (
            e.ComplaintAssigned() | e.ComplaintWithdrawn() | e.EntryUndone() | e.ComplaintClosed() | e.ComplaintMerged()
        ):
            return replace(closing, sign_off=None) if closing.sign_off is not None else closing
        case e.AuditDrawn():
            return replace(closing, audit="drawn")
        case e.AuditRecorded():
            return replace(closing, audit="passed" if data.passed else "failed")
        case _:
            return closing


def _shown(closing: Closing, evidence: tuple[str, ...], n: int, round_: int, *, done: bool) -> Closing:
    """A picture that was shown before keeps what was said of it."""
    if not evidence:
        return closing
    pictures = dict(closing.pictures)
    for media in evidence:
        before = pictures.get(media)
        said = before.audience if before is not None else "hidden"
        pictures[media] = Picture("office", n, round_, done, audience=said)
    return replace(closing, pictures=pictures)
