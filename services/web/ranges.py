"""A file that a player asks for in parts: RFC 9110, section 14. One range at a time, as players ask; anything else gets
the whole.
"""

import re

from starlette.responses import Response

_ONE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)


def answer(content: bytes, media_type: str, asked: str | None, disposition: str) -> Response:
    """`asked`: the request's `Range`."""
    headers = {"Content-Disposition": disposition, "Accept-Ranges": "bytes"}
    found = _ONE.fullmatch(asked.strip()) if asked else None
    if found is None or found[0] == "bytes=-":
        return Response(content, media_type=media_type, headers=headers)
    size = len(content)
    if found[1]:
        begin, end = int(found[1]), min(int(found[2]), size - 1) if found[2] else size - 1
    else:
        begin, end = max(0, size - int(found[2])), size - 1
    if begin > end:
        if found[1] and found[2] and int(found[2]) < int(found[1]):
            return Response(content, media_type=media_type, headers=headers)  # no range at all
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {begin}-{end}/{size}"
    return Response(content[begin : end + 1], 206, media_type=media_type, headers=headers)
