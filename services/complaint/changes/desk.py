"""How events change the offices' side of a complaint: who holds it, with which clocks."""

from collections.abc import Mapping
from datetime import datetime

from services.complaint import events as e
from services.complaint.state import Desk, Hold, Instruction, RunningClock, Subtask
from services.contracts.changing import replace


def hold(desk: Desk, assignment: e.Assignment, n: int, at: datetime) -> Hold:
    """What a seat owes outlives a new assignment; every other clock starts anew or goes on."""
    clocks = tuple(RunningClock(c.name, c.seat, n, at, c.due, calendar=c.calendar) for c in assignment.clocks)
    before = desk.holds.get(assignment.seat)
    if before is None:
        return Hold(assignment.role, clocks)
    if not clocks:
        return replace(before, role=assignment.role)
    return Hold(assignment.role, (*clocks, *owed(before)))


def assigned(desk: Desk, data: e.ComplaintAssigned, n: int, at: datetime) -> dict[str, Hold]:
    """The named seats, and whoever else still owes a leader an answer or the lead a part of the work; never a seat that
    it is about."""
    holds = {a.seat: hold(desk, a, n, at) for a in data.assignments}
    owing = {
        seat: replace(hold, role="supporting", clocks=owed(hold))
        for seat, hold in desk.holds.items()
        if seat not in holds and seat not in (data.left_out or ()) and owed(hold)
    }
    return {**holds, **owing}


def owed(hold: Hold) -> tuple[RunningClock, ...]:
    """Clocks of what somebody gave the seat by itself: a leader's instruction, the lead's sub-task."""
    return tuple(clock for clock in hold.clocks if clock.name in ("instruction", "subtask"))


def owing(desk: Desk, seat: str) -> dict[str, Hold]:
    """What is left of the part of a seat that gives the complaint away: the answer that it owes a leader."""
    clocks = tuple(clock for clock in desk.holds[seat].clocks if clock.name == "instruction")
    return {seat: Hold("supporting", clocks)} if clocks else {}


def owes(desk: Desk, clock: RunningClock) -> Desk:
    """The seat of the clock has it on its desk, as supporting if it had no part in the complaint."""
    hold = desk.holds.get(clock.seat, Hold("supporting"))
    return replace(desk, holds={**desk.holds, clock.seat: replace(hold, clocks=(*hold.clocks, clock))})


def led_by(desk: Desk, seat: str) -> Desk:
    """A superior who finishes what nobody leads has it, should it be reopened."""
    hold = desk.holds.get(seat)
    if desk.lead is not None or hold is None:
        return desk
    return replace(desk, holds={**desk.holds, seat: replace(hold, role="lead")})


def stopped(hold: Hold, met: tuple[e.ClockName, ...]) -> Hold:
    return replace(hold, clocks=tuple(c for c in hold.clocks if c.name not in met)) if met else hold


def meets(desk: Desk, seat: str, met: tuple[e.ClockName, ...]) -> Desk:
    return replace(desk, holds={**desk.holds, seat: stopped(desk.holds[seat], met)}) if met else desk


def instructed(desk: Desk, data: e.InstructionGiven, n: int, at: datetime) -> Desk:
    desk = owes(desk, RunningClock("instruction", data.seat, n, at, data.due))
    return replace(desk, instructions={**desk.instructions, data.number: Instruction(data.seat, n)})


def left_behind(desk: Desk, holds: Mapping[str, Hold]) -> dict[int, Subtask]:
    """Open sub-tasks whose clock no longer runs among these are dropped."""
    run = {clock.started for hold in holds.values() for clock in hold.clocks if clock.name == "subtask"}
    return {
        k: replace(one, standing="dropped") if one.standing == "open" and one.given not in run else one
        for k, one in desk.subtasks.items()
    }


def clock_gone(desk: Desk, seat: str, started: int) -> Desk:
    hold = desk.holds.get(seat)
    if hold is None:
        return desk
    clocks = tuple(c for c in hold.clocks if c.started != started)
    return replace(desk, holds={**desk.holds, seat: replace(hold, clocks=clocks)})
