"""`/kabar`: who hears what, when, for those who decide on it; in both languages."""

import pytest
from nats.aio.msg import Msg

from services.contracts.facts.templates import Templates
from services.contracts.hearing.table import ROWS
from services.contracts.previews import PreviewRequest
from services.notifier.previewing.answering import Previews
from services.notifier.previewing.samples import first
from services.reporting import text_names
from services.web.i18n import translations
from tests.reporting.conftest import House
from tests.router.cities import read


async def test_who_hears_what_is_read_by_those_who_decide_on_it(house: House) -> None:
    await house.rule()
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
    assert lines["reporter.received"]["when"] == "seketika, siang malam"
    assert lines["seat.confirmed"]["when"] == "dalam daftar pagi"
    assert "Laporan rahasia hanya dikabarkan" in page.text
    assert "What can wait is not sent between 21.00 and 06.00." in english
    assert refused.status_code == 403


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_text_has_a_plain_name(lang: str) -> None:
    said = translations(lang).ugettext
    for one in first(read("bengkulu"), "normal"):
        called = text_names.name(one.audience, one.template)
        assert called is not None, one.template
        assert "_" not in said(called), one.template
    assert text_names.name("reporter", "one_of_tomorrow") is None


async def test_every_text_is_shown_as_the_notifier_makes_it(house: House) -> None:
    cities = house.stack.cities
    answering = Previews(cities, Templates().of)
    notifier = await house.stack.connect("notifier")
    try:
        async with house.seat("admin-sistem") as administrator, house.seat("dlh") as office:
            away = await administrator.get("/kabar/naskah")

            async def answer(message: Msg) -> None:
                wanted = PreviewRequest.model_validate_json(message.data)
                await message.respond(answering.of(cities["bengkulu"], wanted).model_dump_json().encode())

            await notifier.subscribe("preview.*", cb=answer)
            await notifier.flush()
            page = await administrator.get("/kabar/naskah?kerahasiaan=secret")
            view = (await administrator.get("/kabar/naskah.json")).json()
            refused = await office.get("/kabar/naskah.json")
    finally:
        await notifier.close()
    assert away.status_code == 503
    assert page.status_code == 200
    assert "belum ada kabar dari penyedia" in page.text
    assert "tuntas_kabar_1" in page.text
    assert "<strong>Laporan diterima, dengan nomornya</strong>" in page.text
    assert "<strong>Kata-kata yang bisa dipakai</strong>" in page.text
    assert view["problems"] == 0
    assert view["answer"].endswith("semuanya sesuai aturan penyedia.")
    assert {form["form"] for form in view["texts"][0]["forms"]} >= {"whatsapp", "sms", "instagram"}
    assert refused.status_code == 403
