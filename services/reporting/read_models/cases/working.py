"""What events of the work change in a card: who holds it, returns and rulings, sub-tasks, plans, more time. Pure."""

from collections.abc import Mapping
from datetime import datetime

from services.complaint import events as e
from services.complaint.changes.work import bounced
from services.contracts.changing import replace
from services.reporting.read_models.cases import holdings
from services.reporting.read_models.cases.card import Card
from services.reporting.read_models.cases.holdings import Clock, Holding
from services.reporting.read_models.cases.parts import Extension, Instruction, Plan, Standing, Subtask


def fold(card: Card, data: e.Event, n: int, at: datetime) -> Card | None:  # one case per event
    """None: the event is no matter of this module."""
    match data:
        case e.ComplaintAssigned():
            return _assigned(card, data, n, at)
        case e.LeadHandedOff():
            kept = {s: h for s, h in card.holdings.items() if s not in (data.seat, data.to.seat)}
            held = {data.to.seat: _held(card, data.to, n, at), **kept, **_owing(card, data.seat, parts=True)}
            forced = card.forced or bool(data.forced)
            returns = {k: s for k, s in card.returns.items() if s != data.to.seat and k != card.lead_return}
            bounces = card.bounces + bounced(data, (holding.role for holding in card.holdings.values()))
            return replace(card, holdings=held, returns=returns, plan=None, bounces=bounces, forced=forced)
        case e.AssignmentReturned():
            return _returned(card, data)
        case e.ReturnRefused():
            held = {**card.holdings, data.seat: _held_again(card, data.to, n, at)}
            returns = {number: seat for number, seat in card.returns.items() if number != data.number}
            return replace(card, holdings=held, returns=returns, forced=False, bound=(*card.bound, data.seat))
        case e.DisposedInternally() if data.unit is not None and data.seat in card.holdings:
            inside = replace(card.holdings[data.seat], unit=data.unit)
            return replace(card, holdings={**card.holdings, data.seat: inside})
        case e.AccountLost():
            return replace(card, lost_door=data.door, suspect=card.suspect or data.suspect)
        case e.AnsweredOnAir():
            return replace(card, on_air=at)
        case e.QuestionAsked():
            return replace(meets(card, data.seat, data.met), questions={**card.questions, data.number: data.seat})
        case e.QuestionLapsed():
            left = {number: seat for number, seat in card.questions.items() if number not in data.numbers}
            return replace(card, holdings=holdings.moved(card.holdings, data.moved), questions=left)
        case e.ExtensionAsked():
            wish = Extension(data.seat, data.clock, data.started, data.until, data.superior)
            return replace(card, extensions={**card.extensions, data.number: wish})
        case e.ExtensionRuled():
            return _ruled(card, data)
        case e.WorkPlanned():
            plan = Plan(data.seat, data.wakes, data.moves)
            return replace(meets(card, data.seat, data.met), plan=plan, plans=card.plans + 1, expected_end=data.wakes)
        case e.PlanWoke():
            return replace(card, holdings=holdings.moved(card.holdings, data.moved), plan=None, expected_end=None)
        case _:
            return _subtasks(card, data, n, at)


def _subtasks(card: Card, data: e.Event, n: int, at: datetime) -> Card | None:
    match data:
        case e.SubtaskGiven():
            card = _owes(card, data.seat, Clock("subtask", n, data.due, since=at), at)
            given = Subtask(data.seat, data.by, n, data.due)
            return replace(card, subtasks={**card.subtasks, data.number: given})
        case e.SubtaskDone():
            return _part_over(meets(card, data.seat, data.met), data.number, "done")
        case e.SubtaskDeclined():
            return _part_over(meets(card, data.seat, data.met), data.number, "declined")
        case e.SubtaskDropped():
            return _part_over(card, data.number, "dropped")
        case _:
            return None


def over(card: Card) -> Card:
    """Nothing is open any more, and no clock runs."""
    return replace(
        card, holdings={seat: replace(holding, clocks=()) for seat, holding in card.holdings.items()}, questions={},
        plan=None, returns={}, forced=False, subtasks=left_behind(card, {}),
        extensions={k: replace(one, ruling=one.ruling or "moot") for k, one in card.extensions.items()},
    )  # fmt: skip


def instructed(card: Card, data: e.InstructionGiven, n: int, at: datetime) -> Card:
    given = Instruction(data.by, data.seat, n, data.due)
    card = _owes(card, data.seat, Clock("instruction", n, data.due, since=at), at)
    return replace(card, instructions={**card.instructions, data.number: given})


def with_clocks(card: Card, seat: str, clocks: tuple[Clock, ...]) -> Card:
    return replace(card, holdings={**card.holdings, seat: replace(card.holdings[seat], clocks=clocks)})


def meets(card: Card, seat: str, met: tuple[e.ClockName, ...]) -> Card:
    holding = card.holdings.get(seat)
    if holding is None or not met:
        return card
    return with_clocks(card, seat, tuple(c for c in holding.clocks if c.name not in met))


