"""A day's money is the city's day: it is spent, and there again, at midnight where the city lies."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest

from services.contracts.city import City
from services.notifier.climbing import Climber
from services.notifier.delivery.means import Spent
from services.notifier.delivery.rows import Notice
from services.notifier.door import Door
from services.notifier.ladder import Step, Wait
from services.notifier.pace import Pace, Rates
from services.runtime.vault import Contact
from tests.router.cities import read

BUDGET, PRICE = 1000, 400
HEARD = datetime(2026, 11, 20, tzinfo=UTC)
"""Long ago: only what costs something is left."""


class Purse:
    """What was spent, by day."""

    def __init__(self, spent: Mapping[date, int]) -> None:
        self.by_day = dict(spent)
        self.marked: list[tuple[date, str]] = []

    async def spent(self, _city: str, day: date) -> Spent:
        return Spent(self.by_day.get(day, 0), lifted=False)

    async def opened(self, _city: str, _channel: str, _person: str) -> tuple[int, bool]:
        return 0, False

    async def mark(self, _city: str, day: date, what: str) -> bool:
        self.marked.append((day, what))
        return True


class Keys:
    async def id_key(self, _city: str) -> bytes:
        return b"k" * 32


def thrifty(name: str) -> City:
    city = read(name)
    sending = city.policy.sending.model_copy(
        update={"budget_per_day": BUDGET, "prices": {"template": PRICE}, "ladders": {"whatsapp": ("free", "template")}}
    )
    return city.model_copy(update={"policy": city.policy.model_copy(update={"sending": sending})})


def notice(city: City, door: str, *, urgent: bool = False) -> Notice:
    return Notice(
        id="n" * 26, city=city.id, channel="whatsapp", door=door, owner="c" * 26, party="reporter:1",
        template="assigned", about=3, asked=None, form=None, status="queued", failures=0, provider_key=None,
        fact="none", reason=None, updated_at=HEARD, way="whatsapp", at_door=door, tried=(), why=None, urgent=urgent,
        created_at=HEARD,
    )  # fmt: skip


async def look(name: str, at: str, spent: Mapping[str, int], *, urgent: bool = False) -> tuple[Any, Purse]:
    city, purse = thrifty(name), Purse({date.fromisoformat(day): rupiah for day, rupiah in spent.items()})
    door = next(door.id for door in city.doors if door.channel == "whatsapp" and not door.external)
    sender = cast("Any", None)
    climber = Climber(
        cast("Any", purse), cast("Any", Keys()), {city.id: city},
        {(city.id, door): Door(sender, Pace(Rates(), lambda: 0.0))}, lambda: datetime.fromisoformat(at),
    )  # fmt: skip
    contact = Contact("c" * 26, "reporter:1", city.id, "whatsapp", door, "628110000001", None, HEARD)
    return await climber.next(notice(city, door, urgent=urgent), contact, "normal"), purse


@pytest.mark.parametrize(
    ("city", "at", "day", "goes"),
    [
        ("bengkulu", "2026-11-26T16:59:59+00:00", "2026-11-26", False),  # 23.59.59 WIB
        ("bengkulu", "2026-11-26T17:00:00+00:00", "2026-11-27", True),  # midnight there
        ("kupang", "2026-11-26T15:59:59+00:00", "2026-11-26", False),  # 23.59.59 WITA
        ("kupang", "2026-11-26T16:00:00+00:00", "2026-11-27", True),
        ("kupang", "2026-11-26T00:30:00+00:00", "2026-11-26", False),  # a new day by UTC half an hour ago, there 8.30
    ],
)
async def test_a_day_s_money_ends_at_the_city_s_own_midnight(city: str, at: str, day: str, goes: bool) -> None:
    found, purse = await look(city, at, {"2026-11-26": BUDGET - PRICE + 1})
    if goes:
        assert isinstance(found.step, Step)
        assert (found.step.rung, found.day, found.cost) == ("template", date.fromisoformat(day), PRICE)
        assert found.limit == BUDGET
    else:
        assert isinstance(found.step, Wait)
        assert found.step.reason == "budget"
        assert (date.fromisoformat(day), "stopped") in purse.marked


async def test_danger_is_not_weighed_against_money() -> None:
    found, _ = await look("bengkulu", "2026-11-26T05:00:00+00:00", {"2026-11-26": BUDGET}, urgent=True)
    assert isinstance(found.step, Step)
    assert (found.step.rung, found.limit) == ("template", None)


async def test_the_warning_comes_before_the_stop() -> None:
    found, purse = await look("bengkulu", "2026-11-26T05:00:00+00:00", {"2026-11-26": BUDGET - PRICE})
    assert isinstance(found.step, Step), "the last that fits goes"
    assert purse.marked == [(date(2026, 11, 26), "warned")]
