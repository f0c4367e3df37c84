"""Where the public Open311 pages hand reports in: `POST /open311`, with the console's bearer token and a client's key.

201 with `ticket`, or with `token` if it is not known within three seconds; `GET /open311/tokens/<token>` says the
ticket later. 401 wrong bearer token, 403 wrong or withdrawn key, 404 unknown token, 422 not of this form, 429 too much
from this key, 503 try again. The same report of the same client on the same day is one report, and so is one
that is repeated right after midnight.
"""

import asyncio
import hashlib
import hmac
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.contracts import ids, subjects
from services.contracts.base import Confidentiality, Received
from services.contracts.intake import IntakeMessage, Pin, Sender
from services.intake.clean import clean
from services.intake.doors.answers import Problem, unavailable
from services.intake.doors.bodies import read_body
from services.intake.doors.uploads import Uploader, Uploaders
from services.intake.inbox.answering import MAIL, PHONE
from services.runtime.publishing import Publisher
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from services.runtime.vault import Pool

CHANNEL = "open311"
MAX_BODY = 64 * 1024
PATIENCE = 1.7
"""Seconds until a missing PubAck is a 503."""
TICKET_WITHIN = 3.0
"""Seconds that a client waits for its ticket before it gets a token instead."""
PER_MINUTE, BURST = 60, 30
"""Reports of one key."""
CONSOLE = "staff:console"
ACROSS_MIDNIGHT = timedelta(hours=1)
"""So long after midnight (UTC) a report of the day before is still the same one."""


class Report(Received):
    """`service`: what people call the matter; `person`: the client's own id of who reports."""

    api_key: str = Field(min_length=1, max_length=200)
    service: str = Field(min_length=1, max_length=200)
    description: str | None = Field(default=None, max_length=4_000)
    address: str | None = Field(default=None, max_length=500)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    person: str | None = Field(default=None, max_length=300)
    email: str | None = Field(default=None, max_length=200)
    phone: str | None = Field(default=None, max_length=40)
    name: str | None = Field(default=None, max_length=300)
    confidentiality: Confidentiality | None = None


class Keys:
    """The clients' keys. `name` is what the operator calls a client."""

    def __init__(self, pool: "Pool") -> None:
        self._pool = pool

    async def name_of(self, city: str, key: str) -> str | None:
        row = await self._pool.fetchrow(
            "update intake.open311_key set used_at = now() where digest = $1 and city = $2 "
            "and (ends_at is null or ends_at > now()) returning name",
            digest(key), city,
        )  # fmt: skip
        return None if row is None else str(row["name"])

    async def add(self, city: str, name: str, key: str) -> None:
        await self._pool.execute(
            "insert into intake.open311_key (digest, city, name) values ($1, $2, $3)", digest(key), city, name
        )

    async def end(self, city: str, name: str, at: "datetime") -> int:
        """Keys of this name end then; how many there were."""
        done = await self._pool.execute(
            "update intake.open311_key set ends_at = $3 where city = $1 and name = $2 "
            "and (ends_at is null or ends_at > $3)",
            city, name, at,
        )  # fmt: skip
        return int(done.rpartition(" ")[2])


def digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "replace")).digest()


