"""The router's surroundings on real parts: a reporter who writes, offices and staff who act, a clock to put forward."""

import asyncio
import itertools
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from nats.aio.client import Client

from services.cli.provision import accounts, facts
from services.complaint.aggregate import COMPLAINT
from services.complaint.commands import (
    AddMessage,
    AttachEvidence,
    Command,
    Merge,
    OpenComplaint,
    SayDone,
    SayNotDone,
)
from services.complaint.events import ComplaintAssigned, Event, Message
from services.complaint.state import State
from services.contracts import ids, subjects
from services.contracts.base import Confidentiality
from services.contracts.city.policy import Policy
from services.contracts.commands import CommandReply
from services.contracts.envelope import Recorded
from services.contracts.tasks import SeatWork, Task
from services.contracts.tokens import Role, StaffToken
from services.runtime import cities, postgres, tokens
from services.runtime.deciding import Decided, Decider
from services.runtime.log import Log
from services.runtime.sealing import MasterKey, seal, unseal
from services.runtime.vault import Vault
from tests.conftest import Stack

T = TypeVar("T")

PATIENCE = 30.0
_numbers = itertools.count(1)
_versions = itertools.count(100)


@dataclass
class MovingClock:
    """Now, and what tests have added to it."""

    ahead: timedelta = timedelta()
    stands_at: datetime | None = None
    """Where it stands still."""

    def __call__(self) -> datetime:
        return self.stands_at or datetime.now(UTC) + self.ahead


