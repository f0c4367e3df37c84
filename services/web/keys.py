"""The random key of one form: it makes a submission one and the same however often it is sent, and whoever holds it
afterwards speaks for its reporter. Never in a log line; in the log of events only as keyed hashes and sealed."""

import re
import secrets
from base64 import b32encode

_SHAPE = re.compile(r"[a-z2-7]{26}")


def fresh() -> str:
    """128 bits."""
    return b32encode(secrets.token_bytes(16)).decode().lower().rstrip("=")


def read(given: str | None) -> str | None:
    """None for what is none; a browser may have made it, as the desk's script does."""
    return given if given is not None and _SHAPE.fullmatch(given) else None
