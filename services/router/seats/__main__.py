"""`tuntas seat`: who holds the seats of a city. Names are sealed; what is said is a fact of the city, for ever."""

import argparse
import asyncio
import json
import sys
from datetime import UTC, datetime

import nats
from nats.aio.client import Client

from services.contracts import ids, subjects
from services.contracts.city import City
from services.contracts.facts.seats import SeatHeld
from services.router.seats import facts
from services.router.seats.naming import Naming, Saying
from services.runtime import cities as city_files
from services.runtime import postgres
from services.runtime.log import Log
from services.runtime.opener import Opener
from services.runtime.sealing import MasterKey
from services.runtime.settings import Settings
from services.runtime.vault import Vault

_BY = "administrator"
_ACTOR = "service:cli"


class Office:
    """What the commands need; `close` it."""

    def __init__(self, city: City, connection: Client, pool: "postgres.Pool", vault: Vault) -> None:
        self._city = city
        self._connection = connection
        self._pool = pool
        self._vault = vault
        self._facts = facts.decider(Log(connection, subjects.CITY), vault, _now)
        self._naming = Naming(self._facts, vault, pool)

    @classmethod
    async def open(cls, settings: Settings, city: City) -> "Office":
        if settings.vault_url is None or settings.master_key_file is None:
            raise SystemExit("the vault is not configured")
        connection = await nats.connect(settings.nats_url, inbox_prefix=settings.inbox_prefix.encode())
        pool = await postgres.pool(settings.vault_url, size=1, service="tuntas-seat")
        return cls(city, connection, pool, Vault(pool, MasterKey.load(settings.master_key_file)))

    async def hold(self, seat: str, name: str, *, since: datetime, until: datetime | None, acting: bool) -> None:
        id_key = await self._vault.id_key(self._city.id)
        cause = ids.command_key(id_key, self._city.id, _BY, f"hold.{seat}.{since.isoformat()}.{_now().isoformat()}")
        await self._naming.hold(self._saying(seat, cause), name, since=since, until=until, acting=acting)

    async def vacate(self, seat: str, *, since: datetime) -> None:
        id_key = await self._vault.id_key(self._city.id)
        cause = ids.command_key(id_key, self._city.id, _BY, f"vacate.{seat}.{since.isoformat()}")
        await self._naming.vacate(self._saying(seat, cause), since=since)

    def _saying(self, seat: str, cause: str) -> Saying:
        return Saying(self._city.id, seat, _BY, cause, _ACTOR, _now())

    async def list(self) -> list[dict[str, object]]:
        """Every seat about which something was said, with its holder's name."""
        found: list[dict[str, object]] = []
        opener = Opener(self._vault)
        for seat in self._city.seats.values():
            sitting, _ = await self._facts.load(self._city.id, seat.id)
            if sitting.n == 0:
                continue
            held = sitting.held.data if sitting.held is not None else None
            row: dict[str, object] = {"seat": seat.id, "title": seat.title, "vacant": sitting.vacant(_now())}
            if isinstance(held, SeatHeld) and sitting.held is not None:
                names = await opener.open_many([(held.holder, sitting.held.causation, "holder")])
                row |= {"holder": names[0], "acting": held.acting, "since": held.since.isoformat()}
                row["until"] = held.until.isoformat() if held.until else None
            if sitting.unread is not None:
                row |= {"unread": sitting.unread.unread, "unread_since": sitting.unread.unread_since.isoformat()}
            found.append(row)
        return found

    async def close(self) -> None:
        await self._pool.close()
        await self._connection.close()


def _now() -> datetime:
    return datetime.now(UTC)


def _day(city: City, text: str | None) -> datetime | None:
    """The beginning of a day in the city."""
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=city.zone).astimezone(UTC)


async def run(given: argparse.Namespace, settings: Settings, city: City) -> list[dict[str, object]]:
    office = await Office.open(settings, city)
    since = _day(city, getattr(given, "since", None)) or _now()
    try:
        if given.do == "hold":
            until = _day(city, given.until)
            await office.hold(given.seat, given.name, since=since, until=until, acting=given.acting)
        elif given.do == "vacate":
            await office.vacate(given.seat, since=since)
        return await office.list()
    finally:
        await office.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="tuntas seat", description=__doc__)
    parser.add_argument("--json", action="store_true")
    commands = parser.add_subparsers(dest="do", required=True)
    for do in ("ls", "hold", "vacate"):
        command = commands.add_parser(do)
        command.add_argument("city")
        if do != "ls":
            command.add_argument("seat")
            command.add_argument("--since", help="YYYY-MM-DD, a day in the city; left out: now")
        if do == "hold":
            command.add_argument("name")
            command.add_argument("--acting", action="store_true", help="Plt.")
            command.add_argument("--until", help="YYYY-MM-DD: nobody holds it from that day on")
    given = parser.parse_args()
    settings = Settings()
    city = city_files.load(settings.cities_dir).get(given.city)
    if city is None:
        sys.exit(f"there is no city {given.city} in {settings.cities_dir}")
    if given.do != "ls" and given.seat not in city.seats:
        sys.exit(f"{city.id} has no seat {given.seat}")
    found = asyncio.run(run(given, settings, city))
    if given.json:
        print(json.dumps(found, ensure_ascii=False))  # a command's answer
        return
    for row in found:
        print(_line(row))  # a command's answer


def _line(row: dict[str, object]) -> str:
    holder = f"{'Plt. ' if row.get('acting') else ''}{row['holder'] or '(erased)'}" if "holder" in row else "-"
    unread = f", {row['unread']} unread since {row['unread_since']}" if "unread" in row else ""
    return f"{row['seat']:32} {holder:32} {'VACANT' if row['vacant'] else 'held'}{unread}"


if __name__ == "__main__":
    main()
