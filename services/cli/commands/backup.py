"""`tuntas backup FOLDER` and `tuntas restore FOLDER`."""

import asyncio
import signal
from pathlib import Path
from typing import Annotated

import typer

from services.cli.backup import whole
from services.cli.backup.vault import ProgramFailedError
from services.cli.commands.common import FAILED, REFUSED, fail, installation, out, run
from services.cli.commands.services import call
from services.cli.installation import Installation
from services.cli.provision.job import Unreachable
from services.cli.provision.streams import BrokerError, Refused
from services.cli.settings import CliSettings
from services.cli.supervisor.child import NotReady
from services.cli.supervisor.folders import UnsafeFolder
from services.cli.supervisor.run import parts_alone
from services.cli.supervisor.state import AlreadyRunning
from services.runtime.cities import CityFileWrong

_REFUSALS = (Refused, AlreadyRunning, CityFileWrong, UnsafeFolder)
_FAILURES = (NotReady, Unreachable, BrokerError, ProgramFailedError, OSError, TimeoutError)


def backup(folder: Annotated[Path, typer.Argument(help="A new folder, for this backup alone.")]) -> None:
    """Write log, queues, vault and files into FOLDER, while everything runs.

    The master key is not in it: keep that elsewhere, for without it nobody reads the backup.
    """
    settings = CliSettings()
    found = installation(settings)
    try:
        about = run(whole.save(found, _files(settings, found), folder, _say))
    except _REFUSALS as error:
        fail(str(error), REFUSED)
    except _FAILURES as error:
        fail(str(error), FAILED)
    out.print(f"Backed up as of {about.at} into {folder}.", markup=False)
    if not about.files:
        out.print("Pictures stay where TUNTAS_BLOBS_URL says; back that up after this.")


def restore(folder: Annotated[Path, typer.Argument(help="What `tuntas backup` wrote.")]) -> None:
    """Bring a backup back into a new, empty TUNTAS_HOME that holds its master.key.

    Starts NATS and Postgres alone, puts back what was kept, carries out again every erasure that the log knows, makes
    the other tables anew, and stops. Then `tuntas up`.
    """
    settings = CliSettings()
    try:
        about = whole.read(folder, settings.folder / "master.key")
        run(_restore(settings, about, folder))
    except _REFUSALS as error:
        fail(str(error), REFUSED)
    except _FAILURES as error:
        fail(str(error), FAILED)
    out.print("Restored. Start it with `tuntas up`.")


async def _restore(settings: CliSettings, about: whole.About, folder: Path) -> None:
    task = asyncio.current_task()
    assert task is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    async with parts_alone(settings, _say) as supervisor:
        found = supervisor.installation
        await whole.restore(found, about, _files(settings, found), folder, _say)
        await supervisor.provision()
        for name, command, role in (
            ("intake", "forget", None),
            ("reporting", "rebuild", "tuntas_admin"),
            ("router", "rebuild", None),
        ):
            if await asyncio.to_thread(call, name, command, [], role):
                raise Refused(f"`{name} {command}` did not end well; nothing may start before it does")


def _files(settings: CliSettings, found: Installation) -> str:
    """Address of the blobs."""
    return settings.passed_on().get("TUNTAS_BLOBS_URL") or found.environment("intake")["TUNTAS_BLOBS_URL"]


def _say(line: str) -> None:
    out.print(f"  {line}", markup=False)
