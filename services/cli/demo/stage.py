"""The stage of the stories: what `tuntas up` starts, the provider's stand-in beside it, and everybody's credentials."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Self

import httpx

from services.cli.commands import complaint
from services.cli.commands.credentials import catalogue
from services.cli.settings import CliSettings
from services.cli.supervisor.run import Extra, Supervisor, supervise

DAY = 86_400.0
STANDIN = "whatsapp-standin"


class StageFellError(Exception):
    """What the stories play on is not there; the sentence says where to look."""


class Stage:
    """`day`: seconds that one day of a policy lasts here, the only thing that is not as in a real city."""

    def __init__(self, home: Path, day: float, say: Callable[[str], None] = lambda _: None) -> None:
        self.home = home.resolve()
        self.day = day
        self._say = say
        self._open = AsyncExitStack()
        self._supervisor: Supervisor | None = None
        self._credentials: dict[str, Callable[[], dict[str, Any]]] = {}

    @property
    def urls(self) -> dict[str, str]:
        if self._supervisor is None:
            raise StageFellError("not started")
        return self._supervisor.urls

    @property
    def public_url(self) -> str:
        """Base address of the pages."""
        return self.urls["pages"]

    @property
    def standin_url(self) -> str:
        return self.urls[STANDIN]

    async def __aenter__(self) -> Self:
        standin = Extra(
            name=STANDIN,
            module="services.cli.standins.whatsapp",
            arguments=("--port", "{port}"),
            health="/control/health",
            settings={
                "TUNTAS_WHATSAPP_API_URL": "http://127.0.0.1:{port}/v23.0",
                "TUNTAS_TIME_SCALE": repr(self.day / DAY),
            },
        )
        settings = CliSettings(home=self.home)
        supervisor = await self._open.enter_async_context(supervise(settings, self._say, (standin,)))
        self._supervisor = supervisor
        try:
            nats = f"nats://{self.urls['nats'].removeprefix('nats://')}"
            self._credentials = catalogue(
                supervisor.cities, supervisor.installation.secrets, {**self.urls, "nats": nats}
            )
            await self._number_the_standin()
        except BaseException:
            await self._open.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    def credentials(self, name: str) -> dict[str, Any]:
        """What `tuntas credentials NAME --json` says."""
        return self._credentials[name]()

    async def _number_the_standin(self) -> None:
        """The provider knows the city's numbers, its app's secret and where its webhook is."""
        assert self._supervisor is not None
        numbers = []
        for city, secrets in self._supervisor.installation.secrets.cities.items():
            given = self.credentials(f"whatsapp:{city}")
            numbers += [
                {
                    "phone_number_id": number, "access_token": secrets.whatsapp.access_token,
                    "app_secret": given["app_secret"], "webhook_url": given["webhook_url"],
                }
                for number in given["phone_number_ids"]
            ]  # fmt: skip
        async with httpx.AsyncClient(trust_env=False) as client:
            (await client.put(f"{self.standin_url}/control/numbers", json=numbers)).raise_for_status()
            (await client.put(f"{self.standin_url}/control/pages", json=self._pages())).raise_for_status()
            (await client.put(f"{self.standin_url}/control/accounts", json=self._accounts())).raise_for_status()

    def _pages(self) -> list[dict[str, str]]:
        """The cities' own Facebook pages, which the same API serves."""
        assert self._supervisor is not None
        known = self._supervisor.installation.secrets.cities
        return [
            {"page": door.account_id, "token": known[city.id].page.access_token}
            for city in self._supervisor.cities.values()
            for door in city.doors
            if door.channel == "facebook" and not door.external and door.account_id
        ]

    def _accounts(self) -> list[dict[str, str]]:
        """The cities' own Instagram accounts, likewise; their comments come to our door."""
        assert self._supervisor is not None
        known = self._supervisor.installation.secrets.cities
        found = []
        for city in self._supervisor.cities.values():
            for door in city.doors:
                if door.channel == "instagram" and not door.external and door.account_id:
                    given = self.credentials(f"instagram:{city.id}")
                    found.append({
                        "account": door.account_id, "token": known[city.id].page.access_token,
                        "app_secret": given["app_secret"], "webhook_url": given["webhook_url"],
                    })  # fmt: skip
        return found

    async def comments(self, account: str, by: str, name: str, words: str) -> str:
        """Somebody writes under a post of the city's Instagram account; the comment's id."""
        said = {"account": account, "by": by, "name": name, "text": words}
        async with httpx.AsyncClient(trust_env=False, timeout=40) as client:
            answer = await client.post(f"{self.standin_url}/control/comments", json=said)
            answer.raise_for_status()
            return str(answer.json()["id"])

    async def answers_to(self, comment: str) -> list[dict[str, Any]]:
        """What the city said to a comment, oldest first: `way` is `private` or `public`, and `text`."""
        async with httpx.AsyncClient(trust_env=False) as client:
            arrived = (await client.get(f"{self.standin_url}/control/accounts")).json()["arrived"]
            return [one for one in arrived if one["to"] == comment]

    async def wall(self) -> list[dict[str, Any]]:
        """What stands on the cities' pages, as anybody sees it."""
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(f"{self.standin_url}/control/pages")
            return list(answer.json()["posts"])

    async def life(self, ticket: str) -> list[dict[str, Any]]:
        """What `tuntas complaint TICKET --json` says: the same look, without starting an interpreter for it."""
        if self._supervisor is None:
            raise StageFellError("not started")
        return await complaint.life(self._supervisor.installation, ticket, "ops")
