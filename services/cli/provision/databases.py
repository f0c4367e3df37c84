"""Databases, roles, schemas and migrations. Nothing is dropped; a migration changed after it ran is refused."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from services.cli.provision.streams import Changes, Refused

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]

MAIN, VAULT = "tuntas", "tuntas_vault"

SCHEMAS: Mapping[str, tuple[str, ...]] = {
    MAIN: ("router", "reporting", "notifier"),
    VAULT: ("vault", "intake", "staff", "delivery"),
}

ADMIN = "tuntas_admin"
_SERVICE_ROLES = ("tuntas_intake", "tuntas_router", "tuntas_notifier", "tuntas_reporting")

_MAY_CONNECT: Mapping[str, tuple[str, ...]] = {MAIN: (*_SERVICE_ROLES, "tuntas_public"), VAULT: _SERVICE_ROLES}

ROOMS = ("runtime", "web", "intake", "router", "notifier", "reporting")
"""In the order in which their migrations run."""

_FOLDERS = {MAIN: "main", VAULT: "vault"}

_LOCK = 7_105_841
"""Advisory lock: two provisioning jobs at once take turns."""

_MIGRATIONS = """
create table if not exists public.migration (
    room text not null, name text not null, digest text not null, applied_at timestamptz not null default now(),
    primary key (room, name)
)
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A Postgres server as its administrator reaches it; `url` names any database."""

    url: str

    def database(self, name: str, role: str | None = None, password: str | None = None) -> str:
        """URL of one database, for the administrator or for a role."""
        parts = urlsplit(self.url)
        netloc = parts.netloc
        if role is not None:
            address = netloc.rpartition("@")[2]
            secret = f":{quote(password, safe='')}" if password else ""
            netloc = f"{role}{secret}@{address}"
        # Not `urlunsplit` for the socket form: it would drop the empty host's slashes.
        query = f"?{parts.query}" if parts.query else ""
        return urlunsplit((parts.scheme, netloc or "@", f"/{name}", "", "")) + query


async def provision(server: Server, passwords: Mapping[str, str], rooms: Path) -> Changes:
    """`passwords`: role → password; an empty one makes a role without (a socket that only we reach).

    `rooms`: the folder that holds the rooms with their `migrations/{vault,main}/*.sql`.
    """
    changes = Changes()
    connection = await asyncpg.connect(server.url)
    try:
        await connection.execute("select pg_advisory_lock($1)", _LOCK)
        await _roles(connection, passwords, changes)
        for name in (MAIN, VAULT):
            await _database(connection, name, changes)
    finally:
        await connection.close()
    for name in (MAIN, VAULT):
        await _migrate(server, name, rooms, changes)
    return changes


async def holds_anything(server: Server) -> bool:
    """Whether one of our databases is there."""
    connection = await asyncpg.connect(server.url)
    try:
        return bool(await connection.fetchval("select true from pg_database where datname = any($1)", [MAIN, VAULT]))
    finally:
        await connection.close()


async def empty(server: Server, passwords: Mapping[str, str]) -> None:
    """Roles and the vault's database without anything in it, for a backup to go into."""
    connection = await asyncpg.connect(server.url)
    try:
        await connection.execute("select pg_advisory_lock($1)", _LOCK)
        await _roles(connection, passwords, Changes())
        await _database(connection, VAULT, Changes())
    finally:
        await connection.close()


async def _roles(connection: "Connection", passwords: Mapping[str, str], changes: Changes) -> None:
    known = {row["rolname"] for row in await connection.fetch("select rolname from pg_roles")}
    for role, password in passwords.items():
        if role not in known:
            await connection.execute(f"create role {_name(role)} login noinherit nosuperuser nocreatedb nocreaterole")
            changes.made.append(f"role {role}")
        if password:
            # A utility statement takes no parameters; our passwords are base32.
            if not re.fullmatch(r"[A-Za-z0-9_-]+", password):
                raise Refused(f"the password of {role} has characters that we never make")
            await connection.execute(f"alter role {_name(role)} password '{password}'")
    await connection.execute(f"grant {ADMIN} to current_user")


async def _database(connection: "Connection", name: str, changes: Changes) -> None:
    if not await connection.fetchval("select true from pg_database where datname = $1", name):
        await connection.execute(f"create database {_name(name)} owner {ADMIN} encoding 'UTF8' template template0")
        changes.made.append(f"database {name}")
    await connection.execute(f"revoke all on database {_name(name)} from public")
    await connection.execute(f"grant connect on database {_name(name)} to {', '.join(_MAY_CONNECT[name])}")


async def _migrate(server: Server, database: str, rooms: Path, changes: Changes) -> None:
    connection = await asyncpg.connect(server.database(database))
    try:
        await connection.execute("select pg_advisory_lock($1)", _LOCK)
        await connection.execute("revoke create on schema public from public")
        # The schema `public` belongs to whoever made the cluster.
        await connection.execute(f"grant create, usage on schema public to {ADMIN}")
        await connection.execute(f"set role {ADMIN}")
        for schema in SCHEMAS[database]:
            await connection.execute(f"create schema if not exists {_name(schema)}")
        await connection.execute(_MIGRATIONS)
        applied = {
            (row["room"], row["name"]): row["digest"]
            for row in await connection.fetch("select room, name, digest from public.migration")
        }
        for room in ROOMS:
            for file in sorted((rooms / room / "migrations" / _FOLDERS[database]).glob("*.sql")):
                text = file.read_text()
                digest = hashlib.sha256(text.encode()).hexdigest()
                before = applied.get((room, file.name))
                if before is None:
                    await _run(connection, room, file.name, text, digest)
                    changes.made.append(f"{database}: {room}/{file.name}")
                elif before != digest:
                    raise Refused(
                        f"{room}/{file.name} was changed after it ran on {database}; write a new migration instead"
                    )
    finally:
        await connection.close()


async def _run(connection: "Connection", room: str, name: str, text: str, digest: str) -> None:
    try:
        async with connection.transaction():
            await connection.execute(text)
            await connection.execute(
                "insert into public.migration (room, name, digest) values ($1, $2, $3)", room, name, digest
            )
    except asyncpg.PostgresError as error:
        raise Refused(f"{room}/{name} does not run: {error}") from error


def _name(identifier: str) -> str:
    if not re.fullmatch(r"[a-z_]+", identifier):
        raise ValueError(identifier)
    return identifier
