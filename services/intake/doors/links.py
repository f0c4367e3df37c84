"""What staff saw elsewhere: a post on TikTok, X, a Facebook profile or group, by its link. Pasted at the console
(`/meja/tautan`) or handed in by `POST /links` with the console's bearer token (`tuntas link`).

The same post is one complaint, however its link is written and however often it comes; whoever says below it "here too"
counts as affected, once. The author's name is sealed, and nobody can be answered: staff may answer on the platform.
"""

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.complaint import commands as c
from services.complaint.events import AffectedCounted
from services.contracts import ids, subjects
from services.contracts.base import Received, Token
from services.contracts.commands import Refusal
from services.contracts.intake import Counter, IntakeMessage, Media, Sender
from services.intake.clean import clean
from services.intake.doors import link_names
from services.intake.doors.answers import Problem, unavailable
from services.intake.doors.bodies import read_body
from services.intake.doors.link_names import Named
from services.intake.doors.uploads import Uploaders
from services.intake.inbox.acts import ComplaintDecider
from services.runtime.publishing import Publisher
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from services.runtime.vault import Pool

CHANNEL = "link"
MAX_BODY = 128 * 1024
PATIENCE = 1.7
TICKET_WITHIN = 3.0
MOST_COMMENTERS = 200
CONSOLE = "staff:console"


class Link(Received):
    """`by`: the seat that saw it; `handle`: whose post it is; `commenters`: who says below it "here too"."""

    link: str = Field(min_length=3, max_length=link_names.LONGEST)
    by: Token
    text: str = Field(min_length=1, max_length=8_000)
    handle: str | None = Field(default=None, max_length=100)
    media: tuple[str, ...] = Field(default=(), max_length=8)
    """References from `POST /media`: pictures of the screen."""
    commenters: tuple[str, ...] = Field(default=(), max_length=MOST_COMMENTERS)


class Entered(NamedTuple):
    """`ticket` None: stored, and not opened yet; `known`: the post was there before; `affected`: counted just now."""

    complaint: str
    ticket: str | None
    known: bool
    affected: int


class Links:
    def __init__(self, pool: "Pool", vault: Vault, publisher: Publisher, decider: ComplaintDecider) -> None:
        self._pool = pool
        self._vault = vault
        self._publisher = publisher
        self._decider = decider

    async def enter(self, city: str, link: Link, named: Named) -> Entered:
        """May be repeated. Raises errors of the machinery."""
        id_key = await self._vault.id_key(city)
        message = message_of(link, named)
        key = ids.message_key(id_key, city, CHANNEL, message.id)
        complaint = ids.complaint_id(id_key, city, CHANNEL, key)
        known = await self._ticket(city, complaint)
        ticket = known
        if known is None:
            body = message.model_dump_json(exclude_none=True).encode()
            await self._publisher.publish(subjects.intake(city, CHANNEL), body, within=PATIENCE)
            ticket = await self._wait_for(city, complaint)
        counted = await self._affected(city, complaint, link, named) if ticket is not None else 0
        return Entered(complaint, ticket, known is not None, counted)

    async def _wait_for(self, city: str, complaint: str) -> str | None:
        """Until it stands in the log too: whoever is affected is counted there."""
        until = asyncio.get_running_loop().time() + TICKET_WITHIN
        while asyncio.get_running_loop().time() < until:
            ticket = await self._ticket(city, complaint)
            if ticket is not None and (await self._decider.load(city, complaint))[1]:
                return ticket
            await asyncio.sleep(0.05)
        return None

    async def _ticket(self, city: str, complaint: str) -> str | None:
        found = await self._pool.fetchval(
            "select ticket from intake.complaint where city = $1 and complaint = $2", city, complaint
        )
        return None if found is None else str(found)

    async def _affected(self, city: str, complaint: str, link: Link, named: Named) -> int:
        id_key = await self._vault.id_key(city)
        _, events = await self._decider.load(city, complaint)
        before = {event.data.who for event in events if isinstance(event.data, AffectedCounted)}
        counted = 0
        for name in dict.fromkeys(handle(one) for one in link.commenters):
            if not name or name == handle(link.handle or named.handle or ""):
                continue
            who = ids.derive(id_key, "affected", complaint, f"{named.platform}:{name}")
            if who in before:
                continue
            cause = ids.derive(id_key, "affected-by-link", complaint, who)
            done = await self._decider.execute(
                city, complaint, c.CountAffected(cause=cause, who=who, channel=CHANNEL), cause=cause,
                actor=f"seat:{link.by}",
            )  # fmt: skip
            counted += not isinstance(done, Refusal)
        return counted


def message_of(link: Link, named: Named) -> IntakeMessage:
    return IntakeMessage(
        id=f"link:{named.key}"[:300],
        sender=Sender(person=f"link:{named.key}"[:300], name=handle(link.handle or named.handle or "") or None),
        text=f"{clean(link.text).strip()}\nTautan: {named.url}",
        media=tuple(Media(reference=one) for one in link.media),
        wish="open",
        counter=Counter(by=link.by),
    )


def handle(given: str) -> str:
    """`@Warga.Contoh ` and `warga.contoh` are one."""
    return clean(given).strip().lstrip("@").casefold()[:100]


class LinkDoor:
    def __init__(self, uploaders: Uploaders, links: Links) -> None:
        self._uploaders = uploaders
        self._links = links

    def routes(self) -> list[Route]:
        return [Route("/links", self._enter, methods=["POST"])]

    async def _enter(self, request: Request) -> Response:
        try:
            city = self._city(request.headers.get("authorization", ""))
            link, named = _read(await read_body(request, MAX_BODY))
            entered = await self._entered(city, link, named)
        except Problem as problem:
            return problem.response()
        return JSONResponse(entered._asdict(), 200 if entered.known else 201)

    def _city(self, header: str) -> str:
        who = self._uploaders.of(header)
        if who.name != CONSOLE:
            raise Problem(401, "wrong_token", "Only the console takes links in.")
        return who.city

    async def _entered(self, city: str, link: Link, named: Named) -> Entered:
        try:
            return await self._links.enter(city, link, named)
        except Exception as error:
            raise unavailable(error) from error


def _read(raw: bytes) -> tuple[Link, Named]:
    try:
        link = Link.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise Problem(422, "invalid", f"{field}: {first['msg']}") from None
    named = link_names.read(link.link)
    if named is None:
        raise Problem(422, "invalid", "link: this is no address of a page")
    return link, named
