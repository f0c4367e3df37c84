"""`tuntas import FILE --city CITY [--dry-run] [--tell] [--json]`: past and waiting complaints out of a table.

CSV, XLSX, XLS or ODS with a heading for the words (`Isi Laporan`); SP4N-LAPOR!'s download as it is. Says of every row
what becomes of it. `--tell`: reporters whose telephone or e-mail the table names hear of their complaint; without it
nobody hears anything. What the source calls closed comes in closed, with its dates: no clock runs, nobody hears of it,
and it counts in a figure of its own. Running it again changes nothing. Ends with 1 if a row could not be read.
"""

import argparse
import asyncio
import json
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import nats

from services.intake.importing.bring import End, Import, Told, readings
from services.runtime import cities, postgres
from services.runtime.publishing import Publisher
from services.runtime.sealing import MasterKey
from services.runtime.settings import Settings
from services.runtime.tables import Unreadable
from services.runtime.vault import Vault

SAYS: dict[End, str] = {
    "opened": "opened", "would_open": "would be opened", "there": "was imported before", "twice": "twice in this table",
    "closed": "closed at the source: taken in as closed",
    "would_close": "closed at the source: would be taken in as closed",
    "wrong": "not read", "waits": "stored, not opened yet",
}  # fmt: skip


async def run(arguments: argparse.Namespace, settings: Settings) -> int:
    if settings.vault_url is None:
        raise SystemExit("TUNTAS_VAULT_URL is needed")
    known = cities.load(settings.cities_dir)
    if arguments.city not in known:
        raise SystemExit(f"there is no city {arguments.city}; there are {', '.join(sorted(known))}")
    city, counted = known[arguments.city], Counter[End]()
    async with AsyncExitStack() as ends:
        pool = await postgres.pool(settings.vault_url, size=2, service="intake-import")
        ends.push_async_callback(pool.close)
        publisher = None
        if not arguments.dry_run:
            connection = await nats.connect(settings.nats_url, inbox_prefix=settings.inbox_prefix.encode())
            ends.push_async_callback(connection.close)
            publisher = Publisher(connection)
        bringing = Import(city, pool, Vault(pool, MasterKey.load(settings.master_key)), publisher)
        try:
            rows = readings(arguments.file, city, tell=arguments.tell, now=datetime.now(UTC))
            async for told in bringing.bring(rows):
                counted[told.end] += 1
                print(json.dumps(asdict(told), ensure_ascii=False) if arguments.json else _line(told))
        except Unreadable as error:
            raise SystemExit(str(error)) from None
    if not arguments.json:
        print(", ".join(f"{count} {SAYS[end]}" for end, count in counted.most_common()) or "no rows")
    return 1 if counted["wrong"] else 0


def _line(told: Told) -> str:
    ticket = f" {told.ticket}" if told.ticket else ""
    notes = f" ({'; '.join(told.notes)})" if told.notes else ""
    return f"{told.sheet}, row {told.row}: {SAYS[told.end]}{ticket}{notes}"


def arguments_of(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tuntas import", description="Complaints out of a table.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--city", required=True)
    parser.add_argument("--dry-run", action="store_true", help="Change nothing: say what would become of each row.")
    parser.add_argument("--tell", action="store_true", help="Reporters that the table says how to reach hear of it.")
    parser.add_argument("--json", action="store_true", help="One line of JSON for each row.")
    return parser.parse_args(given)


if __name__ == "__main__":
    raise SystemExit(asyncio.run(run(arguments_of(), Settings())))
