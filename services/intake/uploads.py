"""`POST /media`: a file of an adapter, an agency or the console, as raw bytes, for a reference to name in a message or
a command.

Bearer token from the credentials. The type is found by content, pictures are written anew; the answer is 201 with the
reference. 401 wrong token, 413 too large, 415 a type that we don't take (or a form instead of raw bytes), 422 damaged
or dangerous, 503 try again.
"""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.contracts.secrets import CitySecrets
from services.intake import media
from services.intake.answers import Problem, unavailable
from services.intake.bodies import read_body
from services.intake.kept import Kept, content_digest
from services.runtime.blobs import Blobs
from services.runtime.sealing import DataKey, seal
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from services.runtime.vault import Pool

_STATUS = {"too_large": 413, "wrong_type": 415, "broken": 422, "dangerous": 422}
_SENTENCE = {
    "too_large": f"A file may have {media.MAX_BYTES} bytes at most.",
    "wrong_type": "Send JPEG, PNG, WebP, GIF, PDF, MP4, 3GP, OGG, AMR, MP3 or AAC as raw bytes.",
    "broken": "The file can't be read; it may be damaged.",
    "dangerous": "The file holds something that runs, or is too large when unpacked.",
}


@dataclass(frozen=True, slots=True)
class Uploader:
    city: str
    name: str
    """`adapter:<channel>`, `agency:<agency>` or `staff:console`."""


class Uploaders:
    """Who a media token belongs to."""

    def __init__(self, known: Mapping[bytes, Uploader]) -> None:
        """`known`: by digest of the token, so that looking one up takes the same time for every wrong token."""
        self._known = known

    def of(self, header: str) -> Uploader:
        """Of an `Authorization` header; raises Problem 401."""
        scheme, _, token = header.partition(" ")
        found = self._known.get(_digest(token.strip())) if scheme.lower() == "bearer" else None
        if found is None:
            raise Problem(401, "wrong_token", "Send the media token of your credentials: Authorization: Bearer …")
        return found


def uploaders(secrets: Mapping[str, CitySecrets]) -> Uploaders:
    found: dict[bytes, Uploader] = {}
    for city, of_city in secrets.items():
        console = {"console": of_city.console_media}
        for kind, tokens in (("adapter", of_city.adapters), ("agency", of_city.agencies), ("staff", console)):
            found |= {_digest(token): Uploader(city, f"{kind}:{name}") for name, token in tokens.items() if token}
    return Uploaders(found)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


class MediaDoor:
    def __init__(self, uploaders: Uploaders, blobs: Blobs, vault: Vault, pool: "Pool", key: DataKey) -> None:
        """`key`: `MasterKey.derived("upload")`; whoever attaches a file seals it anew for its party."""
        self._uploaders = uploaders
        self._blobs = blobs
        self._vault = vault
        self._pool = pool
        self._key = key
        self._at_once = asyncio.Semaphore(2)

    def routes(self) -> list[Route]:
        return [Route("/media", self._upload, methods=["POST"])]

    async def _upload(self, request: Request) -> Response:
        try:
            uploader = self._uploaders.of(request.headers.get("authorization", ""))
            return JSONResponse(await self._keep(uploader, await _content(request)), 201)
        except Problem as problem:
            return problem.response()

    async def _keep(self, uploader: Uploader, content: bytes) -> dict[str, object]:
        try:
            async with self._at_once:  # pictures are unpacked in memory
                file = await asyncio.to_thread(media.prepare, content)
        except media.Unfit as unfit:
            raise Problem(_STATUS[unfit.reason], unfit.reason, _SENTENCE[unfit.reason]) from None
        try:
            id_key = await self._vault.id_key(uploader.city)
            blob = await self._blobs.put(self._key, id_key, file.content)
            place = None
            if file.place is not None:
                place = seal(self._key, blob.name, "place", file.place.model_dump_json())
            await self._pool.execute(
                "insert into intake.upload (reference, city, uploader, content_type, size, width, height, place, "
                "taken_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
                blob.name, uploader.city, uploader.name, file.content_type, len(file.content), file.width,
                file.height, place, file.taken.isoformat() if file.taken else None,
            )  # fmt: skip
            await Kept(uploader.city, blob.name, content_digest(id_key, blob), file.fingerprint).keep(self._pool)
        except Exception as error:
            raise unavailable(error) from error
        return {
            "reference": blob.name,
            "content_type": file.content_type,
            "size": len(file.content),
            "width": file.width,
            "height": file.height,
        }


async def _content(request: Request) -> bytes:
    if request.headers.get("content-type", "").startswith("multipart/"):
        raise Problem(415, "wrong_type", _SENTENCE["wrong_type"])
    return await read_body(request, media.MAX_BYTES)
