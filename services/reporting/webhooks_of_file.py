"""Addresses of offices' programs in the city's file (`webhooks:`) are registered as if somebody had typed them.

A file holds no secrets. So one that comes from there is not called until an administrator has made its secret at
`/webhook`, where it is shown once. An address that changes in the file keeps its secret; one that is taken out is not
called any more.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from datetime import datetime

import asyncpg

from services.contracts.city import City
from services.contracts.webhooks import BadAddressError, checked
from services.reporting.webhooks import NO_SECRET, NOT_IN_FILE, OF_FILE, TooManyError, Webhooks
from services.runtime import logs
from services.runtime.failures import is_infrastructure
from services.runtime.vault import Vault
from services.runtime.webhook_box import PARTY, closed, opened

_log = logs.get(__name__)

_OFF = """
update delivery.webhook set enabled = false, disabled_at = $2, disabled_why = $3, told_at = $2 where id = $1
"""
"""`told_at`: nobody is written to about what an administrator did or is to do."""


class WebhooksOfFile:
    def __init__(
        self, pool: asyncpg.Pool, vault: Vault, store: Webhooks, clock: Callable[[], datetime], *, inside: bool = False
    ) -> None:
        self._pool = pool
        self._vault = vault
        self._store = store
        self._clock = clock
        self._inside = inside

    async def run(self, cities: Mapping[str, City], stop: asyncio.Event) -> None:
        """Once, at the start, as soon as the vault can be reached: a file is read then and not later."""
        while not stop.is_set():
            try:
                await self.keep(cities)
            except Exception as error:
                if not is_infrastructure(error):
                    raise
                _log.warning("webhooks_of_file_wait", error=error)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), 5.0)
            else:
                await stop.wait()

    async def keep(self, cities: Mapping[str, City]) -> None:
        """Harmless to repeat, also by two at once. Raises infrastructure errors."""
        for city in cities.values():
            wanted: dict[str, list[str]] = {}
            for one in city.webhooks:
                wanted.setdefault(one.seat, []).append(one.url)
            known = await self._pool.fetch(
                "select distinct seat from delivery.webhook where city = $1 and made_by = $2", city.id, OF_FILE
            )
            for seat in sorted({*wanted, *(row["seat"] for row in known)}):
                try:
                    await self._keep(city.id, seat, [checked(url, inside=self._inside) for url in wanted.get(seat, ())])
                except (BadAddressError, TooManyError) as error:
                    _log.error("webhook_of_file_refused", city=city.id, seat=seat, error=error)

    async def _keep(self, city: str, seat: str, urls: list[str]) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 11))", f"{city}:{seat}")
            rows = await connection.fetch(
                "select id, box, disabled_why from delivery.webhook where city = $1 and seat = $2 and made_by = $3 "
                "order by made_at, id for update", city, seat, OF_FILE,
            )  # fmt: skip
            keys = await self._vault.keys([(row["id"], PARTY) for row in rows], connection)
            boxes = {row["id"]: opened(keys[row["id"], PARTY], row["id"], row["box"]) for row in rows}
            gone = {row["id"]: row["disabled_why"] for row in rows}
            missing = list(dict.fromkeys(urls))
            for name, box in boxes.items():
                if box.url in missing:
                    missing.remove(box.url)
                    if gone[name] == NOT_IN_FILE:
                        await connection.execute(_OFF, name, self._clock(), NO_SECRET)
                    del gone[name]
            for name, why in gone.items():
                if missing and why != NOT_IN_FILE:  # moved: the program is the same, and so is its secret
                    moved = boxes[name].model_copy(update={"url": missing.pop(0)})
                    await connection.execute(
                        "update delivery.webhook set box = $2 where id = $1", name,
                        closed(keys[name, PARTY], name, moved),
                    )  # fmt: skip
                elif why != NOT_IN_FILE:
                    await connection.execute(_OFF, name, self._clock(), NOT_IN_FILE)
            for url in missing:
                fresh = await self._store.put(connection, city, seat, url, OF_FILE)
                await connection.execute(_OFF, fresh.id, self._clock(), NO_SECRET)
