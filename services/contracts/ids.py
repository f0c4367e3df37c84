"""Ids derived from the outside, under a city's id key.

A provider's message id can hold a phone number or be counted through, so none of them is ever stored or sent on
as it came: everything is HMAC-SHA-256 (RFC 2104) under a key that is made once per city and never rotated,
cut to 128 bits and written in lower-case base32 (RFC 4648 section 6) without padding: 26 characters.
"""

from functools import lru_cache
from hashlib import sha256
from typing import Protocol

SHARDS = 16

_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [one + other for one in _ALPHABET for other in _ALPHABET]
_SHIFTS = range(120, -1, -10)
"""Base32 two characters at a time: the library's takes five times as long, and every event needs several ids."""

_BLOCK = 64
_INNER, _OUTER = bytes(at ^ 0x36 for at in range(256)), bytes(at ^ 0x5C for at in range(256))

_FNV_OFFSET = 0x811C9DC5
_FNV_PRIME = 0x01000193


def derive(key: bytes, purpose: str, *parts: str) -> str:
    """26 characters that only a holder of `key` can recompute; no two lists of parts collide by concatenation."""
    inner, outer = _keyed(key)
    inside, outside = inner.copy(), outer.copy()
    raws = [part.encode() for part in (purpose, *parts)]
    inside.update(b"".join([len(raw).to_bytes(4, "big") + raw for raw in raws]))
    outside.update(inside.digest())
    number = int.from_bytes(outside.digest()[:16], "big") << 2  # 128 bits as 26 characters of 5, the last two empty
    return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


class _Hash(Protocol):
    def copy(self) -> "_Hash": ...
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


@lru_cache(maxsize=256)
def _keyed(key: bytes) -> tuple[_Hash, _Hash]:
    """Both hashes of HMAC-SHA-256 as they stand once the key is in them; the library begins with the key each time."""
    block = (sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    return sha256(block.translate(_INNER)), sha256(block.translate(_OUTER))


def message_key(key: bytes, city: str, channel: str, provider_id: str) -> str:
    """The inbox key of one message from outside, and the cause of the event that it leads to."""
    return derive(key, "message", city, channel, provider_id)


def complaint_id(key: bytes, city: str, channel: str, first_message_key: str) -> str:
    """The same first message opens the same complaint, for ever."""
    return derive(key, "complaint", city, channel, first_message_key)


def conversation_id(key: bytes, city: str, channel: str, person: str) -> str:
    """One person on one channel; `person` is the provider's id of the sender, whatever form it has."""
    return derive(key, "conversation", city, channel, person)


def command_key(key: bytes, city: str, actor: str, command_id: str) -> str:
    """The cause of what a command leads to; two actors may use the same command id."""
    return derive(key, "command", city, actor, command_id)


def wake_key(key: bytes, event_id: str, purpose: str) -> str:
    """The cause of what a follower does because of one event, once per purpose."""
    return derive(key, "wake", event_id, purpose)


def event_id(key: bytes, complaint: str, cause: str, event_type: str, ordinal: int) -> str:
    """`ordinal` counts the events of one type within one cause, from 0."""
    return derive(key, "event", complaint, cause, event_type, str(ordinal))


def public_name(key: bytes, city: str, media: str) -> str:
    """Of the copy of a picture that everybody may see; `key`: of those copies."""
    return derive(key, "public", city, media)


def fnv1a_32(text: str) -> int:
    """Fowler-Noll-Vo 1a, 32 bits (draft-eastlake-fnv section 2)."""
    value = _FNV_OFFSET
    for byte in text.encode():
        value = ((value ^ byte) * _FNV_PRIME) & 0xFFFFFFFF
    return value


@lru_cache(maxsize=8192)  # each service names a complaint's subject several times within a second
def shard_of(complaint: str) -> int:
    """0 to 15."""
    return fnv1a_32(complaint) % SHARDS
