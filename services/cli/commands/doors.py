"""Commands of intake: what comes in by other ways than a provider's call, and what providers say of the accounts."""

import typer

from services.cli.commands.common import running_state
from services.cli.commands.services import call
from services.cli.settings import CliSettings


def notices(context: typer.Context) -> None:
    """What providers say of the city's accounts: quality, templates, restrictions. `tuntas notices --help`."""
    raise typer.Exit(call("intake", "tools.notices", context.args))


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


def _door() -> list[str]:
    """Where intake answers now."""
    state = running_state(CliSettings())
    url = state.urls.get("intake") if state is not None else None
    return ["--url", url] if url else []
