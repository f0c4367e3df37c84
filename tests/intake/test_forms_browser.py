"""The web form and the desk in a real browser, 360 px wide: by hand, by keyboard, without script, without connection.

Runs where Debian's chromium is installed; where it is not, these are left out and counted as such.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from services.complaint.events import ComplaintReceived
from services.web.frame import SESSION_COOKIE
from tests.intake.conftest import CITY, Behind, Process
from tests.intake.logins import login
from tests.intake.pictures import as_jpeg, street
from tests.reporting.test_browser import CHROMIUM, FLAGS, fits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium"),
]
TICKET = re.compile(r"BKL-[0-9A-Z]{8}-[0-9A-Z]")


@dataclass
class Looking:
    browser: Browser
    url: str
    behind: Behind

    @asynccontextmanager
    async def page(self, *, seat: str | None = None, script: bool = True) -> AsyncIterator[Page]:
        context = await self.browser.new_context(
            viewport={"width": 360, "height": 740}, java_script_enabled=script, base_url=self.url
        )
        if seat is not None:
            await self._enter(context, seat)
        page = await context.new_page()
        foreign: list[str] = []
        page.on("request", lambda request: None if request.url.startswith(self.url) else foreign.append(request.url))
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield page
        assert [url for url in foreign if not url.startswith("data:")] == []
        assert wrong == []
        await context.close()

    async def _enter(self, context: BrowserContext, seat: str) -> None:
        cookie, _ = await login(self.behind, seat)
        await context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": self.url}])

    async def received(self, ticket: str) -> ComplaintReceived:
        found = await self.behind.pool.fetchval("select complaint from intake.complaint where ticket = $1", ticket)
        events = await self.behind.events(str(found))
        assert isinstance(events[0].data, ComplaintReceived)
        return events[0].data


@pytest_asyncio.fixture(scope="module")
async def looking(intake: Process, behind: Behind) -> AsyncIterator[Looking]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield Looking(browser, intake.url, behind)
        await browser.close()


async def _shown(page: Page, selector: str) -> str:
    """Asked from outside: the page's own policy forbids what a waiting function would evaluate in it."""
    await page.locator(selector).first.wait_for()
    return await page.locator(selector).first.text_content() or ""


async def _ticket(page: Page, slip: str) -> str:
    """On a busy machine it is made a moment after the entry was stored."""
    for _ in range(60):
        seen = await (await page.request.get(slip, headers={"accept": "application/json"})).json()
        if seen["ticket"]:
            return str(seen["ticket"])
        await asyncio.sleep(0.3)
    raise AssertionError("no ticket was made")


@pytest.mark.parametrize("script", [True, False])
async def test_a_person_reports_from_a_phone_with_a_picture(looking: Looking, tmp_path: Path, *, script: bool) -> None:
    photo = tmp_path / "lampu.jpg"
    photo.write_bytes(as_jpeg(street(321 + script)))
    async with looking.page(script=script) as page:
        await page.goto(f"/lapor/{CITY}?tempat=021001")
        await fits(page)
        assert await page.input_value("#f-ward") == "17.71.02.1001"
        await page.locator("form[data-report] > button[type=submit]:not(.hidden)").click()  # nothing filled in yet
        await page.locator("[role=alert] a[href='#f-text']").click()
        await fits(page)
        await page.fill("#f-text", "Lampu jalan mati")
        await page.set_input_files("#f-files", [photo])
        await page.check("input[name=confidentiality][value=anonymous]")
        await page.locator("form[data-report] > button[type=submit]:not(.hidden)").click()
        await page.wait_for_url("**/terima/**")
        await fits(page)
        found = TICKET.search(await _shown(page, ".ticket"))
        assert found is not None
        box = await page.locator(".qr").bounding_box()
        assert box is not None
        assert box["width"] >= 150
    received = await looking.received(found[0])
    assert (received.confidentiality, received.message.ward_code, received.message.media) == (
        "anonymous", "17.71.02.1001", 1,
    )  # fmt: skip


async def test_what_was_typed_is_still_there_after_the_page_was_left(looking: Looking) -> None:
    async with looking.page() as page:
        await page.goto(f"/lapor/{CITY}")
        await page.fill("#f-text", "Got tersumbat di depan rumah")
        await page.fill("#f-place", "gang contoh")
        await page.goto(f"/lapor/{CITY}/poster")
        await page.goto(f"/lapor/{CITY}")
        assert await page.input_value("#f-text") == "Got tersumbat di depan rumah"
        assert await page.input_value("#f-place") == "gang contoh"
        await page.locator("form[data-report] > button[type=submit]:not(.hidden)").click()
        await page.wait_for_url("**/terima/**")
        await page.goto(f"/lapor/{CITY}")
        assert await page.input_value("#f-text") == ""


