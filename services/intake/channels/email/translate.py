"""One raw e-mail as our message, with its files beside it. Pure.

Read, by document: RFC 5322 `From` (section 3.6.2; `Reply-To` and `Sender` are not: whoever forges one would have our
answers sent to somebody else), `Message-ID`, `In-Reply-To`, `References` (3.6.4), `Subject`, `Date`; RFC 2045 to 2047
(parts, charsets, encoded words), RFC 2183 (`Content-Disposition`), RFC 2387 (`multipart/related`), RFC 8601
(`Authentication-Results` of the city's own server: whether `From` is who it says).

An e-mail's sender can be forged. Where the city's server says which domains vouch for their mail, one that nobody
vouches for opens complaints but never speaks for anybody: SUDAH, BATAL and LUPAKAN SAYA need a sender that is proven.
"""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr

from services.contracts import tickets
from services.contracts.email_ids import notice_of
from services.contracts.intake import DeliveryReceipt, IntakeMessage, Sender
from services.intake.channels.email import automatic
from services.intake.channels.email.automatic import header
from services.intake.channels.email.octets import prepared
from services.intake.channels.email.words import of_html, own
from services.intake.clean import clean

MOST_FILES = 10
MOST_BYTES = 40 * 1024 * 1024
"""Of the raw message; with its base64 a file of 25 MB fits."""
DECORATION = 8_192
"""Bytes up to which a picture inside the letter is a logo of the signature."""
_LEVELS = 12
"""Parts within parts that are looked at."""
_MOST_HEADER = 4_096
"""Characters of one header that are read; the library's parsers take quadratic time."""


class _Limited(EmailPolicy):
    """The default policy, with an end to every header."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines[:_MOST_HEADER])
        return name, value[:_MOST_HEADER]


_POLICY = _Limited()

_PREFIX = re.compile(r"^\s*(?:(?:re|bls|balas|aw)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_FORWARDED = re.compile(r"^\s*(?:fwd?|tr|terusan)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class File:
    content: bytes
    name: str | None


@dataclass(frozen=True, slots=True)
class Letter:
    """`message` None: nothing to take, `why` says why. Its `media` are still to be filled with `files`, in order."""

    message: IntakeMessage | None = None
    files: tuple[File, ...] = ()
    receipts: tuple[DeliveryReceipt, ...] = ()
    why: str | None = None
    more_files: int = field(default=0)
    """Files beyond what we take."""


def translate(raw: bytes, *, door: str | None, ours: frozenset[str], authserv: str = "") -> Letter:
    """`ours`: the city's own addresses in lower case. `authserv`: the id under which its server judges senders; empty:
    the server is trusted to refuse forged ones. Never raises."""
    message = _parsed(raw)
    if message is None:
        return Letter(why="unreadable")
    name, address = _from(message)
    if not address:
        return Letter(why="no_sender")
    machine = automatic.why(message, address, ours)
    if machine is not None:
        return Letter(receipts=tuple(automatic.bounced(message)), why=machine)
    given = _id(message, raw)
    body, files, more = _content(message)
    answered = _answered(message)
    subject = " ".join(clean(header(message, "subject")).split())[:300]
    forwarded = _FORWARDED.match(subject) is not None
    text = _text(subject, body, answered)
    if not text and not files:
        return Letter(why="empty")
    proven = _proven(message, address, authserv)
    person = address if proven else f"{address} {given}"
    return Letter(
        IntakeMessage(
            id=given,
            door=door,
            sender=Sender(person=person[:300], address=address[:300], name=name[:300] if name else None),
            sent_at=_date(message),
            form="text",
            text=text or None,
            reply_to=answered[:300] if answered else None,
            forwarded=forwarded,
        ),
        files,
        _was_read(answered),
        more_files=more,
    )


def _parsed(raw: bytes) -> EmailMessage | None:
    if not raw.strip() or len(raw) > MOST_BYTES:
        return None
    try:
        found = message_from_bytes(prepared(raw), policy=_POLICY)
    except (MessageError, ValueError, LookupError, RecursionError, IndexError, AttributeError):
        return None
    return found if isinstance(found, EmailMessage) else None  # it is, by its policy


def _from(message: EmailMessage) -> tuple[str, str]:
    """The first author's name and address, in lower case; an empty address where there is none."""
    try:
        found: tuple[Address, ...] = message["from"].addresses if message["from"] is not None else ()
        if found and found[0].username and found[0].domain:
            # RFC 6532: of a name in plain UTF-8 the library leaves the bytes, escaped.
            name = found[0].display_name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            return _named(name, found[0].addr_spec)
    except Exception:  # noqa: BLE001 - read by the simpler parser
        found = ()
    return _named(*parseaddr(header(message, "from")))


def _named(name: str, address: str) -> tuple[str, str]:
    """Judged as it reads when what nobody sees is gone: letters that show nothing are no mailbox."""
    plain = clean(address.lower()).strip()
    return (clean(name), plain) if re.fullmatch(r"\S+@[^\s@]+", plain) else ("", "")


def _id(message: EmailMessage, raw: bytes) -> str:
    """The Message-ID; without one, what stays the same however often the message is delivered."""
    given = clean(header(message, "message-id")).strip()
    if given and len(given) <= 300:
        return given
    parts = [header(message, name) for name in ("from", "date", "subject", "message-id")]
    body = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[-1]
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace") + b"\0" + body).hexdigest()
    return f"mail:{digest}"


