"""People who write, as the provider passes them on: a process of its own, so that nothing here dies with the stack.

`python -m tests.faults.load PLAN`: PLAN is JSON with `targets` (webhook URLs, taken in turn), `secret`, `deliveries` (a
file of JSON lines: `id`, `raw`), `acknowledged` (a file that gets a line for each id that was answered 200, at once),
`rate` (a second; 0: as fast as it goes), `at_once`, `patience` (seconds that one delivery is repeated). Ends when
all is delivered, or after SIGTERM with what is in flight.
"""

import asyncio
import contextlib
import hashlib
import hmac
import json
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ANSWER_WITHIN = 10.0
"""Seconds that a provider waits for the answer to one webhook."""


class Door:
    """One kept-alive HTTP/1.1 connection; opened anew when it broke."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}

    async def post(self, url: str, raw: bytes, secret: str) -> int:
        """The status. OSError, TimeoutError or EOFError when there was no answer."""
        parts = urlsplit(url)
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                if parts.netloc not in self._open:
                    self._open[parts.netloc] = await asyncio.open_connection(parts.hostname, parts.port)
                reader, writer = self._open[parts.netloc]
                signature = hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
                writer.write(
                    f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
                    f"X-Hub-Signature-256: sha256={signature}\r\nContent-Length: {len(raw)}\r\n\r\n".encode()
                    + raw
                )
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                length = next((int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")), 0)
                await reader.readexactly(length)
                if "connection: close" in head:
                    self._forget(parts.netloc)
                return int(head.split(" ", 2)[1])
        except BaseException:
            self._forget(parts.netloc)
            raise

    def _forget(self, address: str) -> None:
        found = self._open.pop(address, None)
        if found is not None:
            with contextlib.suppress(Exception):
                found[1].close()


class Load:
    def __init__(self, plan: dict[str, Any]) -> None:
        self._plan = plan
        self._targets = cycle(plan["targets"])
        self._stopping = False
        self._answers: Counter[str] = Counter()
        self._slowest_refusal = 0.0
        self._acknowledged = Path(plan["acknowledged"]).open("a", buffering=1)  # noqa: SIM115 - open for life

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._stop)
        began = time.monotonic()
        numbered = enumerate(self._deliveries())
        async with asyncio.TaskGroup() as group:
            for _ in range(self._plan["at_once"]):
                group.create_task(self._writer(numbered, began))
        figures = {"answers": dict(self._answers), "slowest_refusal": round(self._slowest_refusal, 3)}
        print(json.dumps(figures), flush=True)  # noqa: T201 - its only answer

    def _stop(self) -> None:
        self._stopping = True

    def _deliveries(self) -> Iterator[tuple[str, bytes]]:
        with Path(self._plan["deliveries"]).open() as file:
            for line in file:
                one = json.loads(line)
                yield one["id"], one["raw"].encode()

    async def _writer(self, numbered: "Iterator[tuple[int, tuple[str, bytes]]]", began: float) -> None:
        door = Door()
        for number, (provider_id, raw) in numbered:
            rate = self._plan["rate"]
            while rate and not self._stopping and (early := began + number / rate - time.monotonic()) > 0:
                await asyncio.sleep(min(early, 0.2))
            if self._stopping:
                return
            if await self._delivered(door, raw):
                self._acknowledged.write(f"{provider_id}\n")

    async def _delivered(self, door: Door, raw: bytes) -> bool:
        """Again and again as the provider does; False if it never was answered 200."""
        ends = time.monotonic() + self._plan["patience"]
        pause = 0.1
        while time.monotonic() < ends and not self._stopping:
            asked = time.monotonic()
            try:
                status = await door.post(next(self._targets), raw, self._plan["secret"])
            except (OSError, TimeoutError, EOFError, ValueError) as error:
                self._answers[type(error).__name__] += 1
            else:
                self._answers[str(status)] += 1
                if status == 200:
                    return True
                self._slowest_refusal = max(self._slowest_refusal, time.monotonic() - asked)
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, 1.0)
        return False


if __name__ == "__main__":
    asyncio.run(Load(json.loads(Path(sys.argv[1]).read_text())).run())
