"""The bytes of a raw e-mail before they are parsed: an end to its parts, and headers that can be read. Pure.

RFC 6532 has headers in UTF-8; older programs write them in the charset of their country, and say so nowhere. What is no
UTF-8 is read as Windows-1252, which is what such programs use here.
"""

import itertools
import re

_MOST_PARTS = 1_000
"""Lines that may begin a part; what comes behind them is not looked at."""
_BOUNCE = 128 * 1024
_BLANK = re.compile(rb"\r?\n\r?\n")
_MARK = b"\xef\xbb\xbf"


def prepared(raw: bytes) -> bytes:
    return without_end(legible(raw))


def legible(raw: bytes) -> bytes:
    """Without a byte-order mark, its own headers in UTF-8."""
    raw = raw.removeprefix(_MARK)
    blank = _BLANK.search(raw)
    head, rest = (raw, b"") if blank is None else (raw[: blank.start()], raw[blank.start() :])
    return raw if head.isascii() else b"\n".join(_in_utf8(line) for line in head.split(b"\n")) + rest


def _in_utf8(line: bytes) -> bytes:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace").encode()
    return line


def without_end(raw: bytes) -> bytes:
    """A letter of ten thousand parts, up to the thousandth; of a bounce what stands near its groups of fields, each of
    which is read as a part."""
    groups = raw.find(b"message/delivery-status")
    if groups >= 0:
        raw = raw[: groups + _BOUNCE]
    if raw.count(b"\n--") <= _MOST_PARTS:
        return raw
    starts = itertools.islice(re.finditer(rb"\n--", raw), _MOST_PARTS, None)
    return raw[: next(starts).start()]
