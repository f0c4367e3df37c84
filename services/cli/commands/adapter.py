"""`tuntas adapter`: for who writes one."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from services.cli.commands.common import FAILED, fail, out, say_json
from services.cli.settings import CliSettings
from services.contracts import asyncapi
from services.contracts.checking import Finding, check
from services.runtime import cities

app = typer.Typer(help="For who writes an adapter: check its messages, see the contract.", no_args_is_help=True)


@app.command("check")
def check_(
    file: Annotated[Path, typer.Argument(help="JSON lines, one message or receipt each; - for standard input.")],
    city: Annotated[str | None, typer.Option(help="Look at this city's doors too, …")] = None,
    channel: Annotated[str | None, typer.Option(help="… those of this channel.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Hold sample messages against the contract. Nothing is sent. Ends with 1 if one would be refused."""
    try:
        lines = (sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()).splitlines()
    except OSError as error:
        fail(f"{file}: {error.strerror}", 2)
    found = list(check(lines, _doors(city, channel)))
    errors = sum(one.level == "error" for one in found)
    checked = sum(bool(line.strip()) for line in lines)
    if as_json:
        say_json({"checked": checked, "errors": errors, "findings": [asdict(one) for one in found]})
    else:
        for one in found:
            out.print(_told(one), markup=False, highlight=False, soft_wrap=True)
        out.print(f"{checked} checked, {errors} would be refused, {len(found) - errors} doubtful.")
    if errors:
        raise typer.Exit(FAILED)


@app.command("contract")
def contract() -> None:
    """The AsyncAPI 3 document of the adapters' side, as JSON."""
    sys.stdout.write(json.dumps(asyncapi.document(), indent=2, ensure_ascii=False) + "\n")


def _told(one: Finding) -> str:
    return f"line {one.line}: {one.level}: {one.code}{f' at {one.field}' if one.field else ''}: {one.sentence}"


def _doors(city: str | None, channel: str | None) -> frozenset[str] | None:
    if city is None:
        return None
    known = cities.load(CliSettings().cities_dir)
    if city not in known:
        fail(f"there is no city {city}; there are {', '.join(sorted(known))}", 2)
    return frozenset(door.id for door in known[city].doors if channel in (None, door.channel))
