"""What the door remembers, in one transaction per batch: whose chat, which complaint, what was decided.

Rows of chats are locked in one order, so that two replicas may work at once; a message that has a row in the inbox is
never decided again. When the transaction is committed everything that is appended afterwards is fixed, except `n`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from services.contracts import buttons, ids, tickets
from services.intake import answering, decided, kept
from services.intake.conversation import rules
from services.intake.conversation.phrases import read
from services.intake.conversation.topics import topics
from services.intake.decided import Opening, Stands
from services.intake.incoming import Incoming, Refused, changed
from services.intake.officers import orders
from services.intake.officers.orders import Officer, Row
from services.intake.officers.recognising import Recognised, recognise, row_of
from services.runtime.sealing import DataKey, seal
from services.runtime.vault import Contact, KeyDestroyed, Vault

if TYPE_CHECKING:
    from services.runtime.vault import Connection, Pool

REPORTER, CONCERNED = "reporter:1", "concerned"
READ_AT_MOST = 4_000
"""Characters of a message that the rules look at: a wish stands at its beginning, if anywhere."""

Keys = dict[tuple[str, str], DataKey]


@dataclass(frozen=True, slots=True)
class Remembered:
    """One message with what stands for it. `fresh`: decided just now, so a complaint that it opens is not there yet."""

    incoming: Incoming
    decision: Stands
    conversation: str | None
    fresh: bool


@dataclass(slots=True)
class _Batch:
    chat_of: dict[str, str] = field(default_factory=dict)
    """Message key → conversation."""
    stored: dict[str, tuple[Stands, str]] = field(default_factory=dict)
    known: dict[str, dict[str, rules.Known]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    """Message key (theirs or ours) → complaint."""
    tickets: dict[tuple[str, str], str] = field(default_factory=dict)
    touched: dict[str, rules.Known] = field(default_factory=dict)
    done: dict[str, Remembered] = field(default_factory=dict)
    officers: dict[str, Officer] = field(default_factory=dict)
    """By conversation: whose number was confirmed for a seat."""
    told_officers: dict[str, str] = field(default_factory=dict)
    """Message key of a notice to an officer → the complaint that it speaks of."""
    orders: dict[str, Recognised] = field(default_factory=dict)


class Chats:
    """The door's memory, in the vault's database."""

    def __init__(self, pool: "Pool", vault: Vault, random_bits: Callable[[int], int], scale: float = 1.0) -> None:
        """`random_bits`: for tickets; `secrets.randbits`. `scale`: how long a day is that an officer promises."""
        self._scale = scale
        self._pool = pool
        self._vault = vault
        self._random_bits = random_bits

    async def remember(self, batch: Sequence[Incoming]) -> tuple[list[Remembered | Refused], Keys]:
        """What stands for each message, in order, and the keys to seal it with. Committed when this returns."""
        async with self._pool.acquire() as connection, connection.transaction():
            work = _Batch()
            await self._lock(connection, batch, work)
            await self._look_up(connection, batch, work)
            id_keys = {city: await self._vault.id_key(city) for city in {one.city.id for one in batch}}
            results = [self._decide(one, work, id_keys[one.city.id]) for one in batch]
            await self._open(connection, work)
            keys = await self._write(connection, work)
            settled = [
                work.done.get(result.incoming.key, result) if isinstance(result, Remembered) else result
                for result in results
            ]
            wanted = {
                (complaint, REPORTER)
                for result in settled
                if isinstance(result, Remembered) and (complaint := decided.complaint_of(result.decision))
            }
            keys |= await self._vault.keys(wanted - keys.keys(), connection)
        return settled, keys

    async def forget(self, city: str, complaint: str) -> None:
        """After the erasure of its reporter: key, contact and links of a complaint, and of its chat if it was the last.

        In one transaction, and repeatable: what was destroyed stays so.
        """
        id_key = await self._vault.id_key(city)
        async with self._pool.acquire() as connection, connection.transaction():
            chat = await connection.fetchval(
                "select conversation from intake.complaint where complaint = $1 for update", complaint
            )
            await connection.execute(
                "update intake.complaint set conversation = null, topics = '{}' where complaint = $1", complaint
            )
            await connection.execute("delete from intake.told where complaint = $1", complaint)
            await kept.forget(connection, complaint, REPORTER)
            await connection.execute("select vault.destroy($1, $2)", complaint, REPORTER)
            if chat is not None and not await connection.fetchval(
                "select true from intake.complaint where conversation = $1 limit 1", chat
            ):
                await _forget_chat(connection, id_key, chat)

    async def forget_chat(self, city: str, chat: str) -> None:
        """Of a person who never complained."""
        id_key = await self._vault.id_key(city)
        async with self._pool.acquire() as connection, connection.transaction():
            await _forget_chat(connection, id_key, chat)

    async def _lock(self, connection: "Connection", batch: Sequence[Incoming], work: _Batch) -> None:
        wanted = sorted({alias for one in batch for alias in one.aliases})
        if not wanted:
            return
        chats = await _aliases(connection, wanted)
        new: dict[str, str] = {}
        for one in batch:
            found = next((chats[alias] for alias in one.aliases if alias in chats), None)
            for alias in one.aliases:
                if alias not in chats:
                    new[alias] = chats[alias] = found or one.aliases[0]
        if new:
            await connection.execute(
                "insert into intake.alias (alias, conversation) "
                "select * from unnest($1::text[], $2::text[]) order by 1 on conflict do nothing",
                list(new),
                list(new.values()),
            )
            chats = await _aliases(connection, wanted)
        rows: dict[str, Incoming] = {}
        for one in batch:
            if one.aliases:
                work.chat_of[one.key] = chats[one.aliases[0]]
                rows[chats[one.aliases[0]]] = one
        order = sorted(rows)
        await connection.execute(
            "insert into intake.conversation (id, city, channel, last_heard_at) "
            "select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) order by 1 "
            "on conflict (id) do update set last_heard_at = "
            "greatest(intake.conversation.last_heard_at, excluded.last_heard_at)",
            order,
            [rows[chat].city.id for chat in order],
            [rows[chat].channel for chat in order],
            [rows[chat].at for chat in order],
        )

    async def _look_up(self, connection: "Connection", batch: Sequence[Incoming], work: _Batch) -> None:
        for row in await connection.fetch(
            "select message_key, decision, digest from intake.inbox where message_key = any($1)",
            [one.key for one in batch],
        ):
            work.stored[row["message_key"]] = decided.from_row(row["decision"]), row["digest"]
        for row in await connection.fetch(
            "select conversation, complaint, phase, asked, topics, last_heard_at from intake.complaint "
            "where conversation = any($1)",
            list(set(work.chat_of.values())),
        ):
            known = rules.Known(
                row["complaint"], row["phase"], row["last_heard_at"], row["asked"], frozenset(row["topics"])
            )
            work.known.setdefault(row["conversation"], {})[known.complaint] = known
        await _shown_at_the_counter(connection, batch, work)
        if replies := [one.reply_key for one in batch if one.reply_key is not None]:
            for row in await connection.fetch(_ABOUT, replies):
                work.about[row["key"]] = row["complaint"]
        work.officers = await orders.officers(connection, set(work.chat_of.values()))
        if work.officers:
            answered = [one.reply_key for one in batch if one.reply_key and work.chat_of.get(one.key) in work.officers]
            work.told_officers = await orders.about(connection, answered)
        cited = {(one.city.id, ticket) for one in batch if (ticket := _cited(one)) is not None}
        if cited:
            for row in await connection.fetch(
                "select c.city, c.ticket, c.complaint from intake.complaint c "
                "join unnest($1::text[], $2::text[]) as w(city, ticket) using (city, ticket)",
                [city for city, _ in cited],
                [ticket for _, ticket in cited],
            ):
                work.tickets[row["city"], row["ticket"]] = row["complaint"]

    def _decide(self, one: Incoming, work: _Batch, id_key: bytes) -> Remembered | Refused:
        chat = work.chat_of.get(one.key)
        stored = work.stored.get(one.key)
        if stored is not None:
            again = work.done.get(one.key)
            return changed(one) if stored[1] != one.digest else again or Remembered(one, stored[0], chat, fresh=False)
        known = work.known.setdefault(chat, {}) if chat is not None else {}
        order = self._order(one, chat, work, known)
        decision: Stands
        if chat is None:
            decision = rules.Nothing()
        elif order is not None:
            decision = order.order
            work.orders[one.key], work.officers[chat] = order, order.after
        else:
            heard = self._heard(one, work, known)
            decision = self._standing(rules.decide(tuple(known.values()), heard), one, id_key)
            self._note(decision, one, heard, known, work)
        work.stored[one.key] = decision, one.digest
        if (complaint := decided.complaint_of(decision)) is not None:
            work.about[one.key] = complaint
        result = work.done[one.key] = Remembered(one, decision, chat, fresh=True)
        return result

    def _order(
        self, one: Incoming, chat: str | None, work: _Batch, known: Mapping[str, rules.Known]
    ) -> Recognised | None:
        """What an officer wants for his seat."""
        officer = work.officers.get(chat) if chat is not None else None
        if officer is None:
            return None
        about = work.told_officers.get(one.reply_key) if one.reply_key is not None else None
        waits = any(mine.phase == "resolved" for mine in known.values())
        return recognise(one, officer, about=None if about in known else about, own_waits=waits, scale=self._scale)

    @staticmethod
    def _heard(one: Incoming, work: _Batch, known: Mapping[str, rules.Known]) -> rules.Heard:
        message = one.message
        about = work.about.get(one.reply_key) if one.reply_key is not None else None
        ticket = _shown(one) or _cited(one)
        cited = work.tickets.get((one.city.id, ticket)) if ticket is not None else None
        mine = cited in known
        return rules.Heard(
            at=one.at,
            reading=read((message.text or "")[:READ_AT_MOST]),
            form=message.form,
            carries=bool(message.media) or message.pin is not None or message.form == "contact",
            pressed=buttons.read(message.button) if message.button else None,
            about=cited if mine else about,
            stranger=None if mine else cited,
            wish=one.message.wish,
        )

    def _standing(self, decision: rules.Decision, one: Incoming, id_key: bytes) -> Stands:
        wished, counter = one.message.confidentiality, one.message.counter
        match decision:
            case rules.Open():
                return Opening(
                    complaint=ids.complaint_id(id_key, one.city.id, one.channel, one.key),
                    ticket=self._ticket(one.city.ticket_prefix),
                    confidentiality=decided.strictest(one.door.confidentiality, wished, decision.level),
                    first_level=one.door.first_level,
                    forwarder=counter.forwarder if counter is not None else None,
                    kind=one.message.kind,
                    session=one.session,
                )
            case rules.Add() if wished is not None and wished != "normal":
                return rules.Raise((decision.complaint,), wished)
            case _:
                return decision

    def _ticket(self, prefix: str) -> str:
        while True:
            ticket = tickets.make(prefix, self._random_bits(5 * tickets.LENGTH))
            if ticket is not None:
                return ticket

    @staticmethod
    def _note(decision: Stands, one: Incoming, heard: rules.Heard, known: dict[str, rules.Known], work: _Batch) -> None:
        """The next message of the batch sees what this one changed."""
        complaint = decided.complaint_of(decision)
        if complaint is None or isinstance(decision, rules.Tell):
            return
        before = known.get(complaint, rules.Known(complaint, "open", one.at))
        known[complaint] = work.touched[complaint] = replace(
            before,
            phase="withdrawn" if isinstance(decision, rules.Cancel) else before.phase,
            last_heard=max(before.last_heard, one.at),
            topics=before.topics | topics(heard.reading.words),
        )

    async def _open(self, connection: "Connection", work: _Batch) -> None:
        """Rows of new complaints, each with a ticket that its city has not given out before."""
        waiting = {
            result.decision.complaint: result for result in work.done.values() if isinstance(result.decision, Opening)
        }
        while waiting:
            openings = [result.decision for result in waiting.values() if isinstance(result.decision, Opening)]
            rows = await connection.fetch(
                "insert into intake.complaint (complaint, city, ticket, conversation, last_heard_at) "
                "select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) "
                "on conflict (city, ticket) do nothing returning complaint",
                [opening.complaint for opening in openings],
                [result.incoming.city.id for result in waiting.values()],
                [opening.ticket for opening in openings],
                [result.conversation for result in waiting.values()],
                [result.incoming.at for result in waiting.values()],
            )
            for row in rows:
                del waiting[row["complaint"]]
            for complaint, result in waiting.items():
                assert isinstance(result.decision, Opening)
                ticket = self._ticket(result.incoming.city.ticket_prefix)
                fresh = replace(result, decision=replace(result.decision, ticket=ticket))
                waiting[complaint] = work.done[result.incoming.key] = fresh

    async def _write(self, connection: "Connection", work: _Batch) -> Keys:
        new = list(work.done.values())
        if not new:
            return {}
        if work.touched:
            await connection.execute(
                "update intake.complaint c set last_heard_at = greatest(c.last_heard_at, w.heard), "
                "topics = string_to_array(nullif(w.topics, ''), ' ') || '{}'::text[] "
                "from unnest($1::text[], $2::timestamptz[], $3::text[]) as w(complaint, heard, topics) "
                "where c.complaint = w.complaint",
                list(work.touched),
                [known.last_heard for known in work.touched.values()],
                [" ".join(sorted(known.topics)) for known in work.touched.values()],
            )
        await connection.execute(
            "insert into intake.inbox (message_key, complaint, decision, digest, at) "
            "select * from unnest($1::text[], $2::text[], $3::jsonb[], $4::text[], $5::timestamptz[]) "
            "on conflict do nothing",
            [result.incoming.key for result in new],
            [decided.complaint_of(result.decision) for result in new],
            [decided.to_row(result.decision) for result in new],
            [result.incoming.digest for result in new],
            [result.incoming.at for result in new],
        )
        contacts = self._contacts(new, work)
        keys = await self._keys(connection, [(contact.owner, contact.party) for contact in contacts] + _parties(new))
        await self._vault.put_contacts(connection, [one for one in contacts if (one.owner, one.party) in keys], keys)
        await _keep_media(connection, new, keys)
        await _keep_orders(connection, new, keys, work)
        return keys

    @staticmethod
    def _contacts(new: Iterable[Remembered], work: _Batch) -> list[Contact]:
        """Of each chat, and of its complaints that can still be spoken of: a provider's window opens for all."""
        contacts: dict[str, Contact] = {}
        for result in new:
            one, sender = result.incoming, result.incoming.message.sender
            way = answering.way(one)
            if result.conversation is None or way is None:
                continue
            active = [
                known.complaint for known in work.known[result.conversation].values() if known.phase != "withdrawn"
            ]
            for owner in (result.conversation, *active):
                contacts[owner] = Contact(
                    owner=owner,
                    party=REPORTER,
                    city=one.city.id,
                    channel=way.channel,
                    door=way.door,
                    address=way.address,
                    name=sender.name,
                    last_heard_at=one.at if way.channel == one.channel else None,
                )
        return list(contacts.values())

    async def _keys(self, connection: "Connection", wanted: list[tuple[str, str]]) -> Keys:
        """Made where absent; whoever was forgotten meanwhile is left out."""
        keys = await self._vault.keys(wanted, connection)
        missing = [pair for pair in wanted if pair not in keys]
        try:
            return keys | await self._vault.make_keys(missing, connection)
        except KeyDestroyed:
            for pair in missing:
                try:
                    keys |= await self._vault.make_keys([pair], connection)
                except KeyDestroyed:
                    continue
            return keys


