"""A city's rules with numbers."""

from datetime import timedelta
from typing import Literal

from pydantic import Field

from services.contracts.base import Received, Token
from services.contracts.city.sending import SendingRules


class EvidenceRules(Received):
    """What speaks against a picture that an office gives as proof."""

    reused: Literal["refuse", "mark"] = "refuse"
    """A picture that was there before: the reporter's own, or one shown elsewhere. One that is merely like it is
    marked always."""
    far_km: float = Field(default=2, gt=0)
    """Farther than this from the reporter's pin is too far; `far_from_ward_km` from the middle of the kelurahan."""
    far_from_ward_km: float = Field(default=6, gt=0)
    clock_off_hours: float = Field(default=1, ge=0)
    """So far a camera's clock may be off before "taken before the complaint" is said."""


class SignOffRules(Received):
    """When another seat must look before the reporter is asked. Off but for marked pictures."""

    flagged: bool = True
    without_proof: bool = False
    categories: tuple[Token, ...] = ()
    share: float = Field(default=0, ge=0, le=1)
    """Of all resolutions, by chance that no office can foresee."""
    by: tuple[Token, ...] = ()
    """Seats that are asked first; then the lurah and camat of the place, then the oversight."""
    hours: float = Field(default=48, gt=0)
    """Until the seat above is asked."""


class AuditRules(Received):
    share: float = Field(default=0, ge=0, le=1)
    """Of all resolutions, by chance that no office can foresee; an auditor looks at them afterwards."""


class DoorBudgets(Received):
    """How much goes straight through. What is more is kept, marked, answered once and waits behind others; nothing is
    turned away. 0: no such budget."""

    first: int = Field(default=5, ge=1)
    """Messages of a person, within `person_minutes`, that never wait, whatever the channel carries."""
    person_messages: int = Field(default=60, ge=0)
    """Of one person within `person_minutes`."""
    person_minutes: float = Field(default=10, gt=0)
    channel_messages: int = Field(default=3000, ge=0)
    """Of all people on one channel within a minute."""


class Policy(Received):
    """Rules with numbers. A change is a new version, put in force as a city fact."""

    version: int = Field(ge=1)
    first_response_hours: float = 24
    resolve_working_days: dict[str, int] = {"question": 5, "complaint": 14, "inspection": 60}
    screen_working_days: int = Field(default=3, ge=1)
    """From receipt until people have decided what the machine leaves to them."""
    settle_seconds: float = 90
    confirm_working_days: float = 10
    straight_through_at: float = Field(default=0.8, ge=0, le=1)
    """The machine's confidence from which a complaint is assigned without a screener; above 1 would be never."""
    straight_through_for: dict[str, float] = {}
    """Other thresholds for a kind, a function or a category; of several the strictest counts. Above 1: always a
    person."""
    learn_after_decisions: int = Field(default=0, ge=0)
    """So many decisions of people after the last training the router learns from the log by itself; 0: never."""
    straight_through: bool = True
    tag_territorial: bool = True
    """The camat (or lurah) of the place is assigned beside the lead, with a clock of its own."""
    duplicate_days: float = 7
    """How far apart two reports of one matter may lie to be proposed as one."""
    duplicate_at: float = Field(default=0.6, ge=0, le=1)
    """Likeness from which it is proposed."""
    surge_count: int = Field(default=50, ge=0)
    """Reports alike within `surge_minutes` that make a cluster with one handling; 0: never."""
    surge_minutes: float = 15
    surge_quiet_minutes: float = 60
    """A cluster that nothing more came to for so long is closed."""
    surge_update_hours: float = 6
    """Those who wait in a cluster hear of progress at most once in so long; of the resolution at once."""
    extra_holidays: tuple[str, ...] = ()
    """ISO dates that the city adds to national holidays and cuti bersama."""
    working_holidays: tuple[str, ...] = ()
    """ISO dates of national holidays and cuti bersama on which the city's offices work nonetheless."""
    live_minutes: float = Field(default=15, gt=0)
    """The first real response to a complaint that came in during a LIVE session."""
    escalate_hours: float = Field(default=24, ge=0)
    """From a breach, and from each step, until the next superior gets it; around the clock. 0: nobody does."""
    apply_to_open: bool = False
    """Due times of complaints that are open when this version comes are worked out anew by it."""
    recompute_grace_hours: float = Field(default=24, ge=0)
    """Then no clock is brought nearer than so many hours from now."""
    vacant_after_hours: float = Field(default=72, ge=0)
    """A seat whose work lies unread so long, on working days (24 hours each), counts as vacant. 0: none does."""
    evidence: EvidenceRules = EvidenceRules()
    sign_off: SignOffRules = SignOffRules()
    audit: AuditRules = AuditRules()
    sending: SendingRules = SendingRules()
    doors: DoorBudgets = DoorBudgets()

    most_bounces: int = Field(default=3, ge=1)
    """Returns and hand-offs of a lead after which only a coordinator may move a complaint."""
    plan_moves: int = Field(default=2, ge=0)
    """How often a lead may move the date of planned work; a further move is a coordinator's."""
    remind_hours: float = Field(default=48, gt=0)
    """From a question to the reporter to the one reminder of it."""
    question_working_days: float = Field(default=5, gt=0)
    """From a question to the reporter until work goes on without the answer."""

    contact_minutes: float = Field(default=30, gt=0)
    """From a second person's yes, within which a reporter's contact is shown, once, to the seat that asked for it."""

    def first_response(self, scale: float) -> timedelta:
        return timedelta(hours=self.first_response_hours) * scale

    def settle(self, scale: float) -> timedelta:
        return timedelta(seconds=self.settle_seconds) * scale
