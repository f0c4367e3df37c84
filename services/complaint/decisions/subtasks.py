"""Parts of the work: the lead gives them, a seat does or declines them, the lead may drop them with a reason."""

from datetime import datetime

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.decisions.base import NOTHING, Decision
from services.complaint.decisions.seats import first_response, flagged, open_desk
from services.complaint.state import Desk, Opened, Subtask
from services.contracts.commands import Refusal


def give(state: Opened, command: c.GiveSubtask, at: datetime) -> Decision:
    desk = open_desk(state)
    if isinstance(desk, Refusal):
        return desk
    if command.by != desk.lead and not command.coordinates:
        return _not_lead(desk, command.by)
    if command.seat == desk.lead:
        return refusals.SUBTASK_TO_SELF
    if command.due <= at:
        return refusals.DUE_PASSED
    number = len(desk.subtasks) + 1
    return (e.SubtaskGiven(number=number, by=command.by, seat=command.seat, text=command.text, due=command.due),)


def finish(desk: Desk, command: c.FinishSubtask) -> Decision:
    subtask = _own(desk, command.seat, command.number)
    if isinstance(subtask, Refusal):
        return subtask
    if subtask.standing != "open":
        return NOTHING if subtask.standing == "done" else refusals.SUBTASK_OVER
    return (
        *flagged(command),
        e.SubtaskDone(
            number=command.number,
            seat=command.seat,
            text=command.text,
            evidence=command.evidence,
            officer=command.officer,
            met=first_response(desk.holds[command.seat]),
        ),
    )


def decline(desk: Desk, command: c.DeclineSubtask) -> Decision:
    subtask = _own(desk, command.seat, command.number)
    if isinstance(subtask, Refusal):
        return subtask
    if subtask.standing != "open":
        return NOTHING if subtask.standing == "declined" else refusals.SUBTASK_OVER
    return (
        e.SubtaskDeclined(
            number=command.number,
            seat=command.seat,
            reason=command.reason,
            officer=command.officer,
            met=first_response(desk.holds[command.seat]),
        ),
    )


def drop(state: Opened, command: c.DropSubtask) -> Decision:
    desk = open_desk(state)
    if isinstance(desk, Refusal):
        return desk
    if command.by != desk.lead and not command.coordinates:
        return _not_lead(desk, command.by)
    subtask = desk.subtasks.get(command.number)
    if subtask is None:
        return refusals.NO_SUBTASK
    if subtask.standing != "open":
        return NOTHING if subtask.standing == "dropped" else refusals.SUBTASK_OVER
    return (e.SubtaskDropped(number=command.number, by=command.by, reason=command.reason),)


def _own(desk: Desk, seat: str, number: int) -> Subtask | Refusal:
    subtask = desk.subtasks.get(number)
    if subtask is None:
        return refusals.NO_SUBTASK
    return subtask if subtask.seat == seat else refusals.NOT_YOURS


def _not_lead(desk: Desk, seat: str) -> Refusal:
    return refusals.NOT_LEAD if seat in desk.holds else refusals.NOT_YOURS
