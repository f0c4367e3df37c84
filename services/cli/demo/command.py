"""`tuntas demo`: sets the stage, has the stories played, and says how they ended."""

import asyncio
import contextlib
import json
import signal
import sys
from pathlib import Path

import typer
from rich.console import Console

from services.cli.commands.common import called
from services.cli.demo.play import Story
from services.cli.demo.stage import Stage, StageFellError
from services.cli.demo.stories.bengkulu_hotline import BengkuluHotline
from services.cli.demo.stories.bengkulu_live import BengkuluLive
from services.cli.demo.stories.bengkulu_lost import BengkuluLost
from services.cli.demo.stories.bengkulu_lurah import BengkuluLurah
from services.cli.demo.stories.bengkulu_social import BengkuluSocial
from services.cli.demo.stories.bukittinggi import Bukittinggi
from services.cli.demo.stories.kupang import Kupang
from services.cli.demo.stories.pekanbaru import Pekanbaru
from services.cli.demo.tell import Teller
from services.cli.demo.told import Told
from services.cli.provision.job import Unreachable
from services.cli.provision.streams import BrokerError, Refused
from services.cli.settings import CliSettings
from services.cli.supervisor.child import NotReady
from services.cli.supervisor.folders import UnsafeFolder
from services.cli.supervisor.state import AlreadyRunning
from services.runtime.cities import CityFileWrong

STORIES: tuple[type[Story], ...] = (
    BengkuluHotline, BengkuluSocial, Bukittinggi, Pekanbaru, Kupang, BengkuluLurah, BengkuluLive, BengkuluLost,
)  # fmt: skip

UNFIT_STAGE = (NotReady, Unreachable, BrokerError, Refused, AlreadyRunning, CityFileWrong, UnsafeFolder, OSError)
"""What `tuntas up` may end with, too."""

DAY_AT_ONCE = 2.0
DAY_TO_WATCH = 8.0
LOGINS = ("staff:bengkulu:walikota", "staff:bengkulu:tim-saring", "staff:pekanbaru:tim-teknis", "staff:kupang:walikota")

BREATH = 2.5
"""Seconds between two turns where somebody reads along."""


def play(*, once: bool, as_json: bool, day: float | None) -> None:
    """See `services.cli.demo.demo`. `typer.Exit` 1: a story did not reach its end, 2: the stage fell."""
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
    """What was told until the end, or until somebody pressed Ctrl-C; a second one waits for nothing in order."""
    leave, told = asyncio.Event(), list[Told]()
    playing = asyncio.create_task(_on(stage, teller, told, leave, once=once))

    def end() -> None:
        if leave.is_set() or not told:
            playing.cancel()
        leave.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, end)
    with contextlib.suppress(asyncio.CancelledError):
        await playing
    return told


async def _on(stage: Stage, teller: Teller, told: list[Told], leave: asyncio.Event, *, once: bool) -> None:
    teller.plain(f"Starting Tuntas in {_short(stage.home)} (one day lasts {stage.day:g} s) …")
    async with stage:
        teller.plain(f"Ready: pages {stage.public_url}, webhooks {stage.urls['intake']}")
        told += await (_all_at_once(stage, teller) if once else _one_by_one(stage, teller))
        teller.sum_up(told, stage.public_url)
        if not once:
            _where_to_look(stage, teller, told)
            await leave.wait()
            teller.plain("Stopping in order …")


async def _all_at_once(stage: Stage, teller: Teller) -> list[Told]:
    return list(await asyncio.gather(*(story.play() for story in _cast(stage, teller, breath=0))))


async def _one_by_one(stage: Stage, teller: Teller) -> list[Told]:
    """A story that only waits for a term to pass lets the next one begin."""
    playing = []
    async with asyncio.TaskGroup() as group:
        for story in _cast(stage, teller, breath=BREATH):
            playing.append(group.create_task(story.play()))
            await story.lets_go.wait()
    return [task.result() for task in playing]


def _cast(stage: Stage, teller: Teller, breath: float) -> list[Story]:
    return [kind(stage, teller.voice(i, kind.label, kind.zone), breath) for i, kind in enumerate(STORIES, start=1)]


def _where_to_look(stage: Stage, teller: Teller, told: list[Told]) -> None:
    """Everything stays up to be looked at."""
    pages = stage.public_url
    teller.plain(f"\nOpen, logged in:   {pages}/papan (the board)   {pages}/saring (screening)")
    if told and told[0].ticket:
        teller.plain(f"                   {pages}/laporan/{told[0].ticket} (one complaint, step by step)")
    teller.plain(f"Open, as anybody:  {pages}/lacak/<ticket>   {pages}/umum (what everybody may see)\nLogins:")
    for name in LOGINS:
        given = stage.credentials(name)
        teller.plain(f"  {given['user']:<24} {given['password']}")
    teller.plain(f"  … and every other seat: {called()} credentials staff:<city>:<seat>\n\nCtrl-C ends it.")


def _short(path: Path) -> str:
    return f"./{path.relative_to(Path.cwd())}" if path.is_relative_to(Path.cwd()) else str(path)
