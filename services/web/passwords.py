"""Password hashes: argon2id (RFC 9106) with OWASP's second profile, 19 MiB and two passes, about 20 ms each."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

_AT_ONCE = asyncio.Semaphore(2)
"""A wave of logins must neither take all cores nor 19 MiB each without bound."""

_NOBODY = _HASHER.hash("no account has this password")
"""Checked when there is no such account, so that the time taken does not tell whether there is."""


def make(password: str) -> str:
    """The PHC string to store."""
    return _HASHER.hash(password)


async def prepare(password: str) -> str:
    """As `make`, in a thread."""
    async with _AT_ONCE:
        return await asyncio.to_thread(make, password)


def fits(stored: str | None, password: str) -> bool:
    """Whether the password is the one behind the hash; an absent account costs the same time and is never true."""
    try:
        _HASHER.verify(stored or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


async def check(stored: str | None, password: str) -> bool:
    """As `fits`, in a thread, two at a time."""
    async with _AT_ONCE:
        return await asyncio.to_thread(fits, stored, password)
