"""`tuntas demo`: the practices of the cities played as stories, through the outside doors only.

Nothing in here reaches into a service: what a story does, it does as a person with a phone, an adapter, an agency's
program or somebody at the console would; what it asserts, it has read from outside.
"""

from importlib import import_module
from typing import Annotated

import typer

__all__ = ["demo"]


def demo(
    once: Annotated[
        bool, typer.Option("--once", help="End when the stories have; not 0 if one did not reach its end.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the stories as JSON; progress goes to stderr.")
    ] = False,
    day: Annotated[
        float | None, typer.Option("--day", min=1.0, help="Seconds that one day of a city's policy lasts.")
    ] = None,
) -> None:
    """Eight practices of four cities, each from receipt to its end, told as it happens."""
    # Read when it is wanted: every other command, and `up` for as long as it runs, would carry the stories along.
    import_module("services.cli.demo.command").play(once=once, as_json=as_json, day=day)
