"""What the door remembers, in one transaction per batch: whose chat, which complaint, what was decided.

Rows of chats are locked in one order, so that two replicas may work at once; a message that has a row in the inbox is
never decided again. When the transaction is committed everything that is appended afterwards is fixed, except `n`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.contracts.city import City
from services.intake.conversation import decisions as d
from services.intake.conversation import remembering, rules
from services.intake.conversation.chat import Chat, Heard
from services.intake.conversation.hearing import READ_AT_MOST, hear, marker
from services.intake.conversation.phrases import read as read_phrase
from services.intake.doors.pressure import breathe
from services.intake.identity import joining
from services.intake.identity.vouching import reach
from services.intake.inbox import chat_people, chat_rows, decided
from services.intake.inbox.chat_people import CONCERNED, REPORTER, Keys
from services.intake.inbox.chat_rows import Batch, Remembered
from services.intake.inbox.decided import Opening, Several, Stands
from services.intake.inbox.incoming import Incoming, Refused, changed
from services.intake.inbox.standing import Standing
from services.intake.inbox.waiting import Waiting
from services.intake.officers.recognising import Recognised, recognise
from services.runtime import figures
from services.runtime.sealing import DataKey
from services.runtime.vault import Vault

if TYPE_CHECKING:
    from services.runtime.vault import Connection, Pool

__all__ = ["CONCERNED", "READ_AT_MOST", "REPORTER", "Chats", "Keys", "Remembered"]


class Chats:
    """The door's memory, in the vault's database."""

    def __init__(  # the parts of the memory, always given together
        self,
        pool: "Pool",
        vault: Vault,
        random_bits: Callable[[int], int],
        waiting: DataKey,
        scale: float = 1.0,
    ) -> None:
        """`random_bits`: for tickets; `secrets.randbits`. `waiting`: `MasterKey.derived("waiting")`, for messages that
        are kept until it is known where they belong. `scale`: how long a day is that an officer promises."""
        self._scale = scale
        self._pool = pool
        self._vault = vault
        self._standing = Standing(random_bits)
        self._waiting = Waiting(waiting, self._standing)

    async def remember(self, batch: Sequence[Incoming]) -> tuple[list[Remembered | Refused], Keys]:
        """What stands for each message, in order, and the keys to seal it with. Committed when this returns."""
        async with self._pool.acquire() as connection, connection.transaction():
            work = Batch()
            await chat_rows.lock(connection, batch, work)
            id_keys = {city: await self._vault.id_key(city) for city in {one.city.id for one in batch}}
            await chat_rows.look_up(connection, batch, work, id_keys)
            results: list[Remembered | Refused] = []
            for at, one in enumerate(batch):
                results.append(await self._decide(connection, one, work, id_keys[one.city.id]))
                await breathe(at)
            keys = await self._finish(connection, work, max((one.at for one in batch), default=None))
            settled = [self._as_it_stands(result, work) for result in results]
            keys |= await self._keys_for(connection, settled, keys)
        return settled, keys

    async def late(self, cities: Mapping[str, City], now: datetime) -> list[str]:
        """Chats in which something waited too long; each is for `settle`."""
        async with self._pool.acquire() as connection:
            return [chat for chat, city in await self._waiting.late(connection, now) if city in cities]

    async def settle(self, chat: str, cities: Mapping[str, City], now: datetime) -> tuple[list[Remembered], Keys]:
        """What waited too long in a chat, with what stands for it now; also what was settled and left lying."""
        async with self._pool.acquire() as connection, connection.transaction():
            row = await connection.fetchrow("select id, city from intake.conversation where id = $1 for update", chat)
            if row is None or (city := cities.get(row["city"])) is None:
                return [], {}
            id_key = await self._vault.id_key(city.id)
            work = Batch(chats={chat: Chat()})
            await chat_rows.look_up(connection, (), work, {})
            settle, lying = await self._waiting.of_chat(connection, chat, work.chats[chat], now)
            found = list(await self._waiting.to_carry_out(connection, lying, city, id_key))
            if settle is not None:
                work.chats[chat] = replace(work.chats[chat], question=None)
                await self._settle(connection, settle, work, chat, city, id_key)
                await connection.execute("update intake.conversation set question = null where id = $1", chat)
            keys = await self._finish(connection, work, now)
            found += work.waited
            keys |= await self._keys_for(connection, found, keys)
        return found, keys

    async def carried_out(self, some: Sequence[Remembered]) -> None:
        """Those that had waited are kept no longer."""
        if some:
            await self._waiting.carried_out(self._pool, [one.incoming.key for one in some])

    async def forget(self, city: str, complaint: str) -> None:
        """After the erasure of its reporter: key, contact and links of a complaint, and of its chat if it was the last.

        In one transaction, and repeatable: what was destroyed stays so.
        """
        id_key = await self._vault.id_key(city)
        async with self._pool.acquire() as connection, connection.transaction():
            await chat_people.forget_complaint(connection, id_key, complaint)

    async def forget_chat(self, city: str, chat: str) -> None:
        """Of a person who never complained."""
        id_key = await self._vault.id_key(city)
        async with self._pool.acquire() as connection, connection.transaction():
            await chat_people.forget_chat(connection, id_key, chat)

    async def _decide(
        self, connection: "Connection", one: Incoming, work: Batch, id_key: bytes
    ) -> Remembered | Refused:
        chat = work.chat_of.get(one.key)
        stored = work.stored.get(one.key)
        if stored is not None:
            return await self._again(connection, one, chat, stored, work, id_key)
        decision: Stands = d.Nothing()
        before: tuple[Remembered, ...] = ()
        order = self._order(one, chat, work) if chat is not None else None
        joined = await joining.said(connection, one, chat, id_key) if chat is not None and order is None else None
        if chat is not None and joined is not None:
            if joined.kind == "joined":
                for mine, complaints in (await joining.others(connection, [chat])).items():
                    await chat_rows.know(connection, work, mine, complaints)
                joined = d.Tell("joined", tuple(one.complaint for one in work.chats[chat].latest_first()))
            decision = joined
        elif chat is not None and order is not None:
            decision = order.order
            work.orders[one.key], work.officers[chat] = order, order.after
        elif chat is not None:
            known = remembering.expired(work.chats[chat], one.at)
            heard = self._heard(one, work, known, id_key)
            decided_now = rules.decide(known, heard)
            decision = self._standing.of(decided_now, one, id_key)
            opened = [opening.complaint for opening in decided.openings(decision)]
            if isinstance(decided_now, d.Settle):
                before = await self._settle(connection, decided_now, work, chat, one.city, id_key)
                opened = [complaint for waited in before[:1] for complaint in decided.concerns(waited.decision)]
                decision = self._standing.joining(decided_now, opened)
            if isinstance(decided_now, d.Hold):
                decision = replace(decided_now, tells=remembering.asks_again(known, heard, decided_now))
            work.chats[chat] = remembering.after(known, heard, decided_now, opened if _opens(decided_now) else ())
            question = work.chats[chat].question
            if isinstance(decided_now, d.Hold) and question is not None:
                await self._waiting.keep(connection, one, chat, question)
        work.stored[one.key] = decision, one.digest
        if (complaint := decided.complaint_of(decision)) is not None:
            work.about[one.key] = complaint
        result = work.done[one.key] = Remembered(one, decision, chat, fresh=True, before=before)
        return result

    def _order(self, one: Incoming, chat: str, work: Batch) -> Recognised | None:
        """What an officer wants for his seat."""
        officer = work.officers.get(chat)
        if officer is None:
            return None
        about = work.told_officers.get(one.reply_key) if one.reply_key is not None else None
        known = {mine.complaint: mine for mine in work.chats[chat].known}
        waits = any(mine.phase == "resolved" for mine in known.values())
        return recognise(one, officer, about=None if about in known else about, own_waits=waits, scale=self._scale)

    async def _again(  # noqa: PLR0917  # what is known of a repeated message
        self,
        connection: "Connection",
        one: Incoming,
        chat: str | None,
        stored: tuple[Stands, str],
        work: Batch,
        id_key: bytes,
    ) -> Remembered | Refused:
        if stored[1] != one.digest:
            return changed(one)
        again = work.done.get(one.key)
        if again is not None:
            return again
        figures.record_call(one.city.id, one.channel, "repeated")
        before: tuple[Remembered, ...] = ()
        if isinstance(stored[0], decided.Settled):
            before = await self._waiting.to_carry_out(connection, stored[0].waiting, one.city, id_key)
        return Remembered(one, stored[0], chat, fresh=False, before=before)

    async def _settle(  # noqa: PLR0917  # whose, where, and what of it
        self, connection: "Connection", settle: d.Settle, work: Batch, chat: str, city: City, id_key: bytes
    ) -> tuple[Remembered, ...]:
        """What waited in a chat is carried out; what its messages tell is known of the complaint from now on."""
        found = await self._waiting.settle(connection, settle, chat, city, id_key)
        for waited in found:
            told = read_phrase((waited.incoming.message.text or "")[:READ_AT_MOST])
            heard = Heard(at=waited.incoming.at, reading=told, key=waited.incoming.key)
            work.chats[chat] = remembering.told(work.chats[chat], heard, decided.concerns(waited.decision))
            work.about[waited.incoming.key] = decided.concerns(waited.decision)[0]
        work.waited += found
        return tuple(found)

    @staticmethod
    def _heard(one: Incoming, work: Batch, chat: Chat, id_key: bytes) -> Heard:
        ticket = chat_rows.shown(one) or work.cited.get(one.key)
        return hear(
            one.message,
            at=one.at,
            key=one.key,
            about=work.about.get(one.reply_key) if one.reply_key is not None else None,
            cited=work.tickets.get((one.city.id, ticket)) if ticket is not None else None,
            mine={known.complaint for known in chat.known},
            mark=marker(id_key),
        )

    async def _finish(self, connection: "Connection", work: Batch, now: datetime | None) -> Keys:
        """Rows of what opens, and of everything that changed."""
        await self._open(connection, work)
        new = [*work.done.values(), *work.waited]
        if not new:
            return {}
        await chat_rows.write(connection, work)
        if now is not None:
            await self._waiting.mark(connection, work.waited, now)
        contacts = chat_people.contacts(new, work)
        wanted = [(contact.owner, contact.party) for contact in contacts] + chat_people.parties(new)
        keys = await chat_people.keys_of(self._vault, connection, wanted)
        await self._vault.put_contacts(connection, [one for one in contacts if (one.owner, one.party) in keys], keys)
        await chat_people.keep_media(connection, new, keys)
        await chat_people.keep_orders(connection, new, keys, work)
        return keys

    async def _keys_for(self, connection: "Connection", results: Sequence[Remembered | Refused], keys: Keys) -> Keys:
        remembered = [one for one in results if isinstance(one, Remembered)]
        wanted = {
            (complaint, REPORTER)
            for result in remembered
            for one in (result, *result.before)
            for complaint in decided.concerns(one.decision)
        }
        return await self._vault.keys(wanted - keys.keys(), connection)

    @staticmethod
    def _as_it_stands(result: Remembered | Refused, work: Batch) -> Remembered | Refused:
        """With the tickets that were given out in the end."""
        if isinstance(result, Refused):
            return result
        now = work.done.get(result.incoming.key, result)
        fresh = {one.incoming.key: one for one in work.waited}
        return replace(now, before=tuple(fresh.get(one.incoming.key, one) for one in now.before))

    async def _open(self, connection: "Connection", work: Batch) -> None:
        """Rows of new complaints, each with a ticket that its city has not given out before."""
        waiting = {
            opening.complaint: (opening, result)
            for result in (*work.done.values(), *work.waited)
            for opening in decided.openings(result.decision)
        }
        while waiting:
            openings = list(waiting.values())
            rows = await connection.fetch(
                "insert into intake.complaint (complaint, city, ticket, conversation, last_heard_at, opened_at, reach) "
                "select complaint, city, ticket, conversation, heard, opened, reach from unnest($1::text[], "
                "$2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[]) "
                "as w(complaint, city, ticket, conversation, heard, opened, reach) "
                "on conflict (city, ticket) do nothing returning complaint",
                [opening.complaint for opening, _ in openings],
                [result.incoming.city.id for _, result in openings],
                [opening.ticket for opening, _ in openings],
                [result.conversation for _, result in openings],
                [result.incoming.at for _, result in openings],
                # People count the matters of one message as they told them.
                [result.incoming.at + timedelta(microseconds=at) for at, (_, result) in enumerate(openings)],
                [reach(one.incoming, await self._vault.id_key(one.incoming.city.id)) for _, one in openings],
            )
            for row in rows:
                del waiting[row["complaint"]]
            for complaint, (opening, result) in waiting.items():
                ticket = self._standing.ticket(result.incoming.city.ticket_prefix)
                waiting[complaint] = (replace(opening, ticket=ticket), result)
                _reticket(work, result.incoming.key, opening, ticket)


def _opens(decision: d.Decision) -> bool:
    return isinstance(decision, d.Open | d.Together) or (isinstance(decision, d.Settle) and decision.wish == "open")


def _reticket(work: Batch, key: str, opening: Opening, ticket: str) -> None:
    def anew(result: Remembered) -> Remembered:
        fresh, decision = replace(opening, ticket=ticket), result.decision
        if isinstance(decision, Several):
            parts = tuple(fresh if _same(part, opening) else part for part in decision.parts)
            return replace(result, decision=Several(parts))
        return replace(result, decision=fresh) if _same(decision, opening) else result

    if key in work.done:
        work.done[key] = anew(work.done[key])
    work.waited = [anew(one) if one.incoming.key == key else one for one in work.waited]


def _same(one: Stands, opening: Opening) -> bool:
    return isinstance(one, Opening) and one.complaint == opening.complaint
