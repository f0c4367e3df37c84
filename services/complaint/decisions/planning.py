"""Work with a programme and a date: the lead sets it, moves it a few times, and it wakes itself."""

from datetime import datetime

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import pauses, refusals
from services.complaint.decisions.base import NOTHING, Decision
from services.complaint.decisions.seats import first_response, open_desk
from services.complaint.state import Opened, Working
from services.contracts.commands import Refusal


def plan(state: Opened, command: c.PlanWork, at: datetime) -> Decision:
    """`most_moves` later dates are the lead's to set; every further one is a coordinator's."""
    desk = open_desk(state)
    if isinstance(desk, Refusal):
        return desk
    lead = desk.lead
    if lead is None:
        return refusals.NO_LEAD
    if command.seat != lead and not command.coordinates:
        return refusals.NOT_LEAD if command.seat in desk.holds else refusals.NOT_YOURS
    if command.wakes <= at:
        return refusals.PLAN_PASSED
    if desk.plans > command.most_moves and not command.coordinates:
        return refusals.PLAN_NEEDS_RULING
    return (
        e.WorkPlanned(
            seat=lead,
            programme=command.programme,
            text=command.text,
            wakes=command.wakes,
            moves=desk.plans,
            by=command.seat if command.seat != lead else None,
            officer=command.officer,
            met=first_response(desk.holds[lead]) if command.seat == lead else (),
            days=command.days,
        ),
    )


def wake(state: Opened, command: c.WakePlan, at: datetime) -> Decision:
    """Only the date that stands now, and only when it has come."""
    if not isinstance(state, Working) or state.desk.plan is None:
        return NOTHING
    plan = state.desk.plan
    if plan.started != command.started or at < plan.wakes:
        return NOTHING
    return (e.PlanWoke(seat=plan.seat, started=plan.started, moved=pauses.ended(state.desk, at, plan=True)),)
