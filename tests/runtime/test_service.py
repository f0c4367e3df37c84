"""A whole small service as a process of its own, on a provisioned stack, with its own rights."""

import asyncio
import json
import os
import secrets
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import nats
import pytest
import pytest_asyncio

from services.cli.supervisor.ports import Ports
from services.contracts import subjects
from services.contracts.commands import CommandReply
from services.runtime.log import Draft, Log
from services.runtime.traces import find
from tests.conftest import Stack, provisioned

COMPLAINT = "a" * 26
COMMAND = {"version": 1, "id": "k1", "complaint": COMPLAINT, "action": {"do": "accept"}}


@dataclass
class Small:
    process: Process
    url: str
    home: Path
    lines: list[dict[str, object]]

    async def until_ready(self, patience: float = 30.0) -> dict[str, object]:
        async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(patience):
            while True:
                try:
                    answer = await client.get(f"{self.url}/health/ready")
                    if answer.status_code == 200:
                        return dict(answer.json())
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.1)

    async def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(20):
            return await self.process.wait()


@pytest_asyncio.fixture(scope="module")
async def stack(home: Path, ports: Ports) -> AsyncIterator[Stack]:
    """Not the shared one: it is killed here."""
    async with provisioned(home / "service-stack", ports.claim()) as own:
        yield own


@pytest_asyncio.fixture
async def small(stack: Stack, ports: Ports, tmp_path: Path) -> AsyncIterator[Small]:
    port = ports.claim()
    environment = {
        **os.environ,
        **stack.installation.environment("router"),
        "TUNTAS_HTTP_PORT": str(port),
        "TUNTAS_HOME": str(tmp_path),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.runtime.small_service", env=environment, stderr=PIPE
    )
    lines: list[dict[str, object]] = []

    async def read() -> None:
        assert process.stderr is not None
        async for line in process.stderr:
            try:
                lines.append(json.loads(line))
            except ValueError:
                lines.append({"raw": line.decode()})

    reading = asyncio.create_task(read())
    yield Small(process, f"http://127.0.0.1:{port}", tmp_path, lines)
    if process.returncode is None:
        process.kill()
        await process.wait()
    await reading


async def ask(stack: Stack, user: str, subject: str, body: bytes) -> CommandReply:
    client = await stack.connect(user)
    answer = await client.request(subject, body, timeout=30)
    await client.close()
    return CommandReply.model_validate_json(answer.data)


async def test_a_service_becomes_ready_follows_answers_and_leaves_in_order(stack: Stack, small: Small) -> None:
    ready = await small.until_ready()
    assert ready["ready"] is True
    admin = await stack.connect()
    complaint = secrets.token_hex(13)
    with_trace = {"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}
    await Log(admin, subjects.COMPLAINTS).append(
        subjects.complaint("bengkulu", complaint), [Draft("test.happened", 1, "1", b"{}", with_trace)], 0
    )
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(30):
        while (await client.get(f"{small.url}/seen")).json()["seen"] < 1:
            await asyncio.sleep(0.05)
        assert (await client.get(f"{small.url}/health/live")).json() == {"service": "router", "live": True}
    agency = next(iter(stack.cities["bengkulu"].agencies)).id
    subject = subjects.agency_command("bengkulu", agency)
    done = await ask(stack, "admin", subject, json.dumps(COMMAND).encode())
    assert done == CommandReply(id="k1", n=4)
    broken = await ask(stack, "admin", subject, json.dumps({**COMMAND, "id": "breaks"}).encode())
    assert broken.refusal is not None
    assert (broken.id, broken.refusal.code) == ("breaks", "unavailable")
    unread = await ask(stack, "admin", subject, b'{"id": "k2", "action": {"do": "dance"}}')
    assert unread.refusal is not None
    assert (unread.id, unread.refusal.code) == ("k2", "invalid")
    no_json = await ask(stack, "admin", subject, b"halo")
    assert no_json.refusal is not None
    assert no_json.refusal.code == "invalid"

    slow = asyncio.create_task(ask(stack, "admin", subject, json.dumps({**COMMAND, "id": "slow"}).encode()))
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(20):
        while "slow" not in (await client.get(f"{small.url}/seen")).json()["asked"]:
            await asyncio.sleep(0.05)
    assert await small.end() == 0
    assert (await slow).n == 4, "a command in hand is answered before the end"
    spans = find(small.home / "traces", "ab" * 16)
    assert [span["name"] for span in spans] == ["process complaint.{city}.{shard}.{complaint}"]
    assert spans[0]["trace"] != "ab" * 16, "a hop is a trace of its own"
    said = json.dumps(small.lines)
    assert "a sentence that a person wrote" not in said
    assert any(line.get("event") == "command_fails" and line.get("trace_id") for line in small.lines)
    await admin.close()


async def test_an_agency_with_its_own_credentials_is_answered(stack: Stack, small: Small) -> None:
    await small.until_ready()
    agency = next(one for one in stack.cities["bengkulu"].agencies if one.connects).id
    users = [name for name in stack.installation.secrets.nats if agency in name and "bengkulu" in name]
    client = await stack.connect(users[0])
    answer = await client.request(subjects.agency_command("bengkulu", agency), json.dumps(COMMAND).encode(), timeout=30)
    assert CommandReply.model_validate_json(answer.data).n == 4
    await client.close()
    assert await small.end() == 0


async def test_a_service_waits_for_what_is_away_and_goes_on_by_itself(stack: Stack, small: Small) -> None:
    await stack.postgres.kill()
    await stack.broker.kill()
    await asyncio.sleep(2.0)
    assert small.process.returncode is None
    await stack.broker.start()
    await stack.postgres.start()
    await small.until_ready()
    await stack.broker.kill()
    await stack.postgres.kill()
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(20):
        while (await client.get(f"{small.url}/health/ready")).status_code != 503:
            await asyncio.sleep(0.1)
        assert (await client.get(f"{small.url}/health/live")).status_code == 200
    await stack.postgres.start()
    await stack.broker.start()
    await small.until_ready()
    agency = next(iter(stack.cities["bengkulu"].agencies)).id
    answered = await ask(stack, "admin", subjects.agency_command("bengkulu", agency), json.dumps(COMMAND).encode())
    assert answered.n == 4, "commands are heard again, too"
    assert await small.end() == 0


async def test_a_service_that_nats_does_not_let_in_says_so_and_leaves(stack: Stack, ports: Ports) -> None:
    environment = {**os.environ, **stack.installation.environment("router"), "TUNTAS_HTTP_PORT": str(ports.claim())}
    environment["TUNTAS_NATS_URL"] = f"nats://router:wrong@{stack.broker.address}"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.runtime.small_service", env=environment, stderr=PIPE
    )
    async with asyncio.timeout(90):
        _, said = await process.communicate()
    assert process.returncode == 1
    assert b"wrong" not in said


@pytest.mark.parametrize("user", ["router"])
async def test_a_service_can_not_change_a_stream(stack: Stack, user: str) -> None:
    client = await stack.connect(user)
    with pytest.raises(nats.errors.TimeoutError):
        await client.request(f"$JS.API.STREAM.PURGE.{subjects.COMPLAINTS}", b"", timeout=1)
    await client.close()