async def _forget_chat(connection: "Connection", id_key: bytes, chat: str) -> None:
    """Whoever was forgotten and writes again is somebody new, with a key of their own."""
    for row in await connection.fetch("select alias, again from intake.alias where conversation = $1", chat):
        fresh = ids.derive(id_key, "conversation-again", row["alias"], str(row["again"] + 1))
        await connection.execute(
            "update intake.alias set conversation = $2, again = again + 1 where alias = $1", row["alias"], fresh
        )
    await connection.execute("select vault.destroy($1, $2)", chat, REPORTER)


_ABOUT = (
    "select message_key as key, complaint from intake.inbox where message_key = any($1) and complaint is not null "
    "union all "
    "select s.provider_key, t.complaint from intake.sent s join intake.told t using (notice) "
    "where s.provider_key = any($1)"
)


async def _aliases(connection: "Connection", wanted: list[str]) -> dict[str, str]:
    rows = await connection.fetch("select alias, conversation from intake.alias where alias = any($1)", wanted)
    return {row["alias"]: row["conversation"] for row in rows}


def _shown(one: Incoming) -> str | None:
    """The code on the slip that somebody shows at a counter of ours."""
    counter = one.message.counter
    return tickets.read(counter.ticket) if counter is not None and counter.ticket else None


