"""How many messages came by each door in each hour, since somebody last asked. In memory."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from services.intake.inbox.incoming import Incoming


class Count(NamedTuple):
    city: str
    door: str
    hour: datetime
    messages: int
    last: datetime


def hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


class Heard:
    def __init__(self) -> None:
        self._counts: dict[tuple[str, str, datetime], tuple[int, datetime]] = {}

    def note(self, some: Iterable[Incoming]) -> None:
        for one in some:
            if one.aliases and one.message.counter is None:
                key = one.city.id, one.door.id, hour_of(one.at)
                count, last = self._counts.get(key, (0, one.at))
                self._counts[key] = count + 1, max(last, one.at)

    def taken(self) -> list[Count]:
        """What was noted; it is the caller's from now on."""
        found, self._counts = self._counts, {}
        return [Count(*key, *value) for key, value in sorted(found.items())]

    def back(self, some: Iterable[Count]) -> None:
        """The caller could not keep them."""
        for city, door, hour, messages, last in some:
            count, before = self._counts.get((city, door, hour), (0, last))
            self._counts[city, door, hour] = count + messages, max(before, last)
