"""A process that posts signed webhooks as fast as they are answered, or at a rate; one person and complaint each.

`python -m tests.bench.load PLAN.json` prints `{"sent", "accepted", "began_at", "seconds", "ms": [p50, p95, p99],
"cpu_s"}`.
It speaks HTTP/1.1 by hand over kept connections: a client library would use more of the cores than what is measured.
"""

import asyncio
import itertools
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvloop

from services.cli.standins.payloads import Citizen, Number, inbound, signed, text
from services.contracts.city import City
from services.runtime import cities
from tests.bench.texts import complaints

PATIENCE = 30.0
"""Seconds that one answer may take."""


@dataclass(frozen=True)
class Target:
    """One city's webhook with the numbers that it serves."""

    city: City
    numbers: tuple[Number, ...]


def requests(targets: list[Target], count: int, offset: int) -> list[tuple[str, int, bytes]]:
    """(host, port, whole request) for each complaint, cities in turn; numbers and persons plainly invented."""
    writers = {target.city.id: complaints(target.city) for target in targets}
    made = []
    for index, target in zip(range(offset, offset + count), itertools.cycle(targets), strict=False):
        number = target.numbers[index % len(target.numbers)]
        who = Citizen(f"62800{index:08d}", f"Warga Contoh {index}")
        _, body = inbound(number, who, text(next(writers[target.city.id])))
        raw, headers = signed(number, body)
        url = urlsplit(number.webhook_url)
        lines = [f"POST {url.path} HTTP/1.1", f"Host: {url.netloc}", f"Content-Length: {len(raw)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        made.append((url.hostname or "", url.port or 80, "\r\n".join(lines).encode() + b"\r\n\r\n" + raw))
    return made


async def post(todo: list[tuple[str, int, bytes]], connections: int, rate: float | None) -> dict[str, object]:
    """Every request once; `rate` per second over all connections, or None for as fast as it goes."""
    queue = iter(enumerate(todo))
    spans: list[float] = []
    accepted = 0
    began, began_at, used = time.perf_counter(), time.time(), time.process_time()

    async def one_connection() -> None:
        nonlocal accepted
        reader = writer = None
        for index, (host, port, request) in queue:
            if rate is not None:
                await asyncio.sleep(max(0.0, began + index / rate - time.perf_counter()))
            if writer is None or reader is None:
                reader, writer = await asyncio.open_connection(host, port)
            sent = time.perf_counter()
            writer.write(request)
            async with asyncio.timeout(PATIENCE):
                status = await _answer(reader)
            spans.append((time.perf_counter() - sent) * 1000)
            accepted += status == 200
        if writer is not None:
            writer.close()

    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(one_connection())
    seconds = time.perf_counter() - began
    return {
        "sent": len(todo),
        "accepted": accepted,
        "began_at": began_at,
        "seconds": seconds,
        "ms": percentiles(spans),
        "cpu_s": time.process_time() - used,
    }


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            await reader.readexactly(int(value))
    return int(head.split(b" ", 2)[1])


def percentiles(values: list[float]) -> list[float]:
    """[p50, p95, p99]; nearest rank."""
    ordered = sorted(values)
    return [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99)]


def _numbers(city: City, given: dict[str, Any]) -> tuple[Number, ...]:
    """Without a sub-district's own number: what comes in there is always read by a person first."""
    direct = [door.phone_number_id for door in city.doors if door.phone_number_id and door.first_level is None]
    return tuple(Number(i, "", given["app_secret"], given["webhook_url"]) for i in direct)


def main(plan_file: str) -> None:
    plan = json.loads(Path(plan_file).read_text())
    known = cities.load(Path(plan["cities_dir"]))
    targets = [Target(known[name], _numbers(known[name], given)) for name, given in plan["whatsapp"].items()]
    todo = requests(targets, plan["count"], plan["offset"])
    result = uvloop.run(post(todo, plan["connections"], plan.get("rate")))
    print(json.dumps(result))  # noqa: T201  # its parent reads this


if __name__ == "__main__":
    main(sys.argv[1])
