"""`python -m tests.bench.accept`: how fast signed webhooks are taken while all services run, and who had the cores.

accept_per_s   answered 200 (durable), with one intake process
ms             p50, p95, p99 of an answer, over so many connections at once
level_s        from the last answer until the door is empty and every service has followed the log to its end
cpu_us         of each part for one webhook, while they were taken; `load` is who sent them
"""

import asyncio
import json
import os
import sys
import time
from typing import Any

from tests.bench import log_times, machine
from tests.bench.sending import CONNECTIONS, load
from tests.bench.stack import started

COUNT = 10_000
WARM = 200
SETTLED_S = 5.0
PATIENCE = 600.0


async def main(count: int) -> dict[str, Any]:
    with started() as running:
        await running.ready()
        await asyncio.sleep(SETTLED_S)
        async with running.admin() as connection:
            await load(running, WARM, offset=0, rate=50.0)
            await log_times.level(connection, PATIENCE)
            parts = {name: part["pid"] for name, part in running.parts().items()}
            before = {name: machine.cpu_seconds(machine.tree(pid)) for name, pid in parts.items()}
            taken = await load(running, count, offset=WARM, rate=None)
            ended = time.monotonic()
            used = {name: machine.cpu_seconds(machine.tree(pid)) - before[name] for name, pid in parts.items()}
            used["load"] = taken["cpu_s"]
            await log_times.level(connection, PATIENCE)
            level = time.monotonic() - ended
    return {
        "accept_per_s": round(taken["accepted"] / taken["seconds"]),
        "ms": [round(value, 1) for value in taken["ms"]],
        "connections": CONNECTIONS,
        "level_s": round(level, 1),
        "cpu_us": {name: round(seconds * 1e6 / count) for name, seconds in used.items()},
        "load": os.getloadavg(),
        "cores": os.cpu_count(),
    }


if __name__ == "__main__":
    arguments = sys.argv[1:]
    webhooks = int(arguments[arguments.index("--complaints") + 1]) if "--complaints" in arguments else COUNT
    print(json.dumps(asyncio.run(main(webhooks)), indent=1))  # noqa: T201  # the command's result
