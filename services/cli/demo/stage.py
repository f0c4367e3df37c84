"""The stage of the stories: `tuntas up` and the provider's stand-in as processes, and everybody's credentials."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

import httpx

DAY = 86_400.0


class StageFellError(Exception):
    """What the stories play on did not come up, or went down; the sentence says where to look."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stage:
    """`day`: seconds that one day of a policy lasts here, the only thing that is not as in a real city."""

    def __init__(self, home: Path, day: float) -> None:
        self.home = home.resolve()
        self.day = day
        self.standin_url = f"http://127.0.0.1:{free_port()}"
        self.state: dict[str, Any] = {}
        self._processes: list[subprocess.Popen[bytes]] = []
        self._known: dict[str, dict[str, Any]] = {}

    @property
    def log(self) -> Path:
        return self.home / "demo.log"

    @property
    def public_url(self) -> str:
        """Base address of the pages."""
        return str(self.state["urls"]["reporting"])

    async def __aenter__(self) -> Self:
        self.home.mkdir(parents=True, exist_ok=True)
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _start(self) -> None:
        settings = {
            **os.environ,
            "TUNTAS_HOME": str(self.home),
            "TUNTAS_TIME_SCALE": repr(self.day / DAY),
            "TUNTAS_WHATSAPP_API_URL": f"{self.standin_url}/v23.0",
        }
        (self.home / "state.json").unlink(missing_ok=True)
        port = self.standin_url.rpartition(":")[2]
        self._run(["-m", "services.cli.standins.whatsapp", "--port", port], settings)
        self._run(["-m", "services.cli", "up"], settings)
        await self._until_ready()
        await self._number_the_standin()

    def _run(self, arguments: list[str], settings: dict[str, str]) -> None:
        with self.log.open("ab") as log:
            self._processes.append(
                subprocess.Popen(  # starts and does not wait
                    [sys.executable, *arguments], env=settings, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    start_new_session=True,
                )
            )  # fmt: skip

    def alive(self) -> None:
        """Raises StageFellError when a part of the stage has ended."""
        for process in self._processes:
            if process.poll() is not None:
                raise StageFellError(f"{process.args!r} ended with {process.returncode}; see {self.log}")

    async def _until_ready(self, patience: float = 120) -> None:
        ends = time.monotonic() + patience
        while time.monotonic() < ends:
            self.alive()
            with contextlib.suppress(OSError, ValueError):
                self.state = json.loads((self.home / "state.json").read_text())
                if self.state.get("ready"):
                    return
            await asyncio.sleep(0.1)
        raise StageFellError(f"not ready within {patience:.0f} s; see {self.log}")

    async def _number_the_standin(self) -> None:
        """The provider knows the city's numbers, its app secret and where its webhook is."""
        numbers = []
        kept = json.loads((self.home / "secrets.json").read_text())["cities"]
        for name in await self.names():
            kind, _, city = name.partition(":")
            if kind == "whatsapp":
                given = await self.credentials(name)
                numbers += [
                    {
                        "phone_number_id": number, "access_token": kept[city]["whatsapp"]["access_token"],
                        "app_secret": given["app_secret"], "webhook_url": given["webhook_url"],
                    }
                    for number in given["phone_number_ids"]
                ]  # fmt: skip
        async with httpx.AsyncClient(trust_env=False) as client:
            (await client.put(f"{self.standin_url}/control/numbers", json=numbers)).raise_for_status()

    async def tuntas(self, *arguments: str) -> Any:
        """What `tuntas … --json` says, run as anybody would run it."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "services.cli", *arguments, "--json",
            env={**os.environ, "TUNTAS_HOME": str(self.home)},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, err = await process.communicate()
        if process.returncode:
            raise StageFellError(f"tuntas {' '.join(arguments)}: {err.decode(errors='replace').strip()[-500:]}")
        return json.loads(out)

    async def names(self) -> list[str]:
        return [str(name) for name in await self.tuntas("credentials")]

    async def credentials(self, name: str) -> dict[str, Any]:
        if name not in self._known:
            self._known[name] = await self.tuntas("credentials", name)
        return self._known[name]

    async def stop(self) -> None:
        """In the order that nothing is lost by: first who feeds it, then the services."""
        for process in self._processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in reversed(self._processes):
            with contextlib.suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(process.wait, 30)
            if process.poll() is None:
                process.kill()
