"""More time, parts of the work, planned work, rulings on what was returned."""

from typing import assert_never

from services.complaint import commands as c
from services.contracts import commands as outside
from services.contracts.commands import Refusal
from services.router.acting import refusals
from services.router.acting.meanings.frame import Frame

Work = (
    outside.AskExtension | outside.RuleExtension | outside.RefuseReturn | outside.GiveSubtask | outside.FinishSubtask
    | outside.DeclineSubtask | outside.DropSubtask | outside.PlanWork | outside.Dispose
)  # fmt: skip


def meaning(frame: Frame, action: Work) -> c.Command | Refusal:
    cause, seat, officer = frame.cause, frame.seat, frame.seal("officer", frame.officer)
    match action:
        case outside.AskExtension():
            return c.AskExtension(
                cause=cause,
                seat=seat,
                officer=officer,
                clock=action.clock,
                number=action.number,
                until=action.until,
                superior=frame.superior(seat),
                reason=frame.sealed("reason", action.reason),
            )
        case outside.RuleExtension():
            return c.RuleExtension(
                cause=cause,
                by=seat,
                coordinates=frame.coordinates,
                number=action.number,
                ruling=action.ruling,
                until=action.until,
                reason=frame.sealed("reason", action.reason),
            )
        case outside.RefuseReturn():
            return c.RefuseReturn(
                cause=cause,
                by=seat,
                number=action.number,
                reason=frame.sealed("reason", action.reason),
                policy=frame.city.policy.version,
                days=frame.days,
            )
        case outside.GiveSubtask():
            return _give(frame, action)
        case outside.FinishSubtask():
            return c.FinishSubtask(
                cause=cause,
                seat=seat,
                officer=officer,
                number=action.number,
                text=frame.sealed("text", action.text),
                evidence=action.evidence,
                marks=frame.found.marks,
                policy=frame.found.policy,
            )
        case outside.DeclineSubtask():
            reason = frame.sealed("reason", action.reason)
            return c.DeclineSubtask(cause=cause, seat=seat, officer=officer, number=action.number, reason=reason)
        case outside.DropSubtask():
            reason, rules = frame.sealed("reason", action.reason), frame.coordinates
            return c.DropSubtask(cause=cause, by=seat, number=action.number, reason=reason, coordinates=rules)
        case outside.PlanWork():
            return c.PlanWork(
                cause=cause,
                seat=seat,
                officer=officer,
                programme=frame.sealed("programme", action.programme),
                text=frame.sealed("text", action.text),
                wakes=action.date,
                most_moves=frame.city.policy.plan_moves,
                coordinates=frame.coordinates,
                days=frame.days,
            )
        case outside.Dispose():
            if action.unit is not None and frame.city.unit(seat, action.unit) is None:
                return refusals.UNIT_UNKNOWN
            return c.DisposeInternally(
                cause=cause,
                seat=seat,
                officer=officer,
                unit=action.unit,
                assignee=frame.seal("assignee", action.assignee),
                note=frame.seal("note", action.note),
            )
        case _:
            assert_never(action)


def _give(frame: Frame, action: outside.GiveSubtask) -> c.Command | Refusal:
    if action.seat not in frame.city.seats:
        return refusals.unknown_seat("seat")
    if not frame.conflict_free(action.seat):
        return refusals.conflict("seat")
    return c.GiveSubtask(
        cause=frame.cause,
        by=frame.seat,
        seat=action.seat,
        text=frame.sealed("text", action.text),
        due=action.due,
        coordinates=frame.coordinates,
    )
