"""Who takes part in a surge: thousands who write by WhatsApp, what they hear back, and a moderator who writes down what
is said on air."""

import asyncio
import json
import random
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from services.cli.demo.staff import Seat
from services.cli.demo.stage import Stage
from services.cli.standins.knocking import Knocker, NotAnsweredError
from services.intake.meta.signature import signed

HEAD = ("Air mati", "Air PDAM mati", "Air ledeng dak ngalir", "Air pam mati total", "PDAM mati", "Air dak hidup")
TAIL = ("dari pagi", "sejak kemarin", "pak, tolong", "sudah lama nian", "dari subuh", "seharian ini", "gmn ini pak")
SAID = ("Sampah menumpuk di {}", "Lampu jalan mati di {}", "Jalan berlubang di {}", "Drainase tersumbat di {}")


@dataclass
class Crowd:
    """By person: when the message was first sent, answered 200, and when the first answer arrived (with which notice).
    Seconds since 1970."""

    sent: dict[str, float] = field(default_factory=dict)
    taken: dict[str, float] = field(default_factory=dict)
    heard: dict[str, tuple[float, str]] = field(default_factory=dict)

    @property
    def lost(self) -> int:
        """Webhooks that were not answered by 200 within ten tries."""
        return len(self.sent) - len(self.taken)


def message(number: int, words: str, phone_number_id: str) -> tuple[str, bytes]:
    person = f"62877{number:08d}"
    said = {
        "from": person, "id": f"wamid.SURGE{number:08d}", "timestamp": str(int(time.time())), "type": "text",
        "text": {"body": words},
    }  # fmt: skip
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "620000000000", "phone_number_id": phone_number_id},
        "contacts": [{"wa_id": person, "profile": {"name": "Warga Contoh"}}], "messages": [said],
    }  # fmt: skip
    entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
    return person, json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


async def flood(stage: Stage, city: str, count: int, seconds: float) -> Crowd:
    """Evenly over the time; what is not taken is sent again, as the provider does."""
    given, chance = stage.credentials(f"whatsapp:{city}"), random.Random(7)  # words, not secrets
    number = given["phone_number_ids"][0]
    crowd, knocker = Crowd(), Knocker()
    began = time.monotonic()

    async def one(at: int) -> None:
        words = f"{chance.choice(HEAD)} {chance.choice(TAIL)}"
        person, raw = message(at, words, number)
        headers = {"x-hub-signature-256": signed(given["app_secret"], raw), "content-type": "application/json"}
        crowd.sent[person] = time.time()
        for _ in range(10):
            try:
                if await knocker.post(given["webhook_url"], raw, headers) == 200:
                    crowd.taken[person] = time.time()
                    return
            except NotAnsweredError:
                pass
            await asyncio.sleep(0.5)

    async with asyncio.TaskGroup() as group:
        for at in range(count):
            await asyncio.sleep(max(0.0, began + at * seconds / count - time.monotonic()))
            group.create_task(one(at))
    knocker.close()
    return crowd


async def hear(stage: Stage, crowd: Crowd, patience: float) -> None:
    """Until everybody has the first answer, or `patience` seconds nothing new comes."""
    seen, last = 0, time.monotonic()
    async with httpx.AsyncClient(timeout=60, trust_env=False) as http:
        while len(crowd.heard) < len(crowd.sent) and time.monotonic() - last < patience:
            await asyncio.sleep(1)
            answer = await http.get(f"{stage.standin_url}/control/arrivals", params={"after": seen})
            new = answer.json()["arrivals"]
            seen += len(new)
            for person, at, notice in new:
                if person in crowd.sent and person not in crowd.heard:
                    crowd.heard[person], last = (at, notice), time.monotonic()


@dataclass
class Moderated:
    """`waits`: seconds from Enter to the page that shows the entry. `seen`: entries in the session's report."""

    waits: list[float] = field(default_factory=list)
    seen: int = 0


async def session(stage: Stage, city: str, wards: list[str], count: int, seconds: float) -> Moderated:
    """One moderator, one entry after another, through the page."""
    found = Moderated()
    async with Seat("prokopim", stage.credentials(f"staff:{city}:prokopim")) as seat:
        plan = await seat.does("plan_live", platform="tiktok", host="walikota", planned_for="2099-01-01T00:00:00Z")
        id_ = plan["fact"]
        await seat.does("start_live", session=id_)
        await asyncio.sleep(2)  # until the pages know it
        began = time.monotonic()
        for at in range(count):
            await asyncio.sleep(max(0.0, began + at * seconds / count - time.monotonic()))
            words, start = SAID[at % len(SAID)].format(wards[at % len(wards)]), time.monotonic()
            form = {"text": words, "entry": f"surge-entry-{at:06d}", "csrf": seat._csrf}
            answer = await seat._client.post(f"/siaran/{id_}/catat", data=form, headers={"accept": "text/html"})
            assert answer.status_code == 303, answer.status_code
            await seat._client.get(f"/siaran/{id_}/catat", headers={"accept": "text/html"})
            found.waits.append(time.monotonic() - start)
        await seat.does("end_live", session=id_)
        found.seen = await _reported(seat, id_, count)
    return found


async def _reported(seat: Seat, id_: str, count: int, patience: float = 60.0) -> int:
    """The report follows the log: it may be a while behind a busy machine."""
    ends = time.monotonic() + patience
    while True:
        report: dict[str, Any] = await seat.sees(f"/siaran/{id_}/rekap.json")
        seen = int(report["counts"]["received"])
        if seen >= count or time.monotonic() > ends:
            return seen
        await asyncio.sleep(0.5)
