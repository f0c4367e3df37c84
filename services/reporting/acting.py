"""Carrying out what a logged-in seat wants: signed for that seat alone, asked of the router until it is answered."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from nats.aio.client import Client
from nats.errors import Error as NatsError
from pydantic import ValidationError

from services.contracts import subjects
from services.contracts.commands import CommandReply, Refusal, StaffAction, StaffCommand
from services.contracts.tokens import StaffToken
from services.runtime import tokens
from services.runtime.failures import Away
from services.runtime.replies import Replies
from services.web.frame import Clock
from services.web.staff import Staff

PATIENCE = timedelta(seconds=5)
ONE_TRY = 1.5
"""Seconds until the same command is sent again; a repeat gets the first answer."""
TOKEN_LIFE = timedelta(minutes=2)

_NO_ANSWER = "Belum ada jawaban dari sistem. Coba lagi sebentar lagi; perintah yang sama tidak dikerjakan dua kali."


@dataclass(frozen=True)
class Acting:
    """`signing_key`: base64url Ed25519, which the login alone has."""

    connection: Client
    signing_key: str
    clock: Clock

    def signed(self, staff: Staff, command: str, now: datetime) -> str:
        """A token for one command id, for the seat of the session: nothing that the request says can change it."""
        return tokens.sign(self.signing_key, StaffToken(
            city=staff.city.id, seat=staff.seat.id, roles=tuple(staff.seat.roles), area=staff.area, command=command,
            issued_at=now, expires_at=now + TOKEN_LIFE,
        ))  # fmt: skip

    async def act(
        self, staff: Staff, command: str, complaint: str | None, action: StaffAction, expected_n: int | None = None
    ) -> CommandReply:
        """The router's answer; `unavailable` when there was none within five seconds (it may still have been done)."""
        body = StaffCommand(
            id=command, complaint=complaint, expected_n=expected_n, action=action,
            token=self.signed(staff, command, self.clock()),
        )  # fmt: skip
        payload = body.model_dump_json(exclude_none=True).encode()
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE.total_seconds()
        while (left := until - loop.time()) > 0:
            reply = await self._ask(subjects.staff_command(staff.city.id), payload, min(ONE_TRY, left))
            if reply is not None and (reply.refusal is None or reply.refusal.code != "unavailable"):
                return reply
            await asyncio.sleep(min(0.2, max(0.0, until - loop.time())))
        return CommandReply(id=command, refusal=Refusal(code="unavailable", message=_NO_ANSWER))

    async def _ask(self, subject: str, payload: bytes, seconds: float) -> CommandReply | None:
        try:
            answer = await Replies.of(self.connection).ask(subject, payload, seconds)
            return CommandReply.model_validate_json(answer.data)
        except (Away, NatsError, ValidationError, OSError, TimeoutError):
            # Nobody there, or a 503 of the server with an empty body: ask again while there is time.
            return None
