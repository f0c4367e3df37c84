"""A dry run of other rules over 100,000 complaints: `python -m tests.bench.dry_run`. Starts a database of its own.

`keep_us`: what keeping one complaint for dry runs costs our process, in the batches in which the router writes (of
processor time, the database's own not counted). `read_s`, `try_s`: reading and comparing all of them, likewise.
"""

import asyncio
import json
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import asyncpg

from services.cli.settings import ROOT
from services.cli.supervisor.postgres import PostgresServer
from services.contracts.base import Function
from services.contracts.city import City
from services.contracts.city.rules import Rules
from services.router.rules import history
from services.router.rules.case import Case
from services.router.rules.choosing import Book
from services.router.rules.history import FACTS, Row
from services.router.rules.trying import tried
from services.router.screening.categories import CATEGORIES
from services.runtime import cities

COUNT, BATCH = 100_000, 512
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def generated(city: City) -> list[Row]:
    """Matters of every category, place, urgency and time, given out as the city's rules say."""
    draw, book, wards = random.Random(1), Book(city), list(city.wards)  # no secret: the same every time
    rows: list[Row] = []
    for number in range(COUNT):
        category = draw.choice(CATEGORIES)
        ward = draw.choice([None, *wards])
        case = Case(
            category.id,
            category.function,
            draw.choices(("normal", "urgent", "danger"), (90, 9, 1))[0],
            city.district_of(ward).code if ward else None,
            ward,
            kind=draw.choices(("complaint", "question", "suggestion"), (8, 1, 1))[0],
            door=draw.choice(city.doors).id,
            at=BEGIN + timedelta(minutes=number),
        )
        chosen = book.choose(case)
        if chosen is None or case.at is None:
            continue
        facts = json.dumps([getattr(case, name) for name in FACTS], separators=(",", ":"))
        beside = ",".join([chosen.territorial or "", *chosen.supporting])
        ticket = f"BKL-{number:08}-X"
        rows.append((f"{number:026}", city.id, ticket, case.at, facts, chosen.lead, beside, chosen.rule, 1))
    return rows


def other(city: City) -> City:
    """The city's rules with two more: what a coordinator would try."""
    more = [
        {"id": "trees", "why": "Pohon dikerjakan Perkim.", "when": {"category": "tree_hazard"},
         "then": {"lead": "perkim"}},
        {"id": "holiday", "why": "Hari libur ke BPBD dahulu.", "when": {"working_day": False, "urgency": "urgent"},
         "then": {"lead": "bpbd"}},
    ]  # fmt: skip
    own = [rule.model_dump(exclude_none=True) for rule in city.rules.rules]
    return cities.remade(city, rules=Rules.model_validate({"rules": [*more, *own]}))


async def main() -> dict[str, float]:
    city = cities.load(ROOT / "deploy" / "cities")["bengkulu"]
    assert {category.function for category in CATEGORIES} <= set(get_args(Function))
    rows = generated(city)
    with tempfile.TemporaryDirectory(prefix="tuntas-bench-", dir="/tmp") as folder:
        server = PostgresServer(Path(folder) / "postgres")
        await server.start()
        try:
            connection = await asyncpg.connect(server.url())
            await connection.execute("create role tuntas_router; create schema router")
            migration = ROOT / "services" / "router" / "migrations" / "main" / "030_routed.sql"
            await connection.execute(migration.read_text(encoding="utf-8"))
            begun, began = time.process_time(), time.perf_counter()
            for start in range(0, len(rows), BATCH):
                async with connection.transaction():
                    await history.keep(connection, rows[start : start + BATCH])
            kept, wall = time.process_time() - begun, time.perf_counter() - began
            begun = time.process_time()
            found = await history.last(connection, city.id, COUNT)
            read = time.process_time() - begun
            await connection.close()
        finally:
            await server.stop()
    begun = time.process_time()
    result = tried(city, other(city), found)
    assert result.looked_at == len(rows)
    assert result.changed > 0
    return {
        "complaints": len(rows),
        "changed": result.changed,
        "keep_us": round(kept / len(rows) * 1e6, 1),
        "keep_wall_us": round(wall / len(rows) * 1e6, 1),
        "read_s": round(read, 2),
        "try_s": round(time.process_time() - begun, 2),
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main())))  # noqa: T201  # the command's result
