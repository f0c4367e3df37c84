"""How rulings, extensions, sub-tasks, plans and unanswered questions change the offices' side of a complaint."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from services.complaint import events as e
from services.complaint import pauses
from services.complaint.changes import clocks as clock_changes
from services.complaint.changes import desk as desk_changes
from services.complaint.state import Desk, Extension, Hold, Plan, Question, Returned, RunningClock, Subtask
from services.contracts.changing import replace

Changing = (
    e.AssignmentReturned | e.LeadHandedOff | e.ReturnRefused | e.DisposedInternally | e.ExtensionAsked
    | e.ExtensionRuled | e.SubtaskGiven | e.SubtaskDone | e.SubtaskDeclined | e.SubtaskDropped | e.WorkPlanned
    | e.PlanWoke | e.QuestionAsked | e.QuestionReminded | e.QuestionLapsed
)  # fmt: skip


def changed(desk: Desk, n: int, at: datetime, data: Changing) -> Desk:  # one branch per event
    match data:
        case e.AssignmentReturned():
            return _returned(desk, data, at)
        case e.LeadHandedOff():
            return _handed_off(desk, data, n, at)
        case e.ReturnRefused():
            holds = {**desk.holds, data.seat: _held_again(desk, data.to, n, at)}
            returns = {k: r for k, r in desk.returns.items() if k != data.number}
            return replace(desk, holds=holds, returns=returns, forced=False, bound=desk.bound | {data.seat})
        case e.DisposedInternally():
            return desk
        case e.ExtensionAsked():
            wish = Extension(data.seat, data.clock, data.started, data.until, data.superior)
            return replace(desk, extensions={**desk.extensions, data.number: wish})
        case e.ExtensionRuled():
            wish = replace(desk.extensions[data.number], ruled=True)
            return replace(_running_on(desk, data, at), extensions={**desk.extensions, data.number: wish})
        case e.SubtaskGiven():
            given = Subtask(data.seat, data.by, n)
            desk = desk_changes.owes(desk, RunningClock("subtask", data.seat, n, at, data.due))
            return replace(desk, subtasks={**desk.subtasks, data.number: given})
        case e.SubtaskDone() | e.SubtaskDeclined():
            return _subtask_over(desk_changes.meets(desk, data.seat, data.met), data)
        case e.SubtaskDropped():
            return _subtask_over(desk, data)
        case e.WorkPlanned():
            since = at if desk.plan is None else desk.plan.since
            plan = Plan(data.seat, since, n, data.wakes)
            return replace(
                desk_changes.meets(desk, data.seat, data.met), plan=plan, plans=desk.plans + 1, days=data.days
            )
        case e.PlanWoke():
            return replace(clock_changes.moved(desk, data.moved), plan=None)
        case e.QuestionAsked():
            asked = Question(at, data.remind_at, data.lapse_at)
            met = desk_changes.meets(desk, data.seat, data.met)
            return replace(met, questions={**desk.questions, data.number: asked}, days=data.days, asked=data.number)
        case e.QuestionReminded():
            told = {k: replace(q, remind_at=None) if k in data.numbers else q for k, q in desk.questions.items()}
            return replace(desk, questions=told)
        case e.QuestionLapsed():
            left = {k: q for k, q in desk.questions.items() if k not in data.numbers}
            return replace(clock_changes.moved(desk, data.moved), questions=left)
        case _:
            assert_never(data)


def assigned(desk: Desk, data: e.ComplaintAssigned, n: int, at: datetime) -> Desk:
    """A new assignment settles every return, and binds its lead if it was forced."""
    desk = clock_changes.moved(desk, data.moved or ())
    holds = desk_changes.assigned(desk, data, n, at)
    person = data.by == "person"
    lead = next((a.seat for a in data.assignments if a.role == "lead"), None)
    notes = {k: replace(note, gone=note.gone or k in (data.cancelled or ())) for k, note in desk.notes.items()}
    return replace(
        desk,
        holds=holds,
        notes=notes,
        subtasks=desk_changes.left_behind(desk, holds),
        plan=desk.plan if desk.plan is not None and desk.plan.seat == lead else None,
        returns={} if person else desk.returns,
        bounces=0 if data.bound else desk.bounces,
        forced=desk.forced and not person,
        bound=_bound(desk, data, lead),
    )


def over(desk: Desk) -> Desk:
    """The work is done: nothing is open any more, and no clock runs."""
    return replace(
        desk,
        holds={seat: replace(hold, clocks=()) for seat, hold in desk.holds.items()},
        questions={},
        extensions={k: replace(wish, ruled=True) for k, wish in desk.extensions.items()},
        subtasks=desk_changes.left_behind(desk, {}),
        plan=None,
        returns={},
        forced=False,
        submission=None,
    )


def _bound(desk: Desk, data: e.ComplaintAssigned, lead: str | None) -> frozenset[str]:
    """A person's new assignment frees whoever an earlier one bound; the machine's goes on with it."""
    if data.by != "person":
        return desk.bound
    return frozenset((lead,)) if data.bound and lead is not None else frozenset()


def _returned(desk: Desk, data: e.AssignmentReturned, at: datetime) -> Desk:
    """A seat gives back everything that it had of it, but for what it owes a leader."""
    number = data.number or desk.returned + 1
    hold = desk.holds[data.seat]
    clocks = tuple(
        replace(clock, due=pauses.due(desk, clock, at))
        for clock in hold.clocks
        if clock.name in ("first_response", "resolve")
    )
    returned = Returned(data.seat, data.ground, hold.role, clocks, at)
    lead = hold.role == "lead"
    holds = {**_without(desk, data.seat), **desk_changes.owing(desk, data.seat)}
    return replace(
        desk,
        holds=holds,
        subtasks={
            k: replace(one, standing="declined") if one.seat == data.seat and one.standing == "open" else one
            for k, one in desk.subtasks.items()
        },
        plan=None if lead else desk.plan,
        returns={**desk.returns, number: returned},
        returned=number,
        bounces=desk.bounces + lead,
        forced=desk.forced or bool(data.forced),
    )


def _held_again(desk: Desk, to: e.Assignment, n: int, at: datetime) -> Hold:
    """A seat that has got a greater part meanwhile keeps that."""
    held = desk_changes.hold(desk, to, n, at)
    before = desk.holds.get(to.seat)
    if before is None or before.role not in ("lead", "superior") or held.role == "lead":
        return held
    return replace(held, role=before.role)


def _handed_off(desk: Desk, data: e.LeadHandedOff, n: int, at: datetime) -> Desk:
    """What a leader or the lead asked of the giver goes on. There is nothing more to rule on where a lead had returned
    it, nor of whoever gets it now."""
    to = data.to.seat
    others = {seat: hold for seat, hold in _without(desk, data.seat).items() if seat != to}
    owed = desk_changes.owed(desk.holds[data.seat])
    left = {data.seat: Hold("supporting", owed)} if owed else {}
    return replace(
        desk,
        holds={to: desk_changes.hold(desk, data.to, n, at), **others, **left},
        plan=None,
        returns={k: one for k, one in desk.returns.items() if one.role != "lead" and one.seat != to},
        bounces=desk.bounces + bounced(data, (hold.role for hold in desk.holds.values())),
        forced=desk.forced or bool(data.forced),
    )


def bounced(data: e.LeadHandedOff, roles: Iterable[e.Role]) -> bool:
    """Whether the lead itself gave it away. A superior who passes it on is no bounce; events of old do not say which,
    so there it was the lead's wherever no superior had a part."""
    return data.bounce is not None or "superior" not in roles


