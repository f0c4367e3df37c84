"""How a city sends: which ways it tries after each other, what they cost, and what it spends on them in a day."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from services.contracts.base import Received, Token

Rung = Literal["free", "template", "private", "public", "sms", "email", "call"]
"""free text in an open chat · approved template · private reply to a comment · public reply · SMS · e-mail · a person
of the desk calls."""

LADDERS: Mapping[str, tuple[Rung, ...]] = {
    "whatsapp": ("free", "template", "sms", "email", "call"),
    "facebook": ("free", "private", "public", "sms", "email", "call"),
    "instagram": ("free", "private", "public", "sms", "email", "call"),
    "telegram": ("free", "sms", "email", "call"),
    "email": ("email", "sms", "call"),
    "sms": ("sms", "email", "call"),
}
"""What is tried after each other, by the channel that a person came by."""

OTHER: tuple[Rung, ...] = ("free", "sms", "email", "call")
"""On any other channel: its own way, whoever serves it, then these."""


class SendingRules(Received):
    """Money is in rupiah, a day is the city's own."""

    ladders: dict[Token, tuple[Rung, ...]] = {}
    """By channel, in place of the defaults."""
    prices: dict[Rung, int] = {"template": 0, "sms": 0}
    """Of one message, after the provider's list; 0: it costs nothing."""
    budget_per_day: int | None = Field(default=None, ge=0)
    """When it is spent nothing that costs goes out until staff lift the stop or the day ends, a danger to life apart.
    None: there is no limit."""
    warn_at: float = Field(default=0.8, gt=0, le=1)
    """Share of the budget from which staff are warned."""
    people_per_day: int | None = Field(default=2_000, ge=0)
    """How many people the provider lets a business open a talk with in 24 hours (WhatsApp's messaging limit, for all
    numbers of the city together). None: unlimited."""
    away_minutes: float = Field(default=60, ge=0)
    """So long a message waits for an account that can't be used before it goes another way; a danger never waits."""
    private_reply_days: float = Field(default=7, gt=0)
    """How long after a comment it may be answered in private."""

    def ladder(self, channel: str) -> tuple[Rung, ...]:
        return self.ladders.get(channel) or LADDERS.get(channel, OTHER)

    def price(self, rung: Rung) -> int:
        return self.prices.get(rung, 0)
