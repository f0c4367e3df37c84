"""The service as it is started: with its own rights, level with the log, and gone when it is told to go."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import httpx

from services.cli.supervisor.ports import Ports
from tests.reporting.conftest import House

ROOT = Path(__file__).parents[2]


async def _ready(client: httpx.AsyncClient, seconds: float = 30) -> dict[str, object]:
    """Waits for readiness; the last picture otherwise."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    picture: dict[str, object] = {}
    while loop.time() < end:
        try:
            answer = await client.get("/health/ready")
            picture = answer.json()
            if answer.status_code == 200:
                return picture
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.2)
    raise AssertionError(json.dumps(picture)[:2000])


async def test_the_service_follows_the_log_serves_its_pages_and_stops_when_told(house: House, ports: Ports) -> None:
    story = await (await house.teller.begin()).screened()
    port = ports.claim()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.reporting.main", cwd=ROOT,
        env=os.environ | house.stack.installation.environment("reporting") | {"TUNTAS_HTTP_PORT": str(port)},
    )  # fmt: skip
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            await _ready(client)
            loop = asyncio.get_running_loop()
            end = loop.time() + 15
            while (answer := await client.get(f"/lacak/{story.ticket}.json")).status_code != 200 and loop.time() < end:
                await asyncio.sleep(0.1)
            assert [step["type"] for step in answer.json()["steps"]][-1] == "complaint.assigned"
            assert (await client.get("/papan")).status_code == 303
            assert "default-src 'none'" in (await client.get("/")).headers["content-security-policy"]
    finally:
        process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(process.wait(), 20)
    assert code == 0
    assert (await house.rebuild().compare()).equal


async def test_the_rebuild_runs_as_a_command_with_the_services_own_rights(house: House) -> None:
    for _ in range(4):
        await house.teller.begin()
    await house.follow()
    alone = await _rebuilt(house, "--compare")
    assert alone["equal"]
    assert (await _rebuilt(house))["swapped"]

    # Two processes make the same tables of the same events.
    for flags, expected in (
        (["--compare"], {"equal": True}),
        ([], {"swapped": True}),
        (["--compare"], {"equal": True}),
    ):
        together = await _rebuilt(house, *flags, "--worth", "1")
        assert together.items() >= (expected | {"events": alone["events"], "sequence": alone["sequence"]}).items()


async def _rebuilt(house: House, *flags: str) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.reporting.rebuild", "--json", *flags, cwd=ROOT, stdout=asyncio.subprocess.PIPE,
        env=os.environ | house.stack.installation.environment("reporting"),
    )  # fmt: skip
    out, _ = await process.communicate()
    assert process.returncode == 0
    report: dict[str, Any] = json.loads(out)
    return report


_HALVES = """
import asyncio
from services.reporting.halves import Helper, HelperLost

async def counts(until): return until + 1
async def fails(until): raise RuntimeError
async def goes_on(until): await asyncio.Event().wait()

helper = Helper.forked(counts)
helper.order(41)
print(asyncio.run(helper.done()))
helper = Helper.forked(fails)
helper.order(1)
try:
    asyncio.run(helper.done())
except HelperLost:
    print("lost")
Helper.forked(counts).dismiss()
helper = Helper.forked(goes_on)
helper.order(1)
helper.dismiss()
print("ended")
"""


async def test_the_second_process_says_what_it_did_and_ends_with_the_first() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _HALVES, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, said = await process.communicate()
    assert out.decode().split() == ["42", "lost", "ended"], said.decode()
