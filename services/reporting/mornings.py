"""The morning's counts, for leaders' five lines and seats' lists. Asked by the notifier, once a day for each city."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import asyncpg

from services.contracts.categories import label
from services.contracts.city import City
from services.contracts.city.conflicts import conflict_free
from services.contracts.mornings import (
    MOST_LISTED,
    MOST_SILENT,
    Listed,
    Morning,
    MorningRequest,
    SeatList,
    Silent,
)
from services.reporting.read_models.cases import mornings
from services.reporting.read_models.cases.card import Card
from services.runtime.commands import Request

SOON = timedelta(days=1)


class Mornings:
    def __init__(self, pool: asyncpg.Pool, cities: Mapping[str, City], clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._cities = cities
        self._clock = clock

    async def answer(self, request: Request[MorningRequest]) -> Morning:
        """`figures.<city>.morning`."""
        return await self.counted(self._cities[request.tokens[1]], request.body)

    async def counted(self, city: City, wanted: MorningRequest) -> Morning:
        now = self._clock()
        counts = await mornings.counts(self._pool, city.id, wanted.since)
        silent = silent_seats(city, await mornings.late(self._pool, city.id))
        named = silent[:MOST_SILENT]
        lists = {
            seat: seat_list(city, seat, await mornings.in_hand(self._pool, city.id, seat), now)
            for seat in wanted.seats
            if seat in city.seats
        }
        return Morning(
            since=wanted.since, at=now, new=counts.new, late=counts.late, resolved=counts.resolved,
            danger=counts.danger, silent=tuple(named), silent_more=len(silent) - len(named), lists=lists,
        )  # fmt: skip


def silent_seats(city: City, late: list[Card]) -> list[Silent]:
    """Whose first response is overdue, the most complaints first."""
    found = Counter(
        seat
        for card in late
        for seat, holding in card.holdings.items()
        if seat in city.seats and any(clock.late and clock.name == "first_response" for clock in holding.clocks)
    )
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return [Silent(seat=seat, complaints=count) for seat, count in ordered]


def seat_list(city: City, seat: str, cards: list[Card], now: datetime) -> SeatList:
    """What is late, soon late and new at this seat, in that order; nothing that is about the seat itself."""
    sorted_in: dict[str, list[Listed]] = {"late": [], "soon": [], "new": []}
    for card in cards:
        holding = card.holdings.get(seat)
        if holding is None or card.matter is None or not conflict_free(city, card.matter, seat):
            continue
        due = holding.due
        waits_first = any(clock.name == "first_response" for clock in holding.clocks)
        where = "late" if holding.late else "soon" if due is not None and due <= now + SOON else "new"
        if where == "new" and not waits_first:
            continue
        sorted_in[where].append(Listed(ticket=card.ticket, about=_about(city, card), due=due))
    pressing = [one for tasks in sorted_in.values() for one in tasks]
    return SeatList(
        new=len(sorted_in["new"]), soon=len(sorted_in["soon"]), late=len(sorted_in["late"]),
        tasks=tuple(pressing[:MOST_LISTED]),
    )  # fmt: skip


def _about(city: City, card: Card) -> str:
    """Kind of matter and kelurahan, no word of anybody."""
    if card.matter is None or card.confidentiality == "secret":
        return ""
    ward = city.wards.get(card.matter.ward_code or "")
    return f"{label(card.matter.category)}{f', Kelurahan {ward.name}' if ward is not None else ''}"
