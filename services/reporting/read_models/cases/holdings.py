"""Who holds a complaint, with which clocks, and what clocks' own events change in that. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.complaint import events as e
from services.contracts.changing import replace


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that runs. `started` is the `n` of the event that started it."""

    name: e.ClockName
    started: int
    due: datetime
    rule: str = "at"
    policy: int = 0
    since: datetime | None = None
    late: bool = False
    waited: bool = False
    """It stood still (for the reporter's answer, a plan's date, a signature), and is due later by that."""
    recomputed: bool = False
    """A newer policy than the one it began under decides when it is due."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A seat's part in the complaint, with its clocks that still run."""

    role: e.Role
    since: datetime
    clocks: tuple[Clock, ...] = ()
    accepted: bool = False
    unit: str | None = None
    """Inside the office: a bidang or UPT of the city's list."""

    @property
    def late(self) -> bool:
        return any(clock.late for clock in self.clocks)

    @property
    def due(self) -> datetime | None:
        return min((clock.due for clock in self.clocks), default=None)


Holdings = dict[str, Holding]
"""By seat."""


def _each(holdings: Holdings, change: Callable[[str, Clock], Clock]) -> Holdings:
    return {
        seat: replace(holding, clocks=tuple(change(seat, clock) for clock in holding.clocks))
        for seat, holding in holdings.items()
    }


def moved(holdings: Holdings, moved: tuple[e.MovedClock, ...]) -> Holdings:
    """Clocks that stood still, or got more time, where they stand now."""
    due = {(m.seat, m.name, m.started): m.due for m in moved}

    def change(seat: str, clock: Clock) -> Clock:
        to = due.get((seat, clock.name, clock.started), clock.due)
        return clock if to == clock.due else replace(clock, due=to, waited=True)

    return _each(holdings, change)


def extended(holdings: Holdings, moved: tuple[e.MovedClock, ...]) -> Holdings:
    """Towards a date that somebody granted, whatever was missed before."""
    due = {(m.seat, m.name, m.started): m.due for m in moved}

    def change(seat: str, clock: Clock) -> Clock:
        to = due.get((seat, clock.name, clock.started))
        return clock if to is None else replace(clock, due=to, late=False, rule="extended", waited=False)

    return _each(holdings, change)


def recomputed(holdings: Holdings, data: e.ClocksRecomputed) -> Holdings:
    by = {(m.seat, m.name, m.started): m for m in data.moved}

    def change(seat: str, clock: Clock) -> Clock:
        new = by.get((seat, clock.name, clock.started))
        if new is None:
            return clock
        return replace(clock, due=new.due, rule=new.rule, policy=data.to_policy, recomputed=True)

    return _each(holdings, change)


def breached(holdings: Holdings, data: e.ClockBreached) -> Holdings:
    def change(seat: str, clock: Clock) -> Clock:
        missed = (seat, clock.name, clock.started) == (data.seat, data.clock, data.started)
        return replace(clock, late=True) if missed else clock

    return _each(holdings, change)
