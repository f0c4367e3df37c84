"""Commands that live in a service: started as a process with that service's settings, never imported."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from services.cli.commands.common import fail, installation
from services.cli.provision.given import settings_of
from services.cli.settings import ROOT, CliSettings
from services.contracts.subjects import SERVICES


def rebuild(
    what: Annotated[
        str, typer.Argument(help="reporting: what pages show; router: due times and open work.")
    ] = "reporting",
    compare: Annotated[
        bool, typer.Option("--compare", help="Change nothing: say whether what is shown equals a rebuild.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Make tables anew from the log that follow from it. They change over in one step; nothing is sent.

    Ends with 1 if a comparison finds a difference.
    """
    arguments = [name for name, wanted in (("--compare", compare), ("--json", as_json)) if wanted]
    if what == "router":
        raise typer.Exit(call("router", "rebuild", arguments))
    if what != "reporting":
        fail(f"there is nothing of {what} to rebuild; there are reporting and router", 2)
    # The owner's rights: a rebuild makes tables, which no running service may.
    raise typer.Exit(call("reporting", "rebuild", arguments, role="tuntas_admin"))


def seat(context: typer.Context) -> None:
    """Who holds a city's seats: `ls CITY`, `hold CITY SEAT NAME`, `vacate CITY SEAT`; `hold --help` says the rest."""
    raise typer.Exit(call("router", "seats", context.args))


def learn(context: typer.Context) -> None:
    """Learn from a city's past (a table) or from its decisions: `tuntas learn --help`."""
    if {"--model", "--dry-run"} & {argument.partition("=")[0] for argument in context.args}:
        # These need no installation, and change nothing in one.
        raise typer.Exit(_alone("router", "learn", context.args))
    raise typer.Exit(call("router", "learn", context.args))


def service(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="intake, router, notifier or reporting")],
    command: Annotated[str, typer.Argument(help="One of that service's own commands.")],
) -> None:
    """Run a command of one service, such as `tuntas service router suggest`."""
    if name not in SERVICES:
        fail(f"there is no service {name}; there are {', '.join(SERVICES)}", 2)
    if not (ROOT / "services" / name / f"{command}.py").exists() and not (ROOT / "services" / name / command).is_dir():
        fail(f"{name} has no command {command}", 2)
    raise typer.Exit(call(name, command, context.args))


def serve(
    name: Annotated[str, typer.Argument(help="intake, router, notifier or reporting")],
    given: Annotated[Path, typer.Option(help="The folder that `tuntas provision --hand-out` made for it.")],
) -> None:
    """Become one service, with what provisioning handed out to it: for containers and service managers."""
    if name not in SERVICES:
        fail(f"there is no service {name}; there are {', '.join(SERVICES)}", 2)
    # An empty variable says nothing: Compose sets one where the operator left a value out.
    ours = {key: value for key, value in os.environ.items() if value or not key.startswith("TUNTAS_")}
    environment = {**settings_of(given), **ours}
    os.execve(sys.executable, [sys.executable, "-m", f"services.{name}.main"], environment)  # noqa: S606


def call(name: str, command: str, arguments: list[str], role: str | None = None) -> int:
    if {"-h", "--help"} & set(arguments):
        # Who reads what a command does has perhaps no installation yet.
        return _alone(name, command, arguments)
    settings = CliSettings()
    found = installation(settings)
    ours = {key: value for key, value in os.environ.items() if not key.startswith("TUNTAS_")}
    environment = {**ours, "PYTHONPATH": str(ROOT), **found.environment(name), **settings.passed_on()}
    if role is not None:
        environment["TUNTAS_DATABASE_URL"] = found.database_url(role)
    module = f"services.{name}.{command}"
    return subprocess.run([sys.executable, "-m", module, *arguments], env=environment, check=False).returncode


def _alone(name: str, command: str, arguments: list[str]) -> int:
    """Without an installation: only what needs none."""
    folder = {"TUNTAS_CITIES_DIR": str(CliSettings().cities_dir.resolve())}
    ours = {key: value for key, value in os.environ.items() if not key.startswith("TUNTAS_")}
    environment = {**ours, "PYTHONPATH": str(ROOT), **folder}
    module = f"services.{name}.{command}"
    return subprocess.run([sys.executable, "-m", module, *arguments], env=environment, check=False).returncode
