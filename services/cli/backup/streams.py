"""Streams as the server itself hands them out and takes them back, consumers with their positions included.

JetStream's API, `STREAM.SNAPSHOT` and `STREAM.RESTORE`: chunks of one archive, each acknowledged before more come.
"""

import json
from pathlib import Path
from typing import Any

from nats.aio.client import Client

from services.cli.provision.streams import BrokerError
from services.contracts import subjects

IN_ORDER = (
    subjects.INTAKE, subjects.COMPLAINTS, subjects.CITY, subjects.AGENCY, subjects.ASK, subjects.OUTBOUND,
    subjects.PARKED,
)  # fmt: skip
"""What leaves the door's queue while it is written stands in the log, which is written after it; what the log says of
offices' tasks stands in their queues, which come after the log."""

CHUNK = 64 * 1024
"""Bytes; well below the server's limit of a message."""
PATIENCE = 60.0
"""Seconds for one chunk."""


async def save(client: Client, name: str, folder: Path) -> int:
    """Two files of one stream; the position of its last message. Raises BrokerError."""
    inbox = client.new_inbox()
    chunks = await client.subscribe(inbox)
    try:
        about = await _ask(client, f"STREAM.SNAPSHOT.{name}", {"deliver_subject": inbox, "chunk_size": CHUNK})
        with (folder / f"{name}.snapshot").open("wb") as file:
            while True:
                chunk = await chunks.next_msg(timeout=PATIENCE)
                if not chunk.data:
                    break
                file.write(chunk.data)
                if chunk.reply:
                    await client.publish(chunk.reply, b"")
    finally:
        await chunks.unsubscribe()
    status = (chunk.headers or {}).get("Status", "204")
    if status != "204":
        raise BrokerError(f"the snapshot of {name} ended early: {status}", int(status))
    (folder / f"{name}.json").write_text(json.dumps({"config": about["config"], "state": about["state"]}))
    return int(about["state"]["last_seq"])


async def restore(client: Client, name: str, folder: Path) -> int:
    """The stream as it was saved; the position of its last message. Raises BrokerError, also where there is one."""
    about = json.loads((folder / f"{name}.json").read_text())
    begun = await _ask(client, f"STREAM.RESTORE.{name}", about)
    with (folder / f"{name}.snapshot").open("rb") as file:
        while content := file.read(CHUNK):
            _refused(name, await _request(client, begun["deliver_subject"], content))
    made = _refused(name, await _request(client, begun["deliver_subject"], b""))
    return int(made["state"]["last_seq"])


async def absent(client: Client, name: str) -> bool:
    try:
        await _ask(client, f"STREAM.INFO.{name}", None)
    except BrokerError as error:
        if error.args[1] == _NO_STREAM:
            return True
        raise
    return False


_NO_STREAM = 10059


async def _ask(client: Client, call: str, body: object) -> dict[str, Any]:
    return _refused(call, await _request(client, f"$JS.API.{call}", b"" if body is None else json.dumps(body).encode()))


async def _request(client: Client, subject: str, body: bytes) -> bytes:
    return (await client.request(subject, body, timeout=PATIENCE)).data


def _refused(what: str, answer: bytes) -> dict[str, Any]:
    """A chunk's acknowledgement is empty, or says what was wrong."""
    read: dict[str, Any] = json.loads(answer) if answer else {}
    if error := read.get("error"):
        raise BrokerError(f"{what}: {error.get('description')}", error.get("err_code", 0))
    return read
