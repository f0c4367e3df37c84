"""What a template may know of a complaint: plain values, opened and named as people read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from services.contracts.base import Confidentiality, Kind

Phase = Literal["screening", "working", "waiting", "planned", "leaderless", "resolved", "closed", "withdrawn"]
"""Where the complaint is, as its reporter would say it. `waiting`: for the reporter's answer; `planned`: for a date."""


What = Literal["question", "reply", "progress", "visit", "plan", "resolution"]


@dataclass(frozen=True, slots=True)
class Place:
    """The city that speaks."""

    name: str
    zone: ZoneInfo
    emergency_number: str
    door: str
    """The label of the door the person came in by: `Hotline Wali Kota`."""
    code: str | None = None
    """What is to be sent from another chat of the same person."""


@dataclass(frozen=True, slots=True)
class Happened:
    """The event that a notice is about. Fields that its type does not have are None."""

    seat: str | None = None
    """Title of the seat that acted: `Kepala Dinas Lingkungan Hidup`."""
    words: str | None = None
    """What it said, opened; None when nothing was said or it can't be opened any more."""
    when: datetime | None = None
    """The date it names: finish by, expected end, due, confirm by."""
    to: str | None = None
    """Title of the seat it went to, or of the superior."""
    beside: tuple[str, ...] = ()
    ground: str | None = None
    closure: str | None = None
    link: str | None = None
    referred_to: str | None = None
    programme: str | None = None
    pictures: int = 0
    pair: str | None = None
    """Address of the pictures before and after, side by side, where a person cleared both for everybody."""
    round: int = 1
    level: str | None = None
    clock: str | None = None
    places: tuple[str, ...] = ()
    """Names of the kelurahan that it may be in, if there are several."""
    account: str | None = None
    """Label of the account that is meant."""
    outside: bool = False
    """The pin that was sent lies beyond the city."""
    urgent: bool = False
    """It may be about a danger to life."""
    earlier: int = 0
    """How many events of this type came before."""


@dataclass(frozen=True, slots=True)
class Story:
    place: Place
    complaint: str
    ticket: str
    confidentiality: Confidentiality
    phase: Phase
    now: datetime
    page: str
    """Address of the public tracking page of this ticket."""
    kind: Kind = "complaint"
    lead: str | None = None
    """Title of the seat whose turn it is."""
    due: datetime | None = None
    """By when that seat must have spoken or finished."""
    overdue: bool = False
    others: bool = False
    """Other people's complaints about the same matter are handled with it."""
    about_mayor: bool = False
    """Nobody of the city stands above the one complained about."""
    began: str | None = None
    """The reporter's own first words, shortened; only where one complaint has to be told from another."""
    last: "Last | None" = None
    happened: Happened = Happened()

    @property
    def private(self) -> bool:
        """Only ticket and step may be said unasked: a lock screen is public."""
        return self.confidentiality != "normal"


@dataclass(frozen=True, slots=True)
class Last:
    """The latest words of an office to this reporter, for whoever asks."""

    seat: str
    words: str
    at: datetime
    what: What
