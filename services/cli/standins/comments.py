"""Instagram accounts in the stand-in of the Graph API: people's comments come by signed webhooks, and are answered by
`POST /<account>/messages` in private (once, within seven days) or `POST /<comment>/replies` in public. Meta's rules are
those of `page.Graph`.

`/control/accounts`: which accounts it knows (`PUT`: account, token, app_secret, webhook_url), and what arrived under
whose comment (`GET`). `POST /control/comments` {account, by, name, text}: somebody comments.
"""

import asyncio
import json
import secrets
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.cli.standins.knocking import Knocker, NotAnsweredError
from services.cli.standins.page import ApiError, Graph
from services.cli.standins.payloads import SIGNATURE_HEADER, sign


@dataclass(frozen=True)
class Account:
    """`graph`: what was said there, and what may still be said."""

    account: str
    app_secret: str
    webhook_url: str
    graph: Graph


@dataclass
class Comments:
    accounts: dict[str, Account] = field(default_factory=dict)
    _knocker: Knocker = field(default_factory=Knocker)

    def routes(self) -> list[Route]:
        return [
            Route("/control/accounts", self._control, methods=["GET", "PUT"]),
            Route("/control/comments", self._commented, methods=["POST"]),
            Route("/{version}/{comment}/replies", self._replied, methods=["POST"]),
        ]

    def close(self) -> None:
        self._knocker.close()

    def knows(self, account: str) -> bool:
        return account in self.accounts

    async def messaged(self, request: Request, account: str) -> Response:
        """`POST /<account>/messages`."""
        return await _taken(request, self.accounts[account].graph, account, "messages")

    async def _replied(self, request: Request) -> Response:
        comment = request.path_params["comment"]
        found = next((a.graph for a in self.accounts.values() if comment in a.graph.comments), None)
        return await _taken(request, found or Graph(""), comment, "replies")

    async def _control(self, request: Request) -> Response:
        if request.method == "PUT":
            for one in await request.json():
                graph = Graph(one["token"])
                self.accounts[one["account"]] = Account(one["account"], one["app_secret"], one["webhook_url"], graph)
        arrived = [asdict(sent) for account in self.accounts.values() for sent in account.graph.arrived]
        return JSONResponse({"arrived": arrived})

    async def _commented(self, request: Request) -> Response:
        said: dict[str, Any] = await request.json()
        account = self.accounts[said["account"]]
        comment = f"17{secrets.randbelow(10**12):012}"
        account.graph.comments[comment] = time.time()
        value = {"id": comment, "text": said["text"], "from": {"id": said["by"], "username": said["name"]}}
        changes = [{"field": "comments", "value": value}]
        entry = {"id": account.account, "time": int(time.time()), "changes": changes}
        status = await self._posted(account, json.dumps({"object": "instagram", "entry": [entry]}).encode())
        return JSONResponse({"id": comment, "webhook_status": status}, status_code=200 if status == 200 else 502)

    async def _posted(self, account: Account, raw: bytes, patience: float = 30) -> int:
        """The last status until it was taken; 0: no answer."""
        headers = {"content-type": "application/json", SIGNATURE_HEADER: sign(account.app_secret, raw)}
        ends, status = time.monotonic() + patience, 0
        while True:
            try:
                status = await self._knocker.post(account.webhook_url, raw, headers)
            except NotAnsweredError:
                status = 0
            if status == 200 or time.monotonic() > ends:
                return status
            await asyncio.sleep(0.5)


async def _taken(request: Request, graph: Graph, path: str, edge: str) -> Response:
    if not graph.token or request.headers.get("authorization") != f"Bearer {graph.token}":
        error = ApiError(190, 463, "Error validating access token")
        return JSONResponse(error.body, status_code=error.status)
    try:
        return JSONResponse(graph.take(path, edge, await request.json()))
    except ApiError as error:
        return JSONResponse(error.body, status_code=error.status)
