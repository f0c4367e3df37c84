"""Cross-site request forgery: every form carries a token that another site can't read.

Before login it is the browser's own random cookie, given back in the form (double submit); after login it is the
session's token, so that one taken before the login is worth nothing.
"""

import hmac
import secrets

from starlette.requests import Request

COOKIE = "tuntas_csrf"
FIELD = "csrf"
HEADER = "x-csrf-token"


def fresh() -> str:
    return secrets.token_urlsafe(32)


async def _given(request: Request) -> str:
    header = request.headers.get(HEADER)
    if header is not None:
        return header
    kind = request.headers.get("content-type", "")
    if kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        value = (await request.form()).get(FIELD)
        return value if isinstance(value, str) else ""
    return ""


async def proven(request: Request, session_token: str | None) -> bool:
    """Whether the request was made by one of our own pages (or a program that read our cookie)."""
    if request.headers.get("sec-fetch-site", "same-origin") == "cross-site":
        return False
    wanted = session_token or request.cookies.get(COOKIE) or ""
    return bool(wanted) and hmac.compare_digest((await _given(request)).encode(), wanted.encode())
