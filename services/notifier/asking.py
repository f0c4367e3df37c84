"""One question to a provider over HTTP: how long and how much of an answer is taken, and what it means that none came.

A provider in trouble answers anything: nothing, a page of somebody in between, half a body, one byte a minute. None of
that may keep a sender, fill its memory or raise: it says only whether the message can have gone out.
"""

import asyncio
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from services.notifier.sending import Lost, Slow, Stopped

WHOLE_SECONDS = 60.0
"""From the first byte of the request to the last of the answer; the client's own limits count each read anew. Shorter
than a claim's lease, so that nobody takes a message for lost while it is still being asked about."""

MOST_OCTETS = 1_000_000
"""Of an answer; what is longer is no provider's word."""

LONGEST_REST = 3600.0
"""Seconds for which a provider's word alone makes us wait; then it is asked again."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    content: bytes
    after: float | None = None
    """Seconds that it asked us to wait."""


async def ask(client: httpx.AsyncClient, method: str, url: str, **given: Any) -> Answer | Slow | Stopped | Lost:
    """`Slow` and `Stopped`: nothing went out, for want of a connection or for what we were told to ask. `Lost` leaves
    it open."""
    try:
        async with asyncio.timeout(WHOLE_SECONDS), client.stream(method, url, **given) as answer:
            content = bytearray()
            async for piece in answer.aiter_bytes():
                content += piece
                if len(content) > MOST_OCTETS:
                    return Lost("too_long")
            after = rest(answer.headers.get("retry-after"))
            return Answer(answer.status_code, bytes(content), after)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        return Slow(5, whole=True, code=type(error).__name__, away=True)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError) as error:
        return Stopped(type(error).__name__)  # the address or the token can't be written down: an operator's to mend
    except (httpx.HTTPError, httpx.StreamError) as error:
        return Lost(type(error).__name__)
    except TimeoutError:
        return Lost("timeout")


def read_json(content: bytes) -> object:
    """None where it is no JSON."""
    try:
        found: object = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found


def number(value: object, otherwise: int) -> int:
    """A code as providers write it: mostly a number, sometimes its digits."""
    if isinstance(value, bool):
        return otherwise
    if isinstance(value, int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return int(value)
    digits = isinstance(value, str) and value.isascii() and value.removeprefix("-").isdigit() and len(value) < 10
    return int(value) if digits else otherwise  # type: ignore[call-overload]  # digits: it is a str


def rest(
    value: object, clock: Callable[[], datetime] = lambda: datetime.now(UTC), most: float = LONGEST_REST
) -> float | None:
    """`Retry-After` in both its forms (RFC 9110 section 10.2.3), or a number of seconds out of a body; no more than
    `most`. None: nothing that can be meant."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return min(float(value), most) if 0 < value < math.inf else None
    given = str(value).strip()
    if given.isascii() and given.isdigit():
        seconds = float(given[:12])
    else:
        try:
            when = parsedate_to_datetime(given)
        except ValueError:
            return None
        seconds = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - clock().timestamp()
    return min(seconds, most) if seconds > 0 else None
