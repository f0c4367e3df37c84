"""The vault: keys of parties, contacts of persons, in a database of its own that is backed up and never rebuilt.

A key exists (committed) before anything sealed with it is stored elsewhere. A destroyed key leaves a tombstone and is
never made again: what it sealed stays unreadable for ever, in every copy of the log.
"""

import json
import secrets
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

import asyncpg

from services.contracts.sealed import key_id
from services.runtime.failures import Away, is_infrastructure
from services.runtime.sealing import DataKey, MasterKey

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Pool = asyncpg.Pool[asyncpg.Record]
    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]

WITHOUT_CONTENT = "events looked at, content sealed"
"""Why the log of reveals has a row where an operator looked at a complaint's events and at nothing that is sealed."""


class Unavailable(Away):
    """The vault can't be reached; nothing can be sealed or opened now."""


class KeyDestroyed(Exception):
    """The party was erased; its key is never made again."""


class AlreadyRevealed(Exception):
    """The contact was shown for this wish before; for another look another wish is needed."""


class NoIdKey(Exception):
    """Provisioning has made no id key for this city."""


class IdKeys(Protocol):
    """Where the key for a city's ids comes from."""

    async def id_key(self, city: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person is reached. `owner` and `party` say whose; `last_heard_at` opens a provider's reply window."""

    owner: str
    party: str
    city: str
    channel: str
    door: str
    address: str
    name: str | None
    last_heard_at: datetime | None
    phone: str | None = None
    """Where the address is something else: a number in international form (`+62…`) that the person gave."""
    email: str | None = None


class Vault:
    """All access to the schema `vault`. What a service may do here is bounded by the grants of its role."""

    def __init__(self, pool: "Pool", master: MasterKey) -> None:
        self._pool = pool
        self._master = master
        self._id_keys: dict[str, bytes] = {}

    @asynccontextmanager
    async def _connection(self, given: "Connection | None") -> "AsyncIterator[Connection]":
        if given is not None:
            yield given
            return
        try:
            async with self._pool.acquire() as connection:
                yield connection
        except Exception as error:
            if isinstance(error, Away) or not is_infrastructure(error):
                raise
            raise Unavailable(type(error).__name__) from error

    async def id_key(self, city: str) -> bytes:
        """The city's key for ids from outside; never rotated, so it is remembered for the life of the process."""
        found = self._id_keys.get(city)
        if found is None:
            async with self._connection(None) as connection:
                wrapped = await connection.fetchval("select wrapped from vault.city_key where city = $1", city)
            if wrapped is None:
                raise NoIdKey(city)
            found = self._id_keys[city] = self._master.unwrap(f"city {city}", wrapped)
        return found

    async def make_id_key(self, city: str, conn: "Connection | None" = None) -> bytes:
        """For provisioning: made once per city, the same ever after."""
        async with self._connection(conn) as connection:
            await connection.execute(
                "insert into vault.city_key (city, wrapped) values ($1, $2) on conflict do nothing",
                city,
                self._master.wrap(f"city {city}", secrets.token_bytes(32)),
            )
        return await self.id_key(city) if conn is None else await self._id_key_in(conn, city)

    async def _id_key_in(self, conn: "Connection", city: str) -> bytes:
        return self._master.unwrap(
            f"city {city}", await conn.fetchval("select wrapped from vault.city_key where city = $1", city)
        )

    async def make_keys(
        self, wanted: Sequence[tuple[str, str]], conn: "Connection | None" = None
    ) -> dict[tuple[str, str], DataKey]:
        """Keys for each (owner, party), made where absent. Within `conn`'s transaction, else committed on return.

        `KeyDestroyed` if one of them was destroyed; then none of them may be used.
        """
        pairs = sorted(set(wanted))  # one order for all: two makers can't lock each other out
        if not pairs:
            return {}
        owners, parties = [owner for owner, _ in pairs], [party for _, party in pairs]
        wrapped = [self._master.wrap(key_id(*pair), secrets.token_bytes(32)) for pair in pairs]
        async with self._connection(conn) as connection:
            await connection.execute(
                "insert into vault.data_key (owner, party, wrapped) "
                "select * from unnest($1::text[], $2::text[], $3::bytea[]) on conflict do nothing",
                owners,
                parties,
                wrapped,
            )
            rows = await connection.fetch(_SELECT_KEYS, owners, parties)
        for row in rows:
            if row["wrapped"] is None:
                raise KeyDestroyed(key_id(row["owner"], row["party"]))
        return self._unwrapped(rows)

    async def keys(
        self, wanted: Iterable[tuple[str, str]], conn: "Connection | None" = None
    ) -> dict[tuple[str, str], DataKey]:
        """The keys that exist; absent and destroyed ones are missing from the answer."""
        pairs = list(set(wanted))
        if not pairs:
            return {}
        async with self._connection(conn) as connection:
            rows = await connection.fetch(_SELECT_KEYS, [owner for owner, _ in pairs], [party for _, party in pairs])
        return self._unwrapped(row for row in rows if row["wrapped"] is not None)

    def _unwrapped(self, rows: "Iterable[asyncpg.Record]") -> dict[tuple[str, str], DataKey]:
        found: dict[tuple[str, str], DataKey] = {}
        for row in rows:
            owner, party, wrapped = str(row["owner"]), str(row["party"]), row["wrapped"]
            assert isinstance(wrapped, bytes)
            found[owner, party] = DataKey(owner, party, self._master.unwrap(key_id(owner, party), wrapped))
        return found

    async def put_contacts(
        self, conn: "Connection", contacts: Sequence[Contact], keys: Mapping[tuple[str, str], DataKey]
    ) -> None:
        """Many at once, in one round trip, with keys that the caller made or read in this transaction."""
        last = {(contact.owner, contact.party): contact for contact in contacts}
        rows = [last[pair] for pair in sorted(last)]  # each row once, and one order for all writers
        sealed = []
        for contact in rows:
            key = keys[contact.owner, contact.party]
            clear = _contact_clear(contact)
            sealed.append(key.encrypt(clear, _contact_context(key)))
        await conn.execute(
            "insert into vault.contact (owner, party, city, channel, door, sealed, last_heard_at) "
            "select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[], "
            "$7::timestamptz[]) on conflict (owner, party) do update set channel = excluded.channel, "
            "door = excluded.door, sealed = excluded.sealed, "
            "last_heard_at = greatest(vault.contact.last_heard_at, excluded.last_heard_at)",
            [contact.owner for contact in rows],
            [contact.party for contact in rows],
            [contact.city for contact in rows],
            [contact.channel for contact in rows],
            [contact.door for contact in rows],
            sealed,
            [contact.last_heard_at for contact in rows],
        )

    async def put_holder(self, conn: "Connection", contact: Contact, key: DataKey) -> None:
        """An officer's own, as the login may write it (`contracts.officers.HOLDER`)."""
        clear = json.dumps({"address": contact.address, "name": contact.name}).encode()
        box = key.encrypt(clear, _contact_context(key))
        await conn.execute(
            "select vault.put_holder($1, $2, $3, $4, $5)",
            contact.owner, contact.city, contact.channel, contact.door, box,
        )  # fmt: skip

    def holder(self, key: DataKey, box: bytes) -> str:
        """The address in a box that `put_holder` made."""
        address: str = json.loads(key.decrypt(box, _contact_context(key)))["address"]
        return address

    async def contact(self, owner: str, party: str) -> Contact | None:
        """None if there is none, or none any more."""
        async with self._connection(None) as connection:
            row = await connection.fetchrow(_SELECT_CONTACT, owner, party)
        return None if row is None else self._contact(row)

    def _contact(self, row: asyncpg.Record) -> Contact:
        wrapped, sealed, heard = row["wrapped"], row["sealed"], row["last_heard_at"]
        assert isinstance(wrapped, bytes)
        assert isinstance(sealed, bytes)
        assert heard is None or isinstance(heard, datetime)
        owner, party = str(row["owner"]), str(row["party"])
        key = DataKey(owner, party, self._master.unwrap(key_id(owner, party), wrapped))
        clear = json.loads(key.decrypt(sealed, _contact_context(key)))
        return Contact(
            owner=owner,
            party=party,
            city=str(row["city"]),
            channel=str(row["channel"]),
            door=str(row["door"]),
            address=clear["address"],
            name=clear["name"],
            last_heard_at=heard,
            phone=clear.get("phone"),
            email=clear.get("email"),
        )

    async def destroy(self, owner: str, party: str) -> None:
        """Key and contact are gone for ever, also if there never was one. May be repeated."""
        async with self._connection(None) as connection:
            await connection.execute("select vault.destroy($1, $2)", owner, party)

    async def reveal(
        self, owner: str, party: str, *, who: str, approved_by: str, why: str, number: int
    ) -> Contact | None:
        """The contact, for a person with a reason and a second person's yes; all logged before anything is shown.

        `number`: of the wish in the complaint. `AlreadyRevealed` if it was shown for that wish before.
        """
        async with self._connection(None) as connection:
            try:
                row = await connection.fetchrow(
                    "select * from vault.reveal_approved($1, $2, $3, $4, $5, $6)",
                    owner, party, who, approved_by, why, number,
                )  # fmt: skip
            except asyncpg.UniqueViolationError as error:
                raise AlreadyRevealed(f"{owner} {number}") from error
        return None if row is None or row["wrapped"] is None else self._contact(row)


def _contact_clear(contact: Contact) -> bytes:
    more = {name: value for name, value in (("phone", contact.phone), ("email", contact.email)) if value is not None}
    return json.dumps({"address": contact.address, "name": contact.name, **more}).encode()


def _contact_context(key: DataKey) -> bytes:
    return f"{key.id}\ncontact".encode()


_SELECT_KEYS = (
    "select k.owner, k.party, k.wrapped from unnest($1::text[], $2::text[]) as w(owner, party) "
    "join vault.data_key k on k.owner = w.owner and k.party = w.party"
)

_SELECT_CONTACT = (
    "select c.owner, c.party, c.city, c.channel, c.door, c.sealed, c.last_heard_at, k.wrapped "
    "from vault.contact c join vault.data_key k on k.owner = c.owner and k.party = c.party "
    "where c.owner = $1 and c.party = $2 and k.wrapped is not null"
)
