"""Commands of intake: what comes in by other ways than a provider's call, and what providers say of the accounts."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import typer

from services.cli.commands.common import running_state
from services.cli.commands.services import call
from services.cli.settings import ROOT, CliSettings


def notices(context: typer.Context) -> None:
    """What providers say of the city's accounts; `notices try`: what would have been sent for past complaints."""
    if context.args[:1] == ["try"]:
        # A path is meant from where the command was typed.
        given = [str(Path(one).resolve()) if before == "--hearing" else one for before, one in pairwise(context.args)]
        raise typer.Exit(call("notifier", "tools.trying", given))
    raise typer.Exit(call("intake", "tools.notices", context.args))


def templates(context: typer.Context) -> None:
    """Every text with example data: `check` against providers' and readers' rules, `show NAME`, `forms`."""
    settings = CliSettings()
    ours = {key: value for key, value in os.environ.items() if not key.startswith("TUNTAS_")}
    environment = {**ours, "PYTHONPATH": str(ROOT), "TUNTAS_CITIES_DIR": str(settings.cities_dir.resolve())}
    command = [sys.executable, "-m", "services.notifier.tools.templates", *context.args]
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)


def mail(context: typer.Context) -> None:
    """Hand a raw e-mail in, from standard input: `tuntas mail --city CITY < message.eml`."""
    raise typer.Exit(call("intake", "tools.mail", [*context.args, *_door()]))


def open311(context: typer.Context) -> None:
    """Keys of programs that report over Open311: `make|rotate|revoke CITY NAME`, `ls`."""
    raise typer.Exit(call("intake", "tools.open311", context.args))


def import_(context: typer.Context) -> None:
    """Complaints out of a table, or SP4N-LAPOR!'s download: `tuntas import FILE --city CITY --dry-run`."""
    # A path is meant from where the command was typed.
    raise typer.Exit(call("intake", "tools.importing", context.args))


def link(context: typer.Context) -> None:
    """A post that was seen elsewhere: `tuntas link URL --city CITY --by SEAT --text WORDS`."""
    raise typer.Exit(call("intake", "tools.link", [*context.args, *_door()]))


def tokens(context: typer.Context) -> None:
    """How long the providers' tokens are still good; 1 if one ends within two weeks."""
    raise typer.Exit(call("notifier", "tokens", context.args))


def webhook(context: typer.Context) -> None:
    """Offices' own programs that are called with each task: `add CITY SEAT URL`, `ls`, `rotate`, `test`, `enable`."""
    raise typer.Exit(call("reporting", "tools.webhook", context.args))


def _door() -> list[str]:
    """Where intake answers now."""
    state = running_state(CliSettings())
    url = state.urls.get("intake") if state is not None else None
    return ["--url", url] if url else []
