"""A notice's row as the notifier works with it, and the ranks that keep a status from going back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from services.contracts.city.sending import Rung
from services.notifier.sending import Form

Fact = Literal["none", "told_due", "told", "call_due", "call", "unreachable_due", "unreachable"]

RECEIVED = ("accepted", "sent", "delivered", "read")
"""In the order in which a provider reports; receipts come in any order and never move a status back."""


@dataclass(frozen=True, slots=True)
class NewNotice:
    """One notice to be planned. `about` for a complaint's, `asked` for an answer."""

    id: str
    city: str
    channel: str
    door: str
    owner: str
    party: str
    template: str
    version: int
    about: int | None = None
    asked: tuple[str, ...] | None = None
    urgent: bool = False
    lane: str | None = None
    """What it shares its turns with; None: with everything of its owner."""
    detail: str | None = None
    """What an answer to an officer says, sealed; of other notices to officers the event's `n`."""
    wait: float = 0
    """Seconds before which it does not go out; 0: at once."""
    waits: Literal["later", "quiet", "digest"] | None = None
    """What it waits for: a moment of its own, the end of the quiet hours, its seat's list."""


@dataclass(frozen=True, slots=True)
class Lives:
    """Where a person can be written to, and when it was last heard of; no name, no address."""

    channel: str
    door: str
    heard: datetime | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    city: str
    channel: str
    door: str
    owner: str
    party: str
    template: str
    about: int | None
    asked: tuple[str, ...] | None
    form: Form | None
    status: str
    failures: int
    provider_key: str | None
    fact: Fact
    reason: str | None
    updated_at: datetime
    way: str
    """The channel that it is to go by now, and `at_door` which of the city's doors."""
    at_door: str
    tried: tuple[tuple[Rung, str], ...]
    why: str | None
    urgent: bool
    created_at: datetime
    detail: str | None = None
    behind: bool = False
    """An earlier notice to the same person about the same matter is still on its way."""
    carries: bool = False
    """Others that waited for the same hour are told of in this one."""

    @property
    def failed(self) -> dict[Rung, str]:
        """Rungs that failed for good, with our reason."""
        return dict(self.tried)

    @property
    def waited(self) -> bool:
        """For an hour that has come, or has come now."""
        return self.reason in ("quiet", "digest")

    @property
    def waits(self) -> bool:
        return self.status in ("queued", "deferred")


def notice(row: Mapping[str, Any]) -> Notice:
    asked = row["asked"]
    return Notice(
        id=row["id"],
        city=row["city"],
        channel=row["channel"],
        door=row["door"],
        owner=row["owner"],
        party=row["party"],
        template=row["template"],
        about=row["about"],
        asked=None if asked is None else tuple(asked),
        form=row["form"],
        status=row["status"],
        failures=row["failures"],
        provider_key=row["provider_key"],
        fact=row["fact"],
        reason=row["reason"],
        updated_at=row["updated_at"],
        way=row["way"],
        at_door=row["at_door"],
        tried=tuple(_tried(one) for one in row["tried"]),
        why=row["why"],
        urgent=row["urgent"],
        created_at=row["created_at"],
        detail=row["detail"],
        behind=bool(row.get("behind", False)),
        carries=bool(row.get("carries", False)),
    )


def _tried(one: str) -> tuple[Rung, str]:
    rung, _, reason = one.partition(":")
    return cast("Rung", rung), reason
