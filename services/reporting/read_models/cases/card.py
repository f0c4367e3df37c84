"""One complaint as lists and counts see it, and what each event changes in it. Pure.

The card is stored beside its columns, so that the next event can be folded without reading the log.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter

from services.complaint import events as e
from services.contracts.base import ClosureClass, Confidentiality, End
from services.contracts.changing import replace
from services.contracts.envelope import Recorded
from services.reporting.read_models.cases import calling, contact, holdings, merging, publishing, working
from services.reporting.read_models.cases.calling import Call
from services.reporting.read_models.cases.closing import NOTHING, Closing
from services.reporting.read_models.cases.closing import fold as fold_closing
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
                return working.waits_on(self)
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
        return working.due(self)

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
    def ended(self) -> str | None:
        return "withdrawn" if self.withdrawn else self.end


CARD = TypeAdapter(Card)


class OutOfOrder(Exception):
    """The event is not the next one of this card."""


def fold(card: Card | None, event: Recorded[e.Event]) -> Card:
    """The card after `event`. Raises OutOfOrder when an event between is missing."""
    data = event.data
    if card is None:
        if not isinstance(data, e.ComplaintReceived) or event.n != 1:
            raise OutOfOrder(f"{event.complaint}: {event.type} n={event.n} and nothing before")
        card = Card(
            complaint=event.complaint, city=event.city, ticket=data.ticket, n=1, received_at=event.at, since=event.at,
            confidentiality=data.confidentiality, session=data.session, imported=data.message.channel == "import",
        )  # fmt: skip
        return card if data.past is None else _over(card, data.past, data.message.sent_at)
    if event.n != card.n + 1:
        raise OutOfOrder(f"{event.complaint}: n={event.n} after {card.n}")
    after = _after(card, event.n, event.at, data)
    called = calling.fold(after.calls, event.n, event.at, data)
    if called is not after.calls:
        after = replace(after, calls=called)
    closing = fold_closing(after.closing, event, after.round)
    if closing is not after.closing:
        after = replace(after, closing=closing)
    if after is not card and (after.waits_on, after.lead) != (card.waits_on, card.lead):
        return replace(after, n=event.n, since=event.at)
    return replace(after, n=event.n)


def _said(card: Card, data: e.ContactAllowed | e.ContactDisallowed | e.AfterwordGiven) -> Card:
    """The reporter's own words about himself and about the handling."""
    if isinstance(data, e.AfterwordGiven):
        return replace(card, afterword=True, score=data.score)
    return replace(card, callable=isinstance(data, e.ContactAllowed))


def _over(card: Card, past: e.Past, came: datetime | None) -> Card:
    """It stands among others of its own days, and waits for nobody since it ended there."""
    received = min(came or past.ended or card.received_at, card.received_at)
    return replace(card, phase="closed", end="elsewhere", received_at=received, since=past.ended or received)


