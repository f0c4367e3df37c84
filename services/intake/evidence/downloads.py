"""`GET /media/<complaint>.<media>`: a picture of a task, for the agency that holds it, with its media token.

Decided on the complaint as it stands at that moment: the reporter's pictures as long as a person has cleared them, the
offices' own always, and either as long as the task is the agency's. 401 wrong token, 404 no such picture or not for
you, 503 try again.
"""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.complaint.events import EvidenceAttached
from services.complaint.state import Closed, Resolved, Working
from services.intake.doors.answers import Problem, unavailable
from services.intake.doors.uploads import Uploader, Uploaders
from services.intake.inbox.acts import ComplaintDecider
from services.runtime.blobs import Blobs
from services.runtime.sealing import DataKey, Unsealable
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from services.runtime.vault import Pool

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Disposition": "attachment"}
_NONE = Problem(404, "unknown", "There is no such picture, or it is not for you.")


class PictureWindow:
    def __init__(
        self, uploaders: Uploaders, *, decider: ComplaintDecider, blobs: Blobs, vault: Vault, pool: "Pool", key: DataKey
    ) -> None:
        """`key`: what uploads are sealed with."""
        self._uploaders = uploaders
        self._decider = decider
        self._blobs = blobs
        self._vault = vault
        self._pool = pool
        self._key = key

    def routes(self) -> list[Route]:
        return [Route("/media/{reference}", self._show, methods=["GET"])]

    async def _show(self, request: Request) -> Response:
        try:
            who = self._uploaders.of(request.headers.get("authorization", ""))
            content, kind = await self._found(who, request.path_params["reference"])
        except Problem as problem:
            return problem.response()
        return Response(content, media_type=kind, headers=_HEADERS)

    async def _found(self, who: Uploader, reference: str) -> tuple[bytes, str]:
        complaint, _, media = reference.partition(".")
        kind, _, seat = who.name.partition(":")
        if kind != "agency" or not (len(complaint) == len(media) == 26 and (complaint + media).isalnum()):
            raise _NONE
        try:
            found = await self._opened(who.city, seat, complaint, media)
        except Exception as error:
            raise unavailable(error) from error
        if found is None:
            raise _NONE
        return found

    async def _opened(self, city: str, seat: str, complaint: str, media: str) -> tuple[bytes, str] | None:
        state, events = await self._decider.load(city, complaint)
        if not isinstance(state, Working | Resolved | Closed) or state.desk is None or seat not in state.desk.holds:
            return None
        for event in events:
            if isinstance(event.data, EvidenceAttached) and event.data.media == media:
                return await self._of_reporter(state, complaint, event.data)
        return await self._of_office(state, media)

    async def _of_reporter(
        self, state: Working | Resolved | Closed, complaint: str, attached: EvidenceAttached
    ) -> tuple[bytes, str] | None:
        pair = (complaint, attached.party)
        cleared = state.file.cleared.get(attached.media, "hidden") != "hidden"
        key = (await self._vault.keys([pair])).get(pair) if cleared else None
        try:
            content = None if key is None else await self._blobs.get(key, attached.media)
        except Unsealable:
            content = None
        return None if content is None else (content, attached.content_type)

    async def _of_office(self, state: Working | Resolved | Closed, media: str) -> tuple[bytes, str] | None:
        if media not in state.file.proofs:
            return None
        kind = await self._pool.fetchval("select content_type from intake.upload where reference = $1", media)
        content = None if kind is None else await self._blobs.get(self._key, media)
        return None if content is None else (content, str(kind))
