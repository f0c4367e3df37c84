"""Load, fold, decide, append, and again if somebody was faster: the one way anything gets into the log."""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from services.contracts import ids
from services.contracts.base import made
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.runtime import figures, telemetry
from services.runtime.log import Conflict, Draft, Log, Unavailable, Unknown
from services.runtime.vault import IdKeys

LONG, LONGS = 48, 16
"""A stream of so many events is kept as read, the so many last used ones: the complaint that thousands were merged into
is looked at for each of them, and only what came since is read and folded. What stands in the log stays as it is."""

S = TypeVar("S")
C_contra = TypeVar("C_contra", contravariant=True)
C = TypeVar("C")
E = TypeVar("E")


class Aggregate(Protocol[S, C_contra, E]):
    """What a kind of stream is: pure functions, supplied by the room that owns the kind."""

    @property
    def initial(self) -> S: ...

    def decode(self, type_: str, schema: int, body: bytes, /) -> Recorded[E]: ...

    def encode(self, event: Recorded[E], /) -> bytes: ...

    def type_of(self, event: E, /) -> tuple[str, int]: ...

    def evolve(self, state: S, event: Recorded[E], /) -> S: ...

    def decide(self, state: S, command: C_contra, at: datetime, /) -> tuple[E, ...] | Refusal: ...


@dataclass(frozen=True, slots=True)
class Decided(Generic[S, E]):
    """What stands now because of this cause. `repeated`: an earlier try of the same cause had appended it.

    `n` is the position of the cause's last event, or where the stream stands if the command changed nothing.
    `sequence` is the log's position of what was appended just now, 0 if nothing was.
    """

    n: int
    events: tuple[Recorded[E], ...]
    state: S
    repeated: bool
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Known(Generic[S, E]):
    """A stream as somebody has read it. `sequence` is the log's position of its last event, 0 if there is none."""

    state: S
    events: Sequence[Recorded[E]]
    sequence: int