def _held(card: Card, assignment: e.Assignment, n: int, at: datetime) -> Holding:
    clocks = tuple(Clock(c.name, n, c.due, c.rule, c.policy, at) for c in assignment.clocks)
    before = card.holdings.get(assignment.seat)
    if before is None:
        return Holding(assignment.role, at, clocks, unit=assignment.unit)
    if not clocks:
        return replace(before, role=assignment.role)
    return Holding(assignment.role, at, (*clocks, *_owed(before)), unit=assignment.unit)


def _held_again(card: Card, to: e.Assignment, n: int, at: datetime) -> Holding:
    """A seat that has got a greater part meanwhile keeps that."""
    held, before = _held(card, to, n, at), card.holdings.get(to.seat)
    if before is None or before.role not in ("lead", "superior") or held.role == "lead":
        return held
    return replace(held, role=before.role)


def led_by(card: Card, seat: str) -> Card:
    """A superior who finishes what nobody leads has it, should it be reopened."""
    holding = card.holdings.get(seat)
    if card.lead is not None or holding is None:
        return card
    return replace(card, holdings={**card.holdings, seat: replace(holding, role="lead")})


def _assigned(card: Card, data: e.ComplaintAssigned, n: int, at: datetime) -> Card:
    """The named seats, and whoever else still owes a leader an answer or the lead a part of the work."""
    card = replace(card, holdings=holdings.moved(card.holdings, data.moved or ()))
    named = {a.seat: _held(card, a, n, at) for a in data.assignments}
    owing = {
        seat: replace(holding, role="supporting", clocks=_owed(holding))
        for seat, holding in card.holdings.items()
        if seat not in named and seat not in (data.left_out or ()) and _owed(holding)
    }
    held = {**named, **owing}
    lead = next((a.seat for a in data.assignments if a.role == "lead"), None)
    person = data.by == "person"
    void = data.cancelled or ()
    return replace(
        card, phase="working", holdings=held, subtasks=left_behind(card, held), raised_to=None,
        plan=card.plan if card.plan is not None and card.plan.seat == lead else None,
        returns={} if person else card.returns, forced=card.forced and not person,
        bound=card.bound if not person else (lead,) if data.bound and lead is not None else (),
        notes={k: replace(note, ruling="cancelled") if k in void else note for k, note in card.notes.items()},
    )  # fmt: skip


def _returned(card: Card, data: e.AssignmentReturned) -> Card:
    number = data.number or card.returned + 1
    kept = {s: h for s, h in card.holdings.items() if s != data.seat}
    lead = card.lead == data.seat
    declined = {
        k: replace(one, standing="declined") if one.seat == data.seat and one.standing == "open" else one
        for k, one in card.subtasks.items()
    }
    return replace(
        card, holdings={**kept, **_owing(card, data.seat, parts=False)}, plan=None if lead else card.plan,
        returned=number, returns={**card.returns, number: data.seat}, bounces=card.bounces + lead, subtasks=declined,
        forced=card.forced or bool(data.forced), lead_return=number if lead else card.lead_return,
    )  # fmt: skip


def _ruled(card: Card, data: e.ExtensionRuled) -> Card:
    wish = card.extensions.get(data.number)
    if wish is None:
        return card
    until = data.until or wish.until
    ruled = replace(wish, ruling=data.ruling, until=until)
    held = holdings.extended(card.holdings, data.moved)
    return replace(card, holdings=held, extensions={**card.extensions, data.number: ruled})


def _owes(card: Card, seat: str, clock: Clock, at: datetime) -> Card:
    holding = card.holdings.get(seat) or Holding("supporting", at)
    return replace(card, holdings={**card.holdings, seat: replace(holding, clocks=(*holding.clocks, clock))})


def _owed(holding: Holding) -> tuple[Clock, ...]:
    return tuple(clock for clock in holding.clocks if clock.name in ("instruction", "subtask"))


def _owing(card: Card, seat: str, *, parts: bool) -> dict[str, Holding]:
    """What is left of the part of a seat that gave it away: what it owes a leader, and with `parts` the lead too."""
    holding = card.holdings.get(seat)
    clocks = () if holding is None else tuple(c for c in _owed(holding) if parts or c.name == "instruction")
    return {} if holding is None or not clocks else {seat: Holding("supporting", holding.since, clocks)}


def _part_over(card: Card, number: int, standing: Standing) -> Card:
    one = card.subtasks.get(number)
    if one is None:
        return card
    card = replace(card, subtasks={**card.subtasks, number: replace(one, standing=standing)})
    holding = card.holdings.get(one.seat)
    if holding is None:
        return card
    return with_clocks(card, one.seat, tuple(c for c in holding.clocks if c.started != one.given))


def left_behind(card: Card, held: Mapping[str, Holding]) -> dict[int, Subtask]:
    run = {clock.started for holding in held.values() for clock in holding.clocks if clock.name == "subtask"}
    return {
        k: replace(one, standing="dropped") if one.standing == "open" and one.given not in run else one
        for k, one in card.subtasks.items()
    }
