"""A mailbox emptied over IMAP4rev1 (RFC 3501): what is new is handed on, and marked when it is stored.

Marked with a keyword of ours where the server keeps keywords (`PERMANENTFLAGS … \\*`), so that people may read the
mailbox beside us; else what is unread is new. Mail older than a week was there before us and stays untouched. Nothing
is deleted or moved.
"""

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from datetime import date, timedelta

from services.contracts.city.mailbox import MailBox

KEYWORD = "TuntasTaken"
SECONDS = 30.0
AT_ONCE = 50
"""Messages taken in one round."""
_WEEK = timedelta(days=7)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MailboxError(OSError):
    """The server refuses, or says what nobody understands: try again later. Carries no address and no password."""


class Session:
    """One visit to a mailbox; blocks, so it belongs into a thread."""

    def __init__(self, box: MailBox, today: date, *, context: ssl.SSLContext | None = None) -> None:
        """`today`: to look a week back. Raises OSError."""
        self._box = box
        try:
            self._server = self._connected(context)
            try:
                self._server.login(box.user, box.password)
                self._select()
            except BaseException:
                self.close()
                raise
        except imaplib.IMAP4.error as error:
            raise MailboxError(type(error).__name__) from None
        since = today - _WEEK
        self._since = f"{since.day:02}-{_MONTHS[since.month - 1]}-{since.year}"

    def _connected(self, context: ssl.SSLContext | None) -> imaplib.IMAP4:
        box = self._box
        if box.security == "tls":
            secure = context or ssl.create_default_context()
            return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=secure, timeout=SECONDS)
        server = imaplib.IMAP4(box.host, box.port, timeout=SECONDS)
        if box.security == "starttls":
            server.starttls(context or ssl.create_default_context())
        return server

    def _select(self) -> None:
        kind, _ = self._server.select(_quoted(self._box.folder))
        if kind != "OK":
            raise MailboxError("no such folder")
        _, permanent = self._server.response("PERMANENTFLAGS")
        flags = b" ".join(one for one in permanent if isinstance(one, bytes))
        self._keyword = b"\\*" in flags or KEYWORD.encode() in flags

    def new(self) -> Iterator[tuple[str, bytes]]:
        """UID and raw message of each that is new, the oldest first."""
        wanted = f"UNKEYWORD {KEYWORD}" if self._keyword else "UNSEEN"
        for uid in self._found(f"({wanted} SINCE {self._since})")[:AT_ONCE]:
            raw = self._fetched(uid)
            if raw is not None:
                yield uid, raw

    def _found(self, criteria: str) -> list[str]:
        kind, answer = self._ask("SEARCH", criteria)
        if kind != "OK":
            raise MailboxError("search refused")
        return [uid for line in answer if isinstance(line, bytes) for uid in line.decode().split() if uid.isdigit()]

    def _fetched(self, uid: str) -> bytes | None:
        """None: gone meanwhile. `PEEK`: what people have not read stays unread."""
        kind, answer = self._ask("FETCH", uid, "(BODY.PEEK[])")
        if kind != "OK":
            raise MailboxError("fetch refused")
        return next((part[1] for part in answer if isinstance(part, tuple) and len(part) == 2), None)

    def done(self, uid: str) -> None:
        """It is stored with us: never again."""
        kind, _ = self._ask("STORE", uid, "+FLAGS.SILENT", f"({KEYWORD if self._keyword else chr(92) + 'Seen'})")
        if kind != "OK":
            raise MailboxError("store refused")

    def _ask(self, command: str, *arguments: str) -> tuple[str, list[bytes | tuple[bytes, bytes]]]:
        try:
            kind, answer = self._server.uid(command, *arguments)
        except imaplib.IMAP4.error as error:
            raise MailboxError(type(error).__name__) from None
        return kind, list(answer)

    def close(self) -> None:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            self._server.logout()


def _quoted(folder: str) -> str:
    return folder if re.fullmatch(r"[A-Za-z0-9._/-]+", folder) else '"' + re.sub(r'(["\\])', r"\\\1", folder) + '"'
