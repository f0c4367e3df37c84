"""Who has a turn at the same time is asked for together, and each is given somebody else."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.notifier.delivery.rows import Notice
from services.notifier.turns import Turns

NOON = datetime(2026, 3, 17, 12, 0, tzinfo=UTC)
ONE = Notice(
    id="0", city="bengkulu", channel="whatsapp", door="hotline", owner="o", party="reporter:1", template="received",
    about=1, asked=None, form=None, status="queued", failures=0, provider_key=None, fact="none", reason=None,
    updated_at=NOON, way="whatsapp", at_door="hotline", tried=(), why=None, urgent=False, created_at=NOON,
)  # fmt: skip


class Table:
    def __init__(self, *names: str) -> None:
        self.names = list(names)
        self.asked: list[int] = []
        self.away = False
        self.goes_on = asyncio.Event()
        self.goes_on.set()

    async def best(self, city: str, door: str, in_hand: Sequence[str], most: int = 1) -> list[Notice]:
        self.asked.append(most)
        await self.goes_on.wait()
        if self.away:
            raise OSError("away")
        return [replace(ONE, id=name) for name in self.names if name not in in_hand][:most]


def named(found: Notice | None) -> str | None:
    return None if found is None else found.id


async def test_those_who_come_while_a_question_is_on_its_way_are_answered_by_the_next() -> None:
    table, in_hand = Table("a", "b", "c"), set[str]()
    turns = Turns(table, in_hand)
    table.goes_on.clear()
    first = asyncio.create_task(turns.next("bengkulu", "hotline"))
    while not table.asked:
        await asyncio.sleep(0)
    rest = [asyncio.create_task(turns.next("bengkulu", "hotline")) for _ in range(3)]
    await asyncio.sleep(0)
    table.goes_on.set()
    found = [named(await one) for one in (first, *rest)]
    assert (found, in_hand, table.asked) == (["a", "b", "c", None], {"a", "b", "c"}, [1, 3])


async def test_doors_do_not_wait_for_each_other() -> None:
    turns = Turns(Table("a"), set())
    found = await asyncio.gather(turns.next("bengkulu", "hotline"), turns.next("bengkulu", "other"))
    assert named(found[0]) == "a"


async def test_an_error_is_everybodys_who_asked_and_the_next_ask_anew() -> None:
    table, in_hand = Table("a"), set[str]()
    turns = Turns(table, in_hand)
    table.away = True
    found = await asyncio.gather(*(turns.next("bengkulu", "hotline") for _ in range(2)), return_exceptions=True)
    assert [type(one) for one in found] == [OSError, OSError]
    table.away = False
    assert named(await turns.next("bengkulu", "hotline")) == "a"
    assert in_hand == {"a"}


async def test_who_left_before_the_answer_holds_nobody_in_hand() -> None:
    table, in_hand = Table("a", "b"), set[str]()
    turns = Turns(table, in_hand)
    table.goes_on.clear()
    leaves = asyncio.create_task(turns.next("bengkulu", "hotline"))
    stays = asyncio.create_task(turns.next("bengkulu", "hotline"))
    while not table.asked:
        await asyncio.sleep(0)
    leaves.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaves
    table.goes_on.set()
    assert named(await stays) == "a"
    assert in_hand == {"a"}