class Decider(Generic[S, C, E]):
    """Decides on streams of one kind. Safe to use from any number of tasks and processes at once."""

    def __init__(  # noqa: PLR0917 - the parts of a decider, always given together
        self,
        log: Log,
        aggregate: Aggregate[S, C, E],
        subject: Callable[[str, str], str],
        keys: IdKeys,
        clock: Callable[[], datetime],
        patience: float = 10.0,
    ) -> None:
        """`patience`: seconds of trying before `log.Unavailable` is raised."""
        self._log = log
        self._aggregate = aggregate
        self._subject = subject
        self._keys = keys
        self._clock = clock
        self._patience = patience
        self._long: OrderedDict[str, Known[S, E]] = OrderedDict()

    async def load(self, city: str, stream_id: str) -> tuple[S, list[Recorded[E]]]:
        """State and every event so far; the initial state and [] for a stream that does not exist."""
        state, events, _ = await self._load(city, stream_id)
        return state, events

    async def read(self, city: str, stream_id: str) -> Known[S, E]:
        """The stream as it stands, to be handed back to `execute`."""
        return Known(*await self._load(city, stream_id))

    async def _load(self, city: str, stream_id: str) -> tuple[S, list[Recorded[E]], int]:
        aggregate, subject = self._aggregate, self._subject(city, stream_id)
        kept = self._long.get(subject)
        state, events, last = (kept.state, list(kept.events), kept.sequence) if kept else (aggregate.initial, [], 0)
        entries = await self._log.load(subject, after=last)
        for entry in entries:
            event = aggregate.decode(entry.type, entry.schema, entry.body)
            state = aggregate.evolve(state, event)
            events.append(event)
        if entries:
            last = entries[-1].sequence
        if len(events) >= LONG:
            self._keep(subject, Known(state, tuple(events), last))
        return state, events, last

    def _keep(self, subject: str, known: Known[S, E]) -> None:
        before = self._long.get(subject)
        if before is None or before.sequence < known.sequence:
            self._long[subject] = known
        self._long.move_to_end(subject)
        if len(self._long) > LONGS:
            self._long.popitem(last=False)

    async def execute(
        self,
        city: str,
        stream_id: str,
        command: C,
        *,
        cause: str,
        actor: str,
        at: datetime | None = None,
        expected_n: int | None = None,
        fresh: bool = False,
        known: Known[S, E] | None = None,
    ) -> Decided[S, E] | Refusal:
        """Carry out a command once for `cause`, however often it is called.

        `fresh`: take the stream for empty and append without loading; if it is not, nothing is lost but a round trip.
        `known`: what the caller has read already. If the log went on since, or nothing comes of it, it is read again.
        `expected_n`: refuse (`changed_meanwhile`) unless the stream stands there. `at`: time of the decision, UTC.
        Raises `log.Unavailable` when the log stays away longer than the patience, `log.Rejected` for what never fits.
        """
        with telemetry.span("decide", {"tuntas.complaint": stream_id, "tuntas.city": city}):
            moment = at if at is not None else self._clock()
            asked = _Asked(city, stream_id, command, cause, actor, moment, expected_n)
            loop = asyncio.get_running_loop()
            deadline = loop.time() + self._patience
            pause = 0.02
            load = not fresh
            conflicts = 0
            while True:
                try:
                    if known is not None:
                        state, events, last = known.state, list(known.events), known.sequence
                        known = None
                        outcome = await self._once(asked, state, events, last)
                        if isinstance(outcome, Decided) and outcome.events:
                            return outcome
                        continue
                    if load:
                        state, events, last = await self._load(city, stream_id)
                    else:
                        state, events, last = self._aggregate.initial, [], 0
                    load = True
                    return await self._once(asked, state, events, last)
                except Conflict:
                    figures.record_conflict()
                    conflicts += 1
                    if conflicts > 3:  # then from the beginning, whatever is wrong
                        self._long.pop(self._subject(city, stream_id), None)
                    if loop.time() >= deadline:
                        raise Unavailable("others keep writing here") from None
                except (Unknown, Unavailable) as error:
                    if loop.time() + pause >= deadline:
                        raise Unavailable(str(error)) from error
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, 1.0)

    async def _once(
        self, asked: "_Asked[C]", state: S, events: list[Recorded[E]], last: int
    ) -> Decided[S, E] | Refusal:
        mine = tuple(event for event in events if event.causation == asked.cause)
        if mine:
            return Decided(n=mine[-1].n, events=mine, state=state, repeated=True)
        if asked.expected_n is not None and asked.expected_n != len(events):
            return Refusal(
                code="changed_meanwhile",
                message="Laporan ini sudah berubah sejak Anda melihatnya. Muat ulang, lalu coba lagi.",
                field="expected_n",
            )
        outcome = self._aggregate.decide(state, asked.command, asked.at)
        if isinstance(outcome, Refusal):
            return outcome
        if not outcome:
            return Decided(n=len(events), events=(), state=state, repeated=False)
        recorded = await self._record(asked, len(events), outcome)
        headers = telemetry.context_headers()
        drafts = [
            Draft(event.type, event.schema_, event.id, self._aggregate.encode(event), headers) for event in recorded
        ]
        subject = self._subject(asked.city, asked.stream_id)
        sequence = await self._log.append(subject, drafts, last)
        figures.record_sent(subject, len(drafts))
        for event in recorded:
            state = self._aggregate.evolve(state, event)
        return Decided(n=recorded[-1].n, events=recorded, state=state, repeated=False, sequence=sequence)

    async def _record(self, asked: "_Asked[C]", n: int, outcome: tuple[E, ...]) -> tuple[Recorded[E], ...]:
        key = await self._keys.id_key(asked.city)
        seen: Counter[str] = Counter()
        recorded: list[Recorded[E]] = []
        for position, event in enumerate(outcome, start=n + 1):
            type_, schema = self._aggregate.type_of(event)
            recorded.append(
                # Every part was made by us, and this is on the door's path.
                made(
                    Recorded,
                    id=ids.event_id(key, asked.stream_id, asked.cause, type_, seen[type_]),
                    complaint=asked.stream_id,
                    n=position,
                    type=type_,
                    schema_=schema,
                    city=asked.city,
                    at=asked.at,
                    actor=asked.actor,
                    causation=asked.cause,
                    data=event,
                )
            )
            seen[type_] += 1
        return tuple(recorded)


@dataclass(frozen=True, slots=True)
class _Asked(Generic[C]):
    """What one call of `execute` wants; the same through all its tries."""

    city: str
    stream_id: str
    command: C
    cause: str
    actor: str
    at: datetime
    expected_n: int | None
