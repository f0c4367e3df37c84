"""An office's program with FastStream: takes the next task from its queue, accepts it and resolves it with a picture.

tuntas credentials agency:bengkulu:dlh --json > agency.json
python agency.py agency.json after.jpg
"""

import asyncio
import json
import sys
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from faststream.nats import NatsBroker
from faststream.security import SASLPlaintext

given = json.loads(Path(sys.argv[1]).read_text())


async def denied(error: Exception) -> None:
    print("server:", error, file=sys.stderr)


broker = NatsBroker(
    given["servers"],
    security=SASLPlaintext(given["user"], given["password"]),
    inbox_prefix=given["inbox_prefix"].encode(),
    error_cb=denied,
    max_reconnect_attempts=-1,
)


async def command(complaint: str, action: dict[str, Any], officer: str = "petugas-7") -> dict[str, Any]:
    """The same id is the same command for ever: ask until there is an answer."""
    body = {"version": 1, "id": uuid.uuid4().hex, "complaint": complaint, "officer": officer, "action": action}
    while True:
        try:
            answer = await broker.request(json.dumps(body).encode(), given["command_subject"], timeout=5)
        except TimeoutError:
            continue
        reply: dict[str, Any] = json.loads(answer.body)
        refusal = reply.get("refusal")
        if isinstance(refusal, dict) and refusal["code"] in ("unavailable", "too_many"):
            await asyncio.sleep(1)
            continue
        return reply


async def next_task() -> dict[str, Any]:
    """The first open task of which we are the lead. Acking says "I have it here", not "I accept it"."""
    queue = await broker.connection.jetstream().pull_subscribe_bind(given["consumer"], stream=given["stream"])
    held: dict[str, int] = {}
    while True:
        try:
            messages = await queue.fetch(20, timeout=10)
        except TimeoutError:
            continue
        for message in messages:
            task = json.loads(message.data)
            news = task["n"] > held.get(task["complaint"], 0)  # an older or equal n says nothing new
            held[task["complaint"]] = max(task["n"], held.get(task["complaint"], 0))
            await message.ack()
            if news and task["state"] == "open" and task["role"] == "lead":
                found: dict[str, Any] = task
                return found


async def upload(picture: Path) -> str:
    async with httpx.AsyncClient() as http:
        answer = await http.post(
            given["media_url"], content=picture.read_bytes(),
            headers={"authorization": f"Bearer {given['media_token']}", "content-type": "image/jpeg"},
        )  # fmt: skip
        answer.raise_for_status()
        return str(answer.json()["reference"])


async def main() -> None:
    async with broker:
        await broker.connect()
        task = await next_task()
        print("task:", task["ticket"], task["brief"]["summary"])
        complaint = task["complaint"]
        finish = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        print("accept:", await command(complaint, {"do": "accept", "finish_by": finish}))
        print("wrong:", await command(complaint, {"do": "resolve", "closure": "adopted", "text": "Sudah."}))
        evidence = [await upload(Path(sys.argv[2]))]
        done = {"do": "resolve", "closure": "fixed", "text": "Sampah sudah diangkut.", "evidence": evidence}
        print("resolve:", await command(complaint, done))


asyncio.run(main())
