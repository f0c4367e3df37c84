"""What an officer's order is asked of the router: signed for his seat, as the city file gives its roles today."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from nats.aio.client import Client
from nats.errors import Error as NatsError
from pydantic import BaseModel, ValidationError

from services.contracts import subjects
from services.contracts.city import City
from services.contracts.commands import CommandReply, SeatWorkRequest, StaffAction, StaffCommand
from services.contracts.tasks import SeatWork
from services.contracts.tokens import StaffToken
from services.runtime import tokens
from services.runtime.failures import Away
from services.runtime.replies import Replies

M = TypeVar("M", bound=BaseModel)

PATIENCE = 5.0
"""Seconds for one answer; the order itself waits longer and asks again."""
TOKEN_LIFE = timedelta(minutes=2)


class NobodyAnswersError(Exception):
    """The router is away: the order waits."""


@dataclass(frozen=True)
class Asking:
    """`signing_key`: of the chats, which the router takes for a few commands only."""

    connection: Client
    signing_key: str
    clock: Callable[[], datetime]

    async def work(self, city: City, seat: str, message_key: str, complaint: str | None = None) -> SeatWork:
        """What the seat has in hand, surely with `complaint` if it is his. Raises NobodyAnswersError."""
        name = f"work-{message_key}"
        body = SeatWorkRequest(id=name, complaint=complaint, token=self._signed(city, seat, name))
        return await self._ask(subjects.staff_open_work(city.id), body, SeatWork)

    async def act(self, city: City, seat: str, message_key: str, complaint: str, action: StaffAction) -> CommandReply:
        """The same message is the same command for ever. Raises NobodyAnswersError."""
        name = f"chat-{message_key}"
        body = StaffCommand(id=name, complaint=complaint, action=action, token=self._signed(city, seat, name))
        reply = await self._ask(subjects.staff_command(city.id), body, CommandReply)
        if reply.refusal is not None and reply.refusal.code in ("unavailable", "too_many"):
            raise NobodyAnswersError(reply.refusal.code)
        return reply

    def _signed(self, city: City, seat: str, command: str) -> str:
        known, now = city.seats[seat], self.clock()
        token = StaffToken(
            city=city.id,
            seat=seat,
            roles=tuple(known.roles),
            area=(known.area,) if known.area else (),
            command=command,
            issued_at=now,
            expires_at=now + TOKEN_LIFE,
        )
        return tokens.sign(self.signing_key, token)

    async def _ask(self, subject: str, body: BaseModel, answer: type[M]) -> M:
        payload = body.model_dump_json(exclude_none=True).encode()
        try:
            said = await Replies.of(self.connection).ask(subject, payload, PATIENCE)
            return answer.model_validate_json(said.data)
        except (Away, NatsError, ValidationError, OSError, TimeoutError, asyncio.CancelledError) as error:
            if isinstance(error, asyncio.CancelledError) and (task := asyncio.current_task()) and task.cancelling():
                raise
            raise NobodyAnswersError(type(error).__name__) from error
