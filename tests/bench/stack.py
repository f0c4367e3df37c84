"""A whole installation in a folder of its own, started and stopped as a user would."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import nats
from nats.aio.client import Client

from tests.quiet_cities import without_surges

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 120.0
PACE = "0.01"
"""Messages a second that a door may send: next to none."""


class Running:
    """`pid` is the supervisor's; everything it started is below it."""

    def __init__(self, home: Path, process: subprocess.Popen[bytes], standin: str) -> None:
        self.home = home
        self._standin = standin
        self.pid = process.pid
        self._process = process

    def tuntas(self, *words: str) -> Any:
        """What a `tuntas` command prints with `--json`."""
        done = subprocess.run(  # our own program
            [sys.executable, "-m", "services.cli", *words, "--json"],
            cwd=ROOT, env=os.environ | {"TUNTAS_HOME": str(self.home)}, capture_output=True, check=True,
        )  # fmt: skip
        return json.loads(done.stdout)

    async def ready(self) -> None:
        async with asyncio.timeout(READY_WITHIN):
            while True:
                if self._process.poll() is not None:
                    raise RuntimeError(f"the services ended: {(self.home / 'bench.log').read_text()[-2000:]}")
                with contextlib.suppress(subprocess.CalledProcessError):
                    if (await asyncio.to_thread(self.tuntas, "status"))["ready"]:
                        break
                await asyncio.sleep(0.3)
        await asyncio.to_thread(self._tell_the_standin)

    def parts(self) -> dict[str, dict[str, Any]]:
        """Name → pid, port and how it stands, of the services, the broker and the database."""
        found: dict[str, dict[str, Any]] = json.loads((self.home / "state.json").read_text())["parts"]
        return found

    def whatsapp(self) -> dict[str, Any]:
        """City → its WhatsApp credentials."""
        names = [name for name in self.tuntas("credentials") if name.startswith("whatsapp:")]
        return {name.partition(":")[2]: self.tuntas("credentials", name) for name in names}

    def _tell_the_standin(self) -> None:
        secrets = json.loads((self.home / "secrets.json").read_text())["cities"]
        numbers = [
            {
                "phone_number_id": number,
                "access_token": secrets[city]["whatsapp"]["access_token"],
                "app_secret": given["app_secret"],
                "webhook_url": given["webhook_url"],
            }
            for city, given in self.whatsapp().items()
            for number in given["phone_number_ids"]
        ]
        httpx.put(f"{self._standin}/control/numbers", json=numbers, trust_env=False).raise_for_status()

    @contextlib.asynccontextmanager
    async def admin(self) -> AsyncIterator[Client]:
        """The broker with all rights, for looking only."""
        secrets = json.loads((self.home / "secrets.json").read_text())
        address = json.loads((self.home / "state.json").read_text())["urls"]["nats"]
        connection = await nats.connect(address, user="admin", password=secrets["nats"]["admin"])
        try:
            yield connection
        finally:
            await connection.close()


@contextlib.contextmanager
def started() -> Iterator[Running]:
    """The services, with the provider's stand-in beside them (its own tree: what it uses is not counted)."""
    with tempfile.TemporaryDirectory(prefix="tuntas-bench-") as folder:
        home = Path(folder)
        port = _free_port()
        env = os.environ | {
            "TUNTAS_HOME": str(home),
            "TUNTAS_CITIES_DIR": str(without_surges(home / "cities")),
            "TUNTAS_WHATSAPP_API_URL": f"http://127.0.0.1:{port}/v23.0",
            # What is measured ends with a notice in its queue; a provider takes 80 a second whatever we do. One that is
            # sent costs, with its receipts, more than a complaint up to there: `tests.bench.surge` measures that.
            "TUNTAS_WHATSAPP_PER_SECOND": PACE,
        }
        with (home / "bench.log").open("wb") as log, contextlib.ExitStack() as ending:

            def start(*words: str) -> subprocess.Popen[bytes]:
                process = subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, env=env, stdout=log, stderr=log)
                ending.callback(_end, process)
                return process

            start("services.cli.standins.whatsapp", "--port", str(port))
            yield Running(home, start("services.cli", "up"), f"http://127.0.0.1:{port}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(60)
