"""`tuntas sending`: what goes out, what waits and why, what it costs today; and lifting the stop of a day's budget."""

import getpass
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from services.cli.commands.common import fail, installation, run, say_json
from services.cli.installation import Installation
from services.cli.provision.databases import VAULT
from services.cli.settings import CliSettings
from services.contracts.city import City
from services.runtime import cities, postgres

app = typer.Typer(help="Messages to people: what waits, what it costs, lifting a stop.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="For programs.")]

_WAITING = """
select city, way, status, coalesce(reason, '') as reason, count(*) as notices, min(created_at) as since
from delivery.notice where status in ('queued', 'deferred', 'sending', 'unknown', 'calling')
group by city, way, status, reason order by city, way, status, reason
"""

_MONEY = """
select s.city, s.day, s.rupiah, s.messages, s.warned_at, s.stopped_at, l.at as lifted_at, l.by_whom
from delivery.spent s left join delivery.lifted l using (city, day) where s.day >= current_date - 7 order by day, city
"""


@app.command("status")
def status(as_json: Json = False) -> None:
    """Every notice that has no end yet, by way and reason, and a week's spending."""
    waiting, money = run(_look(installation(CliSettings())))
    if as_json:
        say_json({"waiting": waiting, "spent": money})
        return
    console = Console(highlight=False)
    for title, rows in (("waits", waiting), ("spent", money)):
        table = Table(title=title, box=None, title_justify="left")
        for name in rows[0] if rows else ("nothing",):
            table.add_column(name)
        for row in rows:
            table.add_row(*("" if value is None else str(value) for value in row.values()))
        console.print(table)


async def _look(found: Installation) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    pool = await postgres.pool(found.server.database(VAULT), size=1, service="tuntas-sending")
    try:
        return [_plain(row) for row in await pool.fetch(_WAITING)], [_plain(row) for row in await pool.fetch(_MONEY)]
    finally:
        await pool.close()


def _plain(row: Any) -> dict[str, Any]:
    return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in dict(row).items()}


@app.command("lift")
def lift(
    city: Annotated[str, typer.Argument(help="The city, such as bengkulu.")],
    why: Annotated[str, typer.Option(help="Kept beside it.")],
) -> None:
    """Let messages that cost go out although today's budget is spent."""
    found = installation(CliSettings())
    known = cities.load(found.cities_dir)
    if city not in known:
        fail(f"there is no city {city}; there are {', '.join(known)}")
    day = run(_lift(found, known[city], why))
    typer.echo(f"Messages of {city} may cost more than the budget until the end of {day}.")


async def _lift(found: Installation, city: City, why: str) -> str:
    day = datetime.now(UTC).astimezone(city.zone).date()
    pool = await postgres.pool(found.server.database(VAULT), size=1, service="tuntas-sending")
    try:
        await pool.execute(
            "insert into delivery.lifted (city, day, by_whom, why) values ($1, $2, $3, $4) on conflict do nothing",
            city.id, day, f"ops {getpass.getuser()}", why,
        )  # fmt: skip
    finally:
        await pool.close()
    return day.isoformat()
