"""What several events are made of: a message, a clock, an assignment, a matter."""

from typing import Literal

from services.contracts.base import (
    About,
    Channel,
    Confidentiality,
    Function,
    HowPast,
    Id,
    Kind,
    Moment,
    Stored,
    Token,
    Urgency,
)
from services.contracts.sealed import Sealed

Form = Literal[
    "text",
    "image",
    "video",
    "document",
    "voice",
    "location",
    "button",
    "sticker",
    "reaction",
    "contact",
    "other",
    "removed",
]

ClockName = Literal["first_response", "resolve", "instruction", "subtask", "screen"]

Role = Literal["lead", "supporting", "territorial", "superior"]
"""`superior`: got it by escalation, to see that somebody acts; may act in the lead's place."""

Decider = Literal["machine", "person"]


class Message(Stored):
    """One message of a person, as it lies in the log. `removed`: an earlier one was taken back by who wrote it."""

    channel: Channel
    door: Token
    form: Form
    text: Sealed | None = None
    text_blob: str | None = None
    """Name of the sealed blob that holds the whole of a text above 16 kB; `text` then holds its beginning."""
    place: Sealed | None = None
    """JSON `{"latitude", "longitude", "label"}`."""
    ward_code: str | None = None
    """The kelurahan that was chosen from a list, or that a poster's code names."""
    provider_id: Sealed | None = None
    media: int = 0
    """How many files came with it; each follows as `evidence_attached` or `evidence_refused`."""
    forwarded: bool = False
    sent_at: Moment | None = None
    """The provider's time: shown, never used for order or clocks."""
    transcribes: int | None = None
    """`n` of the message with the reporter's voice whose words these are, as the acting seat wrote them down."""


class Past(Stored):
    """How a complaint ended at another system, before it came here; when it came in there is its message's
    `sent_at`."""

    how: HowPast
    ended: Moment | None = None


class Clock(Stored):
    """A due time as it came out, with what it came from."""

    name: ClockName
    seat: Token
    due: Moment
    rule: str
    """`24h`, `14wd` (working days), `at` (a date that someone set)."""
    policy: int
    calendar: str | None = None


class MovedClock(Stored):
    name: ClockName
    seat: Token
    started: int
    """`n` of the event that started it."""
    due: Moment
    escalates_at: Moment | None = None
    """Of one that was breached: when it goes up the line."""


class Assignment(Stored):
    seat: Token
    role: Role
    clocks: tuple[Clock, ...] = ()
    unit: Token | None = None
    """The part of the office (bidang, UPT) that the city's rules name."""


class Candidate(Stored):
    """One alternative of a proposal."""

    category: Token
    function: Function
    p: float


class PlaceCandidate(Stored):
    """Where a matter may be. Kelurahan and kecamatan only: no more of a place stands in clear."""

    district_code: str
    ward_code: str | None = None
    score: float
    """0 to 1."""
    why: str
    """Our own words: `named`, `typo.lives`, `landmark`, `pin`."""


class Whereabouts(Stored):
    """What is doubtful about a place."""

    how: Literal["none", "ambiguous", "district", "outside", "pin", "named", "landmark"]
    """`outside`: a pin beyond the city."""
    candidates: tuple[PlaceCandidate, ...] = ()
    ask: bool = False
    """The place matters here and nobody knows it: the reporter is to be asked, once."""
    disagrees: bool = False
    """The pin, which was taken, lies in another kelurahan than the words name."""


class Duplicate(Stored):
    """An earlier complaint that may be the same matter."""

    complaint: Id
    score: float
    """0 to 1."""
    why: tuple[str, ...] = ()
    """Our own words: `same_ward`, `pin_near`, `words:0.82`."""


class Matter(Stored):
    """What screening found: what it is, where, how urgent, who may see it."""

    kind: Kind
    category: Token
    function: Function
    district_code: str | None = None
    ward_code: str | None = None
    urgency: Urgency
    confidentiality: Confidentiality
    on_behalf: bool = False
    about: About | None = None
    """Whose own conduct it is about: never assigned or shown to them (`contracts.city.conflicts`)."""
    against: Token | None = None
    """The seat complained about, where it is known which."""
