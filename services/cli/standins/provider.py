"""What the provider behind the API knows and does: windows, rates, what arrived, receipts. No HTTP server in here.

Facts it keeps to (developers.facebook.com/docs/whatsapp/cloud-api, July 2026): free text only within 24 hours of the
person's last message, else 131047, usually told by a failed status rather than in the answer; 80 messages a second a
number (130429); one message in 6 seconds to one person with bursts of up to 45 (131056); webhooks are repeated with
growing pauses until they are answered 200.
"""

import asyncio
import contextlib
import hashlib
import random
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from services.cli.standins.errors import ERRORS, ApiError
from services.cli.standins.knocking import Knocker, NotAnsweredError
from services.cli.standins.payloads import Number, message_id, signed, statuses

WINDOW = 24 * 3600.0
"""Seconds after a person's last message within which free text may be sent."""

AT_ONCE = 16
"""Webhooks in flight: thousands of receipts that wait must not keep the API from answering."""


class Failure(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: int
    times: int = 1


class Behaviour(BaseModel):
    """How the provider misbehaves. Every field can be set alone by `PATCH /control/behaviour`."""

    model_config = ConfigDict(extra="forbid")
    latency_ms: float = 0
    error_rate: float = Field(default=0, ge=0, le=1)
    error_code: int = 131000
    fail_next: list[Failure] = []
    """The next sends fail with these codes, in this order, before anything else is looked at."""
    lose_answers: int = 0
    """So many sends are taken, and their answers never come (the connection hangs, then breaks)."""
    lose_answer_rate: float = Field(default=0, ge=0, le=1)
    hang_seconds: float = 30
    down: bool = False
    """Every call is answered 503 without a Graph body, as a gateway does."""
    receipts: bool = True
    receipt_delay_ms: float = 20
    duplicate_receipts: int = 1
    """How often each status is sent."""
    shuffle_receipts: bool = False
    read_receipts: bool = True
    undeliverable: list[str] = []
    """People to whom nothing can be delivered (131026)."""
    forbidden: list[str] = []
    """People to whom this account may not write (10), as an account is told that may write to nobody."""
    refuse_in_answer: bool = False
    """131026 and 131047 come in the answer; by default they come as a failed status, as they mostly do."""
    default_window: str = Field(default="open", pattern="^(open|closed)$")
    """For people who never wrote through this stand-in."""
    messages_per_second: float = 80
    pair_seconds: float = 6
    pair_burst: int = 45
    templates: dict[str, int] | None = None
    """Approved templates and how many body parameters each takes; None: any name is approved."""


class Bucket:
    """A token bucket; `take` says whether there was one left."""

    def __init__(self, capacity: float, per_second: float) -> None:
        self._capacity, self._per_second = capacity, per_second
        self._left, self._at = capacity, time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self._left = min(self._capacity, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


@dataclass(frozen=True)
class Sent:
    """One message of ours as it really arrived at a phone."""

    id: str
    phone_number_id: str
    to: str
    at: float
    type: str
    text: str
    buttons: tuple[tuple[str, str], ...]
    callback: str | None
    body: Mapping[str, Any]


@dataclass
class Provider:
    numbers: dict[str, Number] = field(default_factory=dict)
    behaviour: Behaviour = field(default_factory=Behaviour)
    arrived: list[Sent] = field(default_factory=list)
    attempts: int = 0
    limited: int = 0
    """Sends that were refused because they came too fast."""
    media: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    _windows: dict[tuple[str, str], float] = field(default_factory=dict)
    _throughput: dict[str, Bucket] = field(default_factory=dict)
    _pairs: dict[tuple[str, str], Bucket] = field(default_factory=dict)
    _posting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _jobs: set[asyncio.Task[None]] = field(default_factory=set)
    _knocker: Knocker = field(default_factory=Knocker)

    async def close(self) -> None:
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        self._knocker.close()

    def number(self, phone_number_id: str, authorization: str | None) -> Number:
        """The number that this token may use. ApiError 190 or 33; 2 before it was told of any number."""
        if not self.numbers:
            raise ERRORS[2]
        known = self.numbers.get(phone_number_id)
        token = (authorization or "").removeprefix("Bearer ").strip()
        if not token or all(token != n.access_token for n in self.numbers.values()):
            raise ERRORS[190]
        if known is None:
            raise ERRORS[33]
        if token != known.access_token:
            raise ERRORS[10]
        return known

    def heard(self, phone_number_id: str, person: str) -> None:
        """The person wrote: 24 hours of free text begin."""
        self._windows[phone_number_id, person] = time.time() + WINDOW

    def set_window(self, phone_number_id: str, person: str, is_open: bool) -> None:
        self._windows[phone_number_id, person] = time.time() + (WINDOW if is_open else -1)

    def forget_limits(self) -> None:
        self._throughput.clear()
        self._pairs.clear()

    def send(self, number: Number, to: str, message: Sent) -> None:
        """Take a checked message. ApiError for what the answer says; what fails later comes as a failed status."""
        self._misbehave()
        self._limit(number.phone_number_id, to)
        if to in self.behaviour.forbidden:
            raise ERRORS[10]
        later = self._undeliverable(number.phone_number_id, to, message.type)
        if later is not None and self.behaviour.refuse_in_answer:
            raise later
        if later is None:
            self.arrived.append(message)
        self._start(self._report(number, message, later))

    def loses_answer(self) -> bool:
        if self.behaviour.lose_answers > 0:
            self.behaviour.lose_answers -= 1
            return True
        return random.random() < self.behaviour.lose_answer_rate

    async def deliver(self, number: Number, body: Mapping[str, object], patience: float = 60) -> int:
        """Post a signed webhook until it is answered 200, at most `patience` seconds; the last status, 0: none."""
        raw, headers = signed(number, body)
        pause, ends, status = 0.25, time.monotonic() + patience, 0
        while True:
            with contextlib.suppress(NotAnsweredError):
                async with self._posting:
                    status = await self._knocker.post(number.webhook_url, raw, headers)
                if status == 200:
                    return status
            if time.monotonic() + pause > ends:
                return status
            await asyncio.sleep(pause)
            pause = min(pause * 2, 30)

    def status(self, message: Sent, name: str, error: ApiError | None = None) -> dict[str, object]:
        entry: dict[str, object] = {
            "id": message.id, "status": name, "timestamp": str(int(time.time())), "recipient_id": message.to
        }  # fmt: skip
        if message.callback is not None:
            entry["biz_opaque_callback_data"] = message.callback
        if error is not None:
            entry["errors"] = [error.in_webhook()]
        elif name in ("sent", "delivered"):
            entry["pricing"] = {"billable": False, "pricing_model": "PMP", "category": "service"}
        return entry

    def keep_media(self, content: bytes, mime_type: str) -> str:
        media_id = str(10**15 + secrets.randbelow(9 * 10**15))
        self.media[media_id] = (content, mime_type)
        return media_id

    def describe_media(self, media_id: str, base_url: str) -> dict[str, object]:
        """Answer of `GET /<media-id>`. ApiError 100 when it does not exist."""
        if media_id not in self.media:
            raise ERRORS[100].because(f"Unsupported get request. Object with ID '{media_id}' does not exist.")
        content, mime_type = self.media[media_id]
        return {
            "messaging_product": "whatsapp",
            "url": f"{base_url}/whatsapp_business/attachments/?mid={media_id}",
            "mime_type": mime_type,
            "sha256": hashlib.sha256(content).hexdigest(),
            "file_size": len(content),
            "id": media_id,
        }

    def _misbehave(self) -> None:
        if self.behaviour.fail_next:
            failure = self.behaviour.fail_next[0]
            failure.times -= 1
            if failure.times <= 0:
                self.behaviour.fail_next.pop(0)
            raise ERRORS[failure.code]
        if random.random() < self.behaviour.error_rate:
            raise ERRORS[self.behaviour.error_code]

    def _limit(self, phone_number_id: str, to: str) -> None:
        rules = self.behaviour
        whole = self._throughput.setdefault(
            phone_number_id, Bucket(rules.messages_per_second, rules.messages_per_second)
        )
        if not whole.take():
            self.limited += 1
            raise ERRORS[130429]
        pair = self._pairs.setdefault(
            (phone_number_id, to), Bucket(rules.pair_burst, 1 / max(rules.pair_seconds, 1e-6))
        )
        if not pair.take():
            self.limited += 1
            raise ERRORS[131056]

    def _undeliverable(self, phone_number_id: str, to: str, kind: str) -> ApiError | None:
        if to in self.behaviour.undeliverable:
            return ERRORS[131026]
        ends = self._windows.get((phone_number_id, to))
        is_open = self.behaviour.default_window == "open" if ends is None else time.time() < ends
        return None if is_open or kind == "template" else ERRORS[131047]

    async def _report(self, number: Number, message: Sent, error: ApiError | None) -> None:
        if not self.behaviour.receipts:
            return
        names = ["failed"] if error is not None else ["sent", "delivered"]
        if error is None and self.behaviour.read_receipts:
            names.append("read")
        names = [name for name in names for _ in range(self.behaviour.duplicate_receipts)]
        if self.behaviour.shuffle_receipts:
            random.shuffle(names)
        for name in names:
            await asyncio.sleep(self.behaviour.receipt_delay_ms / 1000)
            body = statuses(number, [self.status(message, name, error)])
            await self.deliver(number, body, patience=24 * 3600)

    def _start(self, work: Any) -> None:
        job = asyncio.get_running_loop().create_task(work)
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)


def new_message(number: Number, to: str, body: Mapping[str, Any], text: str, buttons: list[tuple[str, str]]) -> Sent:
    return Sent(
        id=message_id(to),
        phone_number_id=number.phone_number_id,
        to=to,
        at=time.time(),
        type=str(body.get("type", "text")),
        text=text,
        buttons=tuple(buttons),
        callback=body.get("biz_opaque_callback_data"),
        body=body,
    )
