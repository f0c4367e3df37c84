"""Due times and open work in Postgres: hints of what to look at. What is decided is decided on the log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from services.complaint import pauses
from services.complaint.aggregate import COMPLAINT
from services.complaint.events import ClockName
from services.complaint.state import Merged, Resolved, RunningClock, Screening, State, Working
from services.router.dossier import Dossier, Row, messages_of, seats_of
from services.router.rules import history

if TYPE_CHECKING:
    import asyncpg

    Pool = asyncpg.Pool[asyncpg.Record]

SETTLE, CONFIRM, SIGN_OFF, ESCALATE = "settle", "confirm", "sign_off", "escalate."
REMIND, LAPSE, PLAN = "remind", "lapse", "plan"
"""`started` of a question's two is its number."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What should stand for one complaint."""

    dossier: Dossier
    rows: frozenset[Row]
    work: frozenset[str]


def wanted(dossier: Dossier, settle_at: tuple[int, datetime] | None = None) -> Wanted:
    """From the state. `settle_at`: `n` of the last message and when silence after it is long enough."""
    state = dossier.state
    rows = set(_clock_rows(state))
    if settle_at is not None:
        rows.add((SETTLE, "", settle_at[0], settle_at[1].isoformat()))
    if (asked := _asked(dossier)) is not None:
        rows.add((CONFIRM, "", asked[0], asked[1].isoformat()))
    return Wanted(dossier, frozenset(rows), _open_seats(state))


def silent_at(dossier: Dossier, silence: timedelta) -> tuple[int, datetime] | None:
    """`settle_at` where the reporter said nothing new: as it stands. Where nobody knows, one look more does no harm."""
    if not isinstance(dossier.state, Screening):
        return None
    last = messages_of(dossier.events)[-1][0]
    if dossier.rows is None:
        return last.n, last.at + silence
    standing = (datetime.fromisoformat(due) for clock, _, n, due in dossier.rows if (clock, n) == (SETTLE, last.n))
    found = next(standing, None)
    return None if found is None else (last.n, found)


def _asked(dossier: Dossier) -> tuple[int, datetime] | None:
    """`n` of the event that gave the reporter the word, and until when it is his."""
    state = dossier.state
    if isinstance(state, Merged):
        return None if state.asked is None else (state.asked.n, state.asked.until)
    if isinstance(state, Resolved):
        return _resolved_at(dossier), state.confirm_by
    if isinstance(state, Working) and state.file.shared.word_until is not None:
        return _resolved_at(dossier), state.file.shared.word_until
    return None


def _clock_rows(state: State) -> Iterable[Row]:
    """What runs, what goes up the line, and when a wait for reporter, signature or the date of a plan is over."""
    if isinstance(state, Working) and state.desk.submission is not None:
        yield SIGN_OFF, state.desk.submission.to, state.desk.submission.asked, state.desk.submission.due.isoformat()
    if isinstance(state, Screening) and state.clock is not None and not state.clock.breached:
        yield state.clock.name, state.clock.seat, state.clock.started, state.clock.due.isoformat()
    if not isinstance(state, Working):
        return
    desk = state.desk
    for hold in desk.holds.values():
        for clock in hold.clocks:
            if pauses.paused(desk, clock):
                continue
            if not clock.breached:
                yield clock.name, clock.seat, clock.started, clock.due.isoformat()
            elif clock.escalates_at is not None:
                yield f"{ESCALATE}{clock.name}", clock.seat, clock.started, clock.escalates_at.isoformat()
    for number, question in desk.questions.items():
        if question.remind_at is not None:
            yield REMIND, "", number, question.remind_at.isoformat()
        if question.lapse_at is not None:
            yield LAPSE, "", number, question.lapse_at.isoformat()
    if desk.plan is not None:
        yield PLAN, desk.plan.seat, desk.plan.started, desk.plan.wakes.isoformat()


@dataclass(frozen=True, slots=True)
class DueRow:
    """One due time that has passed."""

    city: str
    complaint: str
    clock: str
    seat: str
    started: int
    due: datetime

    @property
    def identity(self) -> tuple[str, str, str, int]:
        return self.complaint, self.clock, self.seat, self.started


def clock_of(row: str) -> tuple[ClockName, bool]:
    """The complaint's clock that a row is about, and whether the row is the one by which its breach goes up."""
    name = row.removeprefix(ESCALATE)
    return cast("ClockName", name), name != row


def running(state: State, name: ClockName, seat: str, started: int) -> RunningClock | None:
    hold = state.desk.holds.get(seat) if isinstance(state, Working) else None
    clocks = () if hold is None else hold.clocks
    if isinstance(state, Screening) and state.clock is not None:
        clocks = (state.clock,)
    return next((clock for clock in clocks if (clock.name, clock.started) == (name, started)), None)


