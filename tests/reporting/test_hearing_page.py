"""`/kabar`: who hears what, when, for those who decide on it; in both languages."""

from services.contracts.hearing.table import ROWS
from services.runtime.log import Log
from tests.reporting.conftest import House


async def test_who_hears_what_is_read_by_those_who_decide_on_it(house: House) -> None:
    client = await house.stack.connect("reporting")
    try:
        for entry in await Log(client, "CITY").load("city.bengkulu.policy.policy"):
            house.desk.rules.take(entry)
    finally:
        await client.close()
    async with house.seat("admin-sistem") as administrator, house.seat("dlh") as office:
        page = await administrator.get("/kabar")
        view = (await administrator.get("/kabar.json")).json()
        english = (await administrator.get("/kabar?lang=en")).text
        refused = await office.get("/kabar.json")
    assert page.status_code == 200
    assert view["answer"] == "Yang bisa menunggu tidak dikirim antara pukul 21.00 dan 06.00."
    assert {one["id"] for one in view["lines"]} == {row.id for row in ROWS}
    lines = {one["id"]: one for one in view["lines"]}
    assert lines["reporter.received"]["firm"]
    assert lines["reporter.received"]["when"] == "saat itu juga, jam berapa pun"
    assert lines["seat.confirmed"]["when"] == "dalam daftar pagi"
    assert "Laporan rahasia hanya dikabarkan" in page.text
    assert "What can wait is not sent between 21.00 and 06.00." in english
    assert refused.status_code == 403