def _running_on(desk: Desk, data: e.ExtensionRuled, at: datetime) -> Desk:
    """An extended clock runs anew towards its later date, whatever it had missed before."""
    due = {(m.seat, m.name, m.started): m.due for m in data.moved}

    def on(clock: RunningClock) -> RunningClock:
        later = due.get((clock.seat, clock.name, clock.started))
        return (
            clock
            if later is None
            else replace(clock, due=later, extended=at, breached=False, escalates_at=None, level=0, raised_to=None)
        )

    holds = {seat: replace(hold, clocks=tuple(on(clock) for clock in hold.clocks)) for seat, hold in desk.holds.items()}
    return replace(desk, holds=holds)


def _subtask_over(desk: Desk, data: e.SubtaskDone | e.SubtaskDeclined | e.SubtaskDropped) -> Desk:
    one = desk.subtasks[data.number]
    match data:
        case e.SubtaskDone():
            over = replace(one, standing="done")
        case e.SubtaskDeclined():
            over = replace(one, standing="declined")
        case e.SubtaskDropped():
            over = replace(one, standing="dropped")
        case _:
            assert_never(data)
    desk = replace(desk, subtasks={**desk.subtasks, data.number: over})
    return desk_changes.clock_gone(desk, one.seat, one.given)


def _without(desk: Desk, seat: str) -> dict[str, Hold]:
    return {other: hold for other, hold in desk.holds.items() if other != seat}
