"""Where the holder of a seat wants to hear of its tasks, and from where he may act: each way confirmed by a code.

To a number or an e-mail address the notifier sends the code, and it is typed back here. A chat whose id nobody knows
beforehand (Telegram) goes the other way: the code is shown here and said there. A way belongs to the holder: another
holder, or nobody any more on the seat, ends it (`tuntas seat`). A person with several seats registers it for each.
"""

import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import asyncpg

from services.contracts import ids
from services.contracts.city import City
from services.contracts.officers import HOLDER, claim_key
from services.runtime.sealing import seal, unseal
from services.runtime.vault import Contact, Vault

CODE_DIGITS = 6
CODE_LIFE = timedelta(minutes=15)
MOST_TRIES = 5
"""Wrong codes until the registration is void: one in 200,000 guesses right."""
MOST_WAITING = 3
"""Registrations of a seat that wait for their code at a time: nobody's phone is flooded from here."""
CHANNELS = ("whatsapp", "email")
"""Where the code goes to the address that was typed."""
SAID_THERE = ("telegram",)
CLAIM_LETTERS = "abcdefghjkmnpqrstuvwxyz234567"
CLAIM_LENGTH = 8
"""One in 500,000 million for a quarter of an hour."""

Outcome = Literal["confirmed", "wrong", "void"]


@dataclass(frozen=True)
class Registered:
    """`number`: the last digits alone, of an e-mail address its domain. `say`: the code to be said in the chat."""

    id: str
    channel: str
    number: str
    confirmed_at: datetime | None
    code_until: datetime
    say: str | None = None


def normal(number: str) -> str | None:
    """As the provider writes it: `0811-000-0001` → `628110000001`; None for what is no mobile number."""
    digits = re.sub(r"[\s().-]", "", number)
    if not re.fullmatch(r"\+?\d{9,15}", digits):
        return None
    digits = digits.removeprefix("+")
    return f"62{digits[1:]}" if digits.startswith("0") else digits


def normal_mail(address: str) -> str | None:
    """None for what is no address."""
    text = address.strip()
    return text.lower() if len(text) <= 200 and re.fullmatch(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]{2,}", text) else None


def _shown(address: str) -> str:
    return f"…@{address.rpartition('@')[2]}" if "@" in address else f"…{address[-3:]}"


class Numbers:
    def __init__(self, pool: asyncpg.Pool, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._vault = vault
        self._clock = clock

    async def of(self, city: City, seat: str) -> list[Registered]:
        rows = await self._pool.fetch(
            "select c.*, v.sealed from staff.contact c "
            "left join lateral (select vault.holder_box(c.id) as sealed) v on true "
            "where c.city = $1 and c.seat = $2 and (c.confirmed_at is not null or c.code_until > $3) "
            "order by c.asked_at",
            city.id, seat, self._clock(),
        )  # fmt: skip
        keys = await self._vault.keys([(row["id"], HOLDER) for row in rows])
        found: list[Registered] = []
        for row in rows:
            key = keys.get((row["id"], HOLDER))
            contact = None if key is None or row["sealed"] is None else self._vault.holder(key, row["sealed"])
            shown = "…" if contact is None else _shown(contact)
            say = None
            if key is not None and row["claim"] is not None and row["code"] is not None:
                say = unseal(key, row["id"], "code", row["code"]).upper()
            found.append(Registered(row["id"], row["channel"], shown, row["confirmed_at"], row["code_until"], say))
        return found

    async def ask(self, city: City, seat: str, channel: str, number: str) -> Registered | None:
        """A code is on its way; None where too many wait already, or the city has no door of its own there."""
        door = next((d for d in city.doors if d.channel == channel and not d.external), None)
        if door is None or channel not in (*CHANNELS, *SAID_THERE):
            return None
        said = channel in SAID_THERE
        now, id_key = self._clock(), await self._vault.id_key(city.id)
        alias = ids.conversation_id(id_key, city.id, channel, number)
        async with self._pool.acquire() as connection, connection.transaction():
            # One registration of a seat at a time, or two at once would both count too few.
            await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 7))", f"{city.id}:{seat}")
            waiting = await connection.fetchval(
                "select count(*) from staff.contact where city = $1 and seat = $2 and confirmed_at is null "
                "and asked_at > $3", city.id, seat, now - CODE_LIFE,
            )  # fmt: skip
            if waiting >= MOST_WAITING:
                return None
            name = ids.derive(id_key, "holder", city.id, seat, channel, alias, secrets.token_hex(8))
            key = (await self._vault.make_keys([(name, HOLDER)], connection))[name, HOLDER]
            code = _claim() if said else f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
            if not said:
                await self._vault.put_holder(
                    connection, Contact(name, HOLDER, city.id, channel, door.id, number, None, None), key
                )
            await connection.execute(
                "insert into staff.contact (id, city, seat, channel, door, alias, code, code_until, asked_at, claim, "
                "told_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                name, city.id, seat, channel, door.id, f"claim:{name}" if said else alias,
                seal(key, name, "code", code), now + CODE_LIFE, now,
                claim_key(id_key, city.id, code) if said else None, now if said else None,
            )  # fmt: skip
        shown = "…" if said else _shown(number)
        return Registered(name, channel, shown, None, now + CODE_LIFE, code.upper() if said else None)

    async def confirm(self, city: City, seat: str, name: str, code: str) -> Outcome:
        """`void`: no such registration of this seat, too late, or too often wrong."""
        async with self._pool.acquire() as connection, connection.transaction():
            row = await connection.fetchrow(
                "select * from staff.contact where id = $1 and city = $2 and seat = $3 for update", name, city.id, seat
            )
            if row is None:
                return "void"
            if row["confirmed_at"] is not None:
                return "confirmed"
            key = (await self._vault.keys([(name, HOLDER)], connection)).get((name, HOLDER))
            if (
                key is None
                or row["claim"] is not None
                or row["tries"] >= MOST_TRIES
                or row["code_until"] <= self._clock()
            ):
                return "void"
            wanted = unseal(key, name, "code", row["code"])
            if not hmac.compare_digest(wanted.encode(), re.sub(r"\s", "", code).encode()):
                await connection.execute("update staff.contact set tries = tries + 1 where id = $1", name)
                return "wrong"
            # In place of the old registration of the same phone; for another seat of his it stays.
            other = await connection.fetchval(
                "select id from staff.contact where city = $1 and channel = $2 and alias = $3 and seat = $4 "
                "and confirmed_at is not null", city.id, row["channel"], row["alias"], seat,
            )  # fmt: skip
            if other is not None:
                await self._end(connection, other)
            await connection.execute(
                "update staff.contact set confirmed_at = $2, code = null where id = $1", name, self._clock()
            )
        return "confirmed"

    async def end(self, city: City, seat: str, name: str) -> None:
        """Nothing is sent there and nothing done from there any more. May be repeated."""
        async with self._pool.acquire() as connection, connection.transaction():
            found = await connection.fetchval(
                "select id from staff.contact where id = $1 and city = $2 and seat = $3 for update", name, city.id, seat
            )
            if found is not None:
                await self._end(connection, found)

    @staticmethod
    async def _end(connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]", name: str) -> None:
        await connection.execute("select vault.drop_holder($1)", name)
        await connection.execute("delete from staff.contact where id = $1", name)


def _claim() -> str:
    return "".join(secrets.choice(CLAIM_LETTERS) for _ in range(CLAIM_LENGTH))
