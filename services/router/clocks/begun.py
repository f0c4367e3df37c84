"""How each clock of a complaint came to its due time: the rule it runs by, and since when. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.complaint import events as e
from services.contracts.envelope import Recorded

Identity = tuple[str, str, int]
"""Name, seat, `n` of the event that started it."""


@dataclass(frozen=True, slots=True)
class Begun:
    """`clock.due` is where it stood when this rule began to hold for it."""

    clock: e.Clock
    base: datetime
    """Where the rule alone puts it: without waits."""
    recomputed: bool = False


def begun(events: Iterable[Recorded[e.Event]]) -> dict[Identity, Begun]:
    """Every clock that began with an assignment, by the rule that holds for it now."""
    found: dict[Identity, Begun] = {}
    for event in events:
        match event.data:
            case e.ComplaintAssigned():
                started = [clock for a in event.data.assignments for clock in a.clocks]
            case e.LeadHandedOff() | e.ReturnRefused():
                started = list(event.data.to.clocks)
            case e.ClocksRecomputed():
                found.update(_anew(event.data))
                continue
            case _:
                continue
        found.update({(clock.name, clock.seat, event.n): Begun(clock, clock.due) for clock in started})
    return found


def _anew(data: e.ClocksRecomputed) -> dict[Identity, Begun]:
    return {
        (m.name, m.seat, m.started): Begun(
            e.Clock(name=m.name, seat=m.seat, due=m.due, rule=m.rule, policy=data.to_policy, calendar=m.calendar),
            m.base,
            recomputed=True,
        )
        for m in data.moved
    }
