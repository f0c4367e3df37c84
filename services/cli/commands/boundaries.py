"""`tuntas city boundaries`: the polygons of a city's kelurahan, checked and put in force."""

from pathlib import Path
from typing import Annotated

import typer

from services.cli.commands.services import call


def boundaries(
    city: Annotated[str, typer.Argument(help="As its file is called, such as bengkulu.")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="GeoJSON (RFC 7946), WGS 84.")],
    check: Annotated[bool, typer.Option("--check", help="Say what is wrong with it, change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Put the polygons of a city's kelurahan in force: pins are then found by them. Routers that run change over."""
    flags = [name for name, wanted in (("--check", check), ("--json", as_json)) if wanted]
    raise typer.Exit(call("router", "boundaries", [city, str(file.resolve()), *flags]))
