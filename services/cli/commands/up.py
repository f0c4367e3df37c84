"""`tuntas up`: everything, until Ctrl-C or SIGTERM."""

import asyncio
import contextlib
import signal
import time

from services.cli.commands.common import FAILED, REFUSED, called, fail, out, run
from services.cli.provision.job import Unreachable
from services.cli.provision.streams import BrokerError, Refused
from services.cli.settings import CliSettings
from services.cli.supervisor.child import NotReady
from services.cli.supervisor.folders import UnsafeFolder
from services.cli.supervisor.run import supervise
from services.cli.supervisor.state import AlreadyRunning
from services.runtime.cities import CityFileWrong
from services.runtime.settled import settle


def up() -> None:
    """Start NATS, Postgres and the four services here, and keep them running until Ctrl-C.

    State is kept in .tuntas (TUNTAS_HOME). With TUNTAS_NATS_URL or TUNTAS_DATABASE_URL that part is not started but
    used: they are administrators' addresses.
    """
    settings = CliSettings()
    try:
        run(_up(settings))
    except (Refused, AlreadyRunning, CityFileWrong, UnsafeFolder) as error:
        fail(str(error), REFUSED)
    except (NotReady, Unreachable, BrokerError) as error:
        fail(str(error), FAILED)


async def _up(settings: CliSettings) -> None:
    began = time.monotonic()
    out.print(f"Tuntas starts in {settings.folder}")
    work = asyncio.create_task(_work(settings, began))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # The first signal ends the work in order, a second one at once: the supervisor tells them apart.
        loop.add_signal_handler(number, work.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await work
    out.print("Everything has stopped.")


async def _work(settings: CliSettings, began: float) -> None:
    async with supervise(settings, _say) as supervisor:
        out.print(f"\nReady after {time.monotonic() - began:.1f} s.\n")
        out.print(f"  Pages       {supervisor.urls['pages']}")
        out.print(f"  Webhooks    {supervisor.urls['intake']}/webhooks/<city>/whatsapp")
        out.print(f"  Log files   {supervisor.home / 'logs'}")
        out.print(
            f"\n`{called()} status` shows how it does, `{called()} credentials` who may come in. Stop with Ctrl-C."
        )
        settle()  # from here on it only watches
        try:
            await asyncio.Event().wait()
        finally:
            out.print("\nStopping in order …")


def _say(line: str) -> None:
    out.print(f"  {line}", markup=False)
