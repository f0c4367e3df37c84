"""What somebody said who named the account under media of their own. The webhook names only ids; the words are asked
for, by page of "Instagram Platform › Reference › IG User" (Meta, v23 and later):

- "› Mentioned Comment": `GET /<account>?fields=mentioned_comment.comment_id(<id>){id,text,timestamp,media}`. It does
  not say who wrote, and answers with an error where comments were closed since.
- "› Mentioned Media": `GET /<account>?fields=mentioned_media.media_id(<id>){id,caption,username,media_type,media_url,
  timestamp}`. A caption comes without the `@`.

Private accounts and Stories send no such webhook. Where an answer goes: `mention:<media>` or
`mention:<media>/<comment>` ("› IG User › Mentions").
"""

import json
from datetime import datetime
from typing import Any

import httpx

from services.contracts.accounts import Mentioned
from services.contracts.intake import IntakeMessage, Media, Sender
from services.intake.doors.provider_json import inner, words

MOST_BYTES = 200_000
_NOT_TO_BE_HAD = frozenset({3, 10, 24, 33, 100, 200})
"""Capability, permission, no such object, a wrong parameter (100/33: it is gone), permission of the page: asking again
changes nothing. All others pass: 1, 2 (away), 4, 17, 32, 613 (limits), 102, 190 (the token, which may be renewed)."""
_SEEN_AT = "https://www.instagram.com/accounts/activity/"


class NotToBeHadError(Exception):
    """The words are gone, closed, or not for us."""


def asked(one: Mentioned) -> dict[str, str]:
    """The query."""
    if one.comment is not None:
        return {"fields": f"mentioned_comment.comment_id({one.comment}){{id,text,timestamp,media}}"}
    wanted = "id,caption,username,media_type,media_url,timestamp"
    return {"fields": f"mentioned_media.media_id({one.media}){{{wanted}}}"}


async def fetch(client: httpx.AsyncClient, base: str, token: str, one: Mentioned) -> IntakeMessage:
    """Raises NotToBeHadError; OSError when it is worth trying again. No error names what was asked for."""
    try:
        answer = await client.get(
            f"{base.rstrip('/')}/{one.account}", params=asked(one), headers={"authorization": f"Bearer {token}"},
            follow_redirects=False,
        )  # fmt: skip
    except httpx.HTTPError as error:
        raise OSError(type(error).__name__) from None
    return read(answer.status_code, answer.content[:MOST_BYTES], one)


def read(status: int, content: bytes, one: Mentioned) -> IntakeMessage:
    """As `fetch`."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        raise OSError(f"provider answers {status}") from None
    error = inner(answer, "error")
    if error:
        code = error.get("code")
        if isinstance(code, int) and code in _NOT_TO_BE_HAD:
            raise NotToBeHadError(str(code))
        raise OSError(f"provider answers {status}")
    said = inner(answer, "mentioned_media" if one.comment is None else "mentioned_comment")
    text, name = words(said, "caption" if one.comment is None else "text"), words(said, "username")
    address = words(said, "media_url") if words(said, "media_type") == "IMAGE" else None
    if not text and not address:
        if status != 200:
            raise OSError(f"provider answers {status}")
        raise NotToBeHadError("nothing said")
    return _message(one, text, name, _moment(said.get("timestamp")), address)


def without_words(one: Mentioned) -> IntakeMessage:
    """What goes on where the words can't be had: a person sees that somebody named the city, and where to look."""
    what = "komentar" if one.comment is not None else "kiriman"
    text = (
        f"Akun kota disebut dalam {what} di Instagram, tetapi isinya tidak dapat diambil. Lihat pemberitahuan akun "
        f"kota di Instagram, lalu tulis di sini apa yang dilaporkan: {_SEEN_AT}"
    )
    return _message(one, text, None, one.at, None)


def _message(
    one: Mentioned, text: str | None, name: str | None, at: datetime | None, picture: str | None
) -> IntakeMessage:
    """Who wrote is known by a name at most; without one each mention stands for itself."""
    where = one.media if one.comment is None else f"{one.media}/{one.comment}"
    return IntakeMessage(
        id=one.id,
        door=one.door,
        sender=Sender(
            person=f"username:{name}"[:300] if name else f"mention:{one.id}",
            address=f"mention:{where}",
            name=name[:300] if name else None,
        ),
        sent_at=at or one.at,
        form="image" if picture else "text",
        text=text,
        media=(Media(handle=picture),) if picture and len(picture) <= 2_000 else (),
    )


def _moment(value: Any) -> datetime | None:
    """`2026-03-02T10:00:00+0000`."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
