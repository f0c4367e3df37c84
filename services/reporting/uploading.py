"""Files that staff choose at the console, handed to intake's media door, which checks and keeps every file there is."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import httpx
from starlette.datastructures import UploadFile

from services.runtime.failures import Away
from services.web.i18n import later

MOST = 8
"""Files at once."""
_CHUNK = 64 * 1024
_NOT_TAKEN = {
    413: later("Berkas {name} terlalu besar."),
    415: later("Berkas {name} bukan gambar, PDF, film atau suara yang dapat diterima."),
    422: later("Berkas {name} rusak atau berbahaya."),
}


class UploadsAway(Away):
    """Intake does not answer now."""


class NotTaken(Exception):
    """A file was refused: one sentence (a source text) and the file's own name for it."""

    def __init__(self, sentence: str, name: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.name = name


@dataclass(frozen=True)
class Uploads:
    """`url`: intake's; `tokens`: city → the console's bearer token."""

    client: httpx.AsyncClient
    url: str
    tokens: Mapping[str, str]

    async def send(self, city: str, file: UploadFile) -> str:
        """The reference to name in a command. Raises NotTaken or UploadsAway."""
        headers = {"authorization": f"Bearer {self.tokens.get(city, '')}", "content-type": "application/octet-stream"}
        try:
            answer = await self.client.post(f"{self.url}/media", content=_chunks(file), headers=headers)
        except httpx.HTTPError as error:
            raise UploadsAway(type(error).__name__) from error
        if answer.status_code in _NOT_TAKEN:
            raise NotTaken(_NOT_TAKEN[answer.status_code], _named(file))
        if answer.status_code != 201:
            raise UploadsAway(f"intake answered {answer.status_code}")
        return str(answer.json()["reference"])


def _named(file: UploadFile) -> str:
    return (file.filename or "?")[-40:]


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(_CHUNK):
        yield chunk
