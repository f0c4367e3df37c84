"""What a new policy makes of the clocks of a complaint that is open already. Pure.

A clock runs as if the new rule had held from its beginning, and keeps every wait it had. It is never brought nearer
than the policy's grace from now, unless it was due by then anyway: no policy breaches a clock backwards. Dates that a
person set, extensions, rulings and what was breached already stay.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from services.complaint import pauses
from services.complaint.commands import RecomputeClocks
from services.complaint.events import Clock, RecomputedClock
from services.complaint.state import Desk, RunningClock, Working
from services.contracts.base import Kind
from services.contracts.city import City
from services.router.clocks import calendar, terms
from services.router.clocks.begun import Begun, begun
from services.router.dossier import Dossier


def command(city: City, dossier: Dossier, cause: str, at: datetime, scale: float) -> RecomputeClocks | None:
    """Under the city's policy as it is in force now. None: it changes nothing here."""
    state = dossier.state
    if not isinstance(state, Working):
        return None
    known = begun(dossier.events)
    moved: list[RecomputedClock] = []
    versions: list[int] = []
    for clock in _candidates(state.desk):
        so_far = known.get((clock.name, clock.seat, clock.started))
        if so_far is None or so_far.clock.policy >= city.policy.version:
            continue
        new = _new(city, state.desk.kind, clock, so_far.clock, scale)
        if new is None:
            continue
        due = _with_waits(city, new, clock, so_far, scale)
        due = _not_at_once(city, due, clock.due, at - _waited(state.desk, clock, at))
        if due != clock.due or new.rule != so_far.clock.rule:
            versions.append(so_far.clock.policy)
            moved.append(
                RecomputedClock(
                    name=clock.name,
                    seat=clock.seat,
                    started=clock.started,
                    due=due,
                    base=new.due,
                    rule=new.rule,
                    calendar=new.calendar,
                )
            )
    if not moved:
        return None
    return RecomputeClocks(cause=cause, from_policy=min(versions), to_policy=city.policy.version, moved=tuple(moved))


def _candidates(desk: Desk) -> Iterator[RunningClock]:
    for hold in desk.holds.values():
        yield from (clock for clock in hold.clocks if not clock.breached and clock.extended is None)


def _new(city: City, kind: Kind, clock: RunningClock, old: Clock, scale: float) -> Clock | None:
    """The same clock, begun at the same moment by today's rule; None where a person set the date."""
    if clock.name == "first_response" and old.rule.endswith(("h", "m")):
        return terms.first_response(city, clock.seat, clock.since, scale, live=old.rule.endswith("m"))
    if clock.name == "resolve" and old.rule.endswith("wd"):
        return terms.resolution(city, clock.seat, kind, clock.since, scale)
    return None


def _with_waits(city: City, new: Clock, clock: RunningClock, so_far: Begun, scale: float) -> datetime:
    """Later by what the clock has waited, counted as this clock counts time. What an older policy's grace left it is
    no wait."""
    if clock.calendar is None or scale != 1.0:
        return new.due + sum((wait.after - wait.before for wait in so_far.waits), timedelta())
    days = calendar.working_days(city, clock.since)
    return days.after(new.due, sum((days.between(wait.before, wait.after) for wait in so_far.waits), timedelta()))


def _not_at_once(city: City, due: datetime, before: datetime, now: datetime) -> datetime:
    grace = now + timedelta(hours=city.policy.recompute_grace_hours)
    return max(due, min(before, grace))


def _waited(desk: Desk, clock: RunningClock, at: datetime) -> timedelta:
    """How long it has stood still by now: what is left of it counts from then."""
    return pauses.due(desk, clock, at) - clock.due
