"""The door for e-mail: a mailbox that is visited every few seconds, and `POST /mail/<city>` for a raw message (RFC
5322) that the city's own mail server hands in, with the token of `tuntas credentials mail:<city>`.

200 says that it is stored, or, with `why`, that there was nothing of a person's in it. 401 wrong token, 413 too large,
503 try again: a mail server keeps it meanwhile.
"""

import asyncio
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.contracts import subjects
from services.contracts.city import City
from services.contracts.city.mailbox import MailBox
from services.contracts.intake import DeliveryReceipt, IntakeMessage, Media
from services.contracts.secrets import CitySecrets
from services.intake.channels.email.imap import Session
from services.intake.channels.email.translate import MOST_BYTES, File, translate
from services.intake.doors.answers import Problem, unavailable
from services.intake.doors.bodies import read_body
from services.intake.doors.provider_json import whole
from services.intake.evidence import media
from services.intake.evidence.attaching import Gone, Reason
from services.runtime import logs
from services.runtime.failures import is_infrastructure
from services.runtime.publishing import Publisher

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.intake.evidence.keeper import Keeper

CHANNEL = "email"
_NOT_READ = frozenset({"unreadable", "no_sender"})
"""Somebody may have written it: it is kept sealed and parked for a person to look at."""
UNFIT = "unfit:"
"""Handle of a file that was not taken: the reason follows, and stands in the complaint."""

_log = logs.get(__name__)


@dataclass(frozen=True)
class Post:
    """One city's mail."""

    door: str
    box: MailBox
    token: str = ""

    @property
    def ours(self) -> frozenset[str]:
        user = (self.box.user,) if "@" in self.box.user else ()
        return frozenset(one.strip().lower() for one in (*self.box.addresses, *user))


def posts(cities: Mapping[str, City], secrets: Mapping[str, CitySecrets]) -> dict[str, Post]:
    """Of every city that has a door for e-mail of ours."""
    found: dict[str, Post] = {}
    for city in cities.values():
        doors = [door for door in city.doors if door.channel == CHANNEL and not door.external]
        known = secrets.get(city.id, CitySecrets())
        if doors:
            found[city.id] = Post(doors[0].id, known.mailbox, known.mail_token)
    return found


class Refused:
    """`evidence.Fetcher` of e-mail: what came with a letter is uploaded when it comes, so only refusals are left."""

    async def fetch(self, city: str, handle: str) -> bytes:  # noqa: ARG002  # of no city
        reasons: dict[str, Reason] = {
            "too_large": "too_large", "wrong_type": "wrong_type", "broken": "broken", "dangerous": "dangerous",
        }  # fmt: skip
        raise Gone(reasons.get(handle.removeprefix(UNFIT), "unavailable"))


class Mail:
    def __init__(
        self, posts: Mapping[str, Post], publisher: Publisher, keeper: "Keeper", clock: "Callable[[], datetime]"
    ) -> None:
        """`posts` by city."""
        self._posts = posts
        self._publisher = publisher
        self._keeper = keeper
        self._clock = clock

    def routes(self) -> list[Route]:
        return [Route("/mail/{city}", self._handed_in, methods=["POST"])]

    async def _handed_in(self, request: Request) -> Response:
        city = request.path_params["city"]
        try:
            self._admit(city, request.headers.get("authorization", ""))
            raw = await read_body(request, MOST_BYTES)
            try:
                why = await self.take(city, raw)
            except Exception as error:
                raise unavailable(error) from error
        except Problem as problem:
            return problem.response()
        return JSONResponse({"stored": why is None} | ({"why": why} if why is not None else {}))

    def _admit(self, city: str, header: str) -> None:
        scheme, _, token = header.partition(" ")
        wanted = self._posts[city].token if city in self._posts else ""
        right = hmac.compare_digest(wanted.encode(), token.strip().encode("utf-8", "replace"))
        if not wanted or scheme.lower() != "bearer" or not right:
            raise Problem(401, "wrong_token", "Send the city's mail token: Authorization: Bearer …")

    async def take(self, city: str, raw: bytes) -> str | None:
        """Durable when this returns; why nothing of it was taken, else None. Errors of the machinery: try again."""
        post = self._posts[city]
        letter = await asyncio.to_thread(translate, raw, door=post.door, ours=post.ours, authserv=post.box.authserv)
        subject = subjects.intake(city, CHANNEL)
        for receipt in letter.receipts:
            await self._publish(subject, receipt)
        if letter.message is None:
            _log.info("mail_not_taken", city=city, code=letter.why)
            if letter.why in _NOT_READ:
                await self._publish(subject, whole(raw))
            return letter.why
        files = [await self._kept(city, file) for file in letter.files]
        await self._publish(subject, IntakeMessage.model_validate({**dict(letter.message), "media": tuple(files)}))
        return None

    async def _kept(self, city: str, file: File) -> Media:
        try:
            kept = await self._keeper.keep(city, f"channel:{CHANNEL}", file.content)
        except media.Unfit as unfit:
            return Media(handle=f"{UNFIT}{unfit.reason}", file_name=file.name)
        return Media(reference=kept.reference, file_name=file.name)

    async def _publish(self, subject: str, body: IntakeMessage | DeliveryReceipt) -> None:
        await self._publisher.publish(subject, body.model_dump_json(exclude_none=True).encode())

    async def visit(self, city: str, stop: asyncio.Event) -> None:
        """Until `stop`: the mailbox is looked into, and whatever is stored is marked there."""
        box = self._posts[city].box
        away = False
        while not stop.is_set():
            try:
                await self._round(city, box)
                away = False
            except Exception as error:
                if not is_infrastructure(error) and not isinstance(error, OSError):
                    raise
                if not away:
                    _log.warning("mailbox_away", city=city, error=error)
                away = True
            try:
                await asyncio.wait_for(stop.wait(), box.seconds)
            except TimeoutError:
                continue

    async def _round(self, city: str, box: MailBox) -> None:
        session = await asyncio.to_thread(Session, box, self._clock().date())
        try:
            new = session.new()
            while (found := await asyncio.to_thread(next, new, None)) is not None:
                uid, raw = found
                await self.take(city, raw)
                await asyncio.to_thread(session.done, uid)
        finally:
            await asyncio.to_thread(session.close)
