"""`POST /media`: a file of an adapter, an agency or the console, as raw bytes, for a reference to name in a message or
a command.

Bearer token from the credentials. The type is found by content, pictures are written anew; the answer is 201 with the
reference. 401 wrong token, 413 too large, 415 a type that we don't take (or a form instead of raw bytes), 422 damaged
or dangerous, 503 try again.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.contracts.secrets import CitySecrets
from services.intake.doors.answers import Problem, unavailable
from services.intake.doors.bodies import read_body
from services.intake.evidence import media
from services.intake.evidence.keeper import Keeper, Upload
from services.runtime.blobs import Blobs
from services.runtime.sealing import DataKey
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

    def __init__(self, known: Mapping[bytes, Uploader], until: Mapping[bytes, datetime] | None = None) -> None:
        """`known`: by digest of the token, so that looking one up takes the same time for every wrong token. `until`:
        tokens that were replaced, and how long they still count."""
        self._known = known
        self._until = until or {}

    def renew(self, other: "Uploaders") -> None:
        """The other's tokens from here on."""
        self._known, self._until = other._known, other._until

    def of(self, header: str) -> Uploader:
        """Of an `Authorization` header; raises Problem 401."""
        scheme, _, token = header.partition(" ")
        digest = _digest(token.strip())
        found = self._known.get(digest) if scheme.lower() == "bearer" else None
        until = self._until.get(digest)
        if found is None or (until is not None and datetime.now(UTC) >= until):
            raise Problem(401, "wrong_token", "Send the media token of your credentials: Authorization: Bearer …")
        return found


def uploaders(secrets: Mapping[str, CitySecrets]) -> Uploaders:
    found: dict[bytes, Uploader] = {}
    until: dict[bytes, datetime] = {}
    for city, of_city in secrets.items():
        for old in of_city.retiring:
            kind, _, name = old.name.partition(".")
            if old.value and kind in ("adapters", "agencies"):
                uploader = Uploader(city, f"{'adapter' if kind == 'adapters' else 'agency'}:{name}")
                found[_digest(old.value)], until[_digest(old.value)] = uploader, old.until
        console = {"console": of_city.console_media}
        for kind, tokens in (("adapter", of_city.adapters), ("agency", of_city.agencies), ("staff", console)):
            found |= {_digest(token): Uploader(city, f"{kind}:{name}") for name, token in tokens.items() if token}
    return Uploaders(found, {digest: end for digest, end in until.items() if digest in found})


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


class MediaDoor:
    def __init__(self, uploaders: Uploaders, blobs: Blobs, vault: Vault, pool: "Pool", key: DataKey) -> None:
        """`key`: `MasterKey.derived("upload")`; whoever attaches a file seals it anew for its party."""
        self._uploaders = uploaders
        self.keeper = Keeper(blobs, vault, pool, key)

    def routes(self) -> list[Route]:
        return [Route("/media", self._upload, methods=["POST"])]

    async def _upload(self, request: Request) -> Response:
        try:
            uploader = self._uploaders.of(request.headers.get("authorization", ""))
            kept = await self._keep(uploader, await _content(request))
        except Problem as problem:
            return problem.response()
        return JSONResponse(
            {
                "reference": kept.reference,
                "content_type": kept.file.content_type,
                "size": len(kept.file.content),
                "width": kept.file.width,
                "height": kept.file.height,
            },
            201,
        )

    async def _keep(self, uploader: Uploader, content: bytes) -> Upload:
        try:
            return await self.keeper.keep(uploader.city, uploader.name, content)
        except media.Unfit as unfit:
            raise Problem(_STATUS[unfit.reason], unfit.reason, _SENTENCE[unfit.reason]) from None
        except Exception as error:
            raise unavailable(error) from error


async def _content(request: Request) -> bytes:
    if request.headers.get("content-type", "").startswith("multipart/"):
        raise Problem(415, "wrong_type", _SENTENCE["wrong_type"])
    return await read_body(request, media.MAX_BYTES)