@dataclass
class Town:
    """What stands around the router in a test."""

    stack: Stack
    clock: MovingClock
    intake: Client
    vault: Vault
    deciding: Decider[State, Command, Event]
    signing_key: str
    router: "asyncio.Task[None] | None" = None
    """The router that runs here for all, if one does."""
    _open: list[Client] = field(default_factory=list)

    @classmethod
    async def make(cls, stack: Stack, clock: MovingClock) -> "Town":
        intake = await stack.connect("intake")
        pool = await postgres.pool(stack.installation.vault_url("tuntas_intake"))
        vault = Vault(pool, MasterKey.load(stack.installation.keeper.master_key_file))
        deciding = Decider(Log(intake, subjects.COMPLAINTS), COMPLAINT, subjects.complaint, vault, clock)
        return cls(stack, clock, intake, vault, deciding, stack.installation.secrets.staff_token_private)

    async def hear(
        self,
        city: str,
        text: str | None,
        *,
        complaint: str | None = None,
        pin: tuple[float, float] | None = None,
        confidentiality: Confidentiality = "normal",
        first_level: str | None = None,
        session: str | None = None,
        door: str = "whatsapp",
        voice: bool = False,
        as_: type[AddMessage] | type[SayNotDone] = AddMessage,
    ) -> str:
        """A reporter's message as intake would store it; opens a complaint unless one is named. Its id."""
        key = await self.vault.id_key(city)
        number = next(_numbers)
        cause = ids.message_key(key, city, "whatsapp", f"test-{self.clock().timestamp()}-{number}")
        owner = complaint or ids.complaint_id(key, city, "whatsapp", cause)
        data_key = (await self.vault.make_keys([(owner, "reporter:1")]))[owner, "reporter:1"]
        place = None if pin is None else json.dumps({"latitude": pin[0], "longitude": pin[1], "label": None})
        message = Message(
            channel="whatsapp",
            door=door,
            form="voice" if voice else "text",
            media=int(voice),
            text=None if text is None else seal(data_key, cause, "text", text),
            place=None if place is None else seal(data_key, cause, "place", place),
        )
        command: Command
        if complaint is None:
            command = OpenComplaint(
                cause=cause,
                ticket=f"TST-{number:08}-X",
                reporter="reporter:1",
                message=message,
                confidentiality=confidentiality,
                first_level=first_level,
                session=session,
                reachable=None if session is None else False,
            )
        else:
            command = as_(cause=cause, party="reporter:1", message=message)
        outcome = await self.deciding.execute(
            city, owner, command, cause=cause, actor="reporter:1", at=self.clock(), fresh=complaint is None
        )
        assert isinstance(outcome, Decided)
        return owner

    async def events(self, city: str, complaint: str) -> list[Recorded[Event]]:
        return (await self.deciding.load(city, complaint))[1]

    async def until(self, city: str, complaint: str, type_: str, times: int = 1) -> list[Recorded[Event]]:
        """Every event, once there are `times` of this type."""

        async def enough() -> list[Recorded[Event]] | None:
            found = await self.events(city, complaint)
            return found if sum(event.type == type_ for event in found) >= times else None

        return await eventually(enough, f"{type_} in {complaint}")

    async def task(self, city: str, seat: str, complaint: str, at_least: int = 1) -> Task:
        """The current message in the office's queue, once it has this `n`."""
        admin = await self._admin()
        subject = subjects.agency_task(city, seat, complaint)

        async def there() -> Task | None:
            answer = await admin.request(f"$JS.API.DIRECT.GET.AGENCY.{subject}", b"", timeout=30)
            if not answer.data:
                return None
            found = Task.model_validate_json(answer.data)
            return found if found.n >= at_least else None

        return await eventually(there, subject)

    async def no_task(self, city: str, seat: str, complaint: str) -> bool:
        answer = await (await self._admin()).request(
            f"$JS.API.DIRECT.GET.AGENCY.{subjects.agency_task(city, seat, complaint)}", b"", timeout=2
        )
        return not answer.data

    async def _admin(self) -> Client:
        if not self._open:
            self._open.append(await self.stack.connect())
        return self._open[0]

    async def agency(self, city: str, agency: str, complaint: str, **action: Any) -> CommandReply:
        """As an agency's program: with its own credentials, on its own subject."""
        number = action.pop("id", None) or f"a-{next(_numbers)}-{self.clock().timestamp()}"
        expected_n = action.pop("expected_n", None)
        body = {"id": number, "complaint": complaint, "action": action, "officer": "Bapak Contoh"}
        if expected_n is not None:
            body["expected_n"] = expected_n
        client = await self.stack.connect(accounts.agency_user(city, agency))
        try:
            answer = await client.request(subjects.agency_command(city, agency), json.dumps(body).encode(), timeout=30)
        finally:
            await client.close()
        return CommandReply.model_validate_json(answer.data)

    async def staff(
        self,
        city: str,
        seat: str,
        roles: tuple[Role, ...],
        complaint: str | None,
        *,
        area: tuple[str, ...] = (),
        **action: Any,
    ) -> CommandReply:
        """As the console sends it: with a token signed for this command."""
        number = action.pop("id", None) or f"s-{next(_numbers)}-{self.clock().timestamp()}"
        valid = action.pop("valid", timedelta(minutes=2))
        if "to_seat" in action:  # `seat` is who acts here
            action["seat"] = action.pop("to_seat")
        token = self._token(city, seat, number, roles=roles, area=area, valid=valid)
        body = {"id": number, "complaint": complaint, "action": action, "token": token}
        return CommandReply.model_validate_json(await self._asked("reporting", subjects.staff_command(city), body))

    async def work_of(self, city: str, seat: str, roles: tuple[Role, ...], complaint: str) -> SeatWork:
        """What an officer has in hand, asked because he spoke of `complaint`."""
        number = f"w-{next(_numbers)}"
        token = self._token(city, seat, number, roles=roles)
        body = {"id": number, "complaint": complaint, "token": token}
        return SeatWork.model_validate_json(await self._asked("intake", subjects.staff_open_work(city), body))

    def _token(
        self, city: str, seat: str, command: str, *, roles: tuple[Role, ...], area: tuple[str, ...] = (),
        valid: timedelta = timedelta(minutes=2),
    ) -> str:  # fmt: skip
        now = self.clock()
        token = StaffToken(
            city=city, seat=seat, roles=roles, area=area, command=command, issued_at=now - timedelta(minutes=5),
            expires_at=now + valid,
        )  # fmt: skip
        return tokens.sign(self.signing_key, token)

    async def _asked(self, service: str, subject: str, body: dict[str, Any]) -> bytes:
        client = await self.stack.connect(service)
        try:
            return (await client.request(subject, json.dumps(body).encode(), timeout=30)).data
        finally:
            await client.close()

    async def upload(
        self,
        city: str = "bengkulu",
        *,
        fingerprint: int | None = None,
        digest: str | None = None,
        place: tuple[float, float] | None = None,
        taken: datetime | None = None,
        of: str | None = None,
    ) -> str:
        """A file as intake would have kept it. `of`: sent by the reporter of that complaint, not by an office."""
        reference = ids.derive(b"test", "upload", secrets.token_hex(8))
        key = MasterKey.load(self.stack.installation.keeper.master_key_file).derived("upload")
        pin = None if place is None else json.dumps({"latitude": place[0], "longitude": place[1]})
        sealed = None if pin is None else seal(key, reference, "place", pin)
        kept = secrets.randbits(64) if fingerprint is None else fingerprint
        async with self.vault._pool.acquire() as connection:
            if of is None:
                await connection.execute(
                    "insert into intake.upload (reference, city, uploader, content_type, size, place, taken_at) "
                    "values ($1, $2, 'agency:dlh', 'image/jpeg', 1, $3, $4)",
                    reference, city, sealed, taken.isoformat() if taken else None,
                )  # fmt: skip
            await connection.execute(
                "insert into intake.picture (reference, city, complaint, party, digest, hash) "
                "values ($1, $2, $3, $4, $5, $6)",
                reference, city, of, None if of is None else "reporter:1", digest or reference,
                (kept ^ 1 << 63) - (1 << 63),
            )  # fmt: skip
        return reference

    async def attach(self, city: str, complaint: str) -> str:
        """A picture of the reporter, as intake attaches it."""
        key = await self.vault.id_key(city)
        media = ids.derive(key, "blob", secrets.token_hex(8))
        cause = ids.derive(key, "evidence", media)
        command = AttachEvidence(cause=cause, party="reporter:1", media=media, content_type="image/jpeg", size=1)
        await self.deciding.execute(city, complaint, command, cause=cause, actor="service:intake", at=self.clock())
        return media

    async def opened(self, complaint: str, cause: str, field: str, sealed: str) -> str:
        """What an office said."""
        key = (await self.vault.keys([(complaint, "handling")]))[complaint, "handling"]
        return unseal(key, cause, field, sealed)

    @asynccontextmanager
    async def under(self, city: str = "bengkulu", **rules: object) -> AsyncIterator[None]:
        """The city under other rules for a while: two new versions of its policy, put in force as an operator does."""
        before = self.stack.cities[city].policy.model_dump()
        await self._put_in_force(city, {**before, **rules})
        try:
            yield
        finally:
            await self._put_in_force(city, before)

    async def _put_in_force(self, city: str, policy: dict[str, object]) -> None:
        version = next(_versions)
        made = cities.remade(self.stack.cities[city], policy=Policy.model_validate({**policy, "version": version}))
        await facts.policies(await self._admin(), {city: await self.vault.id_key(city)}, [made], self.clock)

        async def decides() -> bool | None:
            complaint = await self.hear(city, "tolong pak ada rumah terbakar di padang harapan, api membesar")
            events = await self.until(city, complaint, "complaint.assigned")
            by = [event.data.policy for event in events if isinstance(event.data, ComplaintAssigned)]
            return True if by == [version] else None

        await eventually(decides, f"policy {version}")

    async def screen(self, city: str, complaint: str, **given: Any) -> CommandReply:
        team = "tim-teknis" if city == "pekanbaru" else "tim-saring"
        action = {"do": "screen", "kind": "complaint", "category": "garbage", "function": "environment", **given}
        return await self.staff(city, team, ("screener", "coordinator"), complaint, **action)

    async def done(self, city: str, complaint: str) -> None:
        """SUDAH of the reporter."""
        key = await self.vault.id_key(city)
        cause = ids.message_key(key, city, "whatsapp", f"done-{next(_numbers)}-{self.clock().timestamp()}")
        message = Message(channel="whatsapp", door="whatsapp", form="text")
        command = SayDone(cause=cause, party="reporter:1", message=message)
        outcome = await self.deciding.execute(city, complaint, command, cause=cause, actor="reporter:1")
        assert isinstance(outcome, Decided)

    async def merge_behind(self, city: str, complaint: str, into: str) -> None:
        """A merge that nobody checked: the decision in the one stream alone."""
        key = await self.vault.id_key(city)
        cause = ids.command_key(key, city, "seat:test", f"merge-{next(_numbers)}-{self.clock().timestamp()}")
        command = Merge(cause=cause, itself=complaint, into=into, by="person")
        outcome = await self.deciding.execute(city, complaint, command, cause=cause, actor="seat:test")
        assert isinstance(outcome, Decided)

    async def close(self) -> None:
        for client in (self.intake, *self._open):
            await client.close()


async def eventually(look: Callable[[], Awaitable[T | None]], what: str, patience: float = PATIENCE) -> T:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience
    while loop.time() < deadline:
        found = await look()
        if found is not None:
            return found
        await asyncio.sleep(0.03)
    raise AssertionError(f"not within {patience} s: {what}")
