"""The door's memory as rows: chats locked in one order, what is known of them read, what changed written."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from services.contracts import tickets
from services.intake.conversation.chat import Chat, Known, Question
from services.intake.conversation.hearing import READ_AT_MOST
from services.intake.identity import joining, vouching
from services.intake.inbox import decided
from services.intake.inbox.decided import Stands
from services.intake.inbox.incoming import Incoming
from services.intake.officers import orders
from services.intake.officers.orders import Officer
from services.intake.officers.recognising import Recognised

if TYPE_CHECKING:
    from asyncpg import Record

    from services.runtime.vault import Connection


@dataclass(frozen=True, slots=True)
class Remembered:
    """One message with what stands for it. `fresh`: decided just now, so a complaint that it opens is not there yet.
    `before`: messages that waited for this one's answer, to be carried out first."""

    incoming: Incoming
    decision: Stands
    conversation: str | None
    fresh: bool
    before: "tuple[Remembered, ...]" = ()


@dataclass(slots=True)
class Batch:
    """What is known while a batch is decided; a later message sees what an earlier one changed."""

    chat_of: dict[str, str] = field(default_factory=dict)
    """Message key → conversation."""
    stored: dict[str, tuple[Stands, str]] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    as_read: dict[str, Chat] = field(default_factory=dict)
    """The chats as they lay in the database."""
    about: dict[str, str] = field(default_factory=dict)
    """Message key (theirs or ours) → complaint."""
    tickets: dict[tuple[str, str], str] = field(default_factory=dict)
    cited: dict[str, str | None] = field(default_factory=dict)
    """Message key → the ticket that stands in its text."""
    done: dict[str, Remembered] = field(default_factory=dict)
    officers: dict[str, Officer] = field(default_factory=dict)
    """By conversation: whose number was confirmed for a seat."""
    told_officers: dict[str, str] = field(default_factory=dict)
    """Message key of a notice to an officer → the complaint that it speaks of."""
    orders: dict[str, Recognised] = field(default_factory=dict)
    waited: list[Remembered] = field(default_factory=list)
    """Messages that waited and were settled in this batch."""


async def lock(connection: "Connection", batch: Sequence[Incoming], work: Batch) -> None:
    """In one order, so that two replicas may work at once."""
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
    found_rows = await connection.fetch(
        "insert into intake.conversation (id, city, channel, last_heard_at) "
        "select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) order by 1 "
        "on conflict (id) do update set last_heard_at = "
        "greatest(intake.conversation.last_heard_at, excluded.last_heard_at) returning id, question",
        order,
        [rows[chat].city.id for chat in order],
        [rows[chat].channel for chat in order],
        [rows[chat].at for chat in order],
    )
    for row in found_rows:
        work.chats[row["id"]] = Chat(question=question_of(row["question"]))


async def look_up(
    connection: "Connection", batch: Sequence[Incoming], work: Batch, id_keys: Mapping[str, bytes]
) -> None:
    """What was decided before, what is known of the chats, and whom the batch refers to."""
    for row in await connection.fetch(
        "select message_key, decision, digest from intake.inbox where message_key = any($1)",
        [one.key for one in batch],
    ):
        work.stored[row["message_key"]] = decided.from_row(row["decision"]), row["digest"]
    known: dict[str, list[Known]] = {}
    for row in await connection.fetch(
        f"select conversation, {_KNOWN} from intake.complaint where conversation = any($1)",  # noqa: S608  # ours
        list(work.chats),
    ):
        known.setdefault(row["conversation"], []).append(known_of(row))
    for chat, question in list(work.chats.items()):
        work.chats[chat] = Chat(tuple(known.get(chat, ())), question.question)
    for chat, complaints in (await joining.others(connection, list(work.chats))).items():
        await know(connection, work, chat, complaints)
    await _shown_at_the_counter(connection, batch, work)
    work.as_read = dict(work.chats)
    if replies := [one.reply_key for one in batch if one.reply_key is not None]:
        for row in await connection.fetch(_ABOUT, replies):
            work.about[row["key"]] = row["complaint"]
    work.officers = await orders.officers(connection, set(work.chat_of.values()))
    if work.officers:
        answered = [one.reply_key for one in batch if one.reply_key and work.chat_of.get(one.key) in work.officers]
        work.told_officers = await orders.about(connection, answered)
    work.cited = {one.key: cited(one) for one in batch}
    named = {(one.city.id, ticket) for one in batch if (ticket := work.cited[one.key]) is not None}
    if named:
        for row in await connection.fetch(
            "select c.city, c.ticket, c.complaint from intake.complaint c "
            "join unnest($1::text[], $2::text[]) as w(city, ticket) using (city, ticket)",
            [city for city, _ in named],
            [ticket for _, ticket in named],
        ):
            work.tickets[row["city"], row["ticket"]] = row["complaint"]
    await _proven(connection, batch, work, id_keys)


async def _proven(
    connection: "Connection", batch: Sequence[Incoming], work: Batch, id_keys: Mapping[str, bytes]
) -> None:
    """Complaints of a form or a desk that are this chat's from now on."""
    named = {one.key: work.tickets[one.city.id, code] for one in batch
             if (code := cited(one)) is not None and (one.city.id, code) in work.tickets}  # fmt: skip
    found = await vouching.proven(
        connection, batch, chat_of=work.chat_of, about=work.about, tickets=named, id_keys=id_keys
    )
    await joining.link(connection, found)
    for chat, complaint in found:
        await know(connection, work, chat, {complaint})
        work.as_read[chat] = work.chats[chat]


