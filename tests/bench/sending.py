"""A load of signed webhooks from a process of its own, which must all be accepted."""

import asyncio
import json
import subprocess
import sys
import tempfile
from typing import Any

from tests.bench.stack import ROOT, Running

CONNECTIONS = 48


async def load(running: Running, count: int, offset: int, rate: float | None) -> dict[str, Any]:
    plan = {
        "cities_dir": str(ROOT / "deploy" / "cities"),
        "whatsapp": await asyncio.to_thread(running.whatsapp),
        "count": count,
        "offset": offset,
        "connections": CONNECTIONS,
        "rate": rate,
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(plan, file)
        file.flush()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.load", file.name, cwd=ROOT, stdout=subprocess.PIPE
        )
        out, _ = await process.communicate()
    if process.returncode != 0:
        raise SystemExit("the load could not be sent")
    result: dict[str, Any] = json.loads(out)
    if result["accepted"] != result["sent"]:
        raise SystemExit(f"{result['sent'] - result['accepted']} webhooks were not accepted: the figures say nothing")
    return result
