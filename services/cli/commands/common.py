"""What sub-commands share: finding the installation, ending with a sentence, speaking JSON."""

import asyncio
import json
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import typer
from rich.console import Console

from services.cli.installation import Installation
from services.cli.provision.databases import Server
from services.cli.provision.secrets import Keeper
from services.cli.settings import CliSettings
from services.cli.supervisor.postgres import PostgresServer
from services.cli.supervisor.state import State, is_running, read_state

T = TypeVar("T")

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

FAILED, NOT_RUNNING, REFUSED = 1, 3, 4
"""Exit codes; 2 is wrong usage."""


def fail(sentence: str, code: int = FAILED) -> NoReturn:
    err.print(sentence, style="red" if err.is_terminal else None, markup=False)
    raise typer.Exit(code)


def called() -> str:
    """What a reader of our words types to call us: in a checkout nothing of ours is on the PATH."""
    return "python3 dev.py tuntas" if Path("dev.py").is_file() else "tuntas"


def run(work: Coroutine[None, None, T]) -> T:
    return asyncio.run(work)


def say_json(value: Any) -> None:
    """As it is, without colours or wrapping, so that programs can read it."""
    typer.echo(json.dumps(value, indent=1, ensure_ascii=False))


def running_state(settings: CliSettings) -> State | None:
    """The state file, if a supervisor stands behind it."""
    return read_state(settings.folder) if is_running(settings.folder) else None


def installation(settings: CliSettings) -> Installation:
    """The one that runs in this state folder, or the one behind the operator's URLs; ends the program if neither."""
    home = settings.folder
    keeper = Keeper(home)
    if not keeper.file.exists():
        fail(f"{home} was never provisioned; start with `tuntas up` or `tuntas provision`", NOT_RUNNING)
    state = running_state(settings)
    nats = settings.nats_url or (f"nats://{state.urls['nats'].removeprefix('nats://')}" if state else None)
    database = settings.database or (PostgresServer(home / "postgres").url() if state else None)
    if nats is None or database is None:
        fail(f"nothing runs in {home}; start it with `tuntas up`", NOT_RUNNING)
    return Installation(
        home=home,
        cities_dir=settings.cities_dir.resolve(),
        nats=nats,
        server=Server(database),
        secrets=keeper.read(),
        trusted_socket=settings.database_url is None,
        given_admin=settings.nats_url,
    )
