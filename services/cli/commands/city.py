"""`tuntas city`: look through a city's files, and put what they say in force while everything runs."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from services.cli.commands.common import FAILED, REFUSED, fail, installation, out, run
from services.cli.installation import Installation
from services.cli.provision import facts
from services.cli.provision.databases import VAULT
from services.cli.provision.job import Unreachable, connect
from services.cli.provision.streams import Changes
from services.cli.settings import ROOT, CliSettings
from services.contracts.city import City
from services.runtime import cities
from services.runtime.cities import CityFileWrong
from services.runtime.sealing import MasterKey

app = typer.Typer(help="A city's files: look through them, put them in force.", no_args_is_help=True)


@app.command()
def check(
    city: Annotated[str | None, typer.Argument(help="One city; left out: all.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Look through policy and rules: what is wrong, and rules that can never speak. Needs nothing that runs."""
    arguments = [*([city] if city else []), *(["--json"] if as_json else [])]
    settings = CliSettings()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TUNTAS_CITIES_DIR": str(settings.cities_dir.resolve())}
    command = [sys.executable, "-m", "services.router.rules.check", *arguments]
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)


@app.command()
def apply(city: Annotated[str, typer.Argument(help="The city, such as bengkulu.")]) -> None:
    """Put policy, rules and offices of a city in force. The version must be higher than before if they changed."""
    settings = CliSettings()
    try:
        known = cities.load(settings.cities_dir)
        if city not in known:
            fail(f"there is no city {city}; there are {', '.join(sorted(known))}", 2)
        changes = run(_apply(installation(settings), known[city]))
    except CityFileWrong as error:
        fail(str(error), REFUSED)
    except Unreachable as error:
        fail(str(error), FAILED)
    if changes.kept:
        fail("\n".join(changes.kept), REFUSED)
    version = known[city].policy.version
    if not changes.made:
        out.print(f"Version {version} of {city} is in force already, with this content.")
        return
    out.print(f"Version {version} of {city} is in force: {len(known[city].rules.rules)} rules.")


async def _apply(found: Installation, city: City) -> Changes:
    client = await connect(found, patience=5)
    try:
        master = MasterKey.load(found.keeper.master_key_file)
        keys = await facts.id_keys(found.server.database(VAULT), master, [city])
        return await facts.policies(client, keys, [city], lambda: datetime.now(UTC))
    finally:
        await client.close()
