"""`POST /entries`: what a moderator takes down in a LIVE session, from the console, with the console's bearer token.

JSON: `id` (the same id is the same entry), `session`, `by` (the seat that is logged in there), `text`, `handle`?,
`place`?. 201 with the complaint's id once it is stored; 401 wrong token, 422 not of this form, 503 try again.
"""

from pydantic import Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.contracts import ids, subjects
from services.contracts.base import Id, Received, Token
from services.contracts.facts.live import LIVE
from services.contracts.intake import Counter, IntakeMessage, Sender
from services.intake.doors.answers import Problem, unavailable
from services.intake.doors.bodies import read_body
from services.intake.doors.uploads import Uploaders
from services.runtime.publishing import Publisher
from services.runtime.vault import Vault

MAX_BODY = 64 * 1024
CONSOLE = "staff:console"
PATIENCE = 1.7
"""Seconds until a missing PubAck is a 503."""


class Entry(Received):
    id: str = Field(min_length=8, max_length=100)
    session: Id
    by: Token
    text: str = Field(min_length=1, max_length=4_000)
    handle: str | None = Field(default=None, max_length=100)
    place: str | None = Field(default=None, max_length=200)
    """A place in a word, where the person named one."""


class EntryDoor:
    def __init__(self, uploaders: Uploaders, vault: Vault, publisher: Publisher) -> None:
        self._uploaders = uploaders
        self._vault = vault
        self._publisher = publisher

    def routes(self) -> list[Route]:
        return [Route("/entries", self._entry, methods=["POST"])]

    async def _entry(self, request: Request) -> Response:
        try:
            city = self._city(request.headers.get("authorization", ""))
            entry = _read(await read_body(request, MAX_BODY))
            return JSONResponse({"complaint": await self._stored(city, entry)}, 201)
        except Problem as problem:
            return problem.response()

    def _city(self, header: str) -> str:
        who = self._uploaders.of(header)
        if who.name != CONSOLE:
            raise Problem(401, "wrong_token", "Only the console takes down what is said on air.")
        return who.city

    async def _stored(self, city: str, entry: Entry) -> str:
        message = message_of(entry)
        try:
            key = await self._vault.id_key(city)
            body = message.model_dump_json(exclude_none=True).encode()
            await self._publisher.publish(subjects.intake(city, LIVE), body, within=PATIENCE)
        except Exception as error:
            raise unavailable(error) from error
        return ids.complaint_id(key, city, LIVE, ids.message_key(key, city, LIVE, message.id))


def message_of(entry: Entry) -> IntakeMessage:
    """Each entry is a complaint of its own: who is called the same on air need not be the same person."""
    return IntakeMessage(
        id=entry.id,
        sender=Sender(person=f"entry:{entry.id}", name=entry.handle or None),
        text=f"{entry.text}\nLokasi: {entry.place}" if entry.place else entry.text,
        wish="open",
        counter=Counter(by=entry.by, session=entry.session),
    )


def _read(raw: bytes) -> Entry:
    try:
        return Entry.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise Problem(422, "invalid", f"{field}: {first['msg']}") from None
