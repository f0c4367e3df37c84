"""The web form through its real door: ticket, pictures, what is sent twice, and the page of whoever holds the link."""

import json
import re
from collections.abc import AsyncIterator, Mapping

import httpx
import pytest
import pytest_asyncio

from services.complaint.events import (
    ComplaintReceived,
    ComplaintReopened,
    ConfidentialityRaised,
    EvidenceAttached,
    MessageAdded,
    ReporterErased,
)
from services.intake.pages import contacts
from services.web import keys
from tests.intake.conftest import CITY, Behind, Phone, Process, a_person
from tests.intake.pictures import as_jpeg, street

WARD = "17.71.02.1001"


@pytest_asyncio.fixture(scope="module")
async def browser(intake: Process) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=intake.url, timeout=20) as client:
        yield client


async def reported(
    browser: httpx.AsyncClient, fields: Mapping[str, str], files: list[tuple[str, bytes]] | None = None
) -> tuple[str, httpx.Response]:
    """The form's key and its receipt."""
    key = fields.get("key") or keys.fresh()
    attached = [("files", (name, content, "application/octet-stream")) for name, content in files or []]
    sent = await browser.post(f"/lapor/{CITY}", data={"key": key, **fields}, files=attached or None)
    assert sent.status_code == 303, sent.text[:2000]
    receipt = await browser.get(sent.headers["location"])
    assert receipt.status_code == 200, receipt.text
    return key, receipt


def ticket_of(receipt: httpx.Response) -> str:
    found = re.search(r"BKL-[0-9A-Z]{8}-[0-9A-Z]", receipt.text)
    assert found is not None
    return found[0]


async def complaint_of(behind: Behind, ticket: str) -> str:
    found = await behind.pool.fetchval("select complaint from intake.complaint where ticket = $1", ticket)
    return str(found)


async def test_a_report_with_place_picture_and_secrecy_has_a_ticket_at_once(
    browser: httpx.AsyncClient, behind: Behind
) -> None:
    page = await browser.get(f"/lapor/{CITY}?tempat=021001")
    assert re.search(rf'value="{WARD}" selected', page.text)
    _, receipt = await reported(
        browser,
        {"text": "Lampu jalan mati\r\nsudah tiga hari", "ward": WARD, "place": "depan masjid contoh",
         "kind": "criticism", "confidentiality": "anonymous", "contact": "0811-0000-0000"},
        [("lampu.jpg", as_jpeg(street(301)))],
    )  # fmt: skip
    complaint = await complaint_of(behind, ticket_of(receipt))
    events = await behind.events(complaint, 2)
    received = events[0].data
    assert isinstance(received, ComplaintReceived)
    assert (received.message.channel, received.message.ward_code, received.kind) == ("web", WARD, "criticism")
    assert received.confidentiality == "anonymous"
    assert events[0].actor == "reporter:1"
    text = await behind.opened(events[0], "text", received.message.text)
    assert text == "Lampu jalan mati\nsudah tiga hari\nTempat: depan masjid contoh"
    assert any(isinstance(event.data, EvidenceAttached) for event in events)
    contact = await behind.pool.fetchrow("select channel, last_heard_at from vault.contact where owner = $1", complaint)
    assert contact is not None
    assert (contact["channel"], contact["last_heard_at"]) == ("whatsapp", None)


