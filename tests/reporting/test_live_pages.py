"""LIVE sessions on the pages: the board, the report, who may what; the whole way is walked in the journeys."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.complaint import commands as c
from services.complaint import events as e
from services.contracts import ids
from services.contracts.envelope import Recorded
from services.contracts.facts.live import LIVE_FACTS, LiveCheckedIn, LiveFact, LivePlanned, LiveStarted
from tests.reporting.conftest import House
from tests.reporting.story import Story

JSON = {"accept": "application/json"}
ROSTER = ("walikota", "perkim", "dlh")


@dataclass
class Live:
    """A session as this process hears of it."""

    house: House
    id: str
    n: int = 0

    def say(self, *facts: LiveFact) -> "Live":
        for fact in facts:
            self.n += 1
            name = next(name for name, cls in LIVE_FACTS.items() if isinstance(fact, cls))
            event = Recorded[LiveFact](
                id=ids.derive(b"t", self.id, str(self.n)), complaint=self.id, n=self.n, type=name, schema=1,
                city="bengkulu", at=datetime.now(UTC), actor="seat:prokopim", causation=ids.derive(b"c", self.id),
                data=fact,
            )  # fmt: skip
            body = event.model_dump_json(by_alias=True, exclude_none=True).encode()
            self.house.desk.on_air.take(name, body)
        return self

    async def entry(self, words: str = "Lampu jalan mati di depan pasar", **changes: object) -> Story:
        story = await self.house.teller.begin(words, session=self.id, reachable=False, **changes)
        return await story.screened()

    async def answered(self, story: Story, *, settles: bool = False) -> Sequence[Recorded[e.Event]]:
        cause = await story.cause()
        text = await story.sealed("handling", cause, "text", "Sudah kami catat, malam ini diperiksa.")
        return await story.do(c.AnswerOnAir(
            cause=cause, session=self.id, seat="walikota", text=text, settles=settles, by="prokopim"
        ))  # fmt: skip


def began(house: House, *more: LiveFact) -> Live:
    plan = LivePlanned(platform="tiktok", host="walikota", planned_for=datetime.now(UTC), roster=ROSTER, by="prokopim")
    live = Live(house, ids.derive(b"session", secrets.token_hex(6)))
    return live.say(plan, LiveStarted(by="prokopim"), *more)


async def test_the_board_shows_who_is_there_and_what_is_open_with_its_clock(house: House) -> None:
    live = began(house, LiveCheckedIn(seat="perkim"))
    open_, done = await live.entry(), await live.entry()
    await live.answered(done, settles=True)
    await live.answered(open_)
    await house.follow()
    async with house.seat("prokopim") as client:
        view = (await client.get(f"/siaran/{live.id}.json")).json()
        page = (await client.get(f"/siaran/{live.id}")).text
    assert [(one["seat"], one["present"] is not None, one["open"]) for one in view["roster"]] == [
        ("walikota", False, 0), ("perkim", True, 1), ("dlh", False, 0),
    ]  # fmt: skip
    assert [(one["row"]["ticket"], one["on_air"]) for one in view["rows"]] == [(open_.ticket, True)]
    assert [one["row"]["ticket"] for one in view["done"]] == [done.ticket]
    assert view["rows"][0]["row"]["due"] is not None
    assert view["counts"]["answered_on_air"] == 1
    assert "1 dari 2 belum selesai" in view["answer"]
    assert "1 dari 3 hadir" in view["answer"]
    assert 'data-refresh="3"' in page
    assert "sudah dijawab di siaran" in page


async def test_an_office_sees_the_roster_and_only_its_own_of_what_came_up(house: House) -> None:
    live = began(house)
    mine = await live.entry()
    await house.follow()
    async with house.seat("perkim") as office, house.seat("dlh") as other, house.seat("tim-saring", "kupang") as abroad:
        seen = (await office.get(f"/siaran/{live.id}.json")).json()
        theirs = (await other.get(f"/siaran/{live.id}.json")).json()
        assert (await abroad.get(f"/siaran/{live.id}", headers=JSON)).status_code == 404
        assert (await office.get(f"/siaran/{live.id}/catat", headers=JSON)).status_code == 403
        page = (await office.get(f"/siaran/{live.id}")).text
    assert [one["row"]["ticket"] for one in seen["rows"]] == [mine.ticket]
    assert theirs["rows"] == []
    assert theirs["counts"]["received"] == 1
    assert (seen["mine"], theirs["mine"]) == ("absent", "absent")
    assert "Kami hadir dan siaga" in page
    assert "Simpan jawaban" not in page


async def test_what_was_taken_back_counts_nowhere(house: House) -> None:
    live = began(house)
    story = await live.entry()
    counted = await _received(house)
    await story.do(c.UndoEntry(cause=await story.cause(), by="prokopim"))
    assert await _received(house) == counted - 1
    async with house.seat("prokopim") as client:
        view = (await client.get(f"/siaran/{live.id}.json")).json()
        case = (await client.get(f"/laporan/{story.ticket}.json")).json()
    assert view["counts"]["received"] == 0
    assert case["steps"][-1]["title"] == "Catatan dibatalkan: salah catat"
    assert (await house.rebuild().compare()).equal


async def _received(house: House) -> int:
    await house.follow()
    found = await house.pool.fetchval(
        "select received from reporting.tally where city = 'bengkulu' and scope = 'city' and key = 'bengkulu'"
    )
    return int(found or 0)


async def test_the_report_says_who_answered_in_time_and_keeps_the_four_ends_apart(house: House) -> None:
    live = began(house, LiveCheckedIn(seat="perkim"))
    in_time, waits = await live.entry(), await live.entry()
    await in_time.do(c.Accept(
        cause=await in_time.cause(), seat="perkim", finish_by=datetime.now(UTC) + timedelta(days=1)
    ))  # fmt: skip
    await live.answered(waits)
    await house.follow()
    async with house.seat("walikota") as client:
        view = (await client.get(f"/siaran/{live.id}/rekap.json")).json()
        page = (await client.get(f"/siaran/{live.id}/rekap")).text
    perkim = next(one for one in view["responses"] if one["title"].startswith("Kepala Dinas Perumahan"))
    assert (perkim["owed"], perkim["in_time"], perkim["late"], perkim["waiting"]) == (2, 1, 0, 1)
    assert perkim["median_minutes"] is not None
    assert view["counts"]["on_air"] == 1
    assert all(view["counts"][end] == 0 for end in ("confirmed", "silent", "answered_on_air", "unreachable"))
    assert "tidak pernah dijumlahkan" in page


async def test_the_handle_is_read_by_whoever_reads_the_words(house: House) -> None:
    live = began(house)
    story = await house.teller.begin("Lampu mati", session=live.id, reachable=False)
    first = story.events[0]
    assert isinstance(first.data, e.ComplaintReceived)
    await story.screened()
    await house.follow()
    async with house.seat("tim-saring") as screener:
        view = (await screener.get(f"/laporan/{story.ticket}.json")).json()
    assert view["steps"][0]["title"] == "Disampaikan saat siaran langsung"


async def test_while_the_door_is_away_what_was_typed_stays_and_is_one_entry(house: House) -> None:
    live = began(house)
    async with house.seat("prokopim") as client:
        page = await client.post(f"/siaran/{live.id}/catat", data={
            "entry": "0123456789abcdef", "text": "Air mati di Padang Harapan", "place": "Padang Harapan",
            "csrf": client.headers["x-csrf-token"],
        })  # fmt: skip
    assert page.status_code == 503
    assert 'value="0123456789abcdef"' in page.text
    assert "Air mati di Padang Harapan" in page.text
    assert "Belum tersimpan" in page.text


async def test_a_session_that_nobody_planned_is_not_there(house: House) -> None:
    async with house.seat("prokopim") as client:
        assert (await client.get(f"/siaran/{ids.derive(b'x', 'none')}", headers=JSON)).status_code == 404
        listed = (await client.get("/siaran.json")).json()
    assert listed["sessions"] is not None