def _resolved_at(dossier: Dossier) -> int:
    return next(event.n for event in reversed(dossier.events) if event.type == "complaint.resolved")


def _open_seats(state: State) -> frozenset[str]:
    return frozenset(state.desk.holds) if isinstance(state, Working | Resolved) else frozenset()


class Rows:
    """One transaction for many complaints; what stands already is not written again."""

    def __init__(self, pool: "Pool") -> None:
        self._pool = pool

    async def write(self, all_wanted: Sequence[Wanted]) -> None:
        changed = [w for w in all_wanted if w.rows != w.dossier.rows or w.work != w.dossier.work]
        if not changed:
            return
        gone, put = _difference(changed)
        works_gone, works_put = _work_difference(changed)
        routed = [(w.dossier, row) for w in changed if (row := _routed(w.dossier)) is not None]
        forgotten = [w.dossier.complaint for w in changed if w.dossier.rows is None]
        async with self._pool.acquire() as connection, connection.transaction():
            if forgotten:
                await connection.execute("delete from router.clock where complaint = any($1)", forgotten)
                await connection.execute("delete from router.work where complaint = any($1)", forgotten)
            if gone:
                await connection.execute(
                    "delete from router.clock c using unnest($1::text[], $2::text[], $3::text[], $4::int[]) "
                    "as g(complaint, clock, seat, started) where c.complaint = g.complaint and c.clock = g.clock "
                    "and c.seat = g.seat and c.started = g.started",
                    *_columns(gone, 4),
                )
            if put:
                await connection.execute(
                    "insert into router.clock (city, complaint, clock, seat, started, due) "
                    "select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], "
                    "$6::timestamptz[]) on conflict (complaint, clock, seat, started) do update set due = excluded.due",
                    *_columns(put, 6),
                )
            if works_gone:
                await connection.execute(
                    "delete from router.work w using unnest($1::text[], $2::text[]) as g(seat, complaint) "
                    "where w.seat = g.seat and w.complaint = g.complaint",
                    *_columns(works_gone, 2),
                )
            if works_put:
                await connection.execute(
                    "insert into router.work (city, seat, complaint, since) select * from unnest($1::text[], "
                    "$2::text[], $3::text[], $4::timestamptz[]) on conflict do nothing",
                    *_columns(works_put, 4),
                )
            await history.keep(connection, [row for _, row in routed])
        for w in changed:
            w.dossier.rows, w.dossier.work = w.rows, w.work
        for dossier, _ in routed:
            dossier.routed = True


def _routed(dossier: Dossier) -> history.Row | None:
    """How it was first given out, if that is not kept yet."""
    if dossier.routed or not isinstance(dossier.state, Working | Resolved):
        return None
    return history.row(dossier.city, dossier.complaint, dossier.events)


def held_since(dossier: Dossier) -> dict[str, datetime]:
    """Since when each seat that holds the complaint has held it without a break."""
    seats = seats_of(dossier.state)
    if dossier.work is not None:  # the events that were folded in just now made the difference
        return dict.fromkeys(seats, dossier.events[-1].at)
    if dossier.since is not None:  # folded here, event by event
        return dossier.since
    state, since = COMPLAINT.initial, dict[str, datetime]()
    for event in dossier.events:
        state = COMPLAINT.evolve(state, event)
        since = {seat: since.get(seat, event.at) for seat in seats_of(state)}
    return since


Column = list[object]


def _difference(changed: Sequence[Wanted]) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    gone: list[tuple[object, ...]] = []
    put: list[tuple[object, ...]] = []
    for w in changed:
        before = w.dossier.rows or frozenset()
        keys = {row[:3] for row in w.rows}
        gone += [(w.dossier.complaint, *row[:3]) for row in before if row[:3] not in keys]
        put += [
            (w.dossier.city, w.dossier.complaint, *row[:3], datetime.fromisoformat(row[3])) for row in w.rows - before
        ]
    return gone, put


def _work_difference(changed: Sequence[Wanted]) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    gone: list[tuple[object, ...]] = []
    put: list[tuple[object, ...]] = []
    for w in changed:
        before = w.dossier.work or frozenset()
        gone += [(seat, w.dossier.complaint) for seat in before - w.work]
        if new := w.work - before:
            since = held_since(w.dossier)
            put += [(w.dossier.city, seat, w.dossier.complaint, since[seat]) for seat in new]
    return gone, put


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> list[Column]:
    return [[row[at] for row in rows] for at in range(width)]
