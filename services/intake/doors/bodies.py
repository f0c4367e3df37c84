"""Bodies of requests, read with a limit whatever their headers say."""

from starlette.requests import ClientDisconnect, Request

from services.intake.doors.answers import Problem


async def read_body(request: Request, most: int) -> bytes:
    """At most `most` bytes; Problem 413 as soon as there are more."""
    too_large = Problem(413, "too_large", f"The body may have {most} bytes at most.")
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        raise too_large
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise too_large
            parts.append(part)
    except ClientDisconnect:
        raise Problem(400, "incomplete", "The body ended before its end.") from None
    return b"".join(parts)
