"""How each clock of a complaint came to its due time: the rule it runs by, since when, and what it waited for. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.complaint import events as e
from services.contracts.changing import replace
from services.contracts.envelope import Recorded

Identity = tuple[str, str, int]
"""Name, seat, `n` of the event that started it."""

For = Literal["reporter", "plan", "signature", "merge"]
"""What a clock waited for: the reporter's answer, the date of a plan, a second seat's word, a merge that was undone."""


@dataclass(frozen=True, slots=True)
class Wait:
    """It was due at `before`, and after the wait at `after`."""

    reason: For
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class Begun:
    """`clock.due` is where it stood when this rule began to hold for it."""

    clock: e.Clock
    due: datetime
    """Where it stands, as far as events have moved it."""
    waits: tuple[Wait, ...] = ()
    """Under whatever rule held then. What a policy's grace left it is none of them."""
    recomputed: bool = False


def begun(events: Iterable[Recorded[e.Event]]) -> dict[Identity, Begun]:
    """Every clock that began with an assignment, by the rule that holds for it now."""
    found: dict[Identity, Begun] = {}
    for event in events:
        match event.data:
            case e.ComplaintAssigned():
                found.update(_moved(found, event.data.moved or (), "signature"))
                started = [clock for a in event.data.assignments for clock in a.clocks]
            case e.LeadHandedOff() | e.ReturnRefused():
                started = list(event.data.to.clocks)
            case e.ClocksRecomputed():
                found.update(_anew(found, event.data))
                continue
            case _:
                found.update(_waited(found, event.data))
                continue
        found.update({(clock.name, clock.seat, event.n): Begun(clock, clock.due) for clock in started})
    return found


def _anew(known: dict[Identity, Begun], data: e.ClocksRecomputed) -> Iterator[tuple[Identity, Begun]]:
    for m in data.moved:
        identity = (m.name, m.seat, m.started)
        clock = e.Clock(name=m.name, seat=m.seat, due=m.due, rule=m.rule, policy=data.to_policy, calendar=m.calendar)
        waits = known[identity].waits if identity in known else ()
        yield identity, Begun(clock, m.due, waits, recomputed=True)


def _waited(known: dict[Identity, Begun], data: e.Event) -> Iterator[tuple[Identity, Begun]]:
    match data:
        case e.QuestionAnswered() | e.QuestionLapsed():
            yield from _moved(known, data.moved, "reporter")
        case e.PlanWoke():
            yield from _moved(known, data.moved, "plan")
        case e.SignOffRecorded():
            yield from _moved(known, data.moved, "signature")
        case e.ComplaintUnmerged():
            yield from _moved(known, data.moved or (), "merge")
        case e.ExtensionRuled():
            # A person set the date: nothing that was waited before is in it.
            for m in data.moved:
                identity = (m.name, m.seat, m.started)
                if identity in known:
                    yield identity, replace(known[identity], due=m.due, waits=())
        case _:
            return


def _moved(
    known: dict[Identity, Begun], moved: Iterable[e.MovedClock], reason: For
) -> Iterator[tuple[Identity, Begun]]:
    for m in moved:
        identity = (m.name, m.seat, m.started)
        before = known.get(identity)
        if before is not None and m.due > before.due:
            wait = Wait(reason, before.due, m.due)
            yield identity, replace(before, due=m.due, waits=(*before.waits, wait))
