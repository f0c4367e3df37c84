"""Asking where it is: after a pause in the chat, by what the newest proposal knows, and not at all once it is known."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import State
from services.contracts.envelope import Recorded
from services.notifier.telling import Teller, TooEarly
from tests.complaint import given
from tests.complaint.given import MONDAY, Life, cause
from tests.router.cities import read

CITY = read("bengkulu")


class Loads:
    """The complaint as it stands."""

    def __init__(self, life: Life) -> None:
        self.life = life

    async def load(self, city: str, stream_id: str) -> tuple[State, list[Recorded[e.Event]]]:
        return self.life.state, self.life.events


class Opens:
    async def open_many(self, items: Sequence[tuple[str | None, str, str]]) -> list[str | None]:
        return [None for _ in items]


def proposing(life: Life, whereabouts: e.Whereabouts | None, based_on: int) -> None:
    proposal = e.ScreeningProposed.model_validate({**given.proposal(based_on).model_dump(), "whereabouts": whereabouts})
    life.when(c.ProposeScreening(cause=cause(f"propose {based_on}"), proposal=proposal, straight=None))


async def asked(life: Life, after: float) -> str | None:
    teller = Teller(
        Loads(life), Opens(), {"bengkulu": CITY}, "https://tuntas.example", lambda: MONDAY + timedelta(seconds=after)
    )
    told = await teller.notice("bengkulu", "hotline-walikota", given.COMPLAINT, "where", 2)
    return None if told is None else told.rendered.text


async def test_a_person_who_may_still_be_writing_is_not_asked_yet() -> None:
    life = given.received()
    proposing(life, e.Whereabouts(how="none", ask=True), 1)
    with pytest.raises(TooEarly) as early:
        await asked(life, 10)
    assert early.value.seconds == pytest.approx(CITY.policy.settle_seconds / 3 - 10)
    assert "Di kelurahan mana tempatnya" in (await asked(life, 31) or "")


async def test_names_are_those_of_the_newest_proposal() -> None:
    life = given.received()
    proposing(life, e.Whereabouts(how="none", ask=True), 1)
    both = [
        e.PlaceCandidate(district_code=code[:8], ward_code=code, score=0.6, why="part")
        for code in ("17.71.07.1005", "17.71.07.1006")
    ]
    proposing(life, e.Whereabouts(how="ambiguous", candidates=tuple(both), ask=True), 2)
    assert "di Kelurahan Anggut Bawah atau Kelurahan Anggut Atas?" in (await asked(life, 31) or "")


async def test_what_was_said_in_the_meantime_is_not_asked_for() -> None:
    life = given.received()
    proposing(life, e.Whereabouts(how="none", ask=True), 1)
    proposing(life, None, 2)
    assert await asked(life, 31) is None


async def which_lamp(life: Life) -> str | None:
    teller = Teller(Loads(life), Opens(), {"bengkulu": CITY}, "https://tuntas.example", lambda: MONDAY)
    told = await teller.answer("bengkulu", "hotline-walikota", "which_lamp", [given.COMPLAINT])
    return None if told is None else told.rendered.text


async def test_which_lamp_is_out_is_asked_only_of_who_writes_no_more_of_it() -> None:
    life = given.received()
    assert "lampu jalan, atau listrik di rumah?" in (await which_lamp(life) or "")
    life.when(c.AddMessage(cause=cause("place"), party="reporter:1", message=given.message()))
    assert await which_lamp(life) is None


async def test_which_lamp_is_asked_though_more_was_written_while_nobody_knows_where() -> None:
    life = given.received()
    life.when(c.AddMessage(cause=cause("please"), party="reporter:1", message=given.message()))
    proposing(life, e.Whereabouts(how="none", ask=True), 2)
    assert await which_lamp(life) is not None
