"""A NATS server of one's own with the product's streams, for faults that need nothing but the log."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import nats
from nats.aio.client import Client

from services.cli.supervisor.nats import NatsServer
from services.cli.supervisor.ports import Ports
from services.contracts.streams import STREAMS


@asynccontextmanager
async def server_in(folder: Path, sync: str = "always") -> AsyncIterator[NatsServer]:
    """A running server whose store lies in `folder`; it may be killed meanwhile."""
    ports = Ports()
    server = NatsServer(folder, ports.claim(), sync=sync)
    try:
        await server.start()
        yield server
    finally:
        await server.stop()
        ports.release()


async def make_stream(connection: Client, name: str) -> None:
    """As provisioning makes it."""
    answer = await connection.request(f"$JS.API.STREAM.CREATE.{name}", json.dumps(STREAMS[name]).encode(), timeout=10)
    error = json.loads(answer.data).get("error")
    if error is not None:
        raise RuntimeError(f"{name}: {error}")


async def connected(port: int) -> Client:
    """A patient client, as the services are."""
    return await nats.connect(
        f"nats://127.0.0.1:{port}", max_reconnect_attempts=-1, reconnect_time_wait=0.1, allow_reconnect=True,
        error_cb=_ignored, connect_timeout=3,
    )  # fmt: skip


async def _ignored(_: Exception) -> None:
    """Lost connections are what these tests are about."""
