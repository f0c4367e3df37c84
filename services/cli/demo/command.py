"""`tuntas demo`: sets the stage, has the stories played, and says how they ended."""

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from services.cli.demo.play import Story, Told
from services.cli.demo.stage import Stage, StageFellError
from services.cli.demo.stories.bengkulu_hotline import BengkuluHotline
from services.cli.demo.stories.bengkulu_social import BengkuluSocial
from services.cli.demo.stories.bukittinggi import Bukittinggi
from services.cli.demo.stories.kupang import Kupang
from services.cli.demo.stories.pekanbaru import Pekanbaru
from services.cli.demo.tell import Teller
from services.cli.provision.job import Unreachable
from services.cli.provision.streams import BrokerError, Refused
from services.cli.settings import CliSettings
from services.cli.supervisor.child import NotReady
from services.cli.supervisor.folders import UnsafeFolder
from services.cli.supervisor.state import AlreadyRunning
from services.runtime.cities import CityFileWrong

STORIES: tuple[type[Story], ...] = (BengkuluHotline, BengkuluSocial, Bukittinggi, Pekanbaru, Kupang)

UNFIT_STAGE = (NotReady, Unreachable, BrokerError, Refused, AlreadyRunning, CityFileWrong, UnsafeFolder, OSError)
"""What `tuntas up` may end with, too."""

DAY_AT_ONCE = 2.0
DAY_TO_WATCH = 8.0
BREATH = 2.5
"""Seconds between two turns where somebody reads along."""


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
    """Five cities' practices, each from receipt to its end, told as it happens."""
    console = Console(stderr=as_json)
    teller = Teller(console)
    stage = Stage(
        CliSettings().folder, day or (DAY_AT_ONCE if once else DAY_TO_WATCH), lambda line: teller.plain(f"  {line}")
    )
    try:
        stories = asyncio.run(_play(stage, teller, once=once))
    except (StageFellError, *UNFIT_STAGE) as error:
        console.print(f"demo: {error}", markup=False, soft_wrap=True)
        raise typer.Exit(2) from error
    if as_json:
        sys.stdout.write(json.dumps({"stories": [told.as_json() for told in stories]}, ensure_ascii=False) + "\n")
    if len(stories) < len(STORIES) or not all(told.finished for told in stories):
        raise typer.Exit(1)


async def _play(stage: Stage, teller: Teller, *, once: bool) -> list[Told]:
    leave = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, leave.set)
    teller.plain(f"Starting Tuntas in {_short(stage.home)} (one day lasts {stage.day:g} s) …")
    playing = asyncio.create_task(_on(stage, teller, leave, once=once))
    leaving = asyncio.create_task(leave.wait())
    await asyncio.wait((playing, leaving), return_when=asyncio.FIRST_COMPLETED)
    if not playing.done():
        playing.cancel()
    leaving.cancel()
    try:
        return await playing
    except asyncio.CancelledError:
        return []


async def _on(stage: Stage, teller: Teller, leave: asyncio.Event, *, once: bool) -> list[Told]:
    async with stage:
        teller.plain(f"Ready: pages {stage.public_url}, webhooks {stage.urls['intake']}")
        told = await (_all_at_once(stage, teller) if once else _one_by_one(stage, teller))
        _sum_up(teller, told, stage)
        if not once:
            await _stay(stage, teller, leave)
        return told


async def _all_at_once(stage: Stage, teller: Teller) -> list[Told]:
    return list(await asyncio.gather(*(story.play() for story in _cast(stage, teller, breath=0))))


async def _one_by_one(stage: Stage, teller: Teller) -> list[Told]:
    """A story that only waits for a term to pass lets the next one begin."""
    playing = []
    for story in _cast(stage, teller, breath=BREATH):
        playing.append(asyncio.create_task(story.play()))
        await asyncio.wait(
            (playing[-1], asyncio.create_task(story.only_waits.wait())), return_when=asyncio.FIRST_COMPLETED
        )
    return list(await asyncio.gather(*playing))


def _cast(stage: Stage, teller: Teller, breath: float) -> list[Story]:
    return [kind(stage, teller.voice(i, kind.label, kind.zone), breath) for i, kind in enumerate(STORIES, start=1)]


def _sum_up(teller: Teller, stories: list[Told], stage: Stage) -> None:
    teller.plain("")
    for told in stories:
        page = f"{stage.public_url}/lacak/{told.ticket}" if told.ticket else "-"
        end = told.state if told.finished else f"NOT FINISHED ({told.failure})"
        teller.plain(f"{told.ticket or '-':<16} {end:<10} {len(told.events):>3} events  {page}  {told.title}")


async def _stay(stage: Stage, teller: Teller, leave: asyncio.Event) -> None:
    """Everything stays up to be looked at until Ctrl-C."""
    teller.plain(
        f"\nOpen {stage.public_url} and look around; logins: `tuntas credentials staff:<city>:<seat>`, for instance"
    )
    for name in ("staff:bengkulu:walikota", "staff:pekanbaru:tim-teknis", "staff:kupang:walikota"):
        given = stage.credentials(name)
        teller.plain(f"  {given['login_url']}  {given['user']}  {given['password']}")
    teller.plain("Ctrl-C ends it.")
    while not leave.is_set():
        await asyncio.sleep(0.5)


def _short(path: Path) -> str:
    return f"./{path.relative_to(Path.cwd())}" if path.is_relative_to(Path.cwd()) else str(path)
