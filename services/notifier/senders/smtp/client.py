"""Sends one e-mail and says what became of it.

RFC 5321 and 6409 (submission), 5322 (the message), 3834 (`Auto-Submitted`, so that no machine answers it), 3461 (a
server that knows DSN is asked to tell of failures and delays, with our notice as envelope id). smtplib speaks the
protocol step by step in a thread: which step broke decides between "certainly not sent" and "nobody knows".
The Message-ID is made of the notice, so a repeat is recognised by whoever keeps mail.
"""

import asyncio
import smtplib
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from services.contracts.city.gateways import MailServer
from services.contracts.email_ids import message_id
from services.notifier.senders.smtp import codes
from services.notifier.sending import Accepted, Lost, Outcome, Outgoing, Passing, Slow, Stopped

SECONDS = 30.0


class Smtp:
    """One mail server of one city."""

    def __init__(
        self,
        server: MailServer,
        *,
        seconds: float = SECONDS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._seconds = seconds
        self._clock = clock
        self._context = context

    async def send(self, outgoing: Outgoing) -> Outcome:
        """`Lost` when the connection broke after the message was handed over and before the server's word."""
        message = compose(self._server, outgoing, self._clock())
        return await asyncio.to_thread(self._send, outgoing.to, message, outgoing.notice)

    def _send(self, to: str, message: bytes, notice: str) -> Outcome:
        handed_over = False
        try:
            with self._connected() as session:
                session.ehlo_or_helo_if_needed()
                dsn = session.has_extn("dsn")
                options = ["RET=HDRS", f"ENVID={notice}"] if dsn else []
                code, reply = session.mail(self._server.sender, options)
                if code != 250:
                    return codes.outcome(code, reply.decode("utf-8", "replace"))
                code, reply = session.rcpt(to, ["NOTIFY=FAILURE,DELAY"] if dsn else [])
                if code not in (250, 251):
                    return codes.outcome(code, reply.decode("utf-8", "replace"))
                handed_over = True
                code, reply = session.data(message)
                if code != 250:
                    return codes.outcome(code, reply.decode("utf-8", "replace"))
        except smtplib.SMTPDataError as error:
            return codes.outcome(error.smtp_code, _text(error.smtp_error))
        except smtplib.SMTPConnectError as error:
            return Slow(10, whole=True, code=str(error.smtp_code), away=True)
        except smtplib.SMTPResponseException as error:
            return codes.outcome(error.smtp_code, _text(error.smtp_error))
        except (smtplib.SMTPNotSupportedError, ssl.SSLError) as error:
            return Stopped(type(error).__name__)
        except (OSError, smtplib.SMTPException) as error:
            if handed_over:
                return Lost(type(error).__name__)
            if isinstance(error, smtplib.SMTPServerDisconnected):
                return Passing(type(error).__name__)
            return Slow(5, whole=True, code=type(error).__name__, away=True)
        return Accepted(message_id(notice, domain(self._server)))

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            session: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._seconds, context=self._context or ssl.create_default_context()
            )
        else:
            session = smtplib.SMTP(server.host, server.port, timeout=self._seconds)
        try:
            if server.security == "starttls":
                session.starttls(context=self._context or ssl.create_default_context())
            if server.user:
                session.login(server.user, server.password)
        except BaseException:
            session.close()
            raise
        return session


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
