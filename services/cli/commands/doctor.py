"""`tuntas doctor`: what an installation needs, tried out one by one."""

import ctypes
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from nats.errors import Error as NatsError

from services.cli.commands.common import FAILED, installation, out, run, running_state, say_json
from services.cli.provision.job import Unreachable, connect
from services.cli.provision.secrets import Keeper
from services.cli.settings import ROOT, CliSettings
from services.cli.supervisor import nats, postgres
from services.runtime import cities
from services.runtime.cities import CityFileWrong


class Bad(Exception):
    """What is wrong, and what to do about it, in a sentence."""


def doctor(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Look at everything that an installation needs. Ends with 1 if something is wrong."""
    settings = CliSettings()
    results = []
    for name, check in _CHECKS.items():
        try:
            results.append((name, True, check(settings)))
        except Bad as error:
            results.append((name, False, str(error)))
    if as_json:
        say_json([{"check": name, "ok": ok, "says": says} for name, ok, says in results])
    else:
        for name, ok, says in results:
            out.print(f"{'ok ' if ok else 'BAD'}  {name:<22} {says}", markup=False)
    raise typer.Exit(0 if all(ok for _, ok, _ in results) else FAILED)


def _python(_: CliSettings) -> str:
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        raise Bad(f"Python {sys.version.split()[0]}; 3.11 to 3.13 are supported")
    return sys.version.split()[0]


def _binaries(_: CliSettings) -> str:
    try:
        return f"{nats.binary()}, {postgres.programs()}"
    except FileNotFoundError as error:
        raise Bad(str(error)) from error


def _unprivileged(_: CliSettings) -> str:
    if os.geteuid() != 0:
        return "an ordinary user: Postgres runs as you"
    child = os.fork()
    if child == 0:
        os._exit(0 if ctypes.CDLL(None).unshare(0x10000000) == 0 else 1)
    if os.waitpid(child, 0)[1] != 0:
        return "root without user namespaces: Postgres runs as `nobody`, who must reach the state folder"
    return "root with user namespaces: Postgres runs unprivileged"


def _cities(settings: CliSettings) -> str:
    try:
        return ", ".join(sorted(cities.load(settings.cities_dir))) or "none"
    except CityFileWrong as error:
        raise Bad(str(error)) from error


def _rules(settings: CliSettings) -> str:
    """Doubts are told, not counted as wrong: a rule that never speaks harms nobody."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TUNTAS_CITIES_DIR": str(settings.cities_dir.resolve())}
    command = [sys.executable, "-m", "services.router.rules.check", "--json"]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise Bad((done.stdout or done.stderr).strip())
    doubts = {one["city"]: len(one["doubts"]) for one in json.loads(done.stdout) if one["doubts"]}
    told = ", ".join(f"{city} ({count} doubts)" for city, count in doubts.items())
    return f"`tuntas city check` has doubts about {told}" if told else "every rule can speak"


def _secrets(settings: CliSettings) -> str:
    keeper = Keeper(settings.folder)
    if not keeper.file.exists():
        return "not made yet; `tuntas up` makes them"
    for file in (keeper.file, keeper.master_key_file):
        if stat.S_IMODE(file.stat().st_mode) != 0o600:
            raise Bad(f"{file} can be read by others: chmod 600 it, then change what it holds")
    return f"{keeper.file}, for your eyes only"


def _disk(settings: CliSettings) -> str:
    folder = _existing(settings.folder)
    free = shutil.disk_usage(folder).free / 1024**3
    if free < 1:
        raise Bad(f"{free:.1f} GiB are free at {folder}; the log refuses new events when the disk is full")
    return f"{free:.0f} GiB free at {folder}"


def _fsync(settings: CliSettings) -> str:
    """Every acknowledged message waits for one of these."""
    with tempfile.NamedTemporaryFile(dir=_existing(settings.folder)) as file:
        times = []
        for _ in range(20):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - began)
    return f"{sorted(times)[10] * 1e6:.0f} µs in the middle of 20"


def _broker(settings: CliSettings) -> str:
    if running_state(settings) is None and settings.nats_url is None:
        return "nothing runs here now"
    return run(_ask_broker(settings))


async def _ask_broker(settings: CliSettings) -> str:
    try:
        client = await connect(installation(settings), patience=3)
    except Unreachable as error:
        raise Bad(str(error)) from error
    try:
        answer = json.loads((await client.request("$SYS.REQ.SERVER.PING.JSZ", b"", timeout=3)).data)
    except NatsError as error:
        raise Bad("NATS does not tell how it keeps files: provision its accounts again") from error
    finally:
        await client.close()
    if not answer["data"]["config"].get("sync_always"):
        raise Bad("NATS acknowledges before it has written: set sync_interval: always")
    return f"{answer['server']['ver']}, writes before it acknowledges"


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


_CHECKS: dict[str, Callable[[CliSettings], str]] = {
    "Python": _python,
    "servers' programs": _binaries,
    "user": _unprivileged,
    "cities": _cities,
    "rules": _rules,
    "secrets": _secrets,
    "disk": _disk,
    "time of an fsync": _fsync,
    "NATS": _broker,
}
