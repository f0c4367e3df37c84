"""`python -m tests.bench.surge`: a flood about one outage through the real door, beside a LIVE session by hand.

Prints what was sent, acknowledged and lost, the wait for the first acknowledgement, and how many clusters came of it,
beside the machine's load. The default is the real thing: 5,000 messages in 120 s and 60 entries in 300 s.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx
import nats

from services.cli.demo.staff import Seat
from services.cli.demo.stage import Stage
from services.cli.provision import accounts
from services.complaint.aggregate import COMPLAINT
from services.complaint.events import MergeJoined
from services.contracts import subjects
from services.contracts.facts import ClusterOpened
from services.intake.meta.signature import signed
from services.router.merging.facts import CLUSTER
from services.runtime.log import Log

CITY = "bengkulu"
DAY = 86_400.0
HEAD = ("Air mati", "Air PDAM mati", "Air ledeng dak ngalir", "Air pam mati total", "PDAM mati", "Air dak hidup")
TAIL = ("dari pagi", "sejak kemarin", "pak, tolong", "sudah lama nian", "dari subuh", "seharian ini", "gmn ini pak")
SAID = ("Sampah menumpuk di {}", "Lampu jalan mati di {}", "Jalan berlubang di {}", "Drainase tersumbat di {}")


@dataclass
class Outcome:
    messages: int = 0
    seconds: float = 0.0
    refused: int = 0
    """Webhooks that were not answered by 200 within ten tries: lost."""
    acknowledged: int = 0
    clusters: int = 0
    in_cluster: int = 0
    ack_p50: float | None = None
    ack_p95: float | None = None
    ack_worst: float | None = None
    entries: int = 0
    entries_seen: int = 0
    entry_p95: float | None = None
    """From Enter to the page that shows it."""
    load: list[tuple[float, float, float]] = field(default_factory=list)


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


async def flood(stage: Stage, count: int, seconds: float, outcome: Outcome) -> dict[str, float]:
    """Evenly over the time; what is not taken is sent again, as the provider does. Person → when it was first sent."""
    given, chance = stage.credentials(f"whatsapp:{CITY}"), random.Random(7)  # words, not secrets
    number = given["phone_number_ids"][0]
    sent: dict[str, float] = {}
    began = time.monotonic()
    async with httpx.AsyncClient(timeout=20, limits=httpx.Limits(max_connections=60), trust_env=False) as http:

        async def one(at: int) -> None:
            words = f"{chance.choice(HEAD)} {chance.choice(TAIL)}"
            person, raw = message(at, words, number)
            headers = {"x-hub-signature-256": signed(given["app_secret"], raw), "content-type": "application/json"}
            sent[person] = time.time()
            for _ in range(10):
                try:
                    if (await http.post(given["webhook_url"], content=raw, headers=headers)).status_code == 200:
                        return
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.5)
            outcome.refused += 1

        async with asyncio.TaskGroup() as group:
            for at in range(count):
                await asyncio.sleep(max(0.0, began + at * seconds / count - time.monotonic()))
                group.create_task(one(at))
    outcome.messages, outcome.seconds = count, round(time.monotonic() - began, 1)
    return sent


async def heard(stage: Stage, sent: dict[str, float], patience: float, outcome: Outcome) -> None:
    """Until everybody has the first answer, or `patience` seconds nothing new comes."""
    first: dict[str, float] = {}
    async with httpx.AsyncClient(timeout=60, trust_env=False) as http:
        last = time.monotonic()
        while len(first) < len(sent) and time.monotonic() - last < patience:
            await asyncio.sleep(3)
            for one in (await http.get(f"{stage.standin_url}/control/messages")).json()["messages"]:
                if one["to"] in sent and one["to"] not in first:
                    first[one["to"]], last = one["at"], time.monotonic()
    waits = sorted(first[person] - sent[person] for person in first)
    outcome.acknowledged = len(first)
    if waits:
        outcome.ack_p50, outcome.ack_p95 = (round(waits[int(len(waits) * share)], 2) for share in (0.5, 0.95))
        outcome.ack_worst = round(waits[-1], 2)


async def session(stage: Stage, count: int, seconds: float, outcome: Outcome) -> None:
    """One moderator, one entry after another, through the page."""
    wards = [ward.name for ward in stage_city(stage).wards.values()]
    async with Seat("prokopim", stage.credentials(f"staff:{CITY}:prokopim")) as seat:
        plan = await seat.does("plan_live", platform="tiktok", host="walikota", planned_for="2099-01-01T00:00:00Z")
        id_ = plan["fact"]
        await seat.does("start_live", session=id_)
        await asyncio.sleep(2)  # until the pages know it
        waits, began = [], time.monotonic()
        for at in range(count):
            await asyncio.sleep(max(0.0, began + at * seconds / count - time.monotonic()))
            words, start = SAID[at % len(SAID)].format(wards[at % len(wards)]), time.monotonic()
            form = {"text": words, "entry": f"surge-entry-{at:06d}", "csrf": seat._csrf}
            answer = await seat._client.post(f"/siaran/{id_}/catat", data=form, headers={"accept": "text/html"})
            assert answer.status_code == 303, answer.status_code
            await seat._client.get(f"/siaran/{id_}/catat", headers={"accept": "text/html"})
            waits.append(time.monotonic() - start)
        await seat.does("end_live", session=id_)
        await asyncio.sleep(3)
        report = await seat.sees(f"/siaran/{id_}/rekap.json")
    outcome.entries, outcome.entries_seen = count, report["counts"]["received"]
    outcome.entry_p95 = round(sorted(waits)[int(len(waits) * 0.95)], 2) if waits else None


def stage_city(stage: Stage) -> Any:
    assert stage._supervisor is not None
    return stage._supervisor.cities[CITY]


async def clusters(stage: Stage, outcome: Outcome) -> None:
    assert stage._supervisor is not None
    url = stage._supervisor.installation.nats_url(accounts.ADMIN)
    client = await nats.connect(url, inbox_prefix=accounts.inbox_prefix(accounts.ADMIN).encode())
    city, complaints = Log(client, subjects.CITY), Log(client, subjects.COMPLAINTS)
    async for entries in city.pages(f"city.{CITY}.cluster.*"):
        for entry in entries:
            fact = CLUSTER.decode(entry.type, entry.schema, entry.body).data
            if isinstance(fact, ClusterOpened):
                outcome.clusters += 1
                joined: set[str] = set()
                for one in await complaints.load(subjects.complaint(CITY, fact.main)):
                    event = COMPLAINT.decode(one.type, one.schema, one.body)
                    if isinstance(event.data, MergeJoined):
                        joined |= set(event.data.complaints)
                outcome.in_cluster += 1 + len(joined)
    await client.close()


async def run(messages: int, seconds: float, entries: int, minutes: float, patience: float = 60) -> Outcome:
    outcome = Outcome()
    async with AsyncExitStack() as ends:
        folder = ends.enter_context(tempfile.TemporaryDirectory(prefix="tuntas-surge-", dir="/tmp"))
        stage = await ends.enter_async_context(Stage(Path(folder), day=DAY))
        outcome.load.append(os.getloadavg())
        live = asyncio.ensure_future(session(stage, entries, minutes * 60, outcome))
        sent = await flood(stage, messages, seconds, outcome)
        outcome.load.append(os.getloadavg())
        await heard(stage, sent, patience, outcome)
        await live
        await asyncio.sleep(5)
        await clusters(stage, outcome)
        outcome.load.append(os.getloadavg())
    return outcome


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--entries", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=5)
    given = parser.parse_args()
    outcome = asyncio.run(run(given.messages, given.seconds, given.entries, given.minutes))
    print(json.dumps(asdict(outcome), indent=1))  # noqa: T201  # a command's answer
    lost = outcome.refused or outcome.acknowledged < outcome.messages or outcome.entries_seen < outcome.entries
    sys.exit(1 if lost or outcome.clusters != 1 else 0)


if __name__ == "__main__":
    main()
