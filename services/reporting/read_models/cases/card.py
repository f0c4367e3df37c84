"""One complaint as lists and counts see it. Pure; `folding` says what each event changes in it.

The card is stored beside its columns, so that the next event can be folded without reading the log.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter

from services.complaint import events as e
from services.contracts.base import ClosureClass, Confidentiality, End
from services.reporting.read_models.cases.calling import Call
from services.reporting.read_models.cases.closing import NOTHING, Closing
from services.reporting.read_models.cases.holdings import Holding
from services.reporting.read_models.cases.parts import (
    ContactWish,
    Drafted,
    Extension,
    Instruction,
    Note,
    Plan,
    Shown,
    Subtask,
    WaitsOn,
)

Phase = Literal["screening", "working", "resolved", "closed", "merged"]
URGENCY = {"normal": 0, "urgent": 1, "danger": 2}


@dataclass(frozen=True, slots=True)
class Card:
    complaint: str
    city: str
    ticket: str
    n: int
    received_at: datetime
    since: datetime
    """Since when it waits for whom it waits for."""
    confidentiality: Confidentiality
    phase: Phase = "screening"
    matter: e.Matter | None = None
    """As screened; while in screening, as proposed."""
    summary: str | None = None
    proposed: bool = False
    abstains: bool = False
    perhaps_danger: bool = False
    """It may be about a life at risk: a screener looks at it before others that are urgent."""
    holdings: dict[str, Holding] = field(default_factory=dict)
    questions: dict[int, str] = field(default_factory=dict)
    """Open questions to the reporter: number → seat."""
    instructions: dict[int, Instruction] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)
    extensions: dict[int, Extension] = field(default_factory=dict)
    subtasks: dict[int, Subtask] = field(default_factory=dict)
    plan: Plan | None = None
    plans: int = 0
    returns: dict[int, str] = field(default_factory=dict)
    """Returns that wait for a coordinator: number → seat."""
    lead_return: int | None = None
    """The latest that a lead gave."""
    returned: int = 0
    bounces: int = 0
    """Times that a lead gave it away, over the whole life."""
    forced: bool = False
    """It bounced so often that only a coordinator may move it."""
    bound: tuple[str, ...] = ()
    """Seats that a ruling bound to it."""
    round: int = 1
    closure: ClosureClass | None = None
    without_proof: bool = False
    confirm_by: datetime | None = None
    expected_end: datetime | None = None
    end: End | Literal["elsewhere"] | None = None
    """`elsewhere`: at another system, before it came here."""
    withdrawn: bool = False
    erased: tuple[str, ...] = ()
    into: str | None = None
    """The complaint that this one is handled under; `before` and `kept` are where it goes on from without it."""
    before: Phase | None = None
    kept: dict[str, Holding] = field(default_factory=dict)
    joined: int = 0
    """How many are handled under this one."""
    cluster: str | None = None
    alike: tuple[e.Duplicate, ...] = ()
    """Others that may be the same matter, on which nobody has ruled."""
    not_same: tuple[str, ...] = ()
    affected: int = 0
    """People who are affected too and bring no complaint of their own."""
    word_until: datetime | None = None
    """The reporter may still say his word to a resolution that another one had reopened."""
    closing: Closing = NOTHING
    screen_by: datetime | None = None
    """Until when people must have screened it."""
    screen_late: bool = False
    session: str | None = None
    """The LIVE session that it came up in."""
    imported: bool = False
    """It came out of another system's list."""
    on_air: datetime | None = None
    """When it was answered on air."""
    lost_door: str | None = None
    """The account that it came by and that was taken over."""
    suspect: bool = False
    """Something came in by it since then."""
    undone: bool = False
    """Entered by mistake, and taken back: counts nowhere."""
    calls: dict[str, Call] = field(default_factory=dict)
    """What the reporter is to be told by telephone, by notice."""
    raised_to: str | None = None
    """The superior to whom it has come up."""
    callable: bool = False
    """The reporter allowed to be called."""
    contacts: dict[int, ContactWish] = field(default_factory=dict)
    afterword: bool = False
    """The reporter said how it went, after he had confirmed; the latest counts."""
    score: int | None = None
    """1 to 5, where that word gave one."""
    drafts: dict[int, Drafted] = field(default_factory=dict)
    publications: dict[int, Shown] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        return self.phase in ("screening", "working")

    @property
    def lead(self) -> str | None:
        return next((seat for seat, holding in self.holdings.items() if holding.role == "lead"), None)

    @property
    def waits_on(self) -> WaitsOn:
        match self.phase:
            case "screening":
                return "screening"
            case "working":
                if self.closing.sign_off is not None:
                    return "sign_off"
                if self.questions:
                    return "reporter"
                if self.lead is None or self.forced:
                    return "coordinator"
                return "office" if self.plan is None else "plan"
            case "resolved":
                return "word"
            case "merged":
                return "nobody" if self.ended else "word" if self.confirm_by else "main"
            case "closed":
                return "nobody"

    @property
    def late(self) -> bool:
        if self.phase == "screening":
            return self.screen_late
        return self.phase == "working" and any(holding.late for holding in self.holdings.values())

    @property
    def due(self) -> datetime | None:
        """The earliest of the clocks (they pause while it waits for the reporter), or when the term for a word ends.

        The clock of a resolution that is planned for a date stands still: that date takes its place.
        """
        if self.phase in ("resolved", "merged"):
            return self.confirm_by
        if self.phase == "screening":
            return self.screen_by
        if self.phase != "working":
            return None
        if self.closing.sign_off is not None:
            return None
        clocks = (clock for holding in self.holdings.values() for clock in holding.clocks)
        found = [clock.due for clock in clocks if self.plan is None or clock.name != "resolve"]
        return min([*found, *([] if self.plan is None else [self.plan.wakes])], default=None)

    @property
    def to_rule(self) -> bool:
        """Somebody has to rule on something."""
        asked = self.forced or bool(self.returns) or any(one.ruling is None for one in self.extensions.values())
        waits = any(one.granted is None for one in self.contacts.values())
        return waits or (self.phase == "working" and (asked or self.lead is None))

    @property
    def to_remove(self) -> bool:
        """Something of it still stands in public that only an account's own people can take away."""
        return any(proof.by_hand for proof in self.publications.values())

    @property
    def published(self) -> bool:
        """Somebody has shown something of it to everybody, and it holds: a picture that is still cleared, or work shown
        in this very round. Whether its category may be listed at all is the view's (`reporting.published`)."""
        if self.confidentiality != "normal" or self.phase not in ("working", "resolved", "closed") or self.undone:
            return False
        if any(one.standing in ("posted", "linked") and one.round == self.round for one in self.publications.values()):
            return True
        shown = self.closing.shown("reporter", self.erased), self.closing.shown("office", self.erased)
        return shown != (None, None)

    @property
    def ended(self) -> str | None:
        return "withdrawn" if self.withdrawn else self.end


CARD = TypeAdapter(Card)
