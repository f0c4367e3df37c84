"""LIVE sessions as the pages need them: in memory from the facts of the cities; and the way to take things down."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from services.contracts.facts import live as live_facts
from services.runtime.failures import Away
from services.runtime.log import Entry


class OnAir(live_facts.Sessions):
    def take_entry(self, entry: Entry) -> None:
        """One fact of a city; those that are of no session are left alone."""
        self.take(entry.type, entry.body)

    def knows(self, session: str | None, n: int) -> bool:
        """Up to this fact of it."""
        known = None if session is None else self._known.get(session)
        return known is not None and known[1].n >= n


class EntriesAway(Away):
    """Intake does not answer now."""


@dataclass(frozen=True)
class Entries:
    """`url`: intake's; `tokens`: city → the console's bearer token."""

    client: httpx.AsyncClient
    url: str
    tokens: Mapping[str, str] = field(default_factory=dict)

    async def take_down(self, city: str, entry: Mapping[str, str]) -> str:
        """The complaint that it opens; the same `id` opens the same one. Raises EntriesAway."""
        headers = {"authorization": f"Bearer {self.tokens.get(city, '')}"}
        try:
            answer = await self.client.post(f"{self.url}/entries", json=dict(entry), headers=headers)
        except httpx.HTTPError as error:
            raise EntriesAway(type(error).__name__) from error
        if answer.status_code != 201:
            raise EntriesAway(f"intake answered {answer.status_code}")
        return str(answer.json()["complaint"])
