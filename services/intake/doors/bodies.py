"""Bodies of requests, read with a limit whatever their headers say."""

from starlette.requests import Request

from services.intake.doors.answers import Problem


async def read_body(request: Request, most: int) -> bytes:
    """At most `most` bytes; Problem 413 as soon as there are more."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        raise _too_large(most)
    parts: list[bytes] = []
    size, more = 0, True
    while more:  # what the request's own stream does, without a generator for what mostly comes in one piece
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise Problem(400, "incomplete", "The body ended before its end.")
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > most:
            raise _too_large(most)
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _too_large(most: int) -> Problem:
    return Problem(413, "too_large", f"The body may have {most} bytes at most.")
