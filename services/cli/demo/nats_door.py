"""What every program outside needs of NATS: a connection under its own name, and a queue to pull from.

An outside account may ask for nothing but its queue's next messages, so the consumer is bound, never looked up.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import nats
import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg

Credentials = Mapping[str, Any]
"""What `tuntas credentials NAME --json` says."""


class Door:
    """One program's connection. What the server refuses it stands in `denied` (nothing else would tell)."""

    def __init__(self, credentials: Credentials) -> None:
        self.given = credentials
        self.denied: list[str] = []
        self.nc: Client = Client()
        self._jobs: list[asyncio.Task[None]] = []
        self._closing = False

    async def open(self) -> None:
        async def on_error(error: Exception) -> None:
            self.denied.append(str(error))

        self.nc = await nats.connect(
            self.given["servers"],
            user=self.given["user"],
            password=self.given["password"],
            inbox_prefix=self.given["inbox_prefix"].encode(),
            error_cb=on_error,
            max_reconnect_attempts=-1,
        )

    async def close(self) -> None:
        self._closing = True  # a cancellation that meets an arriving message is swallowed by the client's fetch
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        with contextlib.suppress(nats.errors.Error, OSError):
            await self.nc.close()

    async def pull(self, stream: str, consumer: str, take: Callable[[Msg], Awaitable[None]]) -> None:
        """Go on taking from the queue in the background; each message is acked after `take`."""
        queue = await self.nc.jetstream().pull_subscribe_bind(consumer, stream=stream)

        async def loop() -> None:
            while not self._closing:
                try:
                    messages = await queue.fetch(20, timeout=5)
                except TimeoutError:
                    continue
                except nats.errors.Error:
                    await asyncio.sleep(0.5)
                    continue
                for message in messages:
                    await take(message)
                    await message.ack()

        self._jobs.append(asyncio.create_task(loop()))