def _answered(message: EmailMessage) -> str | None:
    """The message that this one answers: one of ours if it names one, else the nearest."""
    named = re.findall(r"<[^<>\s]+>", f"{header(message, 'references')} {header(message, 'in-reply-to')}"[-8_000:])
    ours = [one for one in named if notice_of(one)]
    found = (ours or named or [None])[-1]
    return clean(found) if found else None


def _was_read(answered: str | None) -> tuple[DeliveryReceipt, ...]:
    """Whoever answers our mail has read it; so the door learns which complaint it was about."""
    notice = notice_of(answered) if answered else None
    if answered is None or notice is None:
        return ()
    return (DeliveryReceipt(type="receipt", id=answered[:300], notice=notice, status="read"),)


def _text(subject: str, body: str, answered: str | None) -> str:
    """A new letter's subject is part of what it says. An answer's is ours; its ticket may tell more than the thread."""
    plain = _FORWARDED.sub("", _PREFIX.sub("", subject)).strip()
    if answered is not None or _PREFIX.match(subject):
        ticket = tickets.find(plain)
        named = ticket is not None and notice_of(answered or "") is None and tickets.find(body) is None
        return f"{body}\n{ticket}" if named else body
    if not plain or body.lower().startswith(plain.lower()):
        return body
    return f"{plain}\n\n{body}".strip()


def _content(message: EmailMessage) -> tuple[str, tuple[File, ...], int]:
    plain: list[str] = []
    html: list[str] = []
    files: list[File] = []
    _collect(message, plain, html, files, 0)
    said = own("\n".join(plain)) if any(one.strip() for one in plain) else own(of_html("\n".join(html)))
    return clean(said), tuple(files[:MOST_FILES]), max(0, len(files) - MOST_FILES)


def _collect(part: EmailMessage, plain: list[str], html: list[str], files: list[File], level: int) -> None:
    if level > _LEVELS:
        return
    kind, named = part.get_content_type(), part.get_filename()
    attached = part.get_content_disposition() == "attachment" or named is not None
    payload = part.get_payload()
    if isinstance(payload, list):  # multipart, or a letter attached to this one
        for inner in payload:
            if isinstance(inner, EmailMessage):
                letter = _unpacked(part, inner) if kind == "message/rfc822" else inner
                if kind == "message/rfc822" and (subject := _subject(letter)):
                    plain.append(subject)
                _collect(letter, plain, html, files, level + 1)
    elif (kind == "text/plain" and not attached) or kind.startswith("multipart/"):  # one without its boundary
        plain.append(_decoded(part))
    elif kind == "text/html" and not attached:
        html.append(_decoded(part))
    elif kind not in ("text/calendar", "application/pgp-signature", "application/pkcs7-signature", "text/x-amp-html"):
        content = _bytes(part)
        inside = part["content-id"] is not None and part.get_content_disposition() != "attachment"
        if content and not (inside and len(content) <= DECORATION):
            files.append(File(content, clean(named)[:300] if named else None))


def _unpacked(part: EmailMessage, inner: EmailMessage) -> EmailMessage:
    """A letter attached to a letter is never encoded (RFC 2046 section 5.2.1); some programs do it all the same."""
    if header(part, "content-transfer-encoding").strip().lower() != "base64":
        return inner
    try:
        found = message_from_bytes(base64.b64decode(str(inner.get_payload())), policy=_POLICY)
    except (ValueError, MessageError):
        return inner
    return found if isinstance(found, EmailMessage) else inner


def _subject(letter: EmailMessage) -> str:
    """What somebody else wrote above a letter that is passed on."""
    said = " ".join(clean(header(letter, "subject")).split())[:300]
    return _FORWARDED.sub("", _PREFIX.sub("", said)).strip()


def _bytes(part: EmailMessage) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return found if isinstance(found, bytes) else b""


def _decoded(part: EmailMessage) -> str:
    """Charsets that the message names wrongly or nobody knows are read as UTF-8, then as Latin-1."""
    content = _bytes(part)
    for charset in (part.get_content_charset("utf-8"), "utf-8", "latin-1"):
        try:
            return content.decode(charset)
        except (LookupError, ValueError):
            continue
    return ""


def _date(message: EmailMessage) -> datetime | None:
    try:
        found = message["date"].datetime
        if not isinstance(found, datetime):
            return None
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except Exception:  # noqa: BLE001 - no date, or none that can be read or that there is in UTC
        return None


def _proven(message: EmailMessage, address: str, authserv: str) -> bool:
    """DMARC passed, as the city's own server says in the topmost header of its name. Below it anybody may write."""
    if not authserv:
        return True
    try:
        headers = [str(one) for one in message.get_all("authentication-results", [])]
    except Exception:  # noqa: BLE001 - not to be read: proves nothing
        return False
    server, _, results = headers[0].partition(";") if headers else ("", "", "")
    if server.strip().split(" ")[0].lower() != authserv.lower():
        return False
    found = re.search(r"\bdmarc\s*=\s*pass\b[^;]*", results, re.IGNORECASE)
    of = re.search(r"header\.from\s*=\s*([^\s;]+)", found[0], re.IGNORECASE) if found else None
    return found is not None and (of is None or of[1].lower() == address.rpartition("@")[2])
