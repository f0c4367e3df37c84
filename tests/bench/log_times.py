"""When messages were stored, by the broker's own clock: the one clock that door and queue share."""

import asyncio
import json
from datetime import datetime
from typing import Any

from nats.aio.client import Client

from services.contracts.envelope import TYPE_HEADER

_PAGE = 1000


async def stored(connection: Client, stream: str, subject: str, after: int) -> list[tuple[str, str, float]]:
    """(complaint, event type, seconds since 1970) of every event behind sequence `after`, by batch direct get."""
    found: list[tuple[str, str, float]] = []
    start = after + 1
    while True:
        inbox = connection.new_inbox()
        replies = await connection.subscribe(inbox)
        request = {"batch": _PAGE, "seq": start, "next_by_subj": subject}
        await connection.publish(f"$JS.API.DIRECT.GET.{stream}", json.dumps(request).encode(), reply=inbox)
        more = False
        while True:
            message = await replies.next_msg(timeout=10)
            headers = message.headers or {}
            if "Status" in headers:
                more = int(headers.get("Nats-Num-Pending", "0")) > 0
                break
            start = int(headers["Nats-Sequence"]) + 1
            when = datetime.fromisoformat(headers["Nats-Time-Stamp"][:26].rstrip("Z") + "Z").timestamp()
            complaint = headers["Nats-Subject"].rsplit(".", 1)[1]
            found.extend((complaint, kind, when) for kind in headers.get(TYPE_HEADER, "").split(","))
        await replies.unsubscribe()
        if not more:
            return found


async def info(connection: Client, what: str) -> dict[str, Any]:
    """`STREAM.INFO.<stream>` or `CONSUMER.INFO.<stream>.<consumer>` of JetStream's API."""
    answer = await connection.request(f"$JS.API.{what}", b"", timeout=10)
    found: dict[str, Any] = json.loads(answer.data)
    if "error" in found:
        raise RuntimeError(f"{what}: {found['error']}")
    return found


async def level(connection: Client, patience: float) -> None:
    """Until the door is empty and every service has followed the log to its end. TimeoutError after `patience` s."""
    quiet = 0
    async with asyncio.timeout(patience):
        while quiet < 2:
            waiting = (await info(connection, "STREAM.INFO.INTAKE"))["state"]["messages"]
            for service in ("intake", "router", "notifier", "reporting"):
                follower = await info(connection, f"CONSUMER.INFO.COMPLAINTS.{service}")
                waiting += follower["num_pending"] + follower["num_ack_pending"]
            quiet = quiet + 1 if waiting == 0 else 0
            await asyncio.sleep(0.2)  # each look costs the broker more than a complaint does
