"""`tuntas route`: why a complaint went where it did, and what other rules would have done."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from services.cli.commands import complaint
from services.cli.commands.common import fail, installation, run
from services.cli.commands.services import call
from services.cli.installation import Installation
from services.cli.provision.databases import VAULT
from services.cli.settings import CliSettings
from services.contracts import tickets
from services.runtime import postgres

app = typer.Typer(help="Whose is it: explain a decision, try other rules.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="For programs.")]


@app.command("explain")
def explain(
    ticket: Annotated[str, typer.Argument(help="As the reporter holds it, such as BKL-4K7QT9M2-X.")],
    as_json: Json = False,
) -> None:
    """Why this complaint went where it did. Shows no words of anybody; the look is written to the reveal log."""
    written = tickets.read(ticket)
    if written is None:
        fail(f"{ticket} is no ticket: a character is missing or wrong")
    city, complaint_id = run(_look_up(installation(CliSettings()), written))
    arguments = ["--city", city, "--complaint", complaint_id, *(["--json"] if as_json else [])]
    raise typer.Exit(call("router", "explain", arguments))


@app.command("try")
def try_(
    rules: Annotated[Path, typer.Argument(help="A rules file, as in deploy/cities/<city>/rules.yaml.")],
    city: Annotated[str, typer.Option(help="The city, such as bengkulu.")],
    last: Annotated[int, typer.Option(min=1, help="How many complaints, the newest.")] = 100_000,
    from_log: Annotated[bool, typer.Option("--from-log", help="Read the whole log: slower, leaves none out.")] = False,
    as_json: Json = False,
) -> None:
    """What these rules would have done with the last complaints. Changes nothing."""
    flags = [name for name, wanted in (("--from-log", from_log), ("--json", as_json)) if wanted]
    raise typer.Exit(call("router", "try_rules", [str(rules.resolve()), "--city", city, "--last", str(last), *flags]))


async def _look_up(found: Installation, ticket: str) -> tuple[str, str]:
    pool = await postgres.pool(found.server.database(VAULT), size=1, service="tuntas-route")
    try:
        row = await pool.fetchrow("select complaint, city from intake.complaint where ticket = $1", ticket)
        if row is None:
            fail(f"no complaint has the ticket {ticket}")
        await complaint.record(pool, row["complaint"], [], f"ops {getpass.getuser()}", "asked why it went where it did")
        return row["city"], row["complaint"]
    finally:
        await pool.close()
