"""Sealed content too big for an event: photos, voice, long texts. A local folder or S3, by `obstore`."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, from_url

from services.contracts.ids import derive
from services.runtime.failures import Away
from services.runtime.sealing import DataKey, Unsealable

if TYPE_CHECKING:
    from obstore.store import ObjectStore


class Unavailable(Away):
    """The store can't be reached."""


@dataclass(frozen=True, slots=True)
class Blob:
    """`name` is a keyed digest: the same content of the same party has the same name, and says nothing outside."""

    name: str
    size: int
    sha256: str
    """Of the clear content, hex. Not to be stored in clear where the content is guessable."""


class Blobs:
    """Put and get, sealed with the party's key, so that destroying the key erases every copy."""

    def __init__(self, url: str) -> None:
        """`file:///folder` or anything that obstore reads, such as `s3://bucket/prefix`."""
        parts = urlsplit(url)
        self._store: ObjectStore
        if parts.scheme == "file":
            folder = Path(unquote(parts.path))
            folder.mkdir(parents=True, exist_ok=True)
            self._store = LocalStore(folder)
        else:
            self._store = from_url(url, client_options={"timeout": timedelta(seconds=30)})

    async def put(self, key: DataKey, id_key: bytes, content: bytes) -> Blob:
        """Stored when this returns; repeating it changes nothing."""
        digest = hashlib.sha256(content).hexdigest()
        name = derive(id_key, "blob", key.id, digest)
        await self.put_as(key, name, content)
        return Blob(name=name, size=len(content), sha256=digest)

    async def put_as(self, key: DataKey, name: str, content: bytes) -> None:
        """Under a name of the caller's (26 letters, a keyed hash), over what was there before."""
        sealed = key.encrypt(content, _context(key, name))
        try:
            await obstore.put_async(self._store, _path(name), sealed)
        except (BaseError, OSError) as error:
            raise Unavailable(type(error).__name__) from error

    async def get(self, key: DataKey, name: str) -> bytes | None:
        """The clear content; None if there is no such blob. `Unsealable` if it is another party's."""
        try:
            found = await obstore.get_async(self._store, _path(name))
            sealed = bytes(await found.bytes_async())
        except (NotFoundError, FileNotFoundError):
            return None
        except (BaseError, OSError) as error:
            raise Unavailable(type(error).__name__) from error
        return key.decrypt(sealed, _context(key, name))

    async def delete(self, name: str) -> None:
        """May be repeated."""
        try:
            await obstore.delete_async(self._store, _path(name))
        except (NotFoundError, FileNotFoundError):
            return
        except (BaseError, OSError) as error:
            raise Unavailable(type(error).__name__) from error


def _path(name: str) -> str:
    if len(name) != 26 or not name.isalnum():
        raise Unsealable("not the name of a blob")
    return f"{name[:2]}/{name}"


def _context(key: DataKey, name: str) -> bytes:
    return f"{key.id}\nblob\n{name}".encode()
