"""More time: asked for before the clock is due, ruled on by the superior or a coordinator."""

from datetime import datetime

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import pauses, refusals
from services.complaint.decisions.base import Decision
from services.complaint.decisions.seats import open_desk
from services.complaint.state import Desk, Extension, Hold, Opened, RunningClock
from services.contracts.commands import Refusal


def ask(desk: Desk, hold: Hold, command: c.AskExtension, at: datetime) -> Decision:
    clock = _asked_for(desk, hold, command)
    if clock is None:
        return refusals.NO_CLOCK
    due = pauses.due(desk, clock, at)
    if clock.breached or due <= at:
        return refusals.EXTENSION_LATE
    if any(_of(extension, clock) and not extension.ruled for extension in desk.extensions.values()):
        return refusals.EXTENSION_OPEN
    if command.until <= due:
        return refusals.UNTIL_NOT_LATER
    return (
        e.ExtensionAsked(
            number=len(desk.extensions) + 1,
            seat=command.seat,
            clock=clock.name,
            started=clock.started,
            due=due,
            until=command.until,
            superior=command.superior,
            reason=command.reason,
            officer=command.officer,
        ),
    )


def rule(state: Opened, command: c.RuleExtension, at: datetime) -> Decision:
    """A grant may name another date than the wish, but never an earlier one than stands."""
    desk = open_desk(state)
    if isinstance(desk, Refusal):
        return desk
    extension = desk.extensions.get(command.number)
    refusal = _refused(extension, command)
    if refusal is not None or extension is None:
        return refusal or refusals.NO_EXTENSION
    if command.ruling == "refused":
        return (e.ExtensionRuled(number=command.number, by=command.by, ruling="refused", reason=command.reason),)
    clock = running(desk, extension)
    if clock is None:
        return refusals.EXTENSION_MOOT
    until = command.until or extension.until
    if until <= at or until <= pauses.due(desk, clock, at):
        return refusals.UNTIL_NOT_LATER
    return (
        e.ExtensionRuled(
            number=command.number,
            by=command.by,
            ruling="granted",
            until=until,
            reason=command.reason,
            moved=(e.MovedClock(name=clock.name, seat=clock.seat, started=clock.started, due=until),),
        ),
    )


def running(desk: Desk, extension: Extension) -> RunningClock | None:
    """The clock that the wish is about, if it still runs."""
    hold = desk.holds.get(extension.seat)
    return None if hold is None else next((clock for clock in hold.clocks if _of(extension, clock)), None)


def _refused(extension: Extension | None, command: c.RuleExtension) -> Refusal | None:
    if extension is None:
        return refusals.NO_EXTENSION
    if command.by == extension.seat:
        return refusals.OWN_WISH
    if not command.coordinates and command.by != extension.superior:
        return refusals.NOT_TO_RULE
    return refusals.EXTENSION_RULED if extension.ruled else None


def _of(extension: Extension, clock: RunningClock) -> bool:
    return (extension.seat, extension.clock, extension.started) == (clock.seat, clock.name, clock.started)


def _asked_for(desk: Desk, hold: Hold, command: c.AskExtension) -> RunningClock | None:
    found = [clock for clock in hold.clocks if clock.name == command.clock]
    if command.number is not None:
        started = _given(desk, command)
        found = [clock for clock in found if clock.started == started]
    return min(found, key=lambda clock: clock.due, default=None)


def _given(desk: Desk, command: c.AskExtension) -> int | None:
    """The event that gave the instruction or the sub-task of this number."""
    number = command.number or 0
    if command.clock == "instruction" and number in desk.instructions:
        return desk.instructions[number].given
    if command.clock == "subtask" and number in desk.subtasks:
        return desk.subtasks[number].given
    return None