class Open311Door:
    def __init__(
        self,
        uploaders: Uploaders,
        vault: Vault,
        pool: "Pool",
        publisher: Publisher,
        clock: "Callable[[], datetime]",
        *,
        within: float = TICKET_WITHIN,
    ) -> None:
        """`clock`: UTC. `within`: seconds that a client waits for its ticket."""
        self._clock = clock
        self._within = within
        self._uploaders = uploaders
        self._keys = Keys(pool)
        self._vault = vault
        self._pool = pool
        self._publisher = publisher
        self._spent: dict[tuple[str, str], tuple[float, float]] = {}

    def routes(self) -> list[Route]:
        return [
            Route("/open311", self._post, methods=["POST"]),
            Route("/open311/tokens/{token}", self._token, methods=["GET"]),
        ]

    def _console(self, request: Request) -> Uploader:
        who = self._uploaders.of(request.headers.get("authorization", ""))
        if who.name != CONSOLE:
            raise Problem(401, "wrong_token", "Only the city's own pages hand reports in here.")
        return who

    async def _post(self, request: Request) -> Response:
        try:
            city = self._console(request).city
            report = _read(await read_body(request, MAX_BODY))
            return JSONResponse(await self._taken(city, report), 201)
        except Problem as problem:
            return problem.response()

    async def _taken(self, city: str, report: Report) -> dict[str, str]:
        try:
            client = await self._keys.name_of(city, report.api_key)
        except Exception as error:
            raise unavailable(error) from error
        if client is None:
            raise Problem(403, "wrong_key", "There is no such key, or it was withdrawn.")
        self._pace(city, client)
        try:
            id_key = await self._vault.id_key(city)
            message = await self._message(report, client, city, id_key)
            body = message.model_dump_json(exclude_none=True).encode()
            await self._publisher.publish(subjects.intake(city, CHANNEL), body, within=PATIENCE)
            key = ids.message_key(id_key, city, CHANNEL, message.id)
            complaint = ids.complaint_id(id_key, city, CHANNEL, key)
            ticket = await self._ticket(city, complaint, self._within)
        except Exception as error:
            raise unavailable(error) from error
        return {"ticket": ticket} if ticket is not None else {"token": token_of(id_key, complaint)}

    async def _message(self, report: Report, client: str, city: str, id_key: bytes) -> IntakeMessage:
        """Under the day's name; right after midnight a client that repeats itself is known by yesterday's."""
        now = self._clock()
        today = message_of(report, client, f"{now:%Y-%m-%d}")
        before = message_of(report, client, f"{now - ACROSS_MIDNIGHT:%Y-%m-%d}")
        if before.id != today.id:
            key = ids.message_key(id_key, city, CHANNEL, before.id)
            if await self._ticket(city, ids.complaint_id(id_key, city, CHANNEL, key), 0) is not None:
                return before
        return today

    def _pace(self, city: str, client: str) -> None:
        left, at = self._spent.get((city, client), (float(BURST), time.monotonic()))
        now = time.monotonic()
        left = min(float(BURST), left + (now - at) * PER_MINUTE / 60) - 1
        if left < 0:
            raise Problem(429, "too_many", "Too many reports with this key at once.", retry_after=2)
        self._spent[city, client] = left, now

    async def _ticket(self, city: str, complaint: str, within: float) -> str | None:
        ends = time.monotonic() + within
        while True:
            found = await self._pool.fetchval(
                "select ticket from intake.complaint where city = $1 and complaint = $2", city, complaint
            )
            if found is not None or time.monotonic() >= ends:
                return None if found is None else str(found)
            await asyncio.sleep(0.05)

    async def _token(self, request: Request) -> Response:
        try:
            city = self._console(request).city
            ticket = await self._ticket_of(city, request.path_params["token"])
        except Problem as problem:
            return problem.response()
        return JSONResponse({"ticket": ticket})

    async def _ticket_of(self, city: str, token: str) -> str:
        try:
            complaint = _complaint_of(await self._vault.id_key(city), token)
            ticket = None if complaint is None else await self._ticket(city, complaint, 0)
        except Exception as error:
            raise unavailable(error) from error
        if ticket is None:
            raise Problem(404, "unknown", "There is no such token, or its report is not opened yet.")
        return ticket


def token_of(id_key: bytes, complaint: str) -> str:
    """Only we can make one: whoever knows a complaint's id does not know its token."""
    return f"{complaint}-{ids.derive(id_key, 'open311-token', complaint)}"


def _complaint_of(id_key: bytes, token: str) -> str | None:
    complaint, _, _ = token.partition("-")
    right = hmac.compare_digest(token_of(id_key, complaint).encode(), token.encode("utf-8", "replace"))
    return complaint if right else None


def message_of(report: Report, client: str, day: str) -> IntakeMessage:
    """Each report is a complaint of its own; `day`: UTC, so that a client that repeats a call reports once."""
    said = report.model_dump_json(exclude={"api_key"}, exclude_none=True)
    given = hashlib.sha256(f"{client}\0{day}\0{said}".encode()).hexdigest()
    text = [clean(report.description or "").strip(), f"Jenis laporan: {clean(report.service)}"]
    if report.address:
        text.append(f"Lokasi: {clean(report.address)}")
    pin = None
    if report.latitude is not None and report.longitude is not None:
        pin = Pin(latitude=report.latitude, longitude=report.longitude, label=clean(report.address or "") or None)
    return IntakeMessage(
        id=given,
        sender=Sender(person=f"report:{given}", address=_address(report), name=clean(report.name or "") or None),
        text="\n".join(part for part in text if part),
        pin=pin,
        wish="open",
        confidentiality=report.confidentiality,
    )


def _address(report: Report) -> str | None:
    """Where an answer can go: what the client says, which nobody has proven."""
    ways = ((MAIL, report.email), (PHONE, report.phone))
    for scheme, value in ways:
        if value and value.strip():
            return f"{scheme}{clean(value.strip())}"
    return None


def _read(raw: bytes) -> Report:
    try:
        return Report.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise Problem(422, "invalid", f"{field}: {first['msg']}") from None
