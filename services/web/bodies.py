"""Bodies of requests, no longer than they have a reason to be: what is too long is refused while it comes in."""

from starlette.types import Message, Receive

from services.web.i18n import later

FORM = 1024 * 1024
"""Bytes of a form or a command; its texts have a few thousand letters."""
FILES = 80 * 1024 * 1024
"""Bytes of a form with pictures from a phone."""
SENTENCE = later("Terlalu besar untuk dikirim sekaligus. Kirim lebih sedikit atau lebih kecil.")


class TooLargeError(Exception):
    """The body goes on beyond its limit."""


def capped(receive: Receive, most: int) -> Receive:
    """`receive` that raises TooLargeError once more than `most` bytes have come."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > most:
                raise TooLargeError(most)
        return message

    return limited
