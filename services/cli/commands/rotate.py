"""`tuntas rotate`: another secret for a door, an adapter or an agency, while everything runs.

Running services read it within a second. The old one counts for the overlap, so that the other side can be changed in
between; `--revoke` ends it at once. What a provider makes (an app secret, a token) is read from a file, or from
standard input with `-`; what is ours to make is made.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from services.cli.commands.common import NOT_RUNNING, fail, out
from services.cli.provision.secrets import OURS, Keeper, UnknownSecret, value_of
from services.cli.settings import CliSettings


def rotate(
    city: Annotated[str, typer.Argument(help="The city's id.")],
    name: Annotated[
        str, typer.Argument(help="whatsapp.app_secret, page.access_token, adapters.CHANNEL, agencies.ID, …")
    ],
    value: Annotated[
        Path | None, typer.Option("--value", help="File with the new value, `-` for standard input.")
    ] = None,
    overlap: Annotated[float, typer.Option("--overlap", help="Hours for which the old one still counts.", min=0)] = 24,
    revoke: Annotated[bool, typer.Option("--revoke", help="The old ones count no longer, from now on.")] = False,
) -> None:
    """Replace one secret. Prints no secret: `tuntas credentials` shows it."""
    settings = CliSettings()
    keeper = Keeper(settings.folder)
    held = keeper.read().cities
    if city not in held:
        fail(f"{settings.folder} has no secrets of a city {city}; start with `tuntas up`", NOT_RUNNING)
    try:
        value_of(held[city], name)
    except UnknownSecret:
        ours = [
            *(one for one in OURS if "." in one), *(f"adapters.{one}" for one in held[city].adapters),
            *(f"agencies.{one}" for one in held[city].agencies),
        ]  # fmt: skip
        fail(f"{city} has no secret {name}; ours to make are {', '.join(sorted(ours))}", 2)
    given = None if value is None else (sys.stdin.read() if str(value) == "-" else value.read_text()).strip()
    if given is None and name.partition(".")[0] not in OURS and name not in OURS:
        fail(f"{name} is made by the provider: give it with --value FILE", 2)
    hours = timedelta() if revoke else timedelta(hours=overlap)
    keeper.rotate(city, name, given, hours, datetime.now(UTC))
    until = "counts no longer" if revoke or not overlap else f"counts for {overlap:g} h more"
    out.print(f"{city}: {name} is new; the old one {until}. Running services take it up within seconds.")
