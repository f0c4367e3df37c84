"""Somebody at the console: logs in with a seat's own account, reads pages as JSON, sends commands by HTTP."""

import asyncio
import secrets
from typing import Any, Self

import httpx

from services.cli.demo.nats_door import Credentials

Seen = dict[str, Any]


class Seat:
    """One logged-in seat of a city."""

    def __init__(self, name: str, credentials: Credentials) -> None:
        self.name = name
        self._given = credentials
        base = str(credentials["login_url"]).removesuffix("/login")
        self._client = httpx.AsyncClient(
            base_url=base, trust_env=False, timeout=30, headers={"accept": "application/json"}
        )
        self._csrf = ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def enter(self) -> None:
        """A page at the wrong moment of a start answers 503: asked again."""
        shown = await self._client.get("/login")
        shown.raise_for_status()
        entered = await self._client.post(
            "/login", json={"user": self._given["user"], "password": self._given["password"]},
            headers={"x-csrf-token": shown.json()["csrf"]},
        )  # fmt: skip
        entered.raise_for_status()
        self._csrf = str(entered.json()["csrf"])

    async def sees(self, path: str) -> Seen:
        """A page as JSON, logging in first where that was not done. httpx.HTTPStatusError."""
        if not self._csrf:
            await self.enter()
        answer = await self._client.get(path)
        answer.raise_for_status()
        seen: Seen = answer.json()
        return seen

    async def posts(self, path: str, **fields: str) -> Seen:
        """A form of a page, sent as JSON. httpx.HTTPStatusError."""
        if not self._csrf:
            await self.enter()
        answer = await self._client.post(path, json=fields, headers={"x-csrf-token": self._csrf})
        answer.raise_for_status()
        seen: Seen = answer.json()
        return seen

    async def fills_in(self, path: str, **fields: str) -> Seen:
        """A form of a page, sent as a browser does; the page behind it. httpx.HTTPStatusError."""
        if not self._csrf:
            await self.enter()
        headers = {"x-csrf-token": self._csrf}
        answer = await self._client.post(path, data=fields, headers=headers, follow_redirects=True)
        answer.raise_for_status()
        seen: Seen = answer.json()
        return seen

    async def case(self, ticket: str) -> Seen:
        """A complaint's page: the answer first, its steps with who and when."""
        return await self.sees(f"/laporan/{ticket}")

    async def does(self, do: str, ticket: str | None = None, **fields: Any) -> Seen:
        """The reply to a command: `n` or a refusal. Sent again with the same id until it is answered."""
        if not self._csrf:
            await self.enter()
        body = {"id": secrets.token_hex(8), "action": {"do": do, **fields}} | ({"ticket": ticket} if ticket else {})
        reply: Seen = {}
        for _ in range(15):
            answer = await self._client.post("/api/commands", json=body, headers={"x-csrf-token": self._csrf})
            reply = answer.json()
            # The pages follow the log: what was acknowledged a moment ago, a picture too, may not be shown yet.
            later = answer.status_code in (404, 429) or answer.status_code >= 500
            if not later:
                if "n" not in reply:
                    answer.raise_for_status()
                return reply
            await asyncio.sleep(0.3)
        raise TimeoutError(f"{self.name}: {do} was never answered, but for {reply}")
