"""`tuntas complaint`: one complaint's events in order. Sealed content only for roles that may, and then logged."""

import getpass
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

import asyncpg
import typer
from nats.aio.client import Client

from services.cli.commands.common import FAILED, REFUSED, fail, installation, out, run, say_json
from services.cli.installation import Installation
from services.cli.provision.databases import VAULT
from services.cli.provision.job import Unreachable, connect
from services.cli.settings import CliSettings
from services.contracts import subjects, tickets
from services.contracts.sealed import ALGORITHM, key_id_of
from services.runtime import postgres
from services.runtime.log import Log
from services.runtime.opener import Opener
from services.runtime.sealing import MasterKey
from services.runtime.telemetry import trace_id_of
from services.runtime.vault import WITHOUT_CONTENT, Vault

MAY_READ = ("screener", "coordinator", "data_protection")
"""Roles that see what people wrote. `ops` and `auditor` see what happened, never content (DOMAIN, roles)."""

SEALED, ERASED = "<sealed>", "<erased>"


@dataclass(frozen=True, slots=True)
class _Sealed:
    """One sealed value and where it stands."""

    holder: Any
    key: Any
    value: str
    cause: str
    field: str


def complaint(
    ticket: Annotated[str, typer.Argument(help="As the reporter holds it, such as BKL-4K7QT9M2-X.")],
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    open_sealed: Annotated[bool, typer.Option("--open", help="Open what is sealed; needs --as and --why.")] = False,
    role: Annotated[str, typer.Option("--as", help=f"The role you act in: {', '.join(MAY_READ)}.")] = "ops",
    why: Annotated[str, typer.Option(help="Kept in the reveal log.")] = "",
) -> None:
    """The events of one complaint, in order. Every look is written to the reveal log."""
    if open_sealed and role not in MAY_READ:
        fail(f"the role {role} does not see what people wrote; {', '.join(MAY_READ)} may", REFUSED)
    if open_sealed and not why.strip():
        fail("opening needs a reason: --why", 2)
    written = tickets.read(ticket)
    if written is None:
        fail(f"{ticket} is no ticket: a character is missing or wrong")
    events = run(life(installation(CliSettings()), written, role, why.strip() if open_sealed else None))
    if as_json:
        say_json(events)
        return
    for event in events:
        data = json.dumps(event["data"], ensure_ascii=False)
        out.print(f"{event['n']:>3}  {event['at'][:19]}  {event['type']:<32} {event['actor']:<24} {data}", markup=False)


async def life(found: Installation, ticket: str, role: str, reason: str | None = None) -> list[dict[str, Any]]:
    """The complaint's events in order, each with its trace. `reason`: None leaves sealed values closed."""
    pool = await postgres.pool(found.server.database(VAULT), size=2, service="tuntas-complaint")
    try:
        row, client = await _look_up(pool, found, ticket)
        try:
            if row is None:
                fail(f"no complaint has the ticket {ticket}")
            entries = await Log(client, subjects.COMPLAINTS).load(subjects.complaint(row["city"], row["complaint"]))
        finally:
            await client.close()
        events: list[dict[str, Any]] = [
            json.loads(entry.body) | {"trace": trace_id_of(entry.headers)} for entry in entries
        ]
        values = [value for event in events for value in _sealed(event["data"], event["causation"])]
        parties = sorted({key_id_of(value.value) for value in values}) if reason is not None else []
        await record(pool, row["complaint"], parties, f"{role} {getpass.getuser()}", reason)
        if reason is None:
            texts: list[str | None] = [SEALED] * len(values)
        else:
            vault = Vault(pool, MasterKey.load(found.keeper.master_key_file))
            texts = await Opener(vault).open_many([(value.value, value.cause, value.field) for value in values])
        for value, text in zip(values, texts, strict=True):
            value.holder[value.key] = ERASED if text is None else text
        return events
    finally:
        await pool.close()


async def _look_up(pool: "postgres.Pool", found: Installation, ticket: str) -> "tuple[asyncpg.Record | None, Client]":
    try:
        row = await pool.fetchrow("select complaint, city from intake.complaint where ticket = $1", ticket)
        return row, await connect(found, patience=5)
    except (Unreachable, OSError, asyncpg.PostgresError) as error:
        raise fail(f"the complaint cannot be looked up now: {error}", FAILED) from error


def _sealed(data: Any, cause: str, field: str = "") -> Iterator[_Sealed]:
    """Every sealed value of an event. A value in a list is sealed under the list's own name."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        name = key if isinstance(key, str) else field
        if isinstance(value, str) and value.startswith(f"{ALGORITHM}."):
            yield _Sealed(data, key, value, cause, name)
        else:
            yield from _sealed(value, cause, name)


async def record(pool: "postgres.Pool", complaint_id: str, parties: list[str], who: str, reason: str | None) -> None:
    """Before anything is shown: a row per key that is about to be used, or one for a look without content."""
    rows = [tuple(party.split("/", 1)) for party in parties] or [(complaint_id, "none")]
    why = reason if reason is not None else WITHOUT_CONTENT
    await pool.executemany(
        "insert into vault.reveal_log (at, role, owner, party, who, why, found)"
        " values ($1, session_user, $2, $3, $4, $5, $6)",
        [(datetime.now(UTC), owner, party, who, why, bool(parties)) for owner, party in rows],
    )
