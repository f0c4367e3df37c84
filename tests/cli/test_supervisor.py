"""The supervisor with everything it starts: two folders at once, parts killed, itself killed, its ordered end."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from services.cli.supervisor.child import Child
from services.cli.supervisor.keeping import FIRST_PAUSE, LONGEST_PAUSE, next_pause
from tests.conftest import ROOT

PATIENCE = 240.0


def _environment(home: Path) -> dict[str, str]:
    ours = {key: value for key, value in os.environ.items() if not key.startswith("TUNTAS_")}
    return {**ours, "TUNTAS_HOME": str(home), "PYTHONPATH": str(ROOT)}


def _tuntas(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "services.cli", *arguments]
    return subprocess.run(command, env=_environment(home), capture_output=True, text=True, check=False, timeout=90)


class Running:
    """A `tuntas up` of our own, in a folder of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.process: Child | None = None

    def start(self) -> None:
        self.process = Child.start(
            "up",
            [sys.executable, "-m", "services.cli", "up"],
            environment=_environment(self.home),
            log=self.home / "up.log",
        )

    def state(self) -> dict[str, object]:
        """The state file, {} until it is this process's own."""
        assert self.process is not None
        try:
            state: dict[str, object] = json.loads((self.home / "state.json").read_text())
        except FileNotFoundError:
            return {}
        return state if state["pid"] == self.process.pid else {}

    def parts(self) -> dict[str, dict[str, object]]:
        return self.state().get("parts", {})  # type: ignore[return-value]

    def pids(self) -> dict[str, int]:
        return {name: int(str(part["pid"])) for name, part in self.parts().items() if part["pid"]}

    async def ready(self) -> None:
        assert self.process is not None
        until = time.monotonic() + PATIENCE
        while not (self.state().get("ready") and all(part["ready"] for part in self.parts().values())):
            assert self.process.returncode is None, (self.home / "up.log").read_text()
            assert time.monotonic() < until, (self.home / "up.log").read_text()
            await asyncio.sleep(0.1)

    async def stop(self) -> int:
        assert self.process is not None
        return await self.process.stop(signal.SIGTERM, 60)

    def family(self) -> list[psutil.Process]:
        assert self.process is not None
        family: list[psutil.Process] = psutil.Process(self.process.pid).children(recursive=True)
        return family


@pytest.fixture(scope="module")
def one(home: Path) -> Iterator[Running]:
    running = Running(home / "one")
    running.start()
    yield running
    assert running.process is not None
    family = running.family()
    running.process.kill()
    # Its parts follow it; the folder is removed only when they have.
    psutil.wait_procs(family, 30)


def _alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """In a container without an init process, ended orphans may stay as zombies."""
    return [process for process in processes if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


def test_pauses_grow_while_a_part_keeps_ending_and_start_small_after_a_steady_run() -> None:
    pauses = [0.0]
    for _ in range(10):
        pauses.append(next_pause(pauses[-1], ran=1.0))
    assert pauses[1] == FIRST_PAUSE
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
    assert next_pause(LONGEST_PAUSE, ran=60.0) == FIRST_PAUSE


async def test_up_becomes_ready_and_status_says_so(one: Running) -> None:
    await one.ready()
    shown = _tuntas(one.home, "status", "--json")
    status = json.loads(shown.stdout)
    assert shown.returncode == 0, status
    assert status["ready"] is True
    assert set(status["pids"]) == {"nats", "postgres", "intake", "router", "notifier", "reporting"}
    assert set(status["urls"]) >= {"pages", "intake", "nats"}
    assert status["lag"]["COMPLAINTS/router"] == {"waiting": 0, "in_hand": 0}


async def test_a_second_start_in_the_same_folder_is_refused(one: Running) -> None:
    await one.ready()
    second = _tuntas(one.home, "up")
    assert second.returncode == 4
    assert "already running" in second.stderr


async def test_every_part_that_is_killed_comes_back(one: Running) -> None:
    await one.ready()
    before = one.pids()
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while not (one.pids().keys() == before.keys() and not set(one.pids().values()) & set(before.values())):
        assert time.monotonic() < until, (one.home / "up.log").read_text()
        await asyncio.sleep(0.2)
    await one.ready()
    assert all(int(str(part["restarts"])) >= 1 for part in one.parts().values())


async def test_credentials_have_the_keys_that_others_build_on(one: Running) -> None:
    await one.ready()
    wanted = {
        "whatsapp:bengkulu": {"webhook_url", "verify_token", "app_secret", "phone_number_ids"},
        "adapter:bengkulu:instagram": {
            "servers", "user", "password", "inbox_prefix", "subject", "refusals_subject", "outbound_stream",
            "outbound_consumer", "media_url", "media_token",
        },
        "agency:bengkulu:dlh": {
            "servers", "user", "password", "inbox_prefix", "stream", "consumer", "command_subject", "media_url",
            "media_token",
        },
        "staff:kupang:walikota": {"login_url", "user", "password"},
    }  # fmt: skip
    names = json.loads(_tuntas(one.home, "credentials", "--json").stdout)
    assert set(wanted) <= set(names)
    for name, keys in wanted.items():
        assert set(json.loads(_tuntas(one.home, "credentials", name, "--json").stdout)) == keys


async def test_a_second_folder_runs_beside_it_and_nothing_outlives_its_killed_supervisor(
    one: Running, home: Path
) -> None:
    await one.ready()
    two = Running(home / "two")
    two.start()
    await two.ready()
    ports = [running.state()["ports"] for running in (one, two)]
    assert not set(ports[0].values()) & set(ports[1].values())  # type: ignore[attr-defined]
    assert two.process is not None
    family = two.family()
    assert len(family) >= 6
    await two.process.stop(signal.SIGKILL)
    await asyncio.to_thread(psutil.wait_procs, family, 30)
    assert _alive(family) == []

    two.start()
    await two.ready()
    assert two.state()["ports"] == ports[1], "after a restart the addresses are the same"
    family = two.family()
    assert await two.stop() == 0
    assert _alive(family) == []
    assert _tuntas(two.home, "status").returncode == 3
