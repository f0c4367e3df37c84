"""`/panggilan`: whom no message reaches, the number shown once for each try, and what came of the calls."""

import asyncpg
import httpx

from services.cli.provision.databases import VAULT
from services.complaint import commands as c
from services.complaint import events as e
from services.reporting import budget
from tests.reporting.conftest import House
from tests.reporting.story import Story
from tests.reporting.test_contact import NUMBER, Deciding, deciding, known

__all__ = ["deciding"]


async def to_be_called(house: House) -> Story:
    story = await house.teller.begin()
    await story.do(
        c.AskForCall(
            cause=await story.cause(), party="reporter:1", notice="n1", about=1, template="received",
            channel="whatsapp", reason="not_on_channel",
        )
    )  # fmt: skip
    await known(house, story)
    await house.follow()
    return story


async def post(house: House, path: str, **fields: str) -> tuple[int, str]:
    async with house.seat("desk") as desk:
        answer = await desk.post(path, data={"csrf": desk.headers["x-csrf-token"], **fields})
    await house.follow()
    return answer.status_code, answer.text


async def outcomes(house: House, story: Story) -> list[object]:
    _, events = await house.teller.decider.load("bengkulu", story.complaint)
    called = [event.data for event in events if isinstance(event.data, e.ReporterCalled | e.ReporterUnreachable)]
    return [one.outcome if isinstance(one, e.ReporterCalled) else one.reason for one in called]


async def test_the_desk_finds_whom_to_call_and_what_to_say_and_nobody_else_does(house: House) -> None:
    story = await to_be_called(house)
    async with house.seat("desk") as desk, house.seat("dlh") as office, house.seat("inspektorat") as auditor:
        page = (await desk.get("/panggilan")).text
        view = (await desk.get("/panggilan.json")).json()
        assert (await office.get("/panggilan.json")).status_code == 403
        assert (await auditor.get("/panggilan.json")).status_code == 403
    (mine,) = [one for one in view["calls"] if one["row"]["ticket"] == story.ticket]
    assert mine["why"] == "nomor atau akun tidak ada di saluran ini"
    assert mine["says"]
    assert NUMBER not in page
    assert f"/panggilan/{story.ticket}/nomor" in page


async def test_the_number_is_shown_once_for_each_try_and_every_look_is_logged(house: House, deciding: Deciding) -> None:
    story = await to_be_called(house)
    number = f"/panggilan/{story.ticket}/nomor"
    shown = await post(house, number)
    assert (shown[0], NUMBER in shown[1]) == (200, True)
    again = await post(house, number)
    assert (again[0], NUMBER in again[1]) == (409, False)
    assert (await post(house, f"/panggilan/{story.ticket}", outcome="no_answer"))[0] == 303
    assert (await post(house, number))[0] == 200, "the next try"
    rows = await house.staff.fetch(
        "select who, approved_by, why, found from vault.reveals where owner = $1", story.complaint
    )
    assert [tuple(row) for row in rows] == [("seat:desk", "service:notifier", "call_list", True)] * 2


async def test_what_came_of_the_calls_is_a_fact_and_takes_the_reporter_off_the_list(
    house: House, deciding: Deciding
) -> None:
    for said, expected in (
        (["reached"], ["reached"]),
        (["wrong_number"], ["wrong_number", "call_wrong_number"]),
        (["no_answer"] * 3, ["no_answer"] * 3 + ["call_no_answer"]),
    ):
        story = await to_be_called(house)
        for outcome in said:
            status, text = await post(house, f"/panggilan/{story.ticket}", outcome=outcome, text="Sudah disampaikan")
            assert status == 303, text
        assert await outcomes(house, story) == expected
        async with house.seat("desk") as desk:
            listed = [one["row"]["ticket"] for one in (await desk.get("/panggilan.json")).json()["calls"]]
        assert story.ticket not in listed
        assert (await post(house, f"/panggilan/{story.ticket}", outcome="reached"))[0] == 409


async def test_an_outcome_that_there_is_not_is_refused(house: House, deciding: Deciding) -> None:
    story = await to_be_called(house)
    assert (await post(house, f"/panggilan/{story.ticket}", outcome="maybe"))[0] == 422
    assert await outcomes(house, story) == []


async def test_a_spent_budget_stands_on_the_board_and_a_leader_lifts_the_stop(house: House) -> None:
    day = budget.day_of(house.stack.cities["bengkulu"], house.clock())
    connection = await asyncpg.connect(house.stack.installation.server.database(VAULT))
    try:
        await connection.execute("delete from delivery.lifted")
        await connection.execute(
            "insert into delivery.spent (city, day, rupiah, messages, warned_at, stopped_at) "
            "values ('bengkulu', $1, 40000, 100, now(), now()) on conflict (city, day) do update "
            "set warned_at = now(), stopped_at = now()",
            day,
        )
    finally:
        await connection.close()
    async with house.seat("sekda") as leader, house.seat("desk") as clerk:
        assert "Anggaran pesan hari ini habis" in (await clerk.get("/papan")).text
        assert (await house_post(clerk, "/papan/anggaran")) == 403
        assert (await house_post(leader, "/papan/anggaran")) == 303
        assert "Anggaran pesan hari ini habis" not in (await leader.get("/papan")).text


async def house_post(client: httpx.AsyncClient, path: str) -> int:
    return (await client.post(path, data={"csrf": client.headers["x-csrf-token"]})).status_code
