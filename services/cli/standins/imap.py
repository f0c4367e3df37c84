"""Stand-in of an IMAP4rev1 server (RFC 3501), one mailbox, as tests hold it: what Python's own client asks for.

LOGIN, SELECT, UID SEARCH with `UNKEYWORD`, `UNSEEN` and `SINCE` (sections 6.4.4), UID FETCH of `BODY.PEEK[]` and
`BODY[]` (which sets \\Seen), UID STORE `+FLAGS(.SILENT)`, NOOP, LOGOUT; everything else is BAD, as servers say it.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass
class Kept:
    raw: bytes
    arrived: date
    flags: set[str] = field(default_factory=set)


@dataclass
class Mailbox:
    """`keywords`: whether the server keeps flags of clients' own making. `break_next`: so many connections are cut in
    the middle of a FETCH."""

    user: str = "pengaduan@kota.example"
    password: str = "rahasia"  # noqa: S105  # the stand-in's
    keywords: bool = True
    letters: dict[int, Kept] = field(default_factory=dict)
    break_next: int = 0
    asked: list[str] = field(default_factory=list)

    def arrive(self, raw: bytes, on: date | None = None, uid: int | None = None) -> int:
        uid = uid or max(self.letters, default=0) + 1
        self.letters[uid] = Kept(raw, on or date.today())  # noqa: DTZ011  # the server's own day
        return uid


class _Session:
    def __init__(self, box: Mailbox, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._box, self._reader, self._writer = box, reader, writer

    async def run(self) -> None:
        self._say("* OK ready")
        try:
            while line := await self._reader.readline():
                tag, _, rest = line.decode().rstrip("\r\n").partition(" ")
                self._box.asked.append(rest.partition(" ")[0] if rest.upper().startswith("LOGIN") else rest)
                if not await self._answer(tag, rest):
                    break
                await self._writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._writer.close()

    def _say(self, line: str | bytes) -> None:
        self._writer.write((line if isinstance(line, bytes) else line.encode()) + b"\r\n")

    async def _answer(self, tag: str, asked: str) -> bool:
        """False: the connection ends."""
        words = asked.split()
        command = words[0].upper() if words else ""
        if command == "UID" and len(words) > 1:
            return self._uid(tag, words[1].upper(), asked.split(maxsplit=2)[2])
        match command:
            case "CAPABILITY":
                self._say("* CAPABILITY IMAP4rev1")
            case "LOGIN":
                given = [one.strip('"') for one in words[1:3]]
                if given != [self._box.user, self._box.password]:
                    self._say(f"{tag} NO [AUTHENTICATIONFAILED] Invalid credentials")
                    return True
            case "SELECT":
                own = " \\*" if self._box.keywords else ""
                self._say(f"* {len(self._box.letters)} EXISTS")
                self._say("* FLAGS (\\Seen \\Deleted)")
                self._say(f"* OK [PERMANENTFLAGS (\\Seen \\Deleted{own})] Limited")
                self._say("* OK [UIDVALIDITY 1] Ok")
            case "NOOP":
                pass
            case "LOGOUT":
                self._say("* BYE")
                self._say(f"{tag} OK done")
                return False
            case _:
                self._say(f"{tag} BAD unknown command")
                return True
        self._say(f"{tag} OK done")
        return True

    def _uid(self, tag: str, command: str, rest: str) -> bool:
        if command == "SEARCH":
            found = " ".join(str(uid) for uid, one in sorted(self._box.letters.items()) if _fits(one, rest))
            self._say(f"* SEARCH {found}".rstrip())
        elif command in ("FETCH", "STORE"):
            uid, _, what = rest.partition(" ")
            kept = self._box.letters.get(int(uid))
            if kept is not None and command == "FETCH" and not self._fetch(int(uid), kept, what):
                return False
            if kept is not None and command == "STORE":
                kept.flags |= set(re.findall(r"\\?[A-Za-z]+", what.partition(" ")[2]))
        else:
            self._say(f"{tag} BAD unknown command")
            return True
        self._say(f"{tag} OK done")
        return True

    def _fetch(self, uid: int, kept: Kept, what: str) -> bool:
        if self._box.break_next > 0:
            self._box.break_next -= 1
            self._writer.write(f"* 1 FETCH (UID {uid} BODY[] {{{len(kept.raw)}}}\r\n".encode() + kept.raw[:10])
            return False
        if "PEEK" not in what:
            kept.flags.add("\\Seen")
        head = f"* 1 FETCH (UID {uid} BODY[] {{{len(kept.raw)}}}\r\n".encode()
        self._say(head + kept.raw + b")")
        return True


def _fits(one: Kept, criteria: str) -> bool:
    words = criteria.strip("()").split()
    for number, word in enumerate(words):
        if word == "UNSEEN" and "\\Seen" in one.flags:
            return False
        if word == "UNKEYWORD" and words[number + 1] in one.flags:
            return False
        if word == "SINCE":
            day, month, year = words[number + 1].split("-")
            if one.arrived < date(int(year), _MONTHS.index(month) + 1, int(day)):
                return False
    return True


@asynccontextmanager
async def serving(box: Mailbox) -> AsyncIterator[int]:
    """The port on loopback."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _Session(box, reader, writer).run()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
