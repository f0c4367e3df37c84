"""Lists of complaints, page by page. Each goes along an index, so a page costs the same at a million complaints."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

import asyncpg

from services.reporting.read_models.cases.card import CARD, Card

Status = Literal[
    "open", "late", "screening", "working", "resolved", "closed", "merged", "to_rule", "to_sign", "to_audit",
    "to_call", "all",
]  # fmt: skip
STATUSES: tuple[Status, ...] = get_args(Status)
PAGE = 30


@dataclass(frozen=True)
class Wanted:
    """What to list. `seat` None: whoever holds it. `after` is the cursor of the page before."""

    city: str
    status: Status = "open"
    seat: str | None = None
    ward: str | None = None
    category: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class Listed:
    cards: list[Card]
    next: str | None
    """Cursor of the page behind, None at the end."""


async def by_ticket(pool: asyncpg.Pool, ticket: str) -> Card | None:
    found = await pool.fetchval("select card from reporting.complaint where ticket = $1", ticket)
    return CARD.validate_json(found) if found else None


async def by_id(pool: asyncpg.Pool, complaint: str) -> Card | None:
    found = await pool.fetchval("select card from reporting.complaint where complaint = $1", complaint)
    return CARD.validate_json(found) if found else None


async def by_ids(pool: asyncpg.Pool, complaints: Sequence[str]) -> list[Card]:
    """Those that exist, in any order."""
    rows = await pool.fetch("select card from reporting.complaint where complaint = any($1::text[])", list(complaints))
    return [CARD.validate_json(row["card"]) for row in rows]


async def under(pool: asyncpg.Pool, main: str, size: int) -> list[Card]:
    """The first complaints that are handled under `main`."""
    rows = await pool.fetch(
        "select card from reporting.complaint where main = $1 order by received_at, complaint limit $2", main, size
    )
    return [CARD.validate_json(row["card"]) for row in rows]


async def of_session(pool: asyncpg.Pool, session: str, size: int = 500) -> list[Card]:
    """What came up in a LIVE session and was not taken back, the latest first."""
    rows = await pool.fetch(
        "select card from reporting.complaint where session = $1 order by received_at desc, complaint desc limit $2",
        session, size,
    )  # fmt: skip
    return [card for card in (CARD.validate_json(row["card"]) for row in rows) if not card.undone]


async def by_lost_door(pool: asyncpg.Pool, city: str, door: str, size: int = 200) -> list[Card]:
    """Open ones that came by an account which was taken over, the latest first."""
    rows = await pool.fetch(
        "select card from reporting.complaint where city = $1 and lost_door = $2 and open "
        "order by received_at desc, complaint desc limit $3",
        city, door, size,
    )  # fmt: skip
    return [CARD.validate_json(row["card"]) for row in rows]


async def alike(pool: asyncpg.Pool, city: str, size: int = 20) -> list[Card]:
    """Open ones that may be the same matter as another, the latest first."""
    rows = await pool.fetch(
        "select card from reporting.complaint where city = $1 and alike order by received_at desc, complaint desc "
        "limit $2",
        city, size,
    )  # fmt: skip
    return [CARD.validate_json(row["card"]) for row in rows]


async def standing(pool: asyncpg.Pool, complaint: str) -> int:
    """Up to which `n` the tables know this complaint; 0 if not at all."""
    return int(await pool.fetchval("select n from reporting.complaint where complaint = $1", complaint) or 0)


async def page(pool: asyncpg.Pool, wanted: Wanted, size: int = PAGE) -> Listed:
    """The latest first; late ones by what is due longest. Raises ValueError for a cursor that is none of ours."""
    late = wanted.status == "late"
    key = "due" if late else "received_at"
    arguments: list[object] = [wanted.city]
    where = ["c.city = $1"]
    source = "reporting.complaint c"
    head = "c"

    def bind(value: object) -> str:
        arguments.append(value)
        return f"${len(arguments)}"

    if wanted.seat and wanted.status == "to_sign":
        where.append(f"c.signs = {bind(wanted.seat)}")
    elif wanted.seat:
        # The holding's own columns carry the order, so one index gives a page of a seat.
        source, head = "reporting.holding h join reporting.complaint c using (complaint)", "h"
        where = ["h.city = $1", f"h.seat = {bind(wanted.seat)}"]
    where += _standing_in(wanted.status, head, bind)
    if wanted.ward:
        where.append(f"c.ward = {bind(wanted.ward)}")
    if wanted.category:
        where.append(f"c.category = {bind(wanted.category)}")
    if wanted.after:
        at, complaint = read_cursor(wanted.after)
        where.append(f"({head}.{key}, {head}.complaint) {'>' if late else '<'} ({bind(at)}, {bind(complaint)})")
    direction = "asc" if late else "desc"
    # Only fixed words and numbered parameters are put together here.
    sql = (
        f"select c.card, {head}.{key} as at, c.complaint from {source} where {' and '.join(where)} "  # noqa: S608
        f"order by {head}.{key} {direction}, {head}.complaint {direction} limit {size + 1}"
    )
    rows = await pool.fetch(sql, *arguments)
    shown = rows[:size]
    more = len(rows) > size
    return Listed(
        [CARD.validate_json(row["card"]) for row in shown],
        write_cursor(shown[-1]["at"], shown[-1]["complaint"]) if more else None,
    )


def _standing_in(status: Status, head: str, bind: Callable[[object], str]) -> list[str]:
    match status:
        case "open":
            return [f"{head}.open"]
        case "late":
            return [f"{head}.open", f"{head}.late", f"{head}.due is not null"]
        case "to_rule":
            return ["c.to_rule"]
        case "to_sign":
            return ["c.signs is not null"]
        case "to_audit":
            return ["c.audit = 'drawn'"]
        case "to_call":
            return ["c.to_call"]
        case "all":
            return []
        case _:
            return [f"c.phase = {bind(status)}"]


async def asked_to_look(pool: asyncpg.Pool, city: str, seat: str, *, audits: bool) -> tuple[int, int]:
    """How many resolutions wait for this seat's signature, and (for an auditor) how many are drawn for audit."""
    signs = await pool.fetchval("select count(*) from reporting.complaint where city = $1 and signs = $2", city, seat)
    drawn = "select count(*) from reporting.complaint where city = $1 and audit = 'drawn'"
    return int(signs), int(await pool.fetchval(drawn, city)) if audits else 0


