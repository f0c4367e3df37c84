"""An external adapter: somebody else's program between Instagram or Facebook and the NATS door."""

import asyncio
import json
import secrets
import time
from typing import Any, Self

from nats.aio.msg import Msg

from services.cli.demo.nats_door import Credentials, Door
from services.cli.demo.office import upload
from services.cli.standins.patience import PATIENCE


class Adapter:
    """`arrived` is what the city sent out through this adapter, oldest first: at, to, text, buttons, notice."""

    def __init__(self, credentials: Credentials) -> None:
        self._door = Door(credentials)
        self.arrived: list[dict[str, Any]] = []
        self.refusals: list[dict[str, Any]] = []
        self._notices: set[str] = set()
        self._news = asyncio.Condition()

    async def __aenter__(self) -> Self:
        await self._door.open()
        await self._door.nc.subscribe(self._door.given["refusals_subject"], cb=self._refused)
        await self._door.pull(self._door.given["outbound_stream"], self._door.given["outbound_consumer"], self._send)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._door.close()

    async def hands_in(self, message: dict[str, Any]) -> None:
        """Until the broker has stored it: the answer to the request is JetStream's own acknowledgement."""
        for _ in range(10):
            try:
                answer = await self._door.nc.request(
                    self._door.given["subject"], json.dumps(message).encode(), timeout=3
                )
            except Exception as error:  # noqa: BLE001  # whatever went wrong, the same message again is harmless
                self._door.denied.append(repr(error))
                await asyncio.sleep(0.3)
                continue
            if "seq" in json.loads(answer.data):
                return
        raise TimeoutError(f"the door did not take it: {self._door.denied}")

    async def uploads(self, picture: bytes) -> str:
        return await upload(self._door.given, picture)

    async def _refused(self, message: Msg) -> None:
        self.refusals.append(json.loads(message.data))

    async def _send(self, message: Msg) -> None:
        """Would call the platform's API here; then the receipt says what became of it."""
        notice = json.loads(message.data)
        if notice["notice"] not in self._notices:  # sending twice is ours to avoid
            self._notices.add(notice["notice"])
            async with self._news:
                self.arrived.append(notice | {"at": time.time()})
                self._news.notify_all()
        await self.hands_in({
            "type": "receipt", "version": 1, "id": f"out-{notice['notice']}", "notice": notice["notice"],
            "status": "delivered",
        })  # fmt: skip

    async def waits_for(self, to: str, part: str, after: int = 0, patience: float = PATIENCE) -> dict[str, Any]:
        """The first message to this person, from position `after` on, that holds `part`."""
        try:
            async with asyncio.timeout(patience), self._news:
                while True:
                    for message in [m for m in self.arrived if m["to"] == to][after:]:
                        if part in message["text"]:
                            return message
                    await self._news.wait()
        except TimeoutError:
            got = [m["text"] for m in self.arrived if m["to"] == to][after:]
            raise TimeoutError(f"nothing with {part!r} came out for {to} within {patience} s; {got}") from None


def comment(person: str, name: str, text: str, media: tuple[str, ...] = ()) -> dict[str, Any]:
    """An intake message as `contracts/schemas/intake-message.v1.json` has it."""
    return {
        "type": "message", "version": 1, "id": f"c-{secrets.token_hex(8)}",
        "sender": {"person": person, "name": name}, "form": "image" if media else "text", "text": text,
        "media": [{"reference": reference} for reference in media],
    }  # fmt: skip
