"""Complaints in hand: events, state and place in the log; folded as the log is followed, loaded when that won't do."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.complaint.aggregate import COMPLAINT
from services.complaint.commands import Command
from services.complaint.events import ComplaintReceived, Event, Matter, Message
from services.complaint.state import Merged, Screening, State, Unopened
from services.contracts.base import Kind, given
from services.contracts.envelope import Recorded
from services.runtime.deciding import Decided, Decider, Known

Deciding = Decider[State, Command, Event]
KnownComplaint = Known[State, Event]
Row = tuple[str, str, int, str]
"""Clock, seat, `n` that started it, due (ISO, UTC)."""


@dataclass(slots=True)
class Dossier:
    city: str
    complaint: str
    events: list[Recorded[Event]] = field(default_factory=list)
    state: State = COMPLAINT.initial
    sequence: int = 0
    """The log's position of the last event."""
    rows: frozenset[Row] | None = None
    """Clock rows that stand in the database as far as we know; None: we don't."""
    work: frozenset[str] | None = None
    """Seats with an open task, likewise."""
    routed: bool = False
    """How it was first given out is kept."""
    adopted: int = 0
    """The log's position of the last decision of our own that was taken in without waiting for its delivery."""
    since: dict[str, datetime] | None = field(default_factory=dict)
    """Since when each seat that holds it has held it without a break. None: it was read whole (`rows.held_since`)."""

    def __post_init__(self) -> None:
        if self.events:
            self.since = None

    @property
    def n(self) -> int:
        return len(self.events)

    @property
    def known(self) -> KnownComplaint:
        return Known(self.state, self.events, self.sequence)

    @property
    def ticket(self) -> str:
        return "" if isinstance(self.state, Unopened) else self.state.file.ticket

    def add(self, event: Recorded[Event], sequence: int) -> None:
        """The next event. `ValueError` if there is a gap before it."""
        if event.n != len(self.events) + 1:
            raise ValueError(f"event {event.n} behind {len(self.events)}")
        self.state = COMPLAINT.evolve(self.state, event)
        self.events.append(event)
        self.sequence = sequence
        self._note_seats(event.at)

    def adopt(self, done: Decided[State, Event]) -> Sequence[Recorded[Event]]:
        """Take in what we have just appended ourselves; its delivery brings nothing new. () if others wrote between."""
        if not done.sequence or done.events[0].n != len(self.events) + 1:
            return ()
        self.events.extend(done.events)
        self.state, self.sequence, self.adopted = done.state, done.sequence, done.sequence
        self._note_seats(done.events[-1].at)  # one decision, one time
        return done.events

    def _note_seats(self, at: datetime) -> None:
        if self.since is None:
            return
        now = seats_of(self.state)
        if now != self.since.keys():
            self.since = {seat: self.since.get(seat, at) for seat in now}

    def seats_before(self, n: int) -> frozenset[str]:
        """Who held it before event `n`."""
        state: State = COMPLAINT.initial
        for event in self.events[: n - 1]:
            state = COMPLAINT.evolve(state, event)
        return seats_of(state)


def seats_of(state: State) -> frozenset[str]:
    desk = getattr(state, "desk", None)
    return frozenset() if desk is None else frozenset(desk.holds)


def door_of(events: Sequence[Recorded[Event]]) -> str | None:
    """The door that it came in by."""
    first = events[0].data if events else None
    return first.message.door if isinstance(first, ComplaintReceived) else None


def ward_of(events: Sequence[Recorded[Event]]) -> str | None:
    """The kelurahan that the reporter last chose from a list, or sent with a poster's code."""
    return next((m.ward_code for _, m in reversed(messages_of(events)) if m.ward_code is not None), None)


def kind_of(events: Sequence[Recorded[Event]]) -> Kind | None:
    """What the reporter calls it, where a form asked."""
    first = events[0].data
    return first.kind if isinstance(first, ComplaintReceived) else None


def matter_of(state: State) -> Matter | None:
    """As screened; before that as proposed."""
    match state:
        case Unopened():
            return None
        case Screening():
            return state.proposal.matter if state.proposal else None
        case Merged():
            return state.matter
        case _:
            return state.desk.matter if state.desk else None


class Dossiers:
    """The most recently used ones are kept; of the others the log is asked."""

    def __init__(self, deciding: Deciding, size: int = 1_000) -> None:
        self._deciding = deciding
        self._size = size
        self._kept: OrderedDict[str, Dossier] = OrderedDict()

    def held(self, complaint: str) -> Dossier | None:
        found = self._kept.get(complaint)
        if found is not None:
            self._kept.move_to_end(complaint)
        return found

    def keep(self, dossier: Dossier) -> None:
        self._kept[dossier.complaint] = dossier
        self._kept.move_to_end(dossier.complaint)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)

    def drop(self, complaint: str) -> None:
        self._kept.pop(complaint, None)

    async def load(self, city: str, complaint: str) -> Dossier:
        """As it stands now in the log, not kept; without events if there is no such complaint."""
        known = await self._deciding.read(city, complaint)
        return Dossier(city, complaint, list(known.events), known.state, known.sequence)


def messages_of(events: Sequence[Recorded[Event]]) -> list[tuple[Recorded[Event], Message]]:
    """The events by which the reporter spoke, in order."""
    found: list[tuple[Recorded[Event], Message]] = []
    for event in events:
        message = given(event.data, "message")
        if isinstance(message, Message):
            found.append((event, message))
    return found
