"""An agency's own program: pulls its queue, sends commands, uploads pictures. It has its credentials, nothing else."""

import asyncio
import json
import secrets
from collections.abc import Callable
from typing import Any, Self

import httpx
import nats.errors
from nats.aio.msg import Msg

from services.cli.demo.nats_door import Credentials, Door
from services.cli.standins.patience import PATIENCE

Task = dict[str, Any]


class Office:
    def __init__(self, name: str, credentials: Credentials) -> None:
        self.name = name
        self._door = Door(credentials)
        self._tasks: dict[str, Task] = {}
        self._news = asyncio.Condition()

    async def __aenter__(self) -> Self:
        await self._door.open()
        await self._door.pull(self._door.given["stream"], self._door.given["consumer"], self._take)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._door.close()

    async def _take(self, message: Msg) -> None:
        """Keep the newest version of each task: a repeat or an older one says nothing new."""
        task: Task = json.loads(message.data)
        async with self._news:
            held = self._tasks.get(task["complaint"])
            if held is None or task["n"] > held["n"]:
                self._tasks[task["complaint"]] = task
            self._news.notify_all()

    async def task(
        self, ticket: str, patience: float = PATIENCE, holds: Callable[[Task], bool] = bool, **wanted: Any
    ) -> Task:
        """The task of this ticket once its fields are as `wanted`. TimeoutError with what is there instead."""
        held: Task | None = None
        try:
            async with asyncio.timeout(patience), self._news:
                while True:
                    held = next((t for t in self._tasks.values() if t["ticket"] == ticket), None)
                    right = held and all(held.get(key) == value for key, value in wanted.items())
                    if held is not None and right and holds(held):
                        return held
                    await self._news.wait()
        except TimeoutError:
            seen = held and {key: held.get(key) for key in ("update", "state", "role", "n")}
            sentence = f"{self.name}: no such task of {ticket} within {patience} s: {wanted}, only {seen}"
            raise TimeoutError(sentence) from None

    async def does(self, task: Task, do: str, **fields: Any) -> dict[str, Any]:
        """The reply. The same command is sent again until it is answered; a repeat changes nothing."""
        command = {
            "version": 1, "id": secrets.token_hex(8), "complaint": task["complaint"],
            "officer": f"{self.name}/petugas-1", "action": {"do": do, **fields},
        }  # fmt: skip
        for _ in range(15):
            try:
                answer = await self._door.nc.request(
                    self._door.given["command_subject"], json.dumps(command).encode(), timeout=3
                )
            except (nats.errors.TimeoutError, nats.errors.NoRespondersError):
                await asyncio.sleep(0.3)
                continue
            reply: dict[str, Any] = json.loads(answer.data)
            if reply.get("refusal") and reply["refusal"]["code"] in ("unavailable", "too_many"):
                await asyncio.sleep(0.3)
                continue
            return reply
        raise TimeoutError(f"{self.name}: {do} was never answered ({self._door.denied or 'no word of the server'})")

    async def uploads(self, picture: bytes) -> str:
        return await upload(self._door.given, picture)


async def upload(credentials: Credentials, picture: bytes, content_type: str = "image/jpeg") -> str:
    """`POST /media` with the program's own token → the reference to name in a message or command."""
    headers = {"authorization": f"Bearer {credentials['media_token']}", "content-type": content_type}
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        answer = await client.post(credentials["media_url"], content=picture, headers=headers)
        answer.raise_for_status()
        return str(answer.json()["reference"])
