"""A whole installation in a folder of its own, started and stopped as a user would."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import nats
from nats.aio.client import Client

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 120.0


class Running:
    """`pid` is the supervisor's; everything it started is below it."""

    def __init__(self, home: Path, process: subprocess.Popen[bytes]) -> None:
        self.home = home
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
                        return
                await asyncio.sleep(0.3)

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
def started(settings: dict[str, str] | None = None) -> Iterator[Running]:
    with tempfile.TemporaryDirectory(prefix="tuntas-bench-") as folder:
        home = Path(folder)
        env = os.environ | {"TUNTAS_HOME": str(home)} | (settings or {})
        with (home / "bench.log").open("wb") as log:
            process = subprocess.Popen(  # our own program
                [sys.executable, "-m", "services.cli", "up"], cwd=ROOT, env=env, stdout=log, stderr=log
            )
            try:
                yield Running(home, process)
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(60)
