"""Orders of officers as they stand in the vault's database, and who an officer is."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from services.contracts.intake import Media
from services.contracts.officers import OfficerDo
from services.intake.officers.words import Pending, Wish
from services.runtime.sealing import DataKey, seal, unseal

if TYPE_CHECKING:
    from asyncpg import Record

    from services.runtime.vault import Connection, Pool

GATHER = timedelta(seconds=4)
"""Several pictures come as several messages: an order that shows some waits so long for more."""
ALBUM = timedelta(seconds=90)
"""A bare picture so soon after an order with pictures belongs to it."""
ASKED_FOR = timedelta(minutes=30)
"""How long a question of ours waits for its answer."""


@dataclass(frozen=True, slots=True)
class Officer:
    """The seat that a confirmed number speaks for, and how its chat stands."""

    contact: str
    city: str
    seat: str
    pending: Pending | None = None
    pending_until: datetime | None = None
    showed_at: datetime | None = None
    """When the last order with pictures came."""

    def asked(self, at: datetime) -> Pending | None:
        return self.pending if self.pending_until is not None and at <= self.pending_until else None


@dataclass(frozen=True, slots=True)
class Order:
    """What stands in the inbox for a message to the seat; everything else of it is in `intake.officer_order`."""

    contact: str
    seat: str
    do: str


@dataclass(frozen=True, slots=True)
class Row:
    message_key: str
    city: str
    seat: str
    contact: str
    conversation: str
    channel: str
    door: str
    wish: Wish
    completes: str | None
    sealed: str | None
    pictures: int
    at: datetime
    tries: int = 0
    bare: bool = False
    """A picture that came after an order, for it."""

    def said(self, key: DataKey) -> tuple[str, tuple[Media, ...]]:
        if not self.sealed:
            return "", ()
        held = json.loads(unseal(key, self.message_key, "order", self.sealed))
        return held["text"], tuple(Media.model_validate(one) for one in held["media"])


def sealed(key: DataKey, message_key: str, text: str, media: Iterable[Media]) -> str:
    held = {"text": text, "media": [one.model_dump(mode="json", exclude_none=True) for one in media]}
    return seal(key, message_key, "order", json.dumps(held))


async def officers(connection: "Connection", chats: Collection[str]) -> dict[str, Officer]:
    """By conversation: those whose person confirmed a number of theirs for a seat."""
    if not chats:
        return {}
    rows = await connection.fetch(
        "select a.conversation, c.id, c.city, c.seat, o.pending, o.pending_until, "
        "(select max(at) from intake.officer_order r where r.contact = c.id and r.pictures > 0) as showed_at "
        "from staff.contact c join intake.alias a on a.alias = c.alias "
        "left join intake.officer_chat o on o.contact = c.id "
        # Whoever may make up a sender's address is not taken for him; of several seats the first speaks for all.
        "where a.conversation = any($1) and c.confirmed_at is not null and c.channel <> 'email' "
        "order by c.confirmed_at desc, c.id desc",
        list(chats),
    )
    return {
        row["conversation"]: Officer(
            row["id"], row["city"], row["seat"], _pending(row["pending"]), row["pending_until"], row["showed_at"]
        )
        for row in rows
    }


async def seats(connection: "Pool | Connection", contact: str) -> tuple[str, ...]:
    """Every seat that the same chat speaks for, this one's first."""
    rows = await connection.fetch(
        "select other.seat from staff.contact c join staff.contact other using (city, channel, alias) "
        "where c.id = $1 and c.confirmed_at is not null and other.confirmed_at is not null "
        "order by other.id <> c.id, other.confirmed_at, other.id",
        contact,
    )
    return tuple(dict.fromkeys(row["seat"] for row in rows))


async def about(connection: "Connection", replies: Collection[str]) -> dict[str, str]:
    """Which complaint one of our messages spoke of, where it spoke of one only."""
    if not replies:
        return {}
    rows = await connection.fetch(
        "select s.provider_key, n.asked[1] as complaint from intake.sent s join delivery.notice n on n.id = s.notice "
        "where s.provider_key = any($1) and cardinality(n.asked) = 1 "
        "union select n.provider_key, n.asked[1] from delivery.notice n "  # of providers without receipts, too
        "where n.provider_key = any($1) and cardinality(n.asked) = 1",
        list(replies),
    )
    return {row["provider_key"]: row["complaint"] for row in rows}


async def keep(connection: "Connection", rows: Iterable[Row], heard: Mapping[str, datetime]) -> None:
    """In the transaction that remembers the message. `heard`: contact → when its officer last wrote, whatever it was,
    since a provider's window opens for his seat, too."""
    found = list(rows)
    if found:
        await connection.executemany(
            "insert into intake.officer_order (message_key, city, seat, contact, conversation, channel, door, wish, "
            "completes, sealed, pictures, at, next_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) "
            "on conflict do nothing",
            [
                (r.message_key, r.city, r.seat, r.contact, r.conversation, r.channel, r.door,
                 wish_to_row(r.wish, r.bare), r.completes, r.sealed, r.pictures, r.at,
                 r.at + GATHER if r.pictures else r.at)
                for r in found
            ],
        )  # fmt: skip
        await connection.execute(
            "update intake.officer_chat set pending = null where contact = any($1)",
            [row.contact for row in found if row.completes],
        )
    if heard:
        await connection.executemany(
            "update vault.contact set last_heard_at = greatest(last_heard_at, $2) where owner in ("
            "select other.id from staff.contact c join staff.contact other using (city, channel, alias) "
            "where c.id = $1 and other.confirmed_at is not null)",
            list(heard.items()),
        )


def wish_to_row(wish: Wish, bare: bool) -> str:
    fields = {name: value for name, value in asdict(wish).items() if value not in (None, "", False)}
    fields.pop("text", None)  # sealed
    if wish.until is not None:
        fields["until"] = wish.until.isoformat()
    return json.dumps(fields | ({"bare": True} if bare else {}))


def read_row(found: "Record") -> Row:
    fields: dict[str, Any] = json.loads(found["wish"])
    bare = fields.pop("bare", False)
    if "until" in fields:
        fields["until"] = datetime.fromisoformat(fields["until"])
    return Row(
        found["message_key"], found["city"], found["seat"], found["contact"], found["conversation"], found["channel"],
        found["door"], Wish(**fields), found["completes"], found["sealed"], found["pictures"], found["at"],
        found["tries"], bare,
    )  # fmt: skip


def completed(later: Wish, earlier: Wish) -> Wish:
    """An order and what was still missing of it. Texts are joined where both are known."""
    return replace(
        earlier,
        number=later.number if later.number is not None else earlier.number,
        ticket=later.ticket or earlier.ticket,
        complaint=later.complaint or earlier.complaint,
        until=later.until or earlier.until,
        ground=later.ground or earlier.ground,
        without_picture=later.without_picture or earlier.without_picture,
    )


def _pending(found: str | None) -> Pending | None:
    if found is None:
        return None
    fields = json.loads(found)
    return Pending(cast("OfficerDo", fields["do"]), fields["complaint"], fields["order"])
