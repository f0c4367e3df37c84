"""What one complaint adds to the counts, and the counts of many as differences. Pure."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from services.reporting.read_models.cases.card import Card

FIGURES = (
    "received", "screening", "working", "waiting_reporter", "late", "resolved",
    "confirmed", "silent", "answered_on_air", "unreachable", "withdrawn", "reopened", "without_proof", "merged",
    "elsewhere", "planned", "bounced", "to_rule", "flagged", "to_sign", "not_signed", "audited", "audit_failed",
    "said_after", "satisfied", "dissatisfied",
)  # fmt: skip
"""Columns of `reporting.tally`. The four ends stand apart and are never summed. What had ended at another system before
it came here is `elsewhere` alone: no work of this city's that anything could be told by."""


MIDDLE = 3
"""Of the scale from 1 to 5: neither satisfied nor dissatisfied."""


class Place(NamedTuple):
    """A row of the tally. `scope`: city (key is the city), seat, ward or category."""

    city: str
    scope: str
    key: str


def figures(card: Card) -> frozenset[str]:
    """Which figures this complaint counts in."""
    if card.end == "elsewhere":
        return frozenset(("elsewhere",))
    found = {"received"}
    match card.phase:
        case "screening" | "working" | "resolved" | "merged":
            found.add(card.phase)
            if card.ended:
                # The reporter came to an end of his own while the matter is, or goes on as, others' too.
                found.add(card.ended)
        case "closed":
            found.add(card.ended or "withdrawn")
    if card.waits_on == "reporter":
        found.add("waiting_reporter")
    if card.late:
        found.add("late")
    if card.round > 1:
        found.add("reopened")
    if card.plan is not None and card.phase == "working":
        found.add("planned")
    if card.bounces:
        found.add("bounced")
    if card.to_rule:
        found.add("to_rule")
    if card.without_proof:
        found.add("without_proof")
    if card.afterword:
        found.add("said_after")
    if card.score is not None and card.score != MIDDLE:
        found.add("satisfied" if card.score > MIDDLE else "dissatisfied")
    return frozenset(found | _closing(card))


def _closing(card: Card) -> set[str]:
    closing, found = card.closing, set[str]()
    if closing.flagged:
        found.add("flagged")
    if closing.sign_off is not None:
        found.add("to_sign")
    if closing.refused:
        found.add("not_signed")
    if closing.audit in ("passed", "failed"):
        found.add("audited")
    if closing.audit == "failed":
        found.add("audit_failed")
    return found


def contributions(card: Card | None) -> Counter[tuple[Place, str]]:
    """(row, figure) → 1 for everything that this complaint counts in. An office is late only by its own clocks."""
    found: Counter[tuple[Place, str]] = Counter()
    if card is None or card.undone:
        return found
    mine = figures(card)
    places = [Place(card.city, "city", card.city)]
    if card.matter is not None and card.phase != "screening":
        places.append(Place(card.city, "category", card.matter.category))
        if card.matter.ward_code:
            places.append(Place(card.city, "ward", card.matter.ward_code))
    for place in places:
        found.update((place, figure) for figure in mine)
    for seat, holding in card.holdings.items():
        own = mine if holding.late and card.phase == "working" else mine - {"late"}
        found.update((Place(card.city, "seat", seat), figure) for figure in own)
    return found


def difference(pairs: Iterable[tuple[Card | None, Card]]) -> dict[Place, dict[str, int]]:
    """What changes in the counts when each complaint goes from its first to its second card."""
    total: Counter[tuple[Place, str]] = Counter()
    for before, after in pairs:
        total.update(contributions(after))
        total.subtract(contributions(before))
    rows: dict[Place, dict[str, int]] = {}
    for (place, figure), change in total.items():
        if change:
            rows.setdefault(place, {})[figure] = change
    return rows
