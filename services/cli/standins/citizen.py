"""A person with WhatsApp, for stories and tests: writes through the stand-in, reads what really arrived.

async with Phone("http://127.0.0.1:8090", "1001", Citizen("628110000001", "Ibu Contoh")) as phone:
    await phone.says("Lampu jalan di depan SD 5 mati")
    answer = await phone.waits_for("BKL-")
"""

import asyncio
import time
from typing import Any, Self

import httpx

from services.cli.standins.patience import PATIENCE
from services.cli.standins.payloads import Citizen, button_reply, image, location, text


class Phone:
    """One person on one business number of a city. Every method that sends returns the message's id."""

    def __init__(self, standin_url: str, phone_number_id: str, who: Citizen) -> None:
        self.number = phone_number_id
        self.who = who
        self._client = httpx.AsyncClient(base_url=standin_url, timeout=40, trust_env=False)
        self._read = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def says(self, words: str, **more: Any) -> str:
        return await self.sends(text(words), **more)

    async def shows(self, picture: bytes, caption: str | None = None, mime_type: str = "image/jpeg") -> str:
        made = await self._client.post("/control/media", content=picture, headers={"content-type": mime_type})
        made.raise_for_status()
        return await self.sends(image(made.json()["id"], caption, mime_type))

    async def points(self, latitude: float, longitude: float) -> str:
        return await self.sends(location(latitude, longitude))

    async def presses(self, label: str) -> str:
        """The latest button of that label that arrived at this phone. LookupError if there is none."""
        for message in reversed(await self.messages()):
            for payload, title in message["buttons"]:
                if title == label:
                    return await self.sends(button_reply(payload, title), reply_to=message["id"])
        raise LookupError(f"no button {label!r} has arrived")

    async def sends(self, content: dict[str, object], **more: Any) -> str:
        """`content` from `payloads`. httpx.HTTPStatusError if the webhook did not take it in time."""
        who = {"wa_id": self.who.wa_id, "name": self.who.name, "user_id": self.who.user_id}
        asked = {"phone_number_id": self.number, "citizen": who, "content": content, **more}
        answer = await self._client.post("/control/inbound", json=asked)
        answer.raise_for_status()
        return str(answer.json()["id"])

    async def messages(self) -> list[dict[str, Any]]:
        """Everything that arrived at this phone from this number, oldest first: id, at, text, buttons, type."""
        query = {"to": self.who.address, "phone_number_id": self.number}
        answer = await self._client.get("/control/messages", params=query)
        answer.raise_for_status()
        return list(answer.json()["messages"])

    async def waits_for(self, part: str, patience: float = PATIENCE) -> dict[str, Any]:
        """The next unread message that holds `part`; all before it count as read. TimeoutError after `patience` s,
        with what arrived instead."""
        ends = time.monotonic() + patience
        while True:
            arrived = await self.messages()
            for index, message in enumerate(arrived):
                if index >= self._read and part in message["text"]:
                    self._read = index + 1
                    return message
            if time.monotonic() > ends:
                instead = [message["text"][:200] for message in arrived[self._read :][-3:]]
                raise TimeoutError(f"no message with {part!r} within {patience} s, but {instead}")
            await asyncio.sleep(0.1)