async def test_another_way_is_kept_sealed_for_the_rungs_below(browser: httpx.AsyncClient, behind: Behind) -> None:
    fields = {"text": "Drainase mampet", "contact": "0811 0000 0002", "other": "warga@contoh.test"}
    _, receipt = await reported(browser, fields)
    complaint = await complaint_of(behind, ticket_of(receipt))
    async with behind.pool.acquire() as connection:
        row = await connection.fetchrow("select * from vault.contact where owner = $1", complaint)
    assert row is not None
    assert "0000002" not in str(dict(row))
    kept = await behind.vault.contact(complaint, "reporter:1")
    assert kept is not None
    assert (kept.channel, kept.address, kept.phone, kept.email) == (
        "whatsapp", "6281100000002", "+6281100000002", "warga@contoh.test",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("contact", "other", "address", "phone", "email"),
    [
        ("0811 0000 0001", "warga@contoh.test", "tel:+6281100000001", "+6281100000001", "warga@contoh.test"),
        ("warga@contoh.test", "081100000001", "mailto:warga@contoh.test", "+6281100000001", "warga@contoh.test"),
        ("", "warga@contoh.test", "mailto:warga@contoh.test", None, "warga@contoh.test"),
        ("081100000001", "081100000002", "tel:+6281100000001", "+6281100000001", None),
        ("@warga.contoh", "081100000001", "@warga.contoh", "+6281100000001", None),
        ("", "", None, None, None),
        ("0811 0000 0001 / 0811-0000-0002", "", "tel:+6281100000001", "+6281100000001", None),
        ("0811 0000 0001 atau warga@contoh.test", "", "tel:+6281100000001", "+6281100000001", "warga@contoh.test"),
        ("0811/0000/0001", "", "tel:+6281100000001", "+6281100000001", None),
        ("Ibu Contoh, RT 5", "081100000001", "Ibu Contoh, RT 5", "+6281100000001", None),
    ],
)
def test_two_contacts_as_people_type_them(
    contact: str, other: str, address: str | None, phone: str | None, email: str | None
) -> None:
    found = contacts.sender("form:x", contact, other, None)
    assert (found.address, found.phone, found.email) == (address, phone, email)


async def test_who_gives_no_contact_leaves_none(browser: httpx.AsyncClient, behind: Behind) -> None:
    _, receipt = await reported(browser, {"text": "P"})
    complaint = await complaint_of(behind, ticket_of(receipt))
    assert await behind.pool.fetchval("select count(*) from vault.contact where owner = $1", complaint) == 0
    assert len(await behind.events(complaint)) == 1


async def test_sent_twice_is_one_and_other_words_by_the_same_form_are_added(
    browser: httpx.AsyncClient, behind: Behind
) -> None:
    fields = {"key": keys.fresh(), "text": "Air PDAM mati", "contact": "warga@contoh.example"}
    tickets = {ticket_of((await reported(browser, fields))[1]) for _ in range(3)}
    await behind.drained()
    assert len(tickets) == 1
    complaint = await complaint_of(behind, tickets.pop())
    assert len(await behind.events(complaint)) == 1
    _, again = await reported(browser, {**fields, "text": "Air PDAM mati, sudah dua hari", "confidentiality": "secret"})
    assert await complaint_of(behind, ticket_of(again)) == complaint
    events = await behind.events(complaint, 2)
    assert [type(event.data) for event in events] == [ComplaintReceived, ConfidentialityRaised]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MZ" + b"\0" * 200, "bukan gambar"),
        (as_jpeg(street(302))[:900], "rusak"),
        (b"%PDF-1.4 /JavaScript (app.alert(1))", "berbahaya"),
    ],
)  # fmt: skip
async def test_a_file_that_is_not_fit_is_refused_with_a_reason_and_the_report_goes_on(
    browser: httpx.AsyncClient, behind: Behind, content: bytes, reason: str
) -> None:
    good = as_jpeg(street(303))
    _, receipt = await reported(browser, {"text": "Got tersumbat"}, [("a.jpg", content), ("b.jpg", good)])
    assert reason in receipt.text
    events = await behind.events(await complaint_of(behind, ticket_of(receipt)), 2)
    assert [type(event.data) for event in events] == [ComplaintReceived, EvidenceAttached]


