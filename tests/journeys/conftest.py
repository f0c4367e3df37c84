"""One installation of its own for the journeys, started as anybody starts it."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from services.cli.demo.pictures import draw
from services.cli.demo.stage import Stage

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Demo:
    """What `tuntas demo --once --json` left: exit code and what it printed."""

    code: int
    out: str
    told: str

    @property
    def stories(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.out)["stories"]
        return found


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    with tempfile.TemporaryDirectory(prefix="tuntas-demo-", dir="/tmp") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "services.cli", "demo", "--once", "--json"],
            cwd=ROOT, env={**os.environ, "TUNTAS_HOME": folder}, capture_output=True, text=True,
            timeout=240, check=False,
        )  # fmt: skip
        yield Demo(done.returncode, done.stdout, done.stderr)


@pytest_asyncio.fixture(scope="session")
async def stage() -> AsyncIterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="tuntas-examples-", dir="/tmp") as folder:
        async with Stage(Path(folder), day=60) as stage:
            for name in ("adapter:bengkulu:instagram", "agency:bengkulu:dlh"):
                file = stage.home / f"{name.partition(':')[0]}.json"
                file.write_text(json.dumps(stage.credentials(name)))
            (stage.home / "picture.jpg").write_bytes(draw("garbage"))
            # A picture is proof of one work only.
            (stage.home / "after.jpg").write_bytes(draw("drain_clear", "after"))
            (stage.home / "after-js.jpg").write_bytes(draw("lit_street", "after-js"))
            yield stage
