"""Codes that are guessed: who asks for many that do not exist waits before the next one.

A code has a check character, so a slip of the finger is told at once and is no guess. In memory alone and for a short
time: an address is somebody's. A mobile network's many people share one, so the first ones cost nothing.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

FREE = 30
"""Codes that do not exist, of one address at once."""
EVERY = 20.0
"""Seconds until one more is free: 180 an hour."""
_REMEMBERED = 20_000


class Guesses:
    """Shared by every page and interface that answers to a ticket."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock`: seconds."""
        self._clock = clock
        self._spent: OrderedDict[str, float] = OrderedDict()
        """Address → when the last of its misses is forgotten."""

    def wait(self, address: str) -> int:
        """Whole seconds until this address may ask again; 0: now."""
        over = self._spent.get(address, 0.0) - self._clock() - (FREE - 1) * EVERY
        return max(0, -int(-over // 1))

    def missed(self, address: str) -> None:
        """It asked for a code that does not exist."""
        now = self._clock()
        self._spent[address] = max(self._spent.pop(address, now), now) + EVERY
        while len(self._spent) > _REMEMBERED:
            self._spent.popitem(last=False)


def address_of(request: Request) -> str:
    """Whoever asks; of IPv6 the network, for a home has 2^64 addresses of its own."""
    host = request.client.host if request.client else ""
    try:
        found = ip_address(host)
    except ValueError:
        return host
    return host if not isinstance(found, IPv6Address) else str(IPv6Address(int(found) >> 64 << 64))
