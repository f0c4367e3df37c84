"""What a story has in hand while it is played, and what is read back of it in the end. Everything from outside."""

import asyncio
import secrets
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import httpx

from services.cli.demo.adapter import Adapter
from services.cli.demo.office import Office
from services.cli.demo.pictures import Scene, draw
from services.cli.demo.staff import Seat
from services.cli.demo.stage import Stage
from services.cli.demo.tell import Voice
from services.cli.demo.told import Told
from services.cli.standins.citizen import Phone
from services.cli.standins.patience import PATIENCE
from services.cli.standins.payloads import Citizen
from services.contracts import tickets

Seen = dict[str, Any]


class StoryFailedError(Exception):
    """Something did not happen as the practice needs it; the sentence says what."""


class Story(ABC):
    """One practice. Subclasses say who takes part and play `run`; `expects` is the end that it must reach."""

    city: ClassVar[str]
    label: ClassVar[str]
    title: ClassVar[str]
    practice: ClassVar[str]
    zone: ClassVar[str] = "Asia/Jakarta"
    expects: ClassVar[str] = "confirmed"
    offices: ClassVar[tuple[str, ...]] = ()
    seats: ClassVar[tuple[str, ...]] = ()
    channels: ClassVar[tuple[str, ...]] = ()

    def __init__(self, stage: Stage, voice: Voice, breath: float) -> None:
        self.stage = stage
        self.voice = voice
        self.told = Told(self.city, self.title)
        self.lets_go = asyncio.Event()
        """Set at the end, or when nothing is left to see but a term that passes."""
        self.someone = f"{secrets.randbelow(10**6):06}"
        """Makes the reporter a new person in each run, so that no earlier chat is gone on with."""
        self.number = f"628110{self.someone}"
        self._breath = breath
        self._drawn = 0
        self._open = AsyncExitStack()
        self._office: dict[str, Office] = {}
        self._seat: dict[str, Seat] = {}
        self._adapter: dict[str, Adapter] = {}

    @abstractmethod
    async def run(self) -> None:
        """The story itself, told as it happens."""

    async def play(self) -> Told:
        """Never raises for what goes wrong in the story: that stands in `told.failure`."""
        async with self._open:
            try:
                await self._prepare()
                self.voice.opens(self.title, self.practice)
                await self.run()
                await self._read_back()
                self._judge()
            except Exception as error:  # noqa: BLE001  # whatever it was, it is how this story ended; the others go on
                self.told.failure = f"{type(error).__name__}: {error}"
                self.voice.ends(f"Cerita ini tidak sampai ke akhirnya: {self.told.failure}", good=False)
            finally:
                self.lets_go.set()
        return self.told

    async def _prepare(self) -> None:
        """Everybody is at work before the first word comes in."""
        names = [
            *(f"agency:{self.city}:{o}" for o in self.offices), *(f"staff:{self.city}:{s}" for s in self.seats),
            *(f"adapter:{self.city}:{c}" for c in self.channels),
        ]  # fmt: skip
        given = {name: self.stage.credentials(name) for name in names}
        for name in self.offices:
            office = Office(name, given[f"agency:{self.city}:{name}"])
            self._office[name] = await self._open.enter_async_context(office)
        for name in self.channels:
            adapter = Adapter(given[f"adapter:{self.city}:{name}"])
            self._adapter[name] = await self._open.enter_async_context(adapter)
        for name in self.seats:
            seat = Seat(name, given[f"staff:{self.city}:{name}"])
            self._seat[name] = await self._open.enter_async_context(seat)
        await asyncio.gather(*(seat.enter() for seat in self._seat.values()))

    # who takes part

    async def phone(self, business_number: str, name: str, which: int = 0) -> Phone:
        """A person of that name who writes to this number of the city; the first has `self.number`."""
        who = Citizen(f"62811{which}{self.someone}", name)
        return await self._open.enter_async_context(Phone(self.stage.standin_url, business_number, who))

    def office(self, name: str) -> Office:
        return self._office[name]

    def seat(self, name: str) -> Seat:
        return self._seat[name]

    def adapter(self, channel: str) -> Adapter:
        return self._adapter[channel]

    def picture(self, scene: Scene) -> bytes:
        """Never the same twice: of another place each time, in each run."""
        self._drawn += 1
        return draw(scene, f"{self.city}/{self.someone}/{self._drawn}")

    # the pace

    async def breathe(self) -> None:
        """Time to read, where somebody watches."""
        if self._breath:
            await asyncio.sleep(self._breath)

    def in_days(self, days: float) -> str:
        """A moment so many days of the shortened time from now, for dates that people name themselves."""
        return (datetime.now(UTC) + timedelta(seconds=days * self.stage.day)).isoformat()

    # reading from outside

    def received(self, acknowledgement: str) -> None:
        """The ticket as the reporter got it."""
        ticket = tickets.find(acknowledgement)
        self.check(ticket is not None, f"no ticket in {acknowledgement!r}")
        self.told.ticket = ticket or ""
        self.told.state = "received"

    async def until(self, look: Callable[[], Awaitable[Any]], what: str, patience: float = PATIENCE) -> Any:
        """What `look` returns once it is something. StoryFailedError after `patience` seconds."""
        ends = time.monotonic() + patience
        while True:
            try:
                seen = await look()
            except (httpx.HTTPStatusError, httpx.TransportError) as error:
                seen, what_else = None, f" ({error})"
            else:
                what_else = ""
            if seen:
                return seen
            if time.monotonic() > ends:
                raise StoryFailedError(f"{what}: not within {patience:.0f} s{what_else}")
            await asyncio.sleep(0.15)

    async def case(self, seat: Seat, what: str, wanted: Callable[[Seen], bool], patience: float = PATIENCE) -> Seen:
        """The complaint's page as this seat sees it, once it is as wanted."""

        async def look() -> Seen | None:
            seen = await seat.case(self.told.ticket)
            return seen if wanted(seen) else None

        found: Seen = await self.until(look, what, patience)
        return found

    def check(self, holds: bool, what: str) -> None:
        """Raises StoryFailedError with `what` unless it holds."""
        if not holds:
            raise StoryFailedError(what)

    def done(self, reply: Seen, what: str) -> Seen:
        """A command's reply that must not be a refusal."""
        self.check(not reply.get("refusal"), f"{what} was refused: {reply.get('refusal')}")
        return reply

    def refusal(self, reply: Seen, code: str, what: str) -> str:
        refused = reply.get("refusal") or {}
        self.check(refused.get("code") == code, f"{what} should have been refused with {code}: {reply}")
        return str(refused["message"])

    async def keep_messages(self, phone: Phone) -> None:
        self.told.messages = [
            {"at": datetime.fromtimestamp(m["at"], UTC).isoformat(), "text": m["text"]} for m in await phone.messages()
        ]

    def keep_sent(self, adapter: Adapter, to: str) -> None:
        self.told.messages = [
            {"at": datetime.fromtimestamp(m["at"], UTC).isoformat(), "text": m["text"]}
            for m in adapter.arrived
            if m["to"] == to
        ]

    async def tracking(self) -> Seen:
        """The public page by ticket code, as anybody sees it."""
        async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
            answer = await client.get(self.public_url(), headers={"accept": "application/json"})
            answer.raise_for_status()
            seen: Seen = answer.json()
            return seen

    def public_url(self) -> str:
        return f"{self.stage.public_url}/lacak/{self.told.ticket}"

    async def ended(self, patience: float = PATIENCE) -> Seen:
        """The public page once the complaint has come to its end."""

        async def look() -> Seen | None:
            seen = await self.tracking()
            return seen if seen.get("ended") else None

        seen: Seen = await self.until(look, f"{self.told.ticket} comes to its end", patience)
        return seen

    async def _read_back(self) -> None:
        life = await self.stage.life(self.told.ticket)
        self.told.events = [{"type": e["type"], "n": e["n"], "at": e["at"]} for e in life]
        self.told.traces = list(dict.fromkeys(e["trace"] for e in life if e["trace"]))

    def _judge(self) -> None:
        numbers = [e["n"] for e in self.told.events]
        self.check(numbers == list(range(1, len(numbers) + 1)), f"events have a gap: {numbers}")
        self.check(self.told.state == self.expects, f"ended as {self.told.state}, not {self.expects}")
        self.check(bool(self.told.messages), "the reporter heard nothing")
