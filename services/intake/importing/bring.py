"""A table's rows brought to the door, one by one, and what became of each.

Run again it changes nothing: what was taken before is recognised by its id and named with its ticket.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from services.contracts import ids, subjects
from services.contracts.city import City
from services.intake.importing.columns import columns
from services.intake.importing.rows import Reading, read
from services.runtime.publishing import NotStored, Publisher
from services.runtime.tables import Unreadable, sheets
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from services.runtime.vault import Pool

CHANNEL = "import"
AT_ONCE = 100
"""Rows whose opening is waited for together."""
PATIENCE = 60.0
"""Seconds until rows that are stored and not opened yet are left to the door."""

End = Literal["opened", "would_open", "closed", "would_close", "there", "twice", "wrong", "waits"]
"""`closed`: it had ended at the source, and is closed here from the beginning."""


@dataclass(frozen=True, slots=True)
class Told:
    """`ticket`: of what was opened, or was there before."""

    sheet: str
    row: int
    end: End
    ticket: str | None = None
    notes: tuple[str, ...] = ()


def readings(path: Path, city: City, *, tell: bool, now: datetime) -> Iterator[tuple[str, Reading]]:
    """Every row below the headings of every sheet that has them. Raises Unreadable."""
    some = False
    for sheet, rows in sheets(path):
        at = columns(rows)
        if at is None:
            continue
        some = True
        for number, row in rows:
            if number > at.header:
                yield sheet, read(number, row, at, city, tell=tell, now=now)
    if not some:
        raise Unreadable(f"{path.name}: no row of headings with the words of the reports (such as 'Isi Laporan')")


class Import:
    def __init__(self, city: City, pool: "Pool", vault: Vault, publisher: Publisher | None) -> None:
        """`publisher` None: a dry run, which only looks."""
        self._city = city
        self._pool = pool
        self._vault = vault
        self._publisher = publisher

    async def bring(self, rows: Iterable[tuple[str, Reading]]) -> AsyncIterator[Told]:
        """In the table's order within each hundred rows."""
        id_key = await self._vault.id_key(self._city.id)
        seen: set[str] = set()
        batch: list[tuple[str, Reading, str]] = []
        for sheet, reading in rows:
            if reading.message is None:
                yield Told(sheet, reading.number, "wrong", notes=reading.notes)
                continue
            key = ids.message_key(id_key, self._city.id, CHANNEL, reading.message.id)
            if key in seen:
                yield Told(sheet, reading.number, "twice", notes=reading.notes)
                continue
            seen.add(key)
            batch.append((sheet, reading, key))
            if len(batch) == AT_ONCE:
                for told in await self._batch(batch):
                    yield told
                batch = []
        for told in await self._batch(batch):
            yield told

    async def _batch(self, batch: Sequence[tuple[str, Reading, str]]) -> list[Told]:
        known = await self._tickets([key for _, _, key in batch])
        fresh = [one for one in batch if one[2] not in known]
        if self._publisher is not None:
            for _, reading, _ in fresh:
                await self._hand_in(reading)
            opened = await self._opened([key for _, _, key in fresh])
        else:
            opened = {}
        return [self._told(sheet, reading, known.get(key), opened.get(key)) for sheet, reading, key in batch]

    def _told(self, sheet: str, reading: Reading, known: str | None, opened: str | None) -> Told:
        if known is not None:
            changed = ("yang sudah ada di sini tidak diubah",) if reading.verdict == "closed" else ()
            return Told(sheet, reading.number, "there", known or None, (*reading.notes, *changed))
        over = reading.verdict == "closed"
        if self._publisher is None:
            return Told(sheet, reading.number, "would_close" if over else "would_open", notes=reading.notes)
        end: End = "waits" if opened is None else "closed" if over else "opened"
        return Told(sheet, reading.number, end, opened or None, reading.notes)

    async def _hand_in(self, reading: Reading) -> None:
        """A full door is waited for."""
        assert self._publisher is not None
        assert reading.message is not None
        body = reading.message.model_dump_json(exclude_none=True).encode()
        for pause in (0.5, 1, 2, 4, 8, 16):
            try:
                await self._publisher.publish(subjects.intake(self._city.id, CHANNEL), body)
            except NotStored:
                await asyncio.sleep(pause)
            else:
                return
        await self._publisher.publish(subjects.intake(self._city.id, CHANNEL), body)

    async def _opened(self, keys: Sequence[str]) -> dict[str, str]:
        """Ticket of each, as the door decides; what is missing after `PATIENCE` waits in the door."""
        found: dict[str, str] = {}
        for _ in range(int(PATIENCE / 0.2)):
            found = await self._tickets(keys)
            if len(found) == len(keys):
                break
            await asyncio.sleep(0.2)
        return found

    async def _tickets(self, keys: Sequence[str]) -> dict[str, str]:
        rows = await self._pool.fetch(
            "select i.message_key, coalesce(c.ticket, '') as ticket from intake.inbox i "
            "left join intake.complaint c using (complaint) where i.message_key = any($1)",
            list(keys),
        )
        return {row["message_key"]: row["ticket"] for row in rows}
