"""What must be there before a service works, checked at start. A service can't make it: only provisioning can."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nats.aio.client import Client

from services.contracts import subjects
from services.runtime import logs
from services.runtime.failures import Away, is_infrastructure
from services.runtime.replies import NoAnswer, Replies

if TYPE_CHECKING:
    from services.runtime.postgres import Pool
    from services.runtime.service import Service

_log = logs.get(__name__)


class NotProvisioned(Away):
    """Something is missing or not as it must be; `tuntas provision` makes it so."""


APPEND_ONLY = (subjects.COMPLAINTS, subjects.CITY)


@dataclass(frozen=True)
class Needs:
    """`tables`: schema-qualified, looked for in `database`; `vault_tables` in the vault."""

    streams: Sequence[str] = ()
    consumers: Sequence[tuple[str, str]] = ()
    tables: Sequence[str] = ()
    vault_tables: Sequence[str] = ()

    async def wait(self, service: "Service") -> None:
        """Until all is there, saying every few seconds what is not; returns early when the service is told to stop."""
        said = ""
        while not service.stop.is_set():
            try:
                await self.check(service.connection, service.database, service.vault_pool)
            except Exception as error:
                if not is_infrastructure(error):
                    raise
                missing = str(error) if isinstance(error, NotProvisioned) else type(error).__qualname__
                if missing != said:
                    _log.warning("waits_for", what=missing)
                    said = missing
            else:
                return
            try:
                await asyncio.wait_for(service.stop.wait(), 1.0)
            except TimeoutError:
                continue

    async def check(self, connection: Client, database: "Pool | None", vault: "Pool | None") -> None:
        """`NotProvisioned` with the name of what is missing, or infrastructure errors."""
        replies = Replies.of(connection)
        for stream in self.streams:
            config = await _config(replies, f"$JS.API.STREAM.INFO.{stream}", f"stream {stream}")
            _check_stream(stream, config)
        if set(self.streams) & set(APPEND_ONLY):
            await _check_server(replies)
        for stream, durable in self.consumers:
            config = await _config(replies, f"$JS.API.CONSUMER.INFO.{stream}.{durable}", f"consumer {stream}/{durable}")
            if config.get("ack_policy") != "explicit":
                raise NotProvisioned(f"consumer {stream}/{durable} does not ask for explicit acks")
        for pool, tables, name in ((database, self.tables, "database"), (vault, self.vault_tables, "vault")):
            if tables and pool is None:
                raise NotProvisioned(f"no address of the {name}")
            for table in tables:
                if pool is not None and not await pool.fetchval(
                    "select to_regclass($1) is not null and has_table_privilege($1, 'select')", table
                ):
                    raise NotProvisioned(f"table {table} in the {name}")


async def _config(replies: Replies, subject: str, name: str) -> dict[str, Any]:
    answer = await replies.ask(subject, b"", timeout=3.0)
    info = json.loads(answer.data) if answer.data else {}
    if "config" not in info:
        raise NotProvisioned(name)
    config: dict[str, Any] = info["config"]
    return config


async def _check_server(replies: Replies) -> None:
    """What is acknowledged must be on disk. (Whether it is encrypted there the server does not tell.)"""
    try:
        answer = await replies.ask("$SYS.REQ.SERVER.PING.JSZ", b"", timeout=2.0)
    except NoAnswer:
        answer = None
    settings = json.loads(answer.data).get("data", {}).get("config", {}) if answer and answer.data else {}
    if not settings:
        _log.warning("server_settings_unseen", why="the NATS server does not tell this account")
    elif not settings.get("sync_always"):
        raise NotProvisioned("NATS with sync_interval: always (it acknowledges before it has written)")


def _check_stream(stream: str, config: dict[str, Any]) -> None:
    """A log that could forget must not be written to."""
    if stream not in APPEND_ONLY:
        return
    for flag in ("deny_delete", "deny_purge", "allow_direct", "allow_atomic"):
        if not config.get(flag):
            raise NotProvisioned(f"stream {stream} lacks {flag}")
    if config.get("storage") != "file" or config.get("discard", "old") != "new" or config.get("max_age", 0):
        raise NotProvisioned(f"stream {stream} may lose events")
