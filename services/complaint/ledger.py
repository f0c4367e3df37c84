"""The hand-off ledger: who held a complaint from when to when, and why time passed there. Pure.

From the first assignment to the resolution (and from a reopening to the next one) every moment stands in exactly one
entry. Waiting for the reporter is charged to nobody; all other time to whoever held the complaint.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from services.complaint import events as e
from services.complaint.evolve import evolve
from services.complaint.state import INITIAL, State, Working
from services.contracts.changing import replace
from services.contracts.envelope import Recorded

Why = Literal["work", "planned", "ruling", "sign_off", "reporter"]
"""`work`: with the seat that leads; `planned`: there too, until a date; `ruling`: without a lead, with the
coordinators; `sign_off`: with the seat that must sign the resolution; `reporter`: an office's question is open."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`holder` None: the coordinators. `until` and `ended_by` None: it is so still."""

    holder: str | None
    why: Why
    since: datetime
    n: int
    """Of the event that it began with."""
    until: datetime | None = None
    ended_by: str | None = None
    """Type of the event that it ended with."""

    @property
    def charged(self) -> bool:
        return self.why != "reporter"

    def lasted(self, now: datetime) -> timedelta:
        return (self.until or now) - self.since


def ledger(events: Iterable[Recorded[e.Event]]) -> tuple[Entry, ...]:
    """Entries in order. Two events of one moment leave no entry between them."""
    state: State = INITIAL
    entries: list[Entry] = []
    current: Entry | None = None
    assigned = False
    for event in events:
        state = evolve(state, event)
        assigned = assigned or isinstance(event.data, e.ComplaintAssigned)
        now = _standing(state) if assigned else None
        if current is not None and now == (current.holder, current.why):
            continue
        if current is not None:
            if event.at > current.since:
                entries.append(replace(current, until=event.at, ended_by=event.type))
            current = None
        if now is not None:
            current = Entry(now[0], now[1], event.at, event.n)
    if current is not None:
        entries.append(current)
    return tuple(entries)


def charged(entries: Sequence[Entry], now: datetime) -> dict[str | None, timedelta]:
    """Time by holder; None: the coordinators."""
    found: dict[str | None, timedelta] = {}
    for entry in entries:
        if entry.charged:
            found[entry.holder] = found.get(entry.holder, timedelta()) + entry.lasted(now)
    return found


def _standing(state: State) -> tuple[str | None, Why] | None:
    """Who holds it and why time passes there; None while it is nobody's work."""
    if not isinstance(state, Working):
        return None
    desk = state.desk
    if desk.submission is not None:
        return desk.submission.to, "sign_off"
    if desk.questions:
        return desk.lead, "reporter"
    if desk.lead is None:
        return None, "ruling"
    return desk.lead, "work" if desk.plan is None else "planned"
