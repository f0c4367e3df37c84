"""All parts in the order in which they fit together: the door's queue, the log, the vault, the files."""

import contextlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from services.cli.backup import streams, vault
from services.cli.installation import Installation
from services.cli.provision import databases, job
from services.cli.provision.streams import Refused
from services.cli.supervisor.folders import private_folder, write_private
from services.runtime.sealing import MasterKey

FORM = 1
_ABOUT = "backup.json"
_FILES = "files"


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself; written last, so that one without it is unfinished.

    `at`: UTC, when it began. `key`: the master key's fingerprint. `streams`: last position of each. `files`: whether
    the pictures are in it; those of a bucket stay where they are.
    """

    form: int
    at: str
    key: str
    streams: Mapping[str, int]
    files: bool


async def save(installation: Installation, files: str, folder: Path, say: Callable[[str], None]) -> About:
    """`files`: address of the blobs. Raises Refused, BrokerError, vault.ProgramFailedError."""
    _begin(folder)
    began, last = datetime.now(UTC), {}
    client = await job.connect(installation)
    try:
        for name in streams.IN_ORDER:
            last[name] = await streams.save(client, name, folder)
            say(f"{name}: up to {last[name]}")
    finally:
        await client.close()
    await vault.save(installation.server, folder)
    say("vault")
    kept = _local(files)
    if kept is not None:
        _copied(kept, folder / _FILES)
        say("files")
    key = MasterKey.load(installation.keeper.master_key_file).fingerprint
    about = About(FORM, began.isoformat(timespec="seconds"), key, last, files=kept is not None)
    write(folder, about)
    return about


def write(folder: Path, about: About) -> None:
    """Says that the backup is whole."""
    write_private(folder / _ABOUT, json.dumps(asdict(about), indent=1))


def read(folder: Path, master_key: Path) -> About:
    """Raises Refused for what can't be restored here."""
    try:
        about = About(**json.loads((folder / _ABOUT).read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise Refused(f"{folder} holds no finished backup") from error
    if about.form != FORM:
        raise Refused(f"{folder} was made by another release")
    if not master_key.exists():
        raise Refused(f"put the master key of that installation into {master_key} first")
    if MasterKey.load(master_key).fingerprint != about.key:
        raise Refused(f"{master_key} is not the key that the backup's vault was made with")
    return about


async def restore(
    installation: Installation, about: About, files: str, folder: Path, say: Callable[[str], None]
) -> None:
    """Into NATS and Postgres that hold nothing of ours yet. Raises Refused, BrokerError, vault.ProgramFailedError."""
    client = await job.connect(installation)
    try:
        there = [name for name in streams.IN_ORDER if not await streams.absent(client, name)]
        if there or await databases.holds_anything(installation.server):
            raise Refused("this installation is not empty: a backup goes back into a new one")
        await databases.empty(installation.server, installation.role_passwords())
        await vault.restore(installation.server, folder)
        say("vault")
        for name in streams.IN_ORDER:
            last = await streams.restore(client, name, folder)
            if last < about.streams[name]:
                raise Refused(f"{name} came back up to {last} only, not {about.streams[name]}")
            say(f"{name}: up to {last}")
    finally:
        await client.close()
    kept = _local(files)
    if about.files and kept is not None:
        shutil.copytree(folder / _FILES, kept, dirs_exist_ok=True)
        say("files")


def _begin(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} is not empty: every backup has a folder of its own")
    private_folder(folder)


def _copied(kept: Path, to: Path) -> None:
    if not kept.exists():  # nobody has sent a picture yet
        to.mkdir()
        return
    shutil.copytree(kept, to, copy_function=_copy)


def _copy(source: str, to: str) -> None:
    """What is erased or given its name just now is gone from where it stood: neither belongs to a backup."""
    with contextlib.suppress(FileNotFoundError):
        shutil.copy2(source, to)


def _local(files: str) -> Path | None:
    """The folder, where blobs are kept in one."""
    parts = urlsplit(files)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None
