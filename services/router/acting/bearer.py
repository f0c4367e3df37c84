"""Who sends a staff command, as its token says.

Two logins sign: that of the console, and the door, which knows an officer by his confirmed number. A number can be
stolen with the phone, so what the door signs is good for the few things that a chat is for, and for nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.contracts.city import City
from services.contracts.commands import Refusal
from services.contracts.officers import COMMANDS
from services.contracts.tokens import StaffToken
from services.router.acting import refusals
from services.router.acting.permissions import Who
from services.runtime import tokens

OPEN_WORK = "open_work"


@dataclass(frozen=True, slots=True)
class Bearers:
    """`login`, `chat`: public keys; without one nobody comes that way."""

    login: str
    chat: str
    clock: Callable[[], datetime]

    def who(self, city: City, token: str, *, command: str, do: str) -> Who | Refusal:
        for key, allowed in ((self.login, None), (self.chat, COMMANDS | {OPEN_WORK})):
            if not key:
                continue
            try:
                found = tokens.verify(key, token, command=command, at=self.clock())
            except tokens.TokenExpired:
                return refusals.TOKEN_EXPIRED
            except tokens.TokenInvalid:
                continue
            if allowed is not None and do not in allowed:
                return refusals.NOT_IN_A_CHAT
            return _in(city, found)
        return refusals.TOKEN_INVALID


def _in(city: City, token: StaffToken) -> Who | Refusal:
    return Who(token.seat, frozenset(token.roles), token.area) if token.city == city.id else refusals.TOKEN_INVALID
