"""The guides' worked examples, run as they stand against a started installation."""

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from services.cli.demo.stage import Stage
from tests.journeys.conftest import ROOT

pytestmark = pytest.mark.slow

EXAMPLES = ROOT / "docs" / "examples"
WORDS = "Sampah menumpuk seminggu di Gading Cempaka, dak diangkut"


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The JavaScript client as package.json pins it, installed once."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.fail("node and npm are needed for the JavaScript examples (.ci/run brings them)")
    if not (EXAMPLES / "js" / "node_modules" / "@nats-io" / "jetstream").exists():
        subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"], cwd=EXAMPLES / "js", check=True,
            capture_output=True, timeout=120,
        )  # fmt: skip
    return EXAMPLES / "js"


async def test_python_examples_hand_in_a_message_and_finish_a_task(stage: Stage) -> None:
    python = EXAMPLES / "python"
    adapter = await _run(stage, [sys.executable, str(python / "adapter.py"), "adapter.json", WORDS, "picture.jpg"])
    assert "send:" in adapter
    assert "BKL-" in adapter
    agency = await _run(stage, [sys.executable, str(python / "agency.py"), "agency.json", "after.jpg"])
    _finished(agency)


async def test_javascript_examples_hand_in_a_message_and_finish_a_task(stage: Stage, node_modules: Path) -> None:
    adapter = await _run(stage, ["node", str(node_modules / "adapter.js"), "adapter.json", WORDS, "picture.jpg"])
    assert "send:" in adapter
    assert "BKL-" in adapter
    agency = await _run(stage, ["node", str(node_modules / "agency.js"), "agency.json", "after-js.jpg"])
    _finished(agency)


def _finished(out: str) -> None:
    said = dict(line.split(": ", 1) for line in out.splitlines() if ": " in line)
    assert said["task"].startswith("BKL-")
    assert "class_does_not_fit" in said["wrong"]
    assert '"n":' in said["resolve"].replace("'", '"')
    assert "refusal" not in said["resolve"] or "None" in said["resolve"] or "null" in said["resolve"]


async def _run(stage: Stage, command: list[str]) -> str:
    process = await asyncio.create_subprocess_exec(
        *command, cwd=stage.home, env={**os.environ}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), 60)
    except TimeoutError:
        process.kill()
        out, err = await process.communicate()
        raise AssertionError(f"{command} did not end: {out.decode()} {err.decode()}") from None
    assert process.returncode == 0, err.decode()
    return out.decode()