async def contact_wishes(pool: asyncpg.Pool, city: str) -> int:
    """How many complaints have a wish for the reporter's contact on which nobody has ruled."""
    sql = (
        "select count(*) from reporting.complaint where city = $1 and to_rule "
        "and jsonb_path_exists(card::jsonb, '$.contacts.*.granted ? (@ == null)')"
    )
    return int(await pool.fetchval(sql, city) or 0)


async def to_remove(pool: asyncpg.Pool, city: str) -> int:
    """How many complaints have posts that somebody must take away by hand."""
    sql = "select count(*) from reporting.complaint where city = $1 and to_remove"
    return int(await pool.fetchval(sql, city) or 0)


async def to_screen(pool: asyncpg.Pool, city: str, size: int = 50) -> list[Card]:
    """What waits for a screener: danger first, then what may be one, then what is urgent; the longest waiting first."""
    rows = await pool.fetch(
        "select card from reporting.complaint where city = $1 and phase = 'screening' "
        "order by urgency desc, perhaps_danger desc, received_at, complaint limit $2",
        city, size,
    )  # fmt: skip
    return [CARD.validate_json(row["card"]) for row in rows]


def write_cursor(at: datetime, complaint: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), complaint]).encode()).decode().rstrip("=")


def read_cursor(text: str) -> tuple[datetime, str]:
    """Raises ValueError."""
    try:
        at, complaint = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        moment = datetime.fromisoformat(at)
    except (ValueError, TypeError) as error:
        raise ValueError("not a cursor") from error
    if moment.tzinfo is None or not isinstance(complaint, str):
        raise ValueError("not a cursor")
    return moment, complaint
