"""The embedded servers do what the supervisor relies on."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import asyncpg
import nats
import psutil
import pytest

from services.cli.supervisor.nats import NatsServer
from services.cli.supervisor.ports import Ports
from services.cli.supervisor.postgres import PostgresServer


async def test_postgres_is_reached_by_a_socket_of_ours_and_by_no_port(postgres_server: PostgresServer) -> None:
    connection = await asyncpg.connect(postgres_server.url())
    try:
        assert await connection.fetchval("show listen_addresses") == ""
        assert await connection.fetchval("show data_checksums") == "on"
    finally:
        await connection.close()
    assert postgres_server.sockets.stat().st_mode & 0o777 == 0o700


async def test_a_home_with_a_long_path_gets_a_short_folder_for_its_socket() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        server = PostgresServer(Path(folder) / ("long-" * 25))
        try:
            await server.start()
            connection = await asyncpg.connect(server.url())
            await connection.close()
            assert len(os.fsencode(server.sockets)) < 60
        finally:
            await server.stop()


async def test_a_killed_server_starts_again_on_the_same_folder(home: Path, ports: Ports) -> None:
    postgres, broker = PostgresServer(home / "killed-postgres"), NatsServer(home / "killed-nats", ports.claim())
    try:
        for _ in range(2):
            await asyncio.gather(postgres.start(), broker.start())
            await asyncio.gather(postgres.kill(), broker.kill())
        await asyncio.gather(postgres.start(), broker.start())
        client = await nats.connect(broker.url)
        await client.close()
    finally:
        await asyncio.gather(postgres.stop(), broker.stop())


@pytest.mark.parametrize("cleared", [True, False])
async def test_a_block_that_a_kill_left_unborn_takes_no_stream_with_it(
    home: Path, ports: Ports, monkeypatch: pytest.MonkeyPatch, cleared: bool
) -> None:
    """Left in place it does, which is why it is cleared; once the server minds it no more, `blocks.py` can go."""
    if not cleared:
        monkeypatch.setattr("services.cli.supervisor.nats.clear_unborn", lambda store: [])
    broker = NatsServer(home / f"unborn-{cleared}", ports.claim())
    try:
        await broker.start()
        client = await nats.connect(broker.url)
        await client.jetstream().add_stream(name="QUEUE", subjects=["queue"], retention="workqueue")
        await client.jetstream().publish("queue", b"waits")
        await client.close()
        await broker.kill()
        (last,) = (broker.store / "jetstream/CORE/streams/QUEUE/msgs").glob("*.blk")
        born = last.with_name(f"{int(last.stem) + 1}.blk")
        born.touch()
        born.with_suffix(".key.tmp").write_bytes(last.with_suffix(".key").read_bytes())
        await broker.start()
        client = await nats.connect(broker.url)
        try:
            found = {info.config.name: info.state.messages for info in await client.jetstream().streams_info()}
        finally:
            await client.close()
        assert found == ({"QUEUE": 1} if cleared else {})
    finally:
        await broker.stop()


async def test_what_the_broker_stores_is_not_readable_on_disk(nats_server: NatsServer) -> None:
    client = await nats.connect(nats_server.url)
    try:
        stream = client.jetstream()
        await stream.add_stream(name="CANARY", subjects=["canary"])
        await stream.publish("canary", b"Kenari Contoh menulis kalimat ini")
        files = [path for path in nats_server.store.rglob("*") if path.is_file()]
        assert any("CANARY" in str(path) for path in files)
        assert all(b"Kenari" not in path.read_bytes() for path in files)
        await stream.delete_stream("CANARY")
    finally:
        await client.close()


_STARTS_AND_WAITS = """
import asyncio, sys
from pathlib import Path
from services.cli.supervisor.nats import NatsServer
from services.cli.supervisor.postgres import PostgresServer
async def main():
    home = Path(sys.argv[1])
    broker, postgres = NatsServer(home / "nats", int(sys.argv[2])), PostgresServer(home / "postgres")
    await asyncio.gather(broker.start(), postgres.start())
    print(broker.child.pid, postgres.child.pid, flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


async def test_servers_end_when_their_parent_is_killed(home: Path, ports: Ports) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", _STARTS_AND_WAITS, str(home / "orphans"), str(ports.claim())],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    pids = [int(word) for word in (await asyncio.to_thread(parent.stdout.readline)).split()]
    children = [psutil.Process(pid) for pid in pids]
    assert len(children) == 2
    children += children[1].children(recursive=True)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    await asyncio.to_thread(psutil.wait_procs, children, 10)
    # In a container without an init process the ended ones may stay as zombies.
    assert [p for p in children if p.is_running() and p.status() != psutil.STATUS_ZOMBIE] == []
