"""Cards as rows of `reporting.complaint` and `reporting.holding`."""

from collections.abc import Iterable, Sequence

import asyncpg

from services.reporting.read_models.cases.card import CARD, URGENCY, Card

_LOAD = "select complaint, card from complaint where complaint = any($1::text[])"

_COLUMNS = {
    "complaint": "text", "city": "text", "ticket": "text", "n": "int", "phase": "text", "open": "bool", "late": "bool",
    "urgency": "smallint", "confidentiality": "text", "category": "text", "district": "text", "ward": "text",
    "lead": "text", "waits_on": "text", "received_at": "timestamptz", "due": "timestamptz", "ended": "text",
    "expected_end": "timestamptz", "card": "text", "main": "text", "alike": "bool", "to_rule": "bool", "signs": "text",
    "audit": "text", "shown_before": "text", "shown_after": "text", "session": "text",
    "lost_door": "text",
    "to_call": "bool", "perhaps_danger": "bool", "to_remove": "bool", "published": "bool",
}  # fmt: skip
"""In the order of `_row`."""
_FOR_EVER = {"complaint", "city", "ticket", "received_at", "session"}
"""What the first event says."""

# Names come from above, never from outside.
_UPSERT = f"""
insert into complaint ({", ".join(_COLUMNS)})
select * from unnest({", ".join(f"${at}::{kind}[]" for at, kind in enumerate(_COLUMNS.values(), start=1))})
on conflict (complaint) do update set {", ".join(f"{c} = excluded.{c}" for c in _COLUMNS if c not in _FOR_EVER)}
where complaint.n < excluded.n
"""  # noqa: S608

_FORGET = "delete from holding where complaint = any($1::text[])"

_HOLD = """
insert into holding (complaint, seat, city, role, open, late, received_at, due)
select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bool[], $6::bool[], $7::timestamptz[],
    $8::timestamptz[])
"""

_HELD_COLUMNS = ("complaint", "seat", "city", "role", "open", "late", "received_at", "due")


async def load(connection: asyncpg.Connection, complaints: Sequence[str]) -> dict[str, Card]:
    """The cards that exist."""
    rows = await connection.fetch(_LOAD, complaints)
    return {row["complaint"]: CARD.validate_json(row["card"]) for row in rows}


def _row(card: Card) -> tuple[object, ...]:
    matter = card.matter
    return (
        card.complaint, card.city, card.ticket, card.n, card.phase, card.open, card.late,
        URGENCY[matter.urgency] if matter else 0, card.confidentiality,
        matter.category if matter else None, matter.district_code if matter else None,
        matter.ward_code if matter else None, card.lead, card.waits_on, card.received_at, card.due, card.ended,
        card.expected_end, CARD.dump_json(card).decode(),
        card.into, bool(card.alike) and card.open, card.to_rule,
        card.closing.sign_off.to if card.closing.sign_off else None, card.closing.audit,
        card.closing.shown("reporter", card.erased), card.closing.shown("office", card.erased), card.session,
        card.lost_door,
        bool(card.calls), card.perhaps_danger, card.to_remove, card.published,
    )  # fmt: skip


def _held(card: Card) -> list[tuple[object, ...]]:
    return [
        (card.complaint, seat, card.city, holding.role, card.open, card.open and holding.late, card.received_at,
         holding.due)
        for seat, holding in card.holdings.items()
    ]  # fmt: skip


def columns(rows: Iterable[tuple[object, ...]], width: int) -> list[list[object]]:
    """Rows turned into one array per column, as `unnest` takes them."""
    turned = [list(column) for column in zip(*rows, strict=True)]
    return turned or [[] for _ in range(width)]


async def save(connection: asyncpg.Connection, changes: Sequence[tuple[Card | None, Card]]) -> None:
    """Each complaint stands once in `changes`: its card before and after."""
    if not changes:
        return
    await connection.execute(_UPSERT, *columns((_row(after) for _, after in changes), len(_COLUMNS)))
    touched = [
        (before, after) for before, after in changes
        if before is None or before.holdings != after.holdings or before.open != after.open
    ]  # fmt: skip
    gone = [after.complaint for before, after in touched if before is not None and before.holdings]
    if gone:
        await connection.execute(_FORGET, gone)
    held = [row for _, after in touched for row in _held(after)]
    if held:
        await connection.execute(_HOLD, *columns(held, 8))


async def fill(connection: asyncpg.Connection, schema: str, cards: Sequence[Card]) -> None:
    """Complaints that are certainly not there yet."""
    if not cards:
        return
    await connection.copy_records_to_table(
        "complaint", schema_name=schema, columns=list(_COLUMNS), records=(_row(card) for card in cards)
    )
    held = (row for card in cards for row in _held(card))
    await connection.copy_records_to_table("holding", schema_name=schema, columns=_HELD_COLUMNS, records=held)