def _after(card: Card, n: int, at: datetime, data: e.Event) -> Card:  # one case per event
    if (shared := merging.fold(card, data)) is not None:
        return shared
    if (worked := working.fold(card, data, n, at)) is not None:
        return worked
    if isinstance(data, publishing.PUBLISHING | e.ReplySent):
        return publishing.fold(card, data)
    match data:
        case e.ScreeningProposed():
            if card.phase != "screening":
                return card
            alike = tuple(one for one in data.duplicates or () if one.complaint not in card.not_same)
            return replace(
                card,
                matter=data.matter,
                summary=data.summary,
                proposed=True,
                abstains=data.abstains,
                perhaps_danger="danger" in (data.unsure or ()),
                screen_by=card.screen_by or (data.screen_by.due if data.screen_by is not None else None),
                alike=alike,
            )
        case e.ComplaintScreened():
            level = data.matter.confidentiality
            return replace(card, phase="working", matter=data.matter, summary=data.summary, confidentiality=level)
        case e.ConfidentialityRaised():
            return replace(card, confidentiality=data.level)
        case e.ReporterErased():
            return replace(card, erased=(*card.erased, data.party))
        case e.ContactAllowed() | e.ContactDisallowed() | e.AfterwordGiven():
            return _said(card, data)
        case e.ContactAsked() | e.ContactRuled() | e.ContactShown():
            return replace(card, contacts=contact.fold(card.contacts, data))
        case e.AssignmentAccepted():
            met = working.meets(card, data.seat, data.met)
            if data.seat not in met.holdings:
                return met
            return replace(
                met, holdings={**met.holdings, data.seat: replace(met.holdings[data.seat], accepted=True)},
                expected_end=data.finish_by or met.expected_end,
            )  # fmt: skip
        case e.ProgressReported():
            return replace(
                working.meets(card, data.seat, data.met), expected_end=data.expected_end or card.expected_end
            )
        case e.PlaceVisited():
            return working.meets(card, data.seat, data.met)
        case e.ResolutionSubmitted():
            return replace(working.meets(card, data.seat, data.met), questions={})
        case e.SignOffRecorded():
            return replace(card, holdings=holdings.moved(card.holdings, data.moved))
        case e.QuestionAnswered():
            left = {number: seat for number, seat in card.questions.items() if number not in data.numbers}
            return replace(card, holdings=holdings.moved(card.holdings, data.moved), questions=left)
        case e.InstructionGiven():
            return working.instructed(card, data, n, at)
        case e.InstructionAnswered():
            return _answered(card, data)
        case e.ClockBreached():
            return _breached(card, data)
        case e.Escalated():
            return _escalated(card, data, at)
        case e.ClocksRecomputed():
            return replace(card, holdings=holdings.recomputed(card.holdings, data))
        case e.BreachExplained():
            return _noted(card, data.note, explained=True)
        case e.NoteRuled():
            return _noted(card, data.note, ruling=data.ruling)
        case e.ComplaintResolved():
            return replace(
                working.over(working.led_by(card, data.seat)), phase="resolved", closure=data.closure,
                expected_end=None, without_proof=data.without_proof, confirm_by=data.confirm_by, word_until=None,
            )  # fmt: skip
        case e.ResolutionConfirmed():
            return replace(_closed(card), end="confirmed")
        case e.ComplaintClosed():
            return replace(_closed(card), end=data.end)
        case e.ComplaintWithdrawn() | e.EntryUndone():
            return replace(_closed(card), withdrawn=True, undone=isinstance(data, e.EntryUndone))
        case e.ComplaintReopened():
            return replace(
                card, phase="working", round=data.round, closure=None, without_proof=False, confirm_by=None, end=None,
                word_until=None,
            )  # fmt: skip
        case _:
            # Messages, evidence, replies, deliveries and the concerned person stand in the timeline alone.
            return card


def _closed(card: Card) -> Card:
    return replace(working.over(card), phase="closed")


def _escalated(card: Card, data: e.Escalated, at: datetime) -> Card:
    holding = card.holdings.get(data.to) or Holding("superior", at)
    return replace(card, holdings={**card.holdings, data.to: holding}, raised_to=data.to)


def _answered(card: Card, data: e.InstructionAnswered) -> Card:
    instruction = card.instructions.get(data.number)
    if instruction is None:
        return card
    card = replace(card, instructions={**card.instructions, data.number: replace(instruction, answered=True)})
    holding = card.holdings.get(data.seat)
    if holding is None:
        return card
    return working.with_clocks(card, data.seat, tuple(c for c in holding.clocks if c.started != instruction.given))


def _breached(card: Card, data: e.ClockBreached) -> Card:
    if data.clock == "screen":
        return replace(card, screen_late=True)
    card = replace(card, holdings=holdings.breached(card.holdings, data))
    if data.note is None:
        return card
    return replace(card, notes={**card.notes, data.note: Note(data.seat, data.superior)})


def _noted(card: Card, number: int, *, explained: bool | None = None, ruling: str | None = None) -> Card:
    note = card.notes.get(number)
    if note is None:
        return card
    changed = replace(note, explained=explained or note.explained, ruling=ruling or note.ruling)
    return replace(card, notes={**card.notes, number: changed})
