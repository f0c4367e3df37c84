"""The embedded NATS server: one node, file store, every write on disk before it is acknowledged, encrypted at rest."""

import asyncio
import contextlib
import json
import secrets
import shutil
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from services.cli.supervisor.blocks import clear_unborn
from services.cli.supervisor.child import Child
from services.cli.supervisor.folders import private_folder, write_private
from services.contracts.streams import MAX_MESSAGE

_CONFIG = """\
# Written by `tuntas provision`; changes here are overwritten.
server_name: {name}
listen: "{host}:{port}"
{monitor}max_payload: {payload}
max_pending: 256MB
write_deadline: "10s"
jetstream {{
  store_dir: "{store}"
  max_mem: 64MB
  max_file: {max_file}
  # With the default a power cut loses what was acknowledged in the last two minutes.
  sync_interval: {sync}
  cipher: chachapoly
  include "{key}"
}}
include "{accounts}"
"""

OPEN_ACCOUNT = """\
# One account without a password: for tests of parts that need a broker and no rights.
accounts {
  SYS { users: [ { user: sys, password: sys } ] }
  CORE { jetstream: enabled, users: [ { user: admin, password: admin } ] }
}
system_account: SYS
no_auth_user: admin
"""


def binary() -> Path:
    """`nats-server` as the environment has it in its own bin folder, else the one on the path."""
    ours = Path(sys.executable).with_name("nats-server")
    if ours.exists():
        return ours
    found = shutil.which("nats-server")
    if found is None:
        raise FileNotFoundError("nats-server is not in this environment: install the requirements again")
    return Path(found)


def write_config(
    folder: Path,
    *,
    host: str,
    port: int,
    store: str,
    accounts: str,
    sync: str = "always",
    max_file: str = "64GB",
    monitor: str | None = None,
) -> Path:
    """Writes nats.conf, accounts.conf and (once) the key of the store; returns the path of nats.conf.

    `store` is where the server keeps its files, as the server sees it. `sync` other than `always` is for the test that
    proves why it is `always`. `monitor`: address of the server's own HTTP pages; none by default.
    """
    key = folder / "store-key.conf"
    if not key.exists():
        write_private(key, f'key: "{secrets.token_urlsafe(32)}"\n')
    write_private(folder / "accounts.conf", accounts)
    config = folder / "nats.conf"
    write_private(
        config,
        _CONFIG.format(
            name="tuntas",
            host=host,
            port=port,
            monitor=f'http: "{monitor}"\n' if monitor else "",
            payload=MAX_MESSAGE,
            store=store,
            max_file=max_file,
            sync=sync,
            key="./store-key.conf",
            accounts="./accounts.conf",
        ),
    )
    return config


@dataclass
class NatsServer:
    """`folder` holds configuration, key and store; `accounts` is the text of accounts.conf."""

    folder: Path
    port: int
    accounts: str = OPEN_ACCOUNT
    host: str = "127.0.0.1"
    log: Path | None = None
    sync: str = "always"
    inherit: Sequence[int] = ()
    child: Child | None = None

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """Without user: a test server's open account, or the place to put credentials before."""
        return f"nats://{self.address}"

    @property
    def store(self) -> Path:
        return self.folder / "jetstream"

    async def launch(self) -> Child:
        """Starts the process; returns before it is ready."""
        private_folder(self.folder)
        config = write_config(
            self.folder, host=self.host, port=self.port, store=str(self.store), accounts=self.accounts, sync=self.sync
        )
        clear_unborn(self.store)
        self.child = Child.start(
            "nats",
            [binary(), "--config", config],
            log=self.log or self.folder / "nats.log",
            folder=self.folder,
            inherit=self.inherit,
        )
        return self.child

    async def ready(self, patience: float = 60.0) -> None:
        """Returns once clients are served, which is after the store was recovered; raises NotReady."""
        await self._running().until(self._greets, patience)

    async def start(self) -> None:
        await self.launch()
        await self.ready()

    async def stop(self) -> None:
        if self.child is not None:
            await self.child.stop(signal.SIGTERM, 15.0)

    async def kill(self) -> None:
        """As `kill -9` does; start again with `start`."""
        await self._running().stop(signal.SIGKILL, 10.0)

    def _running(self) -> Child:
        if self.child is None:
            raise RuntimeError("the NATS server was not started")
        return self.child

    async def _greets(self) -> bool:
        """The server's first line is `INFO {…}` (NATS client protocol); it says whether JetStream is on."""
        try:
            async with asyncio.timeout(2):
                reader, writer = await asyncio.open_connection(self.host, self.port, limit=1 << 20)
                try:
                    line = await reader.readline()
                finally:
                    writer.close()
                    with contextlib.suppress(OSError):
                        await writer.wait_closed()
        except (OSError, TimeoutError):
            return False
        return line.startswith(b"INFO ") and bool(json.loads(line[5:]).get("jetstream"))
