"""What everybody may read: published matters in lists, a ticket's progress by its code. GeoReport v2 "GET Service
Requests" and "GET Service Request". Through the role that sees no more than that.

Published is what a person has cleared something of for everybody (the view `reporting.published`); a list never names a
ticket, whose holder it would let anybody pass for, but an id that only this interface knows. Places are coarsened to
the kelurahan, words and pictures of people stand nowhere.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg

from services.contracts import tickets
from services.contracts.city import City
from services.reporting import labels
from services.reporting.categories import CATEGORIES
from services.reporting.open311.forms import Bad

RANGE = timedelta(days=90)
MOST = 1_000
"""Requests in one answer ("limited to a span of 90 days or first 1000 requests returned, whichever is smaller")."""
MOST_IDS = 100
_ID = re.compile(r"[a-z2-7]{26}")
_ENDED = {"closed"}


@dataclass(frozen=True, slots=True)
class Asked:
    """`ids` None: by the other filters."""

    ids: tuple[str, ...] | None
    services: tuple[str, ...] | None
    since: datetime
    until: datetime
    status: frozenset[str]
    page: int
    size: int


def asked(query: Mapping[str, str], now: datetime) -> Asked:
    """An empty argument counts as none. Raises Bad 400."""
    given = {name: value.strip() for name, value in query.items() if value.strip()}
    wanted = _listed(given.get("service_request_id"))
    if wanted is not None and len(wanted) > MOST_IDS:
        raise Bad(400, f"At most {MOST_IDS} service_request_id at once.")
    until = _moment(given, "end_date")
    since = _moment(given, "start_date")
    if until is None:
        until = min(now, since + RANGE) if since is not None else now
    if since is None:
        since = until - RANGE if until - datetime.min.replace(tzinfo=UTC) > RANGE else until
    if until < since:
        raise Bad(400, "end_date is before start_date.")
    if until - since > RANGE:
        raise Bad(400, "start_date and end_date may span 90 days at most.")
    status = _listed(given.get("status"))
    if status is not None and not set(status) <= {"open", "closed"}:
        raise Bad(400, "status is open, closed or both, separated by a comma.")
    return Asked(
        ids=wanted,
        services=_listed(given.get("service_code")),
        since=since,
        until=until,
        status=frozenset(status or ("open", "closed")),
        page=_number(given, "page", 1, 1_000_000),
        size=_number(given, "page_size", MOST, MOST),
    )


def _listed(value: str | None) -> tuple[str, ...] | None:
    return tuple(part.strip() for part in value.split(",") if part.strip())[:500] if value else None


def _number(given: Mapping[str, str], name: str, default: int, most: int) -> int:
    value = given.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and len(value) <= 7 and 1 <= int(value) <= most):
        raise Bad(400, f"{name} is a number from 1 to {most}.")
    return int(value)


def _moment(given: Mapping[str, str], name: str) -> datetime | None:
    """W3C date and time with a zone; a `+` that a client forgot to encode arrives as a blank."""
    value = given.get(name)
    if value is None:
        return None
    text = re.sub(r" (\d\d:\d\d)$", r"+\1", value)
    try:
        found = datetime.fromisoformat(text) if re.fullmatch(r"[0-9T:.+Z-]{10,40}", text) else None
        found = None if found is None or found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise Bad(400, f"{name} is a date and time with its zone, such as 2026-01-01T00:00:00Z.")
    return found


_LIST = """
select * from reporting.published where city = $1 and received_at >= $2 and received_at <= $3
    and ($4::text[] is null or category = any($4)) and ended = any($5::bool[])
order by received_at desc, id limit $6 offset $7
"""
_SOME = "select * from reporting.published where city = $1 and id = any($2::text[]) order by received_at desc, id"
_TICKET = """
select t.*, (select max(s.at) from reporting.tracking_step s where s.ticket = t.ticket) as updated_at
from reporting.tracking t where t.city = $1 and t.ticket = $2
"""


async def some(
    pool: asyncpg.Pool, city: City, what: Asked, by_ticket: Callable[[str], Awaitable[dict[str, Any] | None]]
) -> list[dict[str, Any]]:
    """The newest first. `by_ticket`: one by the code that its holder shows."""
    if what.ids is None:
        ended = [one == "closed" for one in sorted(what.status)]
        offset = (what.page - 1) * what.size
        services = list(what.services) if what.services is not None else None
        rows = await pool.fetch(_LIST, city.id, what.since, what.until, services, ended, what.size, offset)
        return [_published(dict(row), city) for row in rows]
    found = {}
    public = [one for one in what.ids if _ID.fullmatch(one)]
    if public:
        found = {row["id"]: _published(dict(row), city) for row in await pool.fetch(_SOME, city.id, public)}
    shown = [found[one] for one in dict.fromkeys(public) if one in found]
    held = dict.fromkeys(ticket for one in what.ids if (ticket := tickets.read(one)) is not None)
    progress = [await by_ticket(ticket) for ticket in held]
    return shown + [one for one in progress if one is not None]


async def one(
    pool: asyncpg.Pool, city: City, wanted: str, by_ticket: Callable[[str], Awaitable[dict[str, Any] | None]]
) -> dict[str, Any] | None:
    if _ID.fullmatch(wanted):
        row = await pool.fetchrow(_SOME, city.id, [wanted])
        return None if row is None else _published(dict(row), city)
    ticket = tickets.read(wanted)
    return None if ticket is None else await by_ticket(ticket)


async def of_ticket(pool: asyncpg.Pool, city: City, ticket: str) -> dict[str, Any] | None:
    """Progress and nothing else: who holds a ticket need not be who reported."""
    row = await pool.fetchrow(_TICKET, city.id, ticket)
    if row is None:
        return None
    found = dict(row)
    return _request(
        city, found, id=ticket, ended=found["phase"] in _ENDED, lead=found["lead"], expected=found["due"],
        notes=labels.END.get(str(found["ended"])) if found["ended"] else labels.PHASE.get(found["phase"]),
    )  # fmt: skip


def _published(row: dict[str, Any], city: City) -> dict[str, Any]:
    ward = city.wards.get(row["ward"] or "")
    place = labels.place(city, row["ward"], None) if ward is not None else None
    category = CATEGORIES.get(row["category"])
    return _request(
        city, row, id=row["id"], ended=row["ended"], lead=row["lead"], expected=row["expected_end"],
        notes=labels.END.get(str(row["ended_how"])) if row["ended"] else labels.PHASE.get(row["phase"]),
    ) | {
        "service_name": category.label if category is not None else None,
        "service_code": row["category"],
        "address": place,
        "lat": ward.latitude if ward is not None else None,
        "long": ward.longitude if ward is not None else None,
    }  # fmt: skip


def _request(city: City, row: Mapping[str, Any], **said: Any) -> dict[str, Any]:
    return {
        "service_request_id": said["id"],
        "status": "closed" if said["ended"] else "open",
        "status_notes": said["notes"],
        "service_name": None,
        "service_code": None,
        "description": None,
        "agency_responsible": labels.seat(city, said["lead"]),
        "service_notice": None,
        "requested_datetime": _written(row["received_at"]),
        "updated_datetime": _written(row["updated_at"] or row["received_at"]),
        "expected_datetime": _written(said["expected"]),
        "address": None,
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _written(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None
