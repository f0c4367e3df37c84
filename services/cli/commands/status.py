"""`tuntas status`: is everything there, and does it keep up?"""

import asyncio
import json
from typing import Annotated, Any

import typer
from nats.errors import Error as NatsError
from rich.table import Table

from services.cli.commands.common import FAILED, NOT_RUNNING, installation, out, run, running_state, say_json
from services.cli.provision.job import Unreachable, connect
from services.cli.settings import CliSettings
from services.cli.supervisor import asking
from services.contracts.streams import consumers
from services.runtime import cities


def status(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Addresses, ports, process ids, and how many messages each consumer has before it.

    Ends with 0 if everything is ready, 1 if something is not, 3 if nothing runs here.
    """
    settings = CliSettings()
    state = running_state(settings)
    if state is None and settings.nats_url is None:
        if as_json:
            say_json({"running": False, "ready": False, "home": str(settings.folder)})
        else:
            out.print(f"Nothing runs in {settings.folder}. `tuntas up` starts it.")
        raise typer.Exit(NOT_RUNNING)
    lag = run(_lag(settings))
    calls = run(_calls(state.ports.get("intake") if state else None))
    parts = {name: part.model_dump() for name, part in state.parts.items()} if state else {}
    ready = lag is not None and (state is None or (state.ready and all(part["ready"] for part in parts.values())))
    if as_json:
        say_json(
            {
                "running": True,
                "ready": ready,
                "home": str(settings.folder),
                "pid": state.pid if state else None,
                "urls": state.urls if state else {},
                "ports": state.ports if state else {},
                "pids": {name: part["pid"] for name, part in parts.items()},
                "parts": parts,
                "lag": lag or {},
                "calls": calls,
            }
        )
    else:
        _show(ready, state.urls if state else {}, parts, lag)
        for what, count in calls.items():
            out.print(f"{what}: {count:,} calls at the door since it was opened")
    raise typer.Exit(0 if ready else FAILED)


async def _calls(port: int | None) -> dict[str, int]:
    """`wrong_signature.<city>.<channel>` → calls that the doors did not take, and messages that came again, since the
    door's process began."""
    if port is None:
        return {}
    try:
        _, body = await asking.get(f"http://127.0.0.1:{port}/health/ready")
        figures = json.loads(body)["figures"]
    except (asking.NoAnswer, ValueError, KeyError):
        return {}
    return {name.removeprefix("calls."): int(n) for name, n in sorted(figures.items()) if name.startswith("calls.")}


async def _lag(settings: CliSettings) -> dict[str, dict[str, int]] | None:
    """For each consumer: `waiting` (not delivered yet) and `in_hand` (delivered, not acknowledged). None: no broker."""
    try:
        client = await connect(installation(settings), patience=2)
    except Unreachable:
        return None
    wanted = list(consumers(cities.load(settings.cities_dir).values()))
    try:
        answers = await asyncio.gather(
            *(client.request(f"$JS.API.CONSUMER.INFO.{one.stream}.{one.name}", b"", timeout=5) for one in wanted)
        )
    except (NatsError, TimeoutError):
        return None
    finally:
        await client.close()
    lag = {}
    for one, answer in zip(wanted, answers, strict=True):
        info = json.loads(answer.data)
        if "error" not in info:
            lag[f"{one.stream}/{one.name}"] = {"waiting": info["num_pending"], "in_hand": info["num_ack_pending"]}
    return lag


def _show(
    ready: bool, urls: dict[str, str], parts: dict[str, dict[str, Any]], lag: dict[str, dict[str, int]] | None
) -> None:
    out.print("Everything is ready." if ready else "Not everything is ready.")
    table = Table("part", "pid", "state", "restarts", box=None, pad_edge=False)
    for name, part in parts.items():
        pid = "-" if part["pid"] is None else str(part["pid"])
        table.add_row(name, pid, "ready" if part["ready"] else "not ready", str(part["restarts"]))
    out.print(table)
    for name in ("pages", "intake"):
        if name in urls:
            out.print(f"{name:<8} {urls[name]}")
    if lag is None:
        out.print("NATS does not answer.")
        return
    behind = {name: figures for name, figures in lag.items() if any(figures.values())}
    if not behind:
        out.print("No consumer has anything before it.")
    for name, figures in behind.items():
        out.print(f"{name}: {figures['waiting']:,} waiting, {figures['in_hand']:,} in hand")
