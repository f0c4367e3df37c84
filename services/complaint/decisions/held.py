"""What only a seat with a part in the complaint may do."""

from datetime import datetime
from typing import assert_never

from services.complaint import commands as c
from services.complaint import refusals
from services.complaint.decisions import extending, moving, seats, subtasks
from services.complaint.decisions.base import Decision
from services.complaint.state import Opened
from services.contracts.commands import Refusal

REPORTER = "reporter:1"

SeatCommand = (
    c.Accept | c.ReportProgress | c.AskReporter | c.ReturnAssignment | c.HandOff | c.Resolve | c.DisposeInternally
    | c.AskExtension | c.FinishSubtask | c.DeclineSubtask
)  # fmt: skip


def decide(state: Opened, command: SeatCommand, at: datetime) -> Decision:
    desk = seats.open_desk(state)
    if isinstance(desk, Refusal):
        return desk
    hold = desk.holds.get(command.seat)
    if hold is None:
        return refusals.NOT_YOURS
    if desk.submission is not None:
        return refusals.SIGN_OFF_WAITS
    match command:
        case c.Accept():
            return seats.accept(hold, command)
        case c.ReportProgress():
            return seats.progress(hold, command)
        case c.AskReporter():
            # Clocks would wait for an answer to what nobody is told.
            if REPORTER in state.file.erased:
                return refusals.ERASED
            return refusals.NEWS_STOPPED if REPORTER in state.file.hushed else seats.ask(desk, hold, command)
        case c.Resolve():
            return seats.resolve(desk, hold, command)
        case c.ReturnAssignment():
            return moving.give_back(desk, hold, command)
        case c.HandOff():
            return moving.hand_off(desk, hold, command)
        case c.DisposeInternally():
            return moving.dispose(command)
        case c.AskExtension():
            return extending.ask(desk, hold, command, at)
        case c.FinishSubtask():
            return subtasks.finish(desk, command)
        case c.DeclineSubtask():
            return subtasks.decline(desk, command)
        case _:
            assert_never(command)
