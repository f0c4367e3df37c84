"""An adapter in Python: hands one message in, sends out what the city answers, and says what became of it.

    tuntas credentials adapter:bengkulu:instagram --json > adapter.json
    python adapter.py adapter.json "Sampah menumpuk di Gading Cempaka" [picture.jpg]

Needs nats-py and, for the picture, httpx.
"""

import asyncio
import json
import sys
import uuid
from pathlib import Path
from typing import Any

import httpx
import nats
from nats.aio.client import Client
from nats.aio.msg import Msg

PERSON = "ig-4711"  # the platform's own id of who wrote


async def main() -> None:
    given = json.loads(Path(sys.argv[1]).read_text())

    async def denied(error: Exception) -> None:
        # The only place where a missing right shows; the call itself just times out.
        print("server:", error, file=sys.stderr)

    nc = await nats.connect(
        given["servers"], user=given["user"], password=given["password"],
        inbox_prefix=given["inbox_prefix"].encode(), error_cb=denied, max_reconnect_attempts=-1,
    )  # fmt: skip

    async def refused(message: Msg) -> None:
        print("refused:", message.data.decode())

    await nc.subscribe(given["refusals_subject"], cb=refused)

    media = []
    if len(sys.argv) > 3:
        async with httpx.AsyncClient() as http:
            answer = await http.post(
                given["media_url"], content=Path(sys.argv[3]).read_bytes(),
                headers={"authorization": f"Bearer {given['media_token']}", "content-type": "image/jpeg"},
            )  # fmt: skip
            answer.raise_for_status()
            media = [{"reference": answer.json()["reference"]}]

    message = {
        "type": "message", "version": 1, "id": f"comment-{uuid.uuid4().hex}",
        "sender": {"person": PERSON, "name": "warga.contoh"},
        "form": "image" if media else "text", "text": sys.argv[2], "media": media,
    }  # fmt: skip
    await hand_in(nc, given["subject"], message)
    await hand_in(nc, given["subject"], message)  # repeats are harmless: the message's id tells

    queue = await nc.jetstream().pull_subscribe_bind(given["outbound_consumer"], stream=given["outbound_stream"])
    sent: set[str] = set()
    while not sent:
        try:
            arrived = await queue.fetch(10, timeout=10)
        except TimeoutError:
            continue
        for one in arrived:
            notice = json.loads(one.data)
            if notice["to"] == PERSON and notice["notice"] not in sent:
                sent.add(notice["notice"])  # sending twice is yours to avoid
                print("send:", json.dumps(notice["text"], ensure_ascii=False))
            receipt = {
                "type": "receipt", "version": 1, "id": f"out-{notice['notice']}", "notice": notice["notice"],
                "status": "delivered",
            }  # fmt: skip
            await hand_in(nc, given["subject"], receipt)
            await one.ack()
    await nc.close()


async def hand_in(nc: Client, subject: str, body: dict[str, Any]) -> None:
    """Until the broker says that it is on disk: `{"stream": "INTAKE", "seq": …}`."""
    while True:
        try:
            answer = json.loads((await nc.request(subject, json.dumps(body).encode(), timeout=5)).data)
        except (TimeoutError, nats.errors.Error):
            continue
        if "seq" in answer:
            return
        await asyncio.sleep(1)


asyncio.run(main())
