"""The vault on a real database, as each service's role sees it."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from services.cli.supervisor.postgres import PostgresServer
from services.contracts.ids import derive
from services.runtime import postgres
from services.runtime.opener import Opener
from services.runtime.sealing import DataKey, seal
from services.runtime.vault import AlreadyRevealed, Contact, KeyDestroyed, NoIdKey, Unavailable, Vault
from tests.runtime.conftest import MASTER
from tests.runtime.ledger import NOON

VaultOf = Callable[[str], Awaitable[Vault]]
REPORTER = "reporter:1"


def owner() -> str:
    return derive(b"x", "owner", secrets.token_hex(8))


def contact(of: str, address: str = "62811000111") -> Contact:
    return Contact(of, REPORTER, "bengkulu", "whatsapp", "utama", address, "Ibu Contoh", NOON)


async def put(vault: Vault, one: Contact) -> None:
    async with vault._pool.acquire() as connection, connection.transaction():
        keys = await vault.make_keys([(one.owner, one.party)], connection)
        await vault.put_contacts(connection, [one], keys)


async def test_a_key_is_made_once_whoever_asks_and_however_often_at_once(vault_of: VaultOf) -> None:
    intake, router, wanted = await vault_of("tuntas_intake"), await vault_of("tuntas_router"), owner()
    pairs = [(wanted, REPORTER), (wanted, "handling")]
    made = await asyncio.gather(*(vault.make_keys(pairs) for vault in (intake, router) * 4))
    assert all(keys == made[0] for keys in made)
    assert await router.keys([*pairs, (owner(), REPORTER)]) == made[0]
    assert made[0][pairs[0]].secret != made[0][pairs[1]].secret


async def test_a_destroyed_key_is_never_made_again(vault_of: VaultOf) -> None:
    intake, wanted = await vault_of("tuntas_intake"), owner()
    await put(intake, contact(wanted))
    await intake.destroy(wanted, REPORTER)
    await intake.destroy(wanted, REPORTER)
    assert await intake.keys([(wanted, REPORTER)]) == {}
    assert await intake.contact(wanted, REPORTER) is None
    with pytest.raises(KeyDestroyed):
        await intake.make_keys([(wanted, REPORTER), (owner(), REPORTER)])
    with pytest.raises(KeyDestroyed):
        await put(intake, contact(wanted))


async def test_an_erasure_before_the_first_key_holds_too(vault_of: VaultOf) -> None:
    intake, wanted = await vault_of("tuntas_intake"), owner()
    await intake.destroy(wanted, REPORTER)
    with pytest.raises(KeyDestroyed):
        await intake.make_keys([(wanted, REPORTER)])


async def test_even_the_owner_of_the_tables_can_not_bring_a_destroyed_key_back(
    vault_of: VaultOf, postgres_server: PostgresServer
) -> None:
    intake, wanted = await vault_of("tuntas_intake"), owner()
    await intake.destroy(wanted, REPORTER)
    admin = await asyncpg.connect(postgres_server.url("runtime_vault"))
    for statement in (
        "update vault.data_key set wrapped = 'x', destroyed_at = null where owner = $1",
        "delete from vault.data_key where owner = $1",
    ):
        with pytest.raises(asyncpg.PostgresError):
            await admin.execute(statement, wanted)
    await admin.close()


async def test_a_key_made_in_a_transaction_that_fails_was_never_made(vault_of: VaultOf) -> None:
    intake, wanted = await vault_of("tuntas_intake"), owner()

    async def fail() -> None:
        async with intake._pool.acquire() as connection, connection.transaction():
            await intake.make_keys([(wanted, REPORTER)], connection)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await intake.keys([(wanted, REPORTER)]) == {}


async def test_intake_writes_contacts_the_notifier_reads_them_and_nobody_else_can(
    vault_of: VaultOf, postgres_server: PostgresServer
) -> None:
    wanted = owner()
    await put(await vault_of("tuntas_intake"), contact(wanted))
    later = replace(contact(wanted, "62811000222"), last_heard_at=NOON - timedelta(days=1))
    await put(await vault_of("tuntas_intake"), later)
    assert await (await vault_of("tuntas_notifier")).contact(wanted, REPORTER) == contact(wanted, "62811000222")
    for role in ("tuntas_router", "tuntas_reporting"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await (await vault_of(role)).contact(wanted, REPORTER)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await (await vault_of("tuntas_public")).keys([(wanted, REPORTER)])
    for role in ("tuntas_notifier", "tuntas_reporting"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await (await vault_of(role)).destroy(wanted, REPORTER)
    admin = await asyncpg.connect(postgres_server.url("runtime_vault"))
    row = await admin.fetchrow("select * from vault.contact where owner = $1", wanted)
    assert row is not None
    assert b"62811000" not in row["sealed"]
    assert b"Contoh" not in row["sealed"]
    await admin.close()


async def test_a_reveal_is_logged_with_both_persons_and_why_before_anything_is_shown_and_once_a_wish(
    vault_of: VaultOf, postgres_server: PostgresServer
) -> None:
    wanted = owner()
    await put(await vault_of("tuntas_intake"), contact(wanted))
    reporting = await vault_of("tuntas_reporting")
    asked: dict[str, Any] = {"who": "seat:dlh", "approved_by": "seat:sekda", "why": "call", "number": 1}
    assert await reporting.reveal(wanted, REPORTER, **asked) == contact(wanted)
    assert await reporting.reveal(owner(), REPORTER, **(asked | {"why": "danger"})) is None
    with pytest.raises(AlreadyRevealed):
        await reporting.reveal(wanted, REPORTER, **asked)
    for missing in ({"why": ""}, {"approved_by": "seat:dlh"}, {"approved_by": None}, {"number": None}):
        with pytest.raises(asyncpg.PostgresError):
            await reporting.reveal(wanted, REPORTER, **(asked | {"number": 2} | missing))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await (await vault_of("tuntas_router")).reveal(wanted, REPORTER, **asked)
    admin = await asyncpg.connect(postgres_server.url("runtime_vault"))
    rows = await admin.fetch("select role, who, approved_by, why, found from vault.reveal_log order by id desc limit 2")
    assert [tuple(row) for row in rows] == [
        ("tuntas_reporting", "seat:dlh", "seat:sekda", "danger", False),
        ("tuntas_reporting", "seat:dlh", "seat:sekda", "call", True),
    ]
    await admin.close()


async def test_a_city_has_one_id_key_for_ever_and_only_provisioning_makes_it(
    vault_of: VaultOf, postgres_server: PostgresServer
) -> None:
    city = f"kota{secrets.token_hex(3)}"
    pool = await postgres.pool(postgres_server.url("runtime_vault"))
    provisioning, intake = Vault(pool, MASTER), await vault_of("tuntas_intake")
    with pytest.raises(NoIdKey):
        await intake.id_key(city)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await intake.make_id_key(city)
    made = await provisioning.make_id_key(city)
    assert await provisioning.make_id_key(city) == made == await intake.id_key(city)
    await pool.close()


async def test_a_page_opens_all_its_values_with_one_look_into_the_vault_and_forgets_within_seconds() -> None:
    key = DataKey(owner(), REPORTER, b"1" * 32)
    looks: list[int] = []
    now = [100.0]

    class Counting:
        gone = False

        async def keys(self, wanted: object) -> dict[tuple[str, str], DataKey]:
            looks.append(1)
            return {} if self.gone else {(key.owner, key.party): key}

    vault = Counting()
    opener = Opener(vault, keep=3.0, clock=lambda: now[0])
    page: list[tuple[str | None, str, str]] = [(seal(key, "c", f"f{n}", f"isi {n}"), "c", f"f{n}") for n in range(20)]
    opened = await opener.open_many([*page, (None, "c", "f0"), (page[0][0], "c", "elsewhere")])
    assert opened == [*(f"isi {n}" for n in range(20)), None, None]
    await opener.open_many(page)
    assert len(looks) == 1
    vault.gone = True
    now[0] += 3.1
    assert await opener.open_many(page) == [None] * 20
    vault.gone = False
    assert await opener.open(*page[0]) is None
    opener.forget(key.owner)
    assert await opener.open(*page[0]) == "isi 0"


async def test_while_postgres_is_away_the_vault_says_unavailable_and_then_goes_on(
    postgres_server: PostgresServer, vault_of: VaultOf
) -> None:
    intake, wanted = await vault_of("tuntas_intake"), owner()
    made = await intake.make_keys([(wanted, REPORTER)])
    await postgres_server.kill()

    async def asked_for_long() -> None:
        """What serves a connection outlives the server's own process by a moment."""
        async with asyncio.timeout(10):
            while True:
                await intake.keys([(wanted, REPORTER)])
                await asyncio.sleep(0.05)

    try:
        with pytest.raises(Unavailable):
            await asked_for_long()
    finally:
        await postgres_server.start()
    await postgres.wait_for(intake._pool, patience=10)
    assert await intake.keys([(wanted, REPORTER)]) == made
