"""Stand-in of a mail server, as tests hold it: enough of RFC 5321 to take messages, and to refuse them in every way.

It speaks EHLO with DSN (RFC 3461), MAIL, RCPT, DATA, RSET, NOOP and QUIT. What it took stands in `arrived`.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default


@dataclass(frozen=True)
class Sent:
    sender: str
    to: str
    message: Message


@dataclass
class MailServer:
    """`refuse`: command (`MAIL`, `RCPT`, `DATA`, `.` for the end of the data) → reply, for one address or all (`*`)."""

    arrived: list[Sent] = field(default_factory=list)
    refuse: dict[tuple[str, str], str] = field(default_factory=dict)
    vanish_after_data: int = 0
    """So many messages are taken, and the connection breaks before the word of it."""
    connections: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._session(reader, writer)
        writer.close()

    async def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(*lines: str) -> None:
            writer.write("".join(f"{line}\r\n" for line in lines).encode())
            await writer.drain()

        await say("220 mail.contoh.test ESMTP")
        sender = to = ""
        while (line := (await reader.readline()).decode("utf-8", "replace").strip()) != "":
            verb, _, rest = line.partition(" ")
            verb = verb.upper()
            if verb == "RCPT":
                to = _address(rest)
            refusal = self.refuse.get((verb, to)) or self.refuse.get((verb, "*"))
            if refusal is not None:
                await say(refusal)
            elif verb == "EHLO":
                await say("250-mail.contoh.test", "250-8BITMIME", "250-ENHANCEDSTATUSCODES", "250 DSN")
            elif verb == "MAIL":
                sender = _address(rest)
                await say("250 2.1.0 Ok")
            elif verb == "DATA":
                await say("354 End data with <CR><LF>.<CR><LF>")
                raw = (await reader.readuntil(b"\r\n.\r\n"))[:-5].replace(b"\r\n..", b"\r\n.")
                end = self.refuse.get((".", to)) or self.refuse.get((".", "*"))
                if end is not None:
                    await say(end)
                    continue
                self.arrived.append(Sent(sender, to, message_from_bytes(raw, policy=default)))
                if self.vanish_after_data > 0:
                    self.vanish_after_data -= 1
                    return
                await say("250 2.0.0 Ok: queued")
            elif verb == "QUIT":
                await say("221 2.0.0 Bye")
                return
            else:
                await say("250 2.0.0 Ok")


def _address(rest: str) -> str:
    return rest.partition("<")[2].partition(">")[0]


@asynccontextmanager
async def running(server: MailServer) -> AsyncIterator[int]:
    """Its port on loopback."""
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    async with listening:
        yield listening.sockets[0].getsockname()[1]
