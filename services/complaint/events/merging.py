"""One matter, many reporters: the handling happens once, under the main complaint; ticket, reporter and end stay each
one's own. A link and nothing more: both streams live on, and what is linked can be taken apart again.
"""

from typing import Literal

from pydantic import Field

from services.complaint.events.values import Decider, MovedClock
from services.contracts.base import Channel, ClosureClass, Id, Moment, Stored, Token
from services.contracts.sealed import Sealed

Apart = Literal["ruling", "danger", "secret", "main_over", "circle", "dissolved"]
"""Why a complaint stands on its own again: a person's ruling, what its reporter said since, the main one is over, two
that were merged into each other, the whole cluster was dissolved."""

Advance = Literal["accepted", "progressed", "visited", "breached", "planned", "extended"]


class ComplaintMerged(Stored):
    """From here on the matter is handled under `into`, which itself is not merged when this is decided."""

    into: Id
    by: Decider
    cluster: Id | None = None
    """The surge that it belongs to, when the machine decided for that reason."""
    reason: Sealed | None = None
    moved_from: Id | None = None
    """It was merged into this one until now, and moves on with it."""


class ComplaintUnmerged(Stored):
    """On its own again, where it stood before, with clocks that start anew."""

    was_into: Id
    by: Decider
    why: Apart
    reason: Sealed | None = None
    moved: tuple[MovedClock, ...] | None = None
    """What a leader or the lead had asked of a seat goes on, later by the time that the merge took."""


class MatterAdvanced(Stored):
    """Something happened in the main complaint that the reporter of this one hears of, too."""

    main: Id
    about: int
    """`n` of the event in the main complaint, where its words lie."""
    what: Advance


class MatterResolved(Stored):
    """The office says of the main complaint that it is done; the reporter of this one has a word of his own."""

    main: Id
    about: int
    seat: Token
    closure: ClosureClass
    without_proof: bool = False
    confirm_by: Moment
    """Without a word of this reporter until then this one closes as `silent`."""


class MergeJoined(Stored):
    """In the main complaint: these are handled here now."""

    complaints: tuple[Id, ...]
    reporters: int = Field(ge=1)
    """Complaints that share the handling from here on, the main one included."""
    cluster: Id | None = None


class MergeLeft(Stored):
    """In the main complaint: these are not handled here any more."""

    complaints: tuple[Id, ...]
    reporters: int = Field(ge=1)


class MatterReopened(Stored):
    """In the main complaint: a reporter whose complaint is handled here said BELUM. Nobody else's end changes."""

    complaint: Id
    round: int
    """2 for the first reopening."""


class MatterClosed(Stored):
    """In a main complaint whose own reporter had come to an end before: the handling is over again, that end stands."""


class DuplicateDismissed(Stored):
    """A person says: not the same matter."""

    of: Id


class AffectedCounted(Stored):
    """Somebody who is affected too and brings no complaint of his own: "saya juga", a comment."""

    who: Id
    """Keyed hash of complaint and person: counts once, and nobody can be followed by it from matter to matter."""
    channel: Channel


Event = (
    ComplaintMerged
    | ComplaintUnmerged
    | MatterAdvanced
    | MatterResolved
    | MergeJoined
    | MergeLeft
    | MatterReopened
    | MatterClosed
    | DuplicateDismissed
    | AffectedCounted
)

TYPES: dict[str, type[Event]] = {
    "complaint.merged": ComplaintMerged,
    "complaint.unmerged": ComplaintUnmerged,
    "complaint.matter_advanced": MatterAdvanced,
    "complaint.matter_resolved": MatterResolved,
    "complaint.merge_joined": MergeJoined,
    "complaint.merge_left": MergeLeft,
    "complaint.matter_reopened": MatterReopened,
    "complaint.matter_closed": MatterClosed,
    "complaint.duplicate_dismissed": DuplicateDismissed,
    "complaint.affected_counted": AffectedCounted,
}
