"""Who gives a complaint away, how often, and what a coordinator rules on it."""

from datetime import datetime

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import pauses, refusals
from services.complaint.decisions.base import Decision
from services.complaint.decisions.seats import IN_CHARGE, first_response, open_desk
from services.complaint.state import Desk, Hold, Opened
from services.contracts.commands import Refusal

WRONG_GROUNDS = frozenset({"not_our_function", "not_our_area"})
"""A return on these says that the assignment was wrong."""


def give_back(desk: Desk, hold: Hold, command: c.ReturnAssignment) -> Decision:
    bounce = _bounce(desk, hold, command.seat)
    if isinstance(bounce, Refusal):
        return bounce
    return (
        e.AssignmentReturned(
            seat=command.seat,
            ground=command.ground,
            reason=command.reason,
            officer=command.officer,
            met=first_response(hold),
            number=desk.returned + 1,
            bounce=bounce,
            forced=_forces(bounce, command.most_bounces),
        ),
    )


def hand_off(desk: Desk, hold: Hold, command: c.HandOff) -> Decision:
    """A superior who got it by escalation may give it to somebody else, to itself too."""
    if hold.role not in IN_CHARGE:
        return refusals.NOT_LEAD
    giver = command.seat if hold.role == "lead" else desk.lead or command.seat
    if command.to.seat == giver:
        return refusals.SAME_SEAT
    if hold.role == "superior" and (desk.forced or desk.lead in desk.bound):
        return refusals.BOUNCED_OFTEN if desk.forced else refusals.RULED_THERE
    bounce = _bounce(desk, hold, command.seat)
    if isinstance(bounce, Refusal):
        return bounce
    return (
        e.LeadHandedOff(
            seat=giver,
            to=command.to,
            reason=command.reason,
            officer=command.officer,
            met=first_response(hold),
            bounce=bounce,
            forced=_forces(bounce, command.most_bounces),
        ),
    )


def refuse_return(state: Opened, command: c.RefuseReturn, at: datetime) -> Decision:
    """The seat must handle it: what ran when it returned runs on, later by the time that the ruling took."""
    desk = open_desk(state)
    if isinstance(desk, Refusal):
        return desk
    returned = desk.returns.get(command.number)
    if returned is None:
        return refusals.NO_RETURN
    clocks = tuple(
        e.Clock(
            name=clock.name,
            seat=clock.seat,
            due=pauses.later(clock, command.days, returned.at, at),
            rule="ruling",
            policy=command.policy,
            calendar=clock.calendar,
        )
        for clock in returned.clocks
    )
    to = e.Assignment(seat=returned.seat, role=returned.role, clocks=clocks)
    return (e.ReturnRefused(number=command.number, seat=returned.seat, by=command.by, to=to, reason=command.reason),)


def assigned(
    assigning: c.Assigning,
    by: e.Decider,
    desk: Desk | None = None,
    misassigned: tuple[str, ...] = (),
    *,
    at: datetime,
) -> e.ComplaintAssigned:
    """With what a person's new assignment rules on what went before it: returns, wrong addresses, bounces, and a
    resolution that nobody is to sign any more."""
    wrong = () if desk is None or by != "person" else _wrong(desk, assigning, misassigned)
    void = () if desk is None else tuple(k for k, note in desk.notes.items() if note.seat in wrong and not note.gone)
    return e.ComplaintAssigned(
        assignments=assigning.assignments,
        by=by,
        rule=assigning.rule,
        policy=assigning.policy,
        instruction=assigning.instruction,
        reason=assigning.reason,
        rules=assigning.rules,
        left_out=assigning.left_out,
        bound=True if desk is not None and desk.forced and by == "person" else None,
        misassigned=wrong or None,
        cancelled=void or None,
        moved=None if desk is None or by != "person" else _go_on(desk, assigning, at) or None,
    )


def _go_on(desk: Desk, assigning: c.Assigning, at: datetime) -> tuple[e.MovedClock, ...]:
    """The clocks that outlive the assignment, where they stand now that no signature is waited for."""
    if desk.submission is None:
        return ()
    kept = {one.seat for one in assigning.assignments if not one.clocks}
    gone = frozenset(assigning.left_out or ())
    return tuple(
        moved
        for moved in pauses.ended(desk, at, signature=True)
        if moved.seat in kept or (moved.name in ("instruction", "subtask") and moved.seat not in gone)
    )


def dispose(command: c.DisposeInternally) -> Decision:
    """Inside an office: who answers for it, and by when, stays as it is."""
    if command.unit is None and command.assignee is None:
        return refusals.DISPOSED_NOWHERE
    return (
        e.DisposedInternally(
            seat=command.seat,
            unit=command.unit,
            assignee=command.assignee,
            note=command.note,
            officer=command.officer,
        ),
    )


def _wrong(desk: Desk, assigning: c.Assigning, misassigned: tuple[str, ...]) -> tuple[str, ...]:
    named = {assignment.seat for assignment in assigning.assignments}
    returned = {r.seat for r in desk.returns.values() if r.ground in WRONG_GROUNDS}
    return tuple(sorted((returned | set(misassigned)) - named))


def _bounce(desk: Desk, hold: Hold, seat: str) -> int | Refusal | None:
    """The how-manieth of the lead's; None for a seat that only helps."""
    if seat in desk.bound:
        return refusals.BOUND
    if hold.role != "lead":
        return None
    return refusals.BOUNCED_OFTEN if desk.forced else desk.bounces + 1


def _forces(bounce: int | None, most: int | None) -> bool | None:
    return True if bounce is not None and most is not None and bounce >= most else None
