"""`tuntas parked`: what could not be done, why, and what to do about it."""

import getpass
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import typer
from rich.table import Table

from services.cli.commands.common import FAILED, fail, installation, out, run, say_json
from services.cli.provision.job import Unreachable, connect
from services.cli.settings import CliSettings
from services.contracts.subjects import SERVICES
from services.runtime.parking import Item, NotParked, Parking
from services.runtime.sealing import MasterKey

app = typer.Typer(help="Messages that were set aside: list, look, try again, give up.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="For programs.")]
Number = Annotated[int, typer.Argument(help="The number that `tuntas parked ls` shows.")]


@app.command("ls")
def ls(as_json: Json = False) -> None:
    """Everything that is parked, the oldest first. Nothing a person wrote is shown."""
    found = run(_all())
    if as_json:
        say_json([_plain(service, item) for service, item in found])
        return
    if not found:
        out.print("Nothing is parked.")
        return
    table = Table("number", "service", "since (UTC)", "reason", "sentence", "retried", box=None, pad_edge=False)
    for service, item in found:
        since = f"{item.at:%Y-%m-%d %H:%M:%S}"
        table.add_row(str(item.id), service, since, item.reason, item.sentence, str(item.retried))
    out.print(table)


@app.command("show")
def show(number: Number, as_json: Json = False) -> None:
    """One message with its content. Needs the master key; fields that were sealed before stay sealed."""
    service, item, body = run(_show(number))
    if as_json:
        say_json({**_plain(service, item), "body": body})
        return
    for key, value in _plain(service, item).items():
        out.print(f"{key:<12} {value}")
    out.print(body, markup=False)


@app.command("retry")
def retry(
    number: Annotated[int | None, typer.Argument(help="One message; its whole line is tried, in order.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that is parked.")] = False,
) -> None:
    """Ask the service to try again. It does so at once while it runs, else after its next start."""
    if (number is None) != everything:
        fail("say a number, or --all", 2)
    out.print(f"{run(_retry(number))} lines will be tried again; `tuntas parked ls` shows what stays.")


@app.command("drop")
def drop(
    number: Number,
    yes: Annotated[bool, typer.Option("--yes", help="Without asking.")] = False,
) -> None:
    """Give one message up for good."""
    if not yes:
        typer.confirm(f"Message {number} will never be handled. Give it up?", abort=True)
    run(_drop(number))
    out.print(f"{number} is given up. What waited behind it stays until `tuntas parked retry`.")


@asynccontextmanager
async def _parkings() -> AsyncIterator[dict[str, Parking]]:
    found = installation(CliSettings())
    try:
        client = await connect(found, patience=5)
    except Unreachable as error:
        fail(str(error), FAILED)
    sealer = MasterKey.load(found.keeper.master_key_file).derived("parked")
    try:
        yield {service: Parking(client, service, sealer) for service in SERVICES}
    finally:
        await client.close()


async def _all() -> list[tuple[str, Item]]:
    async with _parkings() as parkings:
        found = [(service, item) for service, parking in parkings.items() for item in await parking.ls()]
    return sorted(found, key=lambda pair: pair[1].id)


async def _of(parkings: dict[str, Parking], number: int) -> str:
    """The service that parked it; a number is one of the whole stream."""
    for service, parking in parkings.items():
        if any(item.id == number for item in await parking.ls()):
            return service
    raise fail(f"{number} is not parked")


async def _show(number: int) -> tuple[str, Item, str]:
    async with _parkings() as parkings:
        service = await _of(parkings, number)
        item, delivery = await parkings[service].show(number)
        return service, item, delivery.body.decode(errors="replace")


async def _retry(number: int | None) -> int:
    async with _parkings() as parkings:
        who = getpass.getuser()
        if number is None:
            return sum([await parking.retry(by=who) for parking in parkings.values()])
        return await parkings[await _of(parkings, number)].retry(number, by=who)


async def _drop(number: int) -> None:
    async with _parkings() as parkings:
        try:
            await parkings[await _of(parkings, number)].drop(number, by=getpass.getuser())
        except NotParked:
            fail(f"{number} is not parked any more")


def _plain(service: str, item: Item) -> dict[str, object]:
    return {
        "number": item.id,
        "service": service,
        "stream": item.stream,
        "consumer": item.consumer,
        "sequence": item.sequence,
        "line": item.line,
        "reason": item.reason,
        "sentence": item.sentence,
        "at": item.at.isoformat(),
        "deliveries": item.deliveries,
        "retried": item.retried,
    }