async def _shown_at_the_counter(connection: "Connection", batch: Sequence[Incoming], work: _Batch) -> None:
    """Complaints of another chat, or of none any more, that are spoken of here on a seat's responsibility."""
    for one in batch:
        ticket, chat = _shown(one), work.chat_of.get(one.key)
        if ticket is None or chat is None:
            continue
        row = await connection.fetchrow(
            "select complaint, phase, asked, topics, last_heard_at from intake.complaint "
            "where city = $1 and ticket = $2",
            one.city.id, ticket,
        )  # fmt: skip
        if row is not None:
            work.tickets[one.city.id, ticket] = row["complaint"]
            known = rules.Known(
                row["complaint"], row["phase"], row["last_heard_at"], row["asked"], frozenset(row["topics"])
            )
            work.known.setdefault(chat, {})[known.complaint] = known


def _parties(new: Iterable[Remembered]) -> list[tuple[str, str]]:
    """Whose words and files come, also where nobody can be answered."""
    found: list[tuple[str, str]] = []
    for result in new:
        complaint = decided.complaint_of(result.decision)
        if complaint is not None and not isinstance(result.decision, rules.Tell):
            found.append((complaint, REPORTER))
            counter = result.incoming.message.counter
            if isinstance(result.decision, Opening) and counter is not None and counter.concerned is not None:
                found.append((complaint, CONCERNED))
    return found


