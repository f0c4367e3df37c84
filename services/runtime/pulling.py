"""One continuous pull: as many messages in hand as there is room for, for as long as the process lives.

The consumer may have a priority group with policy `pinned_client` (NATS ADR-42): then the server serves one puller,
which shows its pin id with each request; the others wait, and one of them is pinned when the first falls silent.
"""

import asyncio
import json
import time
from collections.abc import Callable

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from services.runtime import logs, nats_taking
from services.runtime.failures import Away
from services.runtime.replies import Replies

EXPIRES = 10.0
"""Seconds that a request waits at the server; shorter where the pin's time-out asks for it."""

_log = logs.get(__name__)


class ConsumerMissing(Away):
    """Provisioning has not made this consumer, or we may not see it."""


class Puller:
    """Hands every message to `take`, on the event loop. Reconnects, re-asks and re-pins by itself."""

    def __init__(
        self,
        connection: Client,
        stream: str,
        durable: str,
        *,
        take: Callable[[Msg], None],
        room: Callable[[], int],
        batch: int,
    ) -> None:
        """`room()`: how many more messages may come now."""
        self._connection = connection
        self._stream = stream
        self._durable = durable
        self._take = take
        self._room = room
        self._batch = batch
        self._next = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{durable}"
        self._inbox: str | None = None
        self._subscription: Subscription | None = None
        self._requests = 0
        self._open = 0
        self._asked_at = 0.0
        self._pin: str | None = None
        self._group: str | None = None
        self._known = False
        self._expires = EXPIRES
        self._reconnects = 0
        self._wake = asyncio.Event()
        self._last_sign = 0.0
        self.ack_wait = 30.0
        self.turned_at = time.monotonic()

    @property
    def pinned(self) -> bool:
        """True when the server serves us: always, without a priority group, once it is known that there is none."""
        return self._known and (self._group is None or self._pin is not None)

    def wake(self) -> None:
        """There is room again."""
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self.turned_at = time.monotonic()
            try:
                await self._turn()
            except Away as error:
                _log.warning("pull_waits", stream=self._stream, consumer=self._durable, why=str(error))
                await asyncio.sleep(0.5)
            except OSError as error:
                _log.warning("pull_waits", stream=self._stream, consumer=self._durable, error=error)
                await asyncio.sleep(0.5)

    async def close(self) -> None:
        """Take back what is asked for: nothing arrives any more."""
        subscription, self._subscription, self._inbox = self._subscription, None, None
        self._open = 0
        if subscription is not None and self._connection.is_connected:
            await subscription.unsubscribe()
            await self._connection.flush(timeout=2)

    async def unpin(self) -> None:
        """Give the pin away, so that a standby need not wait for its time-out. Last, after everything was answered."""
        if self._group is not None and self._pin is not None and self._connection.is_connected:
            unpin = json.dumps({"group": self._group}).encode()
            await self._connection.publish(f"$JS.API.CONSUMER.UNPIN.{self._stream}.{self._durable}", unpin)
            await self._connection.flush(timeout=2)
        self._pin = None

    async def _turn(self) -> None:
        if not self._connection.is_connected:
            self._open = 0
            await asyncio.sleep(0.05)
            return
        if self._connection.stats["reconnects"] != self._reconnects:
            self._reconnects = self._connection.stats["reconnects"]
            self._open = 0
        if not self._known:
            await self._learn()
        if self._inbox is None:
            inbox = self._connection.new_inbox()
            self._subscription = await nats_taking.subscribe(self._connection, f"{inbox}.*", self._message)
            self._inbox = inbox
        now = time.monotonic()
        if self._open and now - self._last_sign > self._expires + 1.0:
            self._open = 0  # neither message, heartbeat nor end of request: the server forgot us
        room = min(self._room(), 2 * self._batch) - self._open
        keep_pin = self._pin is not None and now - self._asked_at > self._expires
        if room >= max(1, self._batch // 2) or (room > 0 and not self._open) or (keep_pin and not self._open):
            await self._ask(max(1, min(room, self._batch)))
            return
        self._wake.clear()
        try:
            await asyncio.wait_for(self._wake.wait(), 0.5)
        except TimeoutError:
            return

    async def _learn(self) -> None:
        """Group, pin time-out and ack wait as provisioned."""
        answer = await Replies.of(self._connection).ask(
            f"$JS.API.CONSUMER.INFO.{self._stream}.{self._durable}", b"", timeout=3.0
        )
        info = json.loads(answer.data) if answer.data else {}
        if "config" not in info:
            raise ConsumerMissing(f"{self._stream}/{self._durable}")
        config = info["config"]
        self._group = next(iter(config.get("priority_groups") or ()), None)
        if self._group is not None and config.get("priority_timeout"):
            self._expires = min(EXPIRES, max(1.0, config["priority_timeout"] / 1e9 / 3))
        self.ack_wait = config.get("ack_wait", 30e9) / 1e9
        self._known = True

    async def _ask(self, batch: int) -> None:
        request: dict[str, object] = {
            "batch": batch,
            "expires": int(self._expires * 1e9),
            "idle_heartbeat": int(self._expires / 2.5 * 1e9),
        }
        if self._group is not None:
            request["group"] = self._group
            if self._pin is not None:
                request["id"] = self._pin
        self._requests += 1
        if not self._open:
            self._last_sign = time.monotonic()
        self._open += batch
        self._asked_at = time.monotonic()
        await self._connection.publish(
            self._next, json.dumps(request).encode(), reply=f"{self._inbox}.{self._requests}"
        )

    def _message(self, message: Msg) -> None:
        self._last_sign = time.monotonic()
        headers = message.headers
        status = headers.get("Status") if headers and not message.data else None
        if status is None or headers is None:
            pin = headers.get("Nats-Pin-Id") if headers else None
            if pin is not None:
                self._pin = pin
            self._open = max(0, self._open - 1)
            self._take(message)
            if self._open <= self._batch // 2:
                self._wake.set()
            return
        if status == "100":
            return
        self._ended(status, headers)
        self._wake.set()

    def _ended(self, status: str, headers: dict[str, str]) -> None:
        """A request came to its end without being filled."""
        unfilled = headers.get("Nats-Pending-Messages")
        if status == "408" and unfilled is not None:
            self._open = max(0, self._open - int(unfilled))
            return
        self._open = 0
        if status == "423":  # another one is pinned now
            self._pin = None
        elif status not in ("404", "408"):
            self._known = False  # consumer deleted, leader changed, request not understood: look again
            _log.info(
                "pull_ended", stream=self._stream, consumer=self._durable, status=status,
                why=headers.get("Description", ""),
            )  # fmt: skip
