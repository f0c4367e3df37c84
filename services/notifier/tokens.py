"""How long the providers' tokens are still good: looked at once a day, and by `tuntas tokens`.

"Graph API › Debug-Token" (Meta, v23): `GET /debug_token?input_token=…`, asked with the token itself: `data.is_valid`,
`.expires_at` and `.data_access_expires_at` (seconds; 0: never), `.error.code`. A page's long-lived token does not
expire by itself, but its data access ends 90 days after its owner last logged in, and Meta tells nobody. Telegram's
`getMe` says whether a bot's token is good. A new token is made at Meta by a person; it goes into `secrets.json`, and
the services take it up at their next start. No token stands in any line or error.
"""

import argparse
import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import httpx

from services.contracts.secrets import CitySecrets, Secrets
from services.runtime import logs
from services.runtime.health import Check
from services.runtime.settings import Settings

SOON = timedelta(days=14)
EVERY = 24 * 3600.0
"""Seconds between two looks."""

State = Literal["good", "soon", "bad", "unknown"]

_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """`ends`: when it stops working by what is known, ISO 8601; None: not by itself. `unknown`: nobody answered."""

    city: str
    token: str
    state: State
    ends: str | None = None
    code: str | None = None


class Tokens:
    def __init__(
        self, client: httpx.AsyncClient, graph: str, telegram: str, secrets: Mapping[str, CitySecrets],
        clock: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self._client = client
        self._graph = graph.rstrip("/")
        self._telegram = telegram.rstrip("/")
        self._secrets = secrets
        self._clock = clock
        self._last: list[Told] = []

    def check(self) -> Check:
        """Never makes the service unready: a new token is a person's work."""
        return Check(True, {f"{one.city}.{one.token}": one.state for one in self._last if one.state != "good"})

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self._last = await self.look()
            for one in self._last:
                if one.state in ("soon", "bad"):
                    _log.warning("token_ends", city=one.city, token=one.token, state=one.state, ends=one.ends)
            try:
                await asyncio.wait_for(stop.wait(), EVERY)
            except TimeoutError:
                continue

    async def look(self) -> list[Told]:
        """Of every token of every city."""
        found = []
        for city, held in sorted(self._secrets.items()):
            for name, token in (("whatsapp", held.whatsapp.access_token), ("page", held.page.access_token)):
                if token:
                    found.append(await self._meta(city, name, token))
            if held.telegram.bot_token:
                found.append(await self._bot(city, held.telegram.bot_token))
        return found

    async def _meta(self, city: str, name: str, token: str) -> Told:
        headers = {"authorization": f"Bearer {token}"}
        body = await self._asked(f"{self._graph}/debug_token", {"input_token": token}, headers)
        return read(city, name, body, self._clock())

    async def _bot(self, city: str, token: str) -> Told:
        body = await self._asked(f"{self._telegram}/bot{token}/getMe", {}, {})
        if body is None:
            return Told(city, "telegram", "unknown")
        if body.get("ok") is True:
            return Told(city, "telegram", "good")
        code = str(body.get("error_code"))
        return Told(city, "telegram", "bad" if code in ("401", "404") else "unknown", code=code)

    async def _asked(self, url: str, query: Mapping[str, str], headers: Mapping[str, str]) -> dict[str, Any] | None:
        """None: no answer of the provider's own."""
        try:
            answer = await self._client.get(url, params=query, headers=headers, timeout=15)
            body = answer.json()
        except (httpx.HTTPError, ValueError):
            return None
        return body if isinstance(body, dict) else None


def read(city: str, name: str, body: dict[str, Any] | None, now: datetime) -> Told:
    """What `debug_token` answered. Pure."""
    if body is None:
        return Told(city, name, "unknown")
    data = body.get("data")
    if not isinstance(data, dict):
        error = body.get("error")
        code = error.get("code") if isinstance(error, dict) else None
        # 190: the token itself is no longer good; everything else says nothing about it.
        return Told(city, name, "bad" if code == 190 else "unknown", code=str(code) if code is not None else None)
    ends = [
        datetime.fromtimestamp(at, UTC)
        for at in (data.get("expires_at"), data.get("data_access_expires_at"))
        if isinstance(at, int) and not isinstance(at, bool) and 0 < at < 10**11
    ]
    first = min(ends, default=None)
    if data.get("is_valid") is not True or (first is not None and first <= now):
        return Told(city, name, "bad", first.isoformat() if first else None)
    state: State = "soon" if first is not None and first - now <= SOON else "good"
    return Told(city, name, state, first.isoformat() if first else None)


async def main(arguments: argparse.Namespace, settings: Settings) -> int:
    """1 if a token is bad or ends within two weeks."""
    secrets = Secrets.model_validate(settings.secrets).cities
    async with httpx.AsyncClient(trust_env=False) as client:
        looking = Tokens(
            client, settings.whatsapp_api_url, settings.telegram_api_url, secrets, lambda: datetime.now(UTC)
        )
        found = await looking.look()
    if arguments.json:
        print(json.dumps([asdict(one) for one in found], indent=1))  # a command's answer
    else:
        for one in found:
            print(f"{one.state:<8} {one.city}/{one.token}" + (f" until {one.ends}" if one.ends else ""))
    return 1 if any(one.state in ("soon", "bad") for one in found) else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="tuntas tokens", description="How long the providers' tokens are still good.")
    parser.add_argument("--json", action="store_true", help="For programs.")
    raise SystemExit(asyncio.run(main(parser.parse_args(), Settings())))