def _cited(one: Incoming) -> str | None:
    return tickets.find(one.message.text[:READ_AT_MOST]) if one.message.text else None


async def _keep_orders(connection: "Connection", new: Sequence[Remembered], keys: Keys, work: _Batch) -> None:
    found: list[Row] = []
    heard: dict[str, datetime] = {}
    for result in new:
        chat, order = result.conversation, work.orders.get(result.incoming.key)
        if chat is None or chat not in work.officers:
            continue
        heard[work.officers[chat].contact] = result.incoming.at
        if order is not None and (key := keys.get((chat, REPORTER))) is not None:
            found.append(row_of(result.incoming, chat, order, key))
    await orders.keep(connection, found, heard)


async def _keep_media(connection: "Connection", new: Iterable[Remembered], keys: Keys) -> None:
    """Files to fetch later: opening never waits for them."""
    rows: list[tuple[str, int, str, str, str, str, bool]] = []
    for result in new:
        complaint = decided.complaint_of(result.decision)
        one = result.incoming
        key = keys.get((complaint, REPORTER)) if complaint is not None else None
        if complaint is None or key is None or isinstance(result.decision, rules.Tell):
            continue
        for position, media in enumerate(one.message.media):
            handle = media.reference or media.handle
            if handle is not None:
                sealed = seal(key, one.key, f"media{position}", handle)
                rows.append((one.key, position, one.city.id, one.channel, complaint, sealed, media.reference is None))
    if rows:
        await connection.executemany(
            "insert into intake.media (message_key, position, city, channel, complaint, sealed, fetched) "
            "values ($1, $2, $3, $4, $5, $6, $7)",
            rows,
        )