async def test_the_desk_by_keyboard_alone(looking: Looking) -> None:
    async with looking.page(seat="desk") as page:
        await page.goto("/meja")
        await fits(page)
        await page.keyboard.type("Nenek tetangga tidak punya air")  # the field has the focus
        await page.keyboard.press("Tab")
        await page.keyboard.type("Padang H")
        await page.keyboard.press("Tab")
        await page.keyboard.type("pagar hijau")
        await page.keyboard.press("Control+Enter")
        await page.locator(".queue-row[data-state=stored]").wait_for()
        assert await page.input_value("#f-text") == ""
        slip = await page.locator(".queue-row a").first.get_attribute("href")
        assert slip is not None
        ticket = await _ticket(page, slip)
        await page.goto(slip)
        await fits(page)
        assert await page.evaluate("document.activeElement.hasAttribute('data-print')")
        wide = await page.locator(".slip").bounding_box()
        assert wide is not None
        assert wide["width"] <= 48 / 25.4 * 96 + 1
        await page.goto("/meja/cari")
        await page.keyboard.press("Tab")
        await page.fill("#f-tiket", ticket.lower())
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/meja/laporan/{ticket}")
        await fits(page)
    received = await looking.received(ticket)
    assert received.message.ward_code == "17.71.02.1001"


async def test_entries_made_without_a_connection_are_sent_once_it_is_back(looking: Looking) -> None:
    async with looking.page(seat="desk") as page:
        await page.goto("/meja")
        await page.context.set_offline(True)
        for text in ("Air mati di gang satu", "Lampu mati di gang dua"):
            await page.fill("#f-text", text)
            await page.keyboard.press("Control+Enter")
            await page.locator(f".queue-row:nth-child({1}) .badge-wait").wait_for()
        assert await page.locator(".queue-row .badge-wait").count() == 2
        assert await page.locator("[data-offline]").is_visible()
        kept = await page.evaluate(
            "async () => { const asked = indexedDB.open('tuntas-meja'); await new Promise(r => asked.onsuccess = r);"
            " const all = asked.result.transaction('entries').objectStore('entries').getAll();"
            " await new Promise(r => all.onsuccess = r);"
            " return all.result.map(one => new TextDecoder('latin1').decode(one.sealed)).join() }"
        )
        assert kept
        assert "mati" not in kept
        # The browser is closed and opened again before the connection is back.
        await page.context.set_offline(False)
        await page.goto("/meja")
        for _ in range(150):
            if await page.locator(".queue-row[data-state=stored]").count() == 2:
                break
            await asyncio.sleep(0.1)
        slips = [await link.get_attribute("href") for link in await page.locator(".queue-row a").all()]
        assert len({await _ticket(page, str(slip)) for slip in slips}) == 2
        assert not await page.locator("[data-offline]").is_visible()


async def test_the_desk_works_without_script(looking: Looking) -> None:
    async with looking.page(seat="desk", script=False) as page:
        await page.goto("/meja")
        await page.fill("#f-text", "Jalan berlubang")
        await page.locator("form[data-desk] .says button").click()
        await page.wait_for_url("**/meja/slip/**")
        assert TICKET.search(await _shown(page, ".slip-ticket"))
        await page.locator("a[href*='/meja/laporan/']").click()
        await page.fill("#f-text", "Sudah ditambal katanya")
        await page.locator("button[value=add]:not(.hidden)").click()
        await page.wait_for_url("**tersimpan=1")


async def test_a_poster_is_one_sheet_and_a_slip_is_one_strip(looking: Looking) -> None:
    async with looking.page(seat="desk") as page:
        await page.goto(f"/lapor/{CITY}/poster/17.71.02.1001")
        await fits(page)
        sheet = await page.pdf(prefer_css_page_size=True)
        assert _papers(sheet) == [(210, 297)]
        await page.goto("/meja")
        await page.fill("#f-text", "Sampah menumpuk")
        await page.locator("form[data-desk] .says button").click()
        slip = await page.locator(".queue-row[data-state=stored] a").get_attribute("href")
        assert slip is not None
        await _ticket(page, slip)
        await page.goto(slip)
        assert _papers(await page.pdf(prefer_css_page_size=True)) == [(58, 140)]
        await page.goto(f"{slip}?kertas=a4")
        assert _papers(await page.pdf(prefer_css_page_size=True)) == [(210, 297)]


def _papers(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page, millimetres."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    return [(round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) for width, height in boxes]