async def know(connection: "Connection", work: Batch, chat: str, complaints: Collection[str]) -> None:
    """Complaints that did not come by this chat, and are spoken of in it."""
    before = work.chats.get(chat, Chat())
    missing = set(complaints) - {known.complaint for known in before.known}
    rows = await connection.fetch(
        f"select {_KNOWN} from intake.complaint where complaint = any($1)",  # noqa: S608  # ours
        list(missing),
    )
    work.chats[chat] = Chat((*before.known, *(known_of(row) for row in rows)), before.question)


async def write(connection: "Connection", work: Batch) -> None:
    """What the batch changed in chats and complaints, and what stands for each message."""
    touched: dict[str, Known] = {}
    asked: dict[str, Question | None] = {}
    for chat, now in work.chats.items():
        before = work.as_read.get(chat, Chat())
        same = {one.complaint: one for one in before.known}
        touched |= {one.complaint: one for one in now.known if same.get(one.complaint) != one}
        if before.question != now.question:
            asked[chat] = now.question
    await _write_known(connection, touched)
    for chat, question in asked.items():
        await connection.execute("update intake.conversation set question = $2 where id = $1", chat, row_of(question))
    new = list(work.done.values())
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


async def _write_known(connection: "Connection", touched: dict[str, Known]) -> None:
    if not touched:
        return
    await connection.execute(
        "update intake.complaint c set last_heard_at = greatest(c.last_heard_at, w.heard), "
        "topics = string_to_array(nullif(w.topics, ''), ' ') || '{}'::text[], "
        "marks = string_to_array(nullif(w.marks, ''), ' ') || '{}'::text[] "
        "from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[]) as w(complaint, heard, topics, marks) "
        "where c.complaint = w.complaint",
        list(touched),
        [known.last_heard for known in touched.values()],
        [" ".join(sorted(known.topics)) for known in touched.values()],
        [" ".join(sorted(known.marks)) for known in touched.values()],
    )


_KNOWN = "complaint, phase, asked, topics, marks, last_heard_at, opened_at, moved_at"

_ABOUT = (
    "select message_key as key, complaint from intake.inbox where message_key = any($1) and complaint is not null "
    "union all "
    "select message_key, complaint from intake.waiting where message_key = any($1) and complaint is not null "
    "union all "
    "select s.provider_key, t.complaint from intake.sent s join intake.told t using (notice) "
    "where s.provider_key = any($1) "
    # Of providers without receipts, and before the first one came.
    "union all "
    "select n.provider_key, t.complaint from delivery.notice n join intake.told t on t.notice = n.id "
    "where n.provider_key = any($1)"
)


def known_of(row: "Record") -> Known:
    return Known(
        complaint=row["complaint"],
        phase=row["phase"],
        last_heard=row["last_heard_at"],
        asked=row["asked"],
        topics=frozenset(row["topics"]),
        opened=row["opened_at"],
        marks=frozenset(row["marks"]),
        moved=row["moved_at"],
    )


def question_of(row: str | None) -> Question | None:
    if row is None:
        return None
    stored = json.loads(row)
    return Question(
        asks=stored["asks"],
        wish=stored["wish"],
        options=tuple(stored["options"]),
        waiting=tuple(stored["waiting"]),
        since=datetime.fromisoformat(stored["since"]),
        level=stored.get("level"),
    )


def row_of(question: Question | None) -> str | None:
    if question is None:
        return None
    return json.dumps({
        "asks": question.asks, "wish": question.wish, "options": question.options, "waiting": question.waiting,
        "since": question.since.isoformat(), "level": question.level,
    })  # fmt: skip


async def _aliases(connection: "Connection", wanted: list[str]) -> dict[str, str]:
    rows = await connection.fetch("select alias, conversation from intake.alias where alias = any($1)", wanted)
    return {row["alias"]: row["conversation"] for row in rows}


def shown(one: Incoming) -> str | None:
    """The code on the slip that somebody shows at a counter of ours."""
    counter = one.message.counter
    return tickets.read(counter.ticket) if counter is not None and counter.ticket else None


async def _shown_at_the_counter(connection: "Connection", batch: Iterable[Incoming], work: Batch) -> None:
    """Complaints of another chat, or of none any more, that are spoken of here on a seat's responsibility."""
    for one in batch:
        ticket, chat = shown(one), work.chat_of.get(one.key)
        if ticket is None or chat is None:
            continue
        row = await connection.fetchrow(
            f"select {_KNOWN} from intake.complaint where city = $1 and ticket = $2",  # noqa: S608  # ours
            one.city.id, ticket,
        )  # fmt: skip
        if row is not None:
            work.tickets[one.city.id, ticket] = row["complaint"]
            before = work.chats.get(chat, Chat())
            kept = tuple(known for known in before.known if known.complaint != row["complaint"])
            work.chats[chat] = Chat((*kept, known_of(row)), before.question)


def cited(one: Incoming) -> str | None:
    return tickets.find(one.message.text[:READ_AT_MOST]) if one.message.text else None
