"""Commands of intake: what comes in by other ways than a provider's call, and what providers say of the accounts."""

import typer

from services.cli.commands.services import call


def notices(context: typer.Context) -> None:
    """What providers say of the city's accounts: quality, templates, restrictions. `tuntas notices --help`."""
    raise typer.Exit(call("intake", "tools.notices", context.args))
