"""One complaint as lists and counts see it, and what each event changes in it. Pure.

The card is stored beside its columns, so that the next event can be folded without reading the log.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter

from services.complaint import events as e
from services.contracts.base import ClosureClass, Confidentiality, End
from services.contracts.envelope import Recorded
from services.reporting.read_models.cases import holdings, merging
from services.reporting.read_models.cases.closing import NOTHING, Closing
from services.reporting.read_models.cases.closing import fold as fold_closing
from services.reporting.read_models.cases.holdings import Clock, Holding

Phase = Literal["screening", "working", "resolved", "closed", "merged"]
WaitsOn = Literal["screening", "sign_off", "office", "coordinator", "reporter", "word", "main", "nobody"]
URGENCY = {"normal": 0, "urgent": 1, "danger": 2}


@dataclass(frozen=True, slots=True)
class Note:
    seat: str
    superior: str | None
    explained: bool = False
    ruling: str | None = None


@dataclass(frozen=True, slots=True)
class Instruction:
    by: str
    seat: str
    given: int
    due: datetime
    answered: bool = False


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
    holdings: dict[str, Holding] = field(default_factory=dict)
    questions: dict[int, str] = field(default_factory=dict)
    """Open questions to the reporter: number → seat."""
    instructions: dict[int, Instruction] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)
    round: int = 1
    closure: ClosureClass | None = None
    without_proof: bool = False
    confirm_by: datetime | None = None
    expected_end: datetime | None = None
    end: End | None = None
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
    raised_to: str | None = None
    """The superior to whom it has come up."""

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
                return "coordinator" if self.lead is None else "office"
            case "resolved":
                return "word"
            case "merged":
                return "nobody" if self.ended else "word" if self.confirm_by else "main"
            case "closed":
                return "nobody"

    @property
    def late(self) -> bool:
        return self.phase == "working" and any(holding.late for holding in self.holdings.values())

    @property
    def due(self) -> datetime | None:
        """The earliest of the clocks (they pause while it waits for the reporter), or when the term for a word ends."""
        if self.phase in ("resolved", "merged"):
            return self.confirm_by
        if self.phase != "working":
            return None
        if self.closing.sign_off is not None:
            return self.closing.sign_off.due
        return min((holding.due for holding in self.holdings.values() if holding.due), default=None)

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
        return Card(
            complaint=event.complaint, city=event.city, ticket=data.ticket, n=1, received_at=event.at, since=event.at,
            confidentiality=data.confidentiality,
        )  # fmt: skip
    if event.n != card.n + 1:
        raise OutOfOrder(f"{event.complaint}: n={event.n} after {card.n}")
    after = _after(card, event.n, event.at, data)
    closing = fold_closing(after.closing, event, after.round)
    if closing is not after.closing:
        after = replace(after, closing=closing)
    if after is not card and (after.waits_on, after.lead) != (card.waits_on, card.lead):
        return replace(after, n=event.n, since=event.at)
    return replace(after, n=event.n)


def _after(card: Card, n: int, at: datetime, data: e.Event) -> Card:  # one case per event
    if (shared := merging.fold(card, data)) is not None:
        return shared
    match data:
        case e.ScreeningProposed():
            if card.phase != "screening":
                return card
            alike = tuple(one for one in data.duplicates or () if one.complaint not in card.not_same)
            return replace(
                card, matter=data.matter, summary=data.summary, proposed=True, abstains=data.abstains, alike=alike
            )
        case e.ComplaintScreened():
            level = data.matter.confidentiality
            return replace(card, phase="working", matter=data.matter, summary=data.summary, confidentiality=level)
        case e.ConfidentialityRaised():
            return replace(card, confidentiality=data.level)
        case e.ReporterErased():
            return replace(card, erased=(*card.erased, data.party))
        case e.ComplaintAssigned():
            return replace(card, phase="working", holdings=_assigned(card, data, n, at), raised_to=None)
        case e.LeadHandedOff():
            kept = {s: h for s, h in card.holdings.items() if s not in (data.seat, data.to.seat)}
            return replace(card, holdings={data.to.seat: _held(card, data.to, n, at), **kept})
        case e.AssignmentReturned():
            return replace(card, holdings={s: h for s, h in card.holdings.items() if s != data.seat})
        case e.AssignmentAccepted():
            met = _meets(card, data.seat, data.met)
            if data.seat not in met.holdings:
                return met
            return replace(
                met, holdings={**met.holdings, data.seat: replace(met.holdings[data.seat], accepted=True)},
                expected_end=data.finish_by or met.expected_end,
            )  # fmt: skip
        case e.ProgressReported():
            return replace(_meets(card, data.seat, data.met), expected_end=data.expected_end or card.expected_end)
        case e.PlaceVisited():
            return _meets(card, data.seat, data.met)
        case e.ResolutionSubmitted():
            return replace(_meets(card, data.seat, data.met), questions={})
        case e.SignOffRecorded():
            return replace(card, holdings=holdings.moved(card.holdings, data.moved))
        case e.QuestionAsked():
            return replace(_meets(card, data.seat, data.met), questions={**card.questions, data.number: data.seat})
        case e.QuestionAnswered():
            left = {number: seat for number, seat in card.questions.items() if number not in data.numbers}
            return replace(card, holdings=holdings.moved(card.holdings, data.moved), questions=left)
        case e.InstructionGiven():
            return _instructed(card, data, n, at)
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
            stopped = {seat: replace(holding, clocks=()) for seat, holding in card.holdings.items()}
            return replace(
                card, phase="resolved", holdings=stopped, questions={}, closure=data.closure, expected_end=None,
                without_proof=data.without_proof, confirm_by=data.confirm_by, word_until=None,
            )  # fmt: skip
        case e.ResolutionConfirmed():
            return replace(_closed(card), end="confirmed")
        case e.ComplaintClosed():
            return replace(_closed(card), end=data.end)
        case e.ComplaintWithdrawn():
            return replace(_closed(card), withdrawn=True)
        case e.ComplaintReopened():
            return replace(
                card, phase="working", round=data.round, closure=None, without_proof=False, confirm_by=None, end=None,
                word_until=None,
            )  # fmt: skip
        case _:
            # Messages, evidence, replies, deliveries and the concerned person stand in the timeline alone.
            return card


def _closed(card: Card) -> Card:
    stopped = {seat: replace(holding, clocks=()) for seat, holding in card.holdings.items()}
    return replace(card, phase="closed", holdings=stopped, questions={})


def _held(card: Card, assignment: e.Assignment, n: int, at: datetime) -> Holding:
    clocks = tuple(Clock(c.name, n, c.due, c.rule, c.policy, at) for c in assignment.clocks)
    before = card.holdings.get(assignment.seat)
    if before is None:
        return Holding(assignment.role, at, clocks)
    if not clocks:
        return replace(before, role=assignment.role)
    return Holding(assignment.role, at, (*clocks, *_instructions(before)))


def _assigned(card: Card, data: e.ComplaintAssigned, n: int, at: datetime) -> dict[str, Holding]:
    """The named seats, and whoever else still owes a leader an answer."""
    named = {a.seat: _held(card, a, n, at) for a in data.assignments}
    owing = {
        seat: replace(holding, role="supporting", clocks=_instructions(holding))
        for seat, holding in card.holdings.items()
        if seat not in named and _instructions(holding)
    }
    return {**named, **owing}


def _instructions(holding: Holding) -> tuple[Clock, ...]:
    return tuple(clock for clock in holding.clocks if clock.name == "instruction")


def _with(card: Card, seat: str, clocks: tuple[Clock, ...]) -> Card:
    return replace(card, holdings={**card.holdings, seat: replace(card.holdings[seat], clocks=clocks)})


def _meets(card: Card, seat: str, met: tuple[e.ClockName, ...]) -> Card:
    holding = card.holdings.get(seat)
    if holding is None or not met:
        return card
    return _with(card, seat, tuple(c for c in holding.clocks if c.name not in met))


def _escalated(card: Card, data: e.Escalated, at: datetime) -> Card:
    holding = card.holdings.get(data.to) or Holding("superior", at)
    return replace(card, holdings={**card.holdings, data.to: holding}, raised_to=data.to)


def _instructed(card: Card, data: e.InstructionGiven, n: int, at: datetime) -> Card:
    holding = card.holdings.get(data.seat) or Holding("supporting", at)
    holding = replace(holding, clocks=(*holding.clocks, Clock("instruction", n, data.due, since=at)))
    given = Instruction(data.by, data.seat, n, data.due)
    return replace(
        card, holdings={**card.holdings, data.seat: holding}, instructions={**card.instructions, data.number: given}
    )


def _answered(card: Card, data: e.InstructionAnswered) -> Card:
    instruction = card.instructions.get(data.number)
    if instruction is None:
        return card
    card = replace(card, instructions={**card.instructions, data.number: replace(instruction, answered=True)})
    holding = card.holdings.get(data.seat)
    if holding is None:
        return card
    return _with(card, data.seat, tuple(c for c in holding.clocks if c.started != instruction.given))


def _breached(card: Card, data: e.ClockBreached) -> Card:
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
