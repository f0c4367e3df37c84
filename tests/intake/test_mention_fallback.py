"""A mention whose words can't be had goes on without them: at once where there is nothing, else after enough tries.

No database: rows are what `_CLAIM` hands over, and what is written down is looked at as it would be written."""

from collections.abc import Callable
from typing import Any, cast

import httpx
import pytest

from services.contracts.accounts import Mentioned
from services.contracts.intake import IntakeMessage
from services.intake.channels.instagram import mentions
from services.intake.mentions.worker import MOST_TRIES, Mentions
from services.runtime.publishing import NotStored, Publisher
from services.runtime.sealing import DataKey, seal

KEY = DataKey("waiting", "mention", b"k" * 32)
NAMED = Mentioned(type="mentioned", id="mention:1701", account="178414000000001", media="1801", comment="1701")


class Table:
    """What is written about one row: `later`, or how it was done."""

    def __init__(self) -> None:
        self.said: list[str] = []

    async def execute(self, query: str, *given: object) -> str:
        self.said.append("later" if "next_at" in query else str(given[1]))
        return "UPDATE 1"


class Door:
    def __init__(self, *, away: bool = False) -> None:
        self.taken: list[IntakeMessage] = []
        self.away = away

    async def publish(self, _subject: str, body: bytes) -> None:
        if self.away:
            raise NotStored("away")
        self.taken.append(IntakeMessage.model_validate_json(body))


def row(tries: int, sealed: str | None = None) -> dict[str, Any]:
    kept = seal(KEY, "m" * 26, "mention", NAMED.model_dump_json()) if sealed is None else sealed
    return {"message_key": "m" * 26, "city": "kupang", "channel": "instagram", "sealed": kept, "tries": tries}


def answering(status: int, body: object = None, *, breaks: Exception | None = None) -> Callable[[httpx.Request], Any]:
    def answer(_: httpx.Request) -> httpx.Response:
        if breaks is not None:
            raise breaks
        return httpx.Response(status, content=body) if isinstance(body, bytes) else httpx.Response(status, json=body)

    return answer


async def tried(given: dict[str, Any], answer: Callable[[httpx.Request], Any], door: Door) -> tuple[list[str], Door]:
    table = Table()
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        worker = Mentions(
            pool=cast("Any", table), key=KEY, publisher=cast("Publisher", door), client=client, base="http://graph",
            tokens={"kupang": "contoh"},
        )  # fmt: skip
        await worker._try(cast("Any", given))
    return table.said, door


UNEXPECTED = [
    answering(200, b"<html>"),
    answering(200, []),
    answering(200, {"mentioned_comment": "yes"}),
    answering(500, {"error": {"code": "abc"}}),
    answering(0, breaks=httpx.ReadTimeout("slow")),
    answering(0, breaks=RuntimeError("what nobody expected")),
]


@pytest.mark.parametrize("answer", UNEXPECTED)
async def test_an_answer_that_nobody_expected_is_asked_for_again_and_in_the_end_a_person_is(
    answer: Callable[[httpx.Request], Any],
) -> None:
    said, door = await tried(row(tries=1), answer, Door())
    if said != ["later"]:  # some of them say that there is nothing to be had
        assert said[0].startswith("without:")
    last, door = await tried(row(tries=MOST_TRIES), answer, Door())
    assert last[0].startswith("without:")
    assert [one.id for one in door.taken] == [mentions.without_words(NAMED).id]


async def test_words_that_come_are_handed_in() -> None:
    words = {"mentioned_comment": {"id": "1701", "text": "pohon tumbang", "media": {"id": "1801"}}, "id": NAMED.account}
    said, door = await tried(row(tries=MOST_TRIES), answering(200, words), Door())
    assert said == ["said"]
    assert [one.text for one in door.taken] == ["pohon tumbang"]


async def test_while_the_broker_is_away_nothing_is_lost_and_nothing_is_done() -> None:
    said, _ = await tried(row(tries=MOST_TRIES), answering(200, b"<html>"), Door(away=True))
    assert said == ["later"]


async def test_one_that_can_not_be_read_is_kept_and_stops_nothing() -> None:
    said, door = await tried(row(tries=1, sealed="no box"), answering(200, {}), Door())
    assert (said, door.taken) == (["later"], [])
