"""`tuntas provision`: streams, consumers, accounts, databases, keys. Also what `tuntas up` does by itself."""

import os
import signal
from pathlib import Path
from typing import Annotated

import typer

from services.cli.commands.common import FAILED, REFUSED, fail, installation, out, run, running_state
from services.cli.provision import accounts, job
from services.cli.provision.given import give
from services.cli.provision.secrets import Keeper, new_password
from services.cli.provision.streams import BrokerError, Refused
from services.cli.settings import CliSettings
from services.cli.supervisor import nats
from services.cli.supervisor.folders import write_private
from services.contracts.subjects import SERVICES
from services.runtime import cities
from services.runtime.cities import CityFileWrong


def provision(
    files_only: Annotated[
        Path | None,
        typer.Option(help="Make only secrets and NATS's configuration, into this folder; before NATS's first start."),
    ] = None,
    hand_out: Annotated[
        Path | None, typer.Option(help="Then write each service's settings and secrets into FOLDER/<service>.")
    ] = None,
    postgres_password: Annotated[
        Path | None, typer.Option(help="With --files-only: make the database administrator's password, in this file.")
    ] = None,
    nats_store: Annotated[str, typer.Option(help="Where that NATS server keeps its files.")] = "/data",
) -> None:
    """Make what services rely on and may not make themselves. May be repeated; refuses what could lose events."""
    settings = CliSettings()
    try:
        known = cities.load(settings.cities_dir)
        secrets = Keeper(settings.folder).make(known.values())
        text = accounts.configuration(known.values(), secrets.nats)
        if files_only is not None:
            nats.write_config(
                files_only, host="0.0.0.0", port=4222, store=nats_store, accounts=text, monitor="127.0.0.1:8222"
            )
            if postgres_password is not None and not postgres_password.exists():
                write_private(postgres_password, new_password())
                # The database's own user reads it, in a volume that nobody else is given.
                postgres_password.chmod(0o644)
            out.print(f"Secrets are in {settings.folder}, NATS's configuration is in {files_only}.")
            return
        _take_into_use(settings, text)
        found = installation(settings)
        changes = run(job.run(found, known))
        if hand_out is not None:
            for service in SERVICES:
                give(found, service, hand_out / service)
    except (Refused, CityFileWrong) as error:
        fail(str(error), REFUSED)
    except (job.Unreachable, BrokerError) as error:
        fail(str(error), FAILED)
    for line in (*(f"made     {line}" for line in changes.made), *(f"changed  {line}" for line in changes.changed)):
        out.print(line)
    out.print(f"{len(changes.made)} made, {len(changes.changed)} changed.")
    if changes.kept:
        fail("\n".join(changes.kept), REFUSED)


def _take_into_use(settings: CliSettings, text: str) -> None:
    """New adapters and agencies may connect to the embedded broker at once."""
    state = running_state(settings)
    part = state.parts.get("nats") if state is not None else None
    file = settings.folder / "nats" / "accounts.conf"
    if part is None or part.pid is None or file.read_text() == text:
        return
    write_private(file, text)
    os.kill(part.pid, signal.SIGHUP)
