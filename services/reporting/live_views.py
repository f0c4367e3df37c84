"""What the pages of a LIVE session show: who stands by, what came up, how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

import asyncpg

from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT
from services.contracts.facts.live import Session
from services.reporting import labels, sight
from services.reporting.desk import Desk
from services.reporting.read_models.cases.card import Card
from services.reporting.views import RowView, row
from services.web.i18n import later
from services.web.pages import Visit

PLATFORM = {
    "tiktok": "TikTok", "instagram": "Instagram", "facebook": "Facebook", "youtube": "YouTube", "x": "X",
    "radio": later("Radio"), "other": later("Lainnya"),
}  # fmt: skip
PHASE = {
    "planned": later("Direncanakan"), "on_air": later("Sedang siaran"), "over": later("Selesai"),
}  # fmt: skip


@dataclass(frozen=True)
class SeatView:
    seat: str
    title: str
    present: datetime | None
    open: int
    late: int


@dataclass(frozen=True)
class SessionView:
    id: str
    platform: str
    phase: str
    phase_text: str
    title: str | None
    host: str
    planned_for: datetime
    started: datetime | None
    ended: datetime | None


@dataclass(frozen=True)
class LiveRow:
    row: RowView
    on_air: bool
    """It was answered on air."""
    over: bool


@dataclass(frozen=True)
class BoardView:
    session: SessionView
    answer: str
    roster: list[SeatView]
    rows: list[LiveRow]
    """Open ones, the most urgent first."""
    done: list[LiveRow]
    counts: dict[str, int]
    mine: str
    """`present`, `absent`, or `` for a seat that is not on the roster."""
    at: datetime


@dataclass(frozen=True)
class ResponseView:
    """First real responses of one seat: how many were owed, came in time, came late, are still owed."""

    title: str
    present: datetime | None
    owed: int
    in_time: int
    late: int
    waiting: int
    median_minutes: float | None


@dataclass(frozen=True)
class ReportView:
    session: SessionView
    answer: str
    counts: dict[str, int]
    responses: list[ResponseView]
    minutes: float | None
    """Median from the assignment to the first real response."""
    rows: list[LiveRow]


async def session(desk: Desk, visit: Visit, one: Session) -> SessionView:
    [view] = await sessions(desk, visit, [one])
    return view


async def sessions(desk: Desk, visit: Visit, found: Sequence[Session]) -> list[SessionView]:
    wanted = [(one.plan.title, one.cause, "title") for one in found if one.plan is not None and one.plan.title]
    titles = dict(zip([sealed for sealed, _, _ in wanted], await desk.opener.open_many(wanted), strict=True))
    city, tr = visit.who.city, visit.tr
    return [
        SessionView(
            one.id, tr(PLATFORM[one.plan.platform]), one.phase, tr(PHASE[one.phase]),
            titles.get(one.plan.title) if one.plan.title else None, labels.seat(city, one.plan.host) or one.plan.host,
            one.plan.planned_for, one.started, one.ended,
        )
        for one in found
        if one.plan is not None
    ]  # fmt: skip


def counts(cards: Sequence[Card]) -> dict[str, int]:
    """The four ends stand apart and are never summed."""
    ended = [card.ended for card in cards]
    return {
        "received": len(cards),
        "open": sum(card.open for card in cards),
        "late": sum(card.late for card in cards),
        "screening": sum(card.phase == "screening" for card in cards),
        "on_air": sum(card.on_air is not None for card in cards),
        "resolved": sum(card.phase == "resolved" for card in cards),
        **{name: ended.count(name) for name in ("confirmed", "silent", "answered_on_air", "unreachable")},
    }


async def board(desk: Desk, visit: Visit, one: Session, cards: Sequence[Card]) -> BoardView:
    staff, tr, now = visit.who, visit.tr, desk.clock()
    tell, known = desk.teller(visit, now), await session(desk, visit, one)
    shown = [card for card in cards if sight.may_see(staff, card)]
    rows = [LiveRow(row(card, tell), card.on_air is not None, not card.open) for card in shown]
    figures = counts(cards)
    text = later("{title}: {open} dari {received} belum selesai, {late} terlambat; {present} dari {roster} hadir.")
    seat = staff.seat.id
    return BoardView(
        session=known,
        answer=tr(text).format(
            title=known.title or known.platform, **figures, present=sum(s in one.present for s in one.roster),
            roster=len(one.roster),
        ),
        roster=[_seat(visit, one, seat, cards) for seat in one.roster],
        rows=sorted((r for r in rows if not r.over), key=lambda r: (not r.row.late, r.row.due or now + _AGES)),
        done=[r for r in rows if r.over],
        counts=figures,
        mine="" if seat not in one.roster else "present" if seat in one.present else "absent",
        at=now,
    )  # fmt: skip


_AGES = timedelta(days=3650)


def _seat(visit: Visit, one: Session, seat: str, cards: Sequence[Card]) -> SeatView:
    held = [card.holdings[seat] for card in cards if card.open and seat in card.holdings]
    title = labels.seat(visit.who.city, seat) or seat
    return SeatView(seat, title, one.present.get(seat), len(held), sum(holding.late for holding in held))


_RESPONSES = (
    "select complaint, type, schema, event from reporting.step where complaint = any($1::text[]) "
    "and event like '%first_response%' order by complaint, n"
)


async def report(desk: Desk, visit: Visit, one: Session, cards: Sequence[Card]) -> ReportView:
    tell, known = desk.teller(visit, desk.clock()), await session(desk, visit, one)
    owed = await _responses(desk.pool, [card.complaint for card in cards])
    figures, city = counts(cards), visit.who.city
    spans = [span for seat in owed.values() for span in seat.spans]
    text = later("{received} laporan, {on_air} dijawab di siaran, {open} belum selesai, {late} terlambat.")
    return ReportView(
        session=known,
        answer=visit.tr(text).format(**figures),
        counts=figures,
        responses=[
            ResponseView(
                labels.seat(city, seat) or seat, one.present.get(seat), found.owed, found.in_time, found.late,
                found.owed - found.in_time - found.late, _minutes(found.spans),
            )
            for seat, found in sorted(owed.items(), key=lambda pair: (-pair[1].owed, pair[0]))
        ],
        minutes=_minutes(spans),
        rows=[LiveRow(row(card, tell), card.on_air is not None, not card.open)
              for card in cards if sight.may_see(visit.who, card)],
    )  # fmt: skip


@dataclass
class _Owed:
    owed: int = 0
    in_time: int = 0
    late: int = 0
    spans: list[timedelta] = field(default_factory=list)


def _minutes(spans: Sequence[timedelta]) -> float | None:
    return round(median(span.total_seconds() for span in spans) / 60, 1) if spans else None


async def _responses(pool: asyncpg.Pool, complaints: Sequence[str]) -> dict[str, _Owed]:
    """By seat, from the events: who owed a first response since when, and who gave one by when it was due."""
    found: dict[str, _Owed] = {}
    running: dict[tuple[str, str], tuple[datetime, datetime]] = {}
    for step in await pool.fetch(_RESPONSES, list(complaints)):
        event = COMPLAINT.decode(step["type"], step["schema"], step["event"].encode())
        data = event.data
        given = data.assignments if isinstance(data, e.ComplaintAssigned) else ()
        if isinstance(data, e.LeadHandedOff):
            given = (data.to,)
        for part in given:
            clock = next((clock for clock in part.clocks if clock.name == "first_response"), None)
            if clock is not None and (event.complaint, part.seat) not in running:
                running[event.complaint, part.seat] = event.at, clock.due
                found.setdefault(part.seat, _Owed()).owed += 1
        seat = getattr(data, "seat", None)
        if isinstance(seat, str) and "first_response" in getattr(data, "met", ()):
            began = running.get((event.complaint, seat))
            if began is not None:
                owed = found[seat]
                owed.spans.append(event.at - began[0])
                if event.at <= began[1]:
                    owed.in_time += 1
                else:
                    owed.late += 1
    return found