async def test_an_empty_form_says_what_is_missing_and_keeps_what_was_chosen(browser: httpx.AsyncClient) -> None:
    answer = await browser.post(f"/lapor/{CITY}", data={"place": "gang contoh", "ward": WARD, "text": "  \u200b "})
    assert answer.status_code == 422
    assert 'href="#f-text"' in answer.text
    assert "gang contoh" in answer.text
    assert re.search(rf'value="{WARD}" selected', answer.text)


async def test_another_site_cannot_send_the_form(browser: httpx.AsyncClient) -> None:
    answer = await browser.post(f"/lapor/{CITY}", data={"text": "x"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


async def test_whoever_holds_the_link_speaks_for_the_reporter_and_a_guess_opens_nothing(
    browser: httpx.AsyncClient, behind: Behind
) -> None:
    key, receipt = await reported(browser, {"text": "Jalan berlubang di depan pasar"})
    complaint = await complaint_of(behind, ticket_of(receipt))
    own = f"/lapor/{CITY}/saya/{key}"
    assert ticket_of(receipt) in (await browser.get(own)).text
    assert (await browser.get(f"/lapor/{CITY}/saya/{keys.fresh()}")).status_code == 404
    assert (await browser.post(f"/lapor/{CITY}/saya/{keys.fresh()}", data={"say": "done"})).status_code == 404
    once = keys.fresh()
    for _ in range(2):  # pressed twice
        said = await browser.post(own, data={"say": "add", "text": "Lubangnya makin dalam", "once": once})
        assert said.status_code == 303
    await behind.drained()
    assert [type(one.data) for one in await behind.events(complaint)] == [ComplaintReceived, MessageAdded]
    photo = [("files", ("c.jpg", as_jpeg(street(304)), "image/jpeg"))]
    assert (await browser.post(own, data={"say": "not_done", "once": keys.fresh()}, files=photo)).status_code == 303
    events = await behind.events(complaint, 4)
    assert not any(isinstance(event.data, ComplaintReopened) for event in events)  # nothing was said to be done
    assert isinstance(events[-1].data, EvidenceAttached)
    assert (await browser.post(own, data={"say": "add", "once": keys.fresh()})).status_code == 422
    await browser.post(own, data={"say": "add", "text": "lupakan saya"})
    assert isinstance((await behind.events(complaint, 5))[-1].data, ReporterErased)


async def test_a_poster_of_every_kelurahan_names_its_place_in_both_codes(browser: httpx.AsyncClient) -> None:
    every = await browser.get(f"/lapor/{CITY}/poster")
    assert every.text.count("/poster/17.71.") > 60
    view = (await browser.get(f"/lapor/{CITY}/poster/{WARD}.json")).json()
    [poster] = view["posters"]
    assert poster["form"].endswith(f"/lapor/{CITY}?tempat=021001")
    assert poster["chat"].startswith("https://wa.me/")
    assert "%23021001" in poster["chat"]
    page = await browser.get(f"/lapor/{CITY}/poster/{WARD}")
    assert page.text.count("<svg") >= 3  # two codes and our mark


async def test_the_holder_of_the_link_goes_on_in_a_chat_by_a_code(
    browser: httpx.AsyncClient, behind: Behind, phone: Phone
) -> None:
    key, receipt = await reported(browser, {"text": "Lampu jalan mati di gang belakang pasar"})
    complaint = await complaint_of(behind, ticket_of(receipt))
    own = f"/lapor/{CITY}/saya/{key}"
    page = await browser.post(own, data={"say": "join"})
    again = await browser.post(own, data={"say": "join"})
    code = re.search(r"SAMBUNG ([A-Z2-7]{8})", page.text)
    assert code is not None
    assert code[0] in again.text, "asked twice, the same code"
    person = a_person()
    joined = json.loads((await behind.decided(await phone.says(person, code[0])))["decision"])
    assert (joined["kind"], joined["complaints"]) == ("joined", [complaint])
    assert (await behind.decided(await phone.says(person, "belum nyala juga pak")))["complaint"] == complaint
