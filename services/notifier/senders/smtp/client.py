"""Sends one e-mail and says what became of it.

RFC 5321 and 6409 (submission), 5322 (the message), 3834 (`Auto-Submitted`, so that no machine answers it), 3461 (a
server that knows DSN is asked to tell of failures and delays, with our notice as envelope id). smtplib speaks the
protocol step by step in a thread: which step broke decides between "certainly not sent" and "nobody knows".
The Message-ID is made of the notice, so a repeat is recognised by whoever keeps mail.
"""

import asyncio
import contextlib
import smtplib
import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from services.contracts.city.gateways import MailServer
from services.contracts.email_ids import message_id
from services.notifier.senders.smtp import codes
from services.notifier.sending import Accepted, Lost, NotReached, Outcome, Outgoing, Passing, Slow, Stopped

SECONDS = 30.0
"""For each word of the server."""

WHOLE_SECONDS = 75.0
"""For the whole talk; shorter than a claim's lease."""


class Smtp:
    """One mail server of one city."""

    def __init__(
        self,
        server: MailServer,
        *,
        seconds: float = SECONDS,
        whole: float = WHOLE_SECONDS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._seconds = seconds
        self._whole = whole
        self._clock = clock
        self._context = context
        self._ending: set[asyncio.Task[None]] = set()

    async def send(self, outgoing: Outgoing) -> Outcome:
        """`Lost` when the connection broke after the message was handed over and before the server's word."""
        try:
            message = compose(self._server, outgoing, self._clock())
        except ValueError:  # a line break in the address
            return NotReached("no_mailbox", "unspeakable")
        known: list[smtplib.SMTP] = []
        talk = asyncio.ensure_future(asyncio.to_thread(self._send, outgoing.to, message, outgoing.notice, known))
        done, _ = await asyncio.wait({talk}, timeout=self._whole)
        if done:
            return talk.result()
        ending = asyncio.create_task(_end(talk, known))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)
        return Lost("timeout")

    def _send(self, to: str, message: bytes, notice: str, known: list[smtplib.SMTP]) -> Outcome:
        handed_over = False
        try:
            session = self._connected(known)
        except smtplib.SMTPConnectError as error:
            return Slow(10, whole=True, code=str(error.smtp_code), away=True)
        except smtplib.SMTPResponseException as error:
            return codes.of_session(error.smtp_code, _text(error.smtp_error))
        except (smtplib.SMTPNotSupportedError, ssl.SSLError) as error:
            return Stopped(type(error).__name__)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            return Slow(5, whole=True, code=type(error).__name__, away=True)
        try:
            dsn = session.has_extn("dsn")
            code, reply = session.mail(self._server.sender, ["RET=HDRS", f"ENVID={notice}"] if dsn else [])
            if code != 250:
                return codes.of_session(code, _text(reply))
            code, reply = session.rcpt(to, ["NOTIFY=FAILURE,DELAY"] if dsn else [])
            if code not in (250, 251):
                return codes.outcome(code, _text(reply))
            handed_over = True
            code, reply = session.data(message)
            return (
                Accepted(message_id(notice, domain(self._server))) if code == 250 else codes.outcome(code, _text(reply))
            )
        except smtplib.SMTPResponseException as error:  # DATA itself was refused: nothing was handed over
            return codes.outcome(error.smtp_code, _text(error.smtp_error))
        except (OSError, smtplib.SMTPException) as error:
            return Lost(type(error).__name__) if handed_over else Passing(type(error).__name__)
        except ValueError:  # no server could be told this address: letters beyond ASCII, a line break
            return NotReached("no_mailbox", "unspeakable")
        finally:
            _leave(session)  # whatever is said to our farewell, what became of the message is known

    def _connected(self, known: list[smtplib.SMTP]) -> smtplib.SMTP:
        """Greeted, encrypted and logged in."""
        server = self._server
        context = self._context or ssl.create_default_context()
        if server.security == "tls":
            session: smtplib.SMTP = _Encrypted(known, server.host, server.port, timeout=self._seconds, context=context)
        else:
            session = _Plain(known, server.host, server.port, timeout=self._seconds)
        try:
            if server.security == "starttls":
                session.starttls(context=context)
            if server.user:
                session.login(server.user, server.password)
            session.ehlo_or_helo_if_needed()
        except BaseException:
            session.close()
            raise
        return session


class _Plain(smtplib.SMTP):
    """Known before it has said a word, so that whoever loses patience can end it."""

    def __init__(self, known: list[smtplib.SMTP], host: str, port: int, **given: Any) -> None:
        known.append(self)
        super().__init__(host, port, **given)


class _Encrypted(smtplib.SMTP_SSL):
    def __init__(self, known: list[smtplib.SMTP], host: str, port: int, **given: Any) -> None:
        known.append(self)
        super().__init__(host, port, **given)


def _leave(session: smtplib.SMTP) -> None:
    with contextlib.suppress(OSError, smtplib.SMTPException):
        session.quit()
    session.close()


async def _end(talk: asyncio.Future[Outcome], known: list[smtplib.SMTP]) -> None:
    """A server that says a letter a minute keeps within every single limit: its talk is ended from here, also if the
    connection is only just being made, so that it keeps no thread."""
    while not talk.done():
        for session in known:
            with contextlib.suppress(OSError, AttributeError):
                session.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]  # None while it connects
        await asyncio.wait({talk}, timeout=0.5)


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply


def domain(server: MailServer) -> str:
    return server.sender.rpartition("@")[2] or "localhost"


def compose(server: MailServer, outgoing: Outgoing, now: datetime) -> bytes:
    """As it goes over the wire. The subject holds ticket and step only: it shows on a lock screen."""
    message = EmailMessage(policy=SMTP)
    user, _, host = server.sender.rpartition("@")
    message["From"] = Address(f"Pengaduan {outgoing.city}".strip(), user, host)
    message["To"] = outgoing.to
    message["Subject"] = subject(outgoing)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(outgoing.notice, domain(server))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{words(outgoing)}\n")
    return message.as_bytes()


def subject(outgoing: Outgoing) -> str:
    """Ticket and step."""
    line = " ".join(outgoing.rendered.line.split()).rstrip(".")
    return f"Laporan {outgoing.ticket}: {line}"[:200]


def words(outgoing: Outgoing) -> str:
    """A mail has no buttons: their words can be typed."""
    said = [outgoing.rendered.text]
    if outgoing.rendered.buttons:
        labels = " atau ".join(label for _, label in outgoing.rendered.buttons)
        said.append(f"Balas surel ini dengan kata {labels}.")
    if outgoing.page:
        said.append(outgoing.page)
    return "\n\n".join(said)
