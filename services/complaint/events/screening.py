"""What it is, where, how urgent: proposed by the machine, decided by it or by a person."""

from services.complaint.events.values import Candidate, Clock, Decider, Duplicate, Matter, Whereabouts
from services.contracts.base import Mark, Stored
from services.contracts.sealed import Sealed


class ScreeningProposed(Stored):
    """What the machine thinks, and why, in our own words: the reporter's stand nowhere in clear."""

    matter: Matter
    confidence: float
    alternatives: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
    """Ids of the rules that spoke, each with our own word that it found: `drain:mampet`."""
    summary: str
    abstains: bool
    """Too unsure to say: a person decides."""
    based_on: int
    """The `n` up to which it has read."""
    model: str
    policy: int
    duplicates: tuple[Duplicate, ...] | None = None
    """Earlier ones that may be the same matter, the likeliest first; None where there are none."""
    whereabouts: Whereabouts | None = None
    """None where the kelurahan is known and nothing speaks against it."""
    screen_by: Clock | None = None
    """Until when people must have decided, counted from the receipt; None where it goes on without them."""
    unsure: tuple[Mark, ...] | None = None
    """Marks that it may bear, though not surely enough to set them: a person looks first. None where there are none."""


class ComplaintScreened(Stored):
    matter: Matter
    by: Decider
    summary: str
    """The field brief that rules made of category and place."""
    wording: Sealed | None = None
    """`handling`: the reporter's words as a screener cleared them for the field."""
    notes: Sealed | None = None
    """`handling`: what was checked, with whom."""
    corrected: bool = False
    """A person decided otherwise than the machine had proposed."""


class ConcernedRecorded(Stored):
    """The person the report is about, when that is not the reporter. Sealed for `concerned`."""

    name: Sealed | None = None
    place: Sealed | None = None


Event = ScreeningProposed | ComplaintScreened | ConcernedRecorded

TYPES: dict[str, type[Event]] = {
    "complaint.screening_proposed": ScreeningProposed,
    "complaint.screened": ComplaintScreened,
    "complaint.concerned_recorded": ConcernedRecorded,
}
