"""The database that can't be made again, by Postgres's own programs."""

import asyncio
import os
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from services.cli.provision.databases import VAULT, Server
from services.cli.supervisor.postgres import programs

FILE = "vault.dump"


class ProgramFailedError(Exception):
    """`pg_dump` or `pg_restore` is not there or did not do it; the text is what it says."""


async def save(server: Server, folder: Path) -> None:
    """One moment of it, while everything goes on."""
    await _run("pg_dump", server, "--format=custom", f"--file={folder / FILE}")


async def restore(server: Server, folder: Path) -> None:
    """Into the database of that name, which is there and empty, as are the roles."""
    await _run("pg_restore", server, "--exit-on-error", "--single-transaction", str(folder / FILE))


async def _run(program: str, server: Server, *arguments: str) -> None:
    """The password goes by the environment: a command line can be read by everybody."""
    parts = urlsplit(server.database(VAULT))
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    netloc = f"{user}@{parts.netloc.rpartition('@')[2]}"
    query = f"?{parts.query}" if parts.query else ""
    address = urlunsplit((parts.scheme, netloc, parts.path, "", "")) + query
    environment = {**os.environ, **({"PGPASSWORD": unquote(password)} if password else {})}
    try:
        process = await asyncio.create_subprocess_exec(
            _found(program), f"--dbname={address}", *arguments, env=environment, stderr=asyncio.subprocess.PIPE
        )
    except OSError as error:
        raise ProgramFailedError(f"{program}: {error.strerror}") from error
    _, said = await process.communicate()
    if process.returncode:
        raise ProgramFailedError(f"{program}: {said.decode(errors='replace').strip()}")


def _found(program: str) -> str:
    """Ours where we bring it, for it must not be older than the server."""
    ours = programs() / program
    return str(ours) if ours.exists() else shutil.which(program) or program
