"""The pages in a real browser, 360 px wide: filled by hand, looked at, with nothing loaded from elsewhere.

Runs where Debian's chromium is installed; where it is not, these are left out and counted as such.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, Page, async_playwright

from services.cli.supervisor.ports import Ports
from services.contracts.commands import Progress
from tests.intake.pictures import as_jpeg, street
from tests.reporting.conftest import House
from tests.reporting.test_acting import Peer, peer

__all__ = ["peer"]

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium"),
]


@dataclass
class Looking:
    """A browser on the pages of one house. `foreign` fills with every request that leaves it."""

    house: House
    browser: Browser
    url: str

    @asynccontextmanager
    async def page(self, *, width: int = 360, script: bool = True, dark: bool = False) -> AsyncIterator[Page]:
        context = await self.browser.new_context(
            viewport={"width": width, "height": 740}, java_script_enabled=script, base_url=self.url,
            color_scheme="dark" if dark else "light",
        )  # fmt: skip
        page = await context.new_page()
        foreign: list[str] = []
        page.on("request", lambda request: None if request.url.startswith(self.url) else foreign.append(request.url))
        wrong: list[str] = []
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield page
        assert foreign == []
        assert [one for one in wrong if "status of 4" not in one] == []
        await context.close()

    async def login(self, page: Page, seat: str) -> None:
        await page.goto("/login")
        await page.fill("#f-user", f"bengkulu:{seat}")
        await page.fill("#f-password", self.house.password("bengkulu", seat))
        await page.click("main button[type=submit]")
        await page.wait_for_url("**/papan")


@pytest_asyncio.fixture(scope="session")
async def looking(house: House, ports: Ports) -> AsyncIterator[Looking]:
    port = ports.claim()
    server = uvicorn.Server(uvicorn.Config(house.web, host="127.0.0.1", port=port, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield Looking(house, browser, f"http://127.0.0.1:{port}")
        await browser.close()
    server.should_exit = True
    await serving


async def fits(page: Page) -> None:
    """Nothing sticks out to the right, and what is touched is big enough to be touched."""
    wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"
    small = await page.evaluate(
        "[...document.querySelectorAll('main button, main summary, main select, .nav a,"
        " main input:not([type=hidden]):not([type=checkbox]):not([type=radio])')]"
        ".filter(e => !e.closest('.hidden'))"
        ".filter(e => e.getBoundingClientRect().height > 0 && e.getBoundingClientRect().height < 43.5)"
        ".map(e => e.outerHTML.slice(0, 80))"
    )
    assert small == []


async def test_every_page_fits_a_phone_of_360_pixels(looking: Looking) -> None:
    house = looking.house
    story = await (await (await house.teller.begin("Lampu jalan mati sudah tiga hari")).proposed()).screened(
        wording="Lampu di persimpangan mati"
    )
    waiting = await (await house.teller.begin("Ndak tau mau lapor ke mana, gelap nian")).proposed()
    await house.follow()
    async with looking.page() as page:
        for path in ("/", "/login", "/styleguide", f"/lacak/{story.ticket}"):
            await page.goto(path)
            await fits(page)
        await looking.login(page, "tim-saring")
        for path in (
            "/papan", "/laporan", "/laporan?status=late", f"/laporan/{story.ticket}", "/saring",
            f"/saring/{waiting.ticket}", "/saya",
        ):  # fmt: skip
            await page.goto(path)
            await fits(page)


async def test_a_citizen_finds_the_report_by_typing_the_code_as_people_type_it(looking: Looking) -> None:
    story = await (await looking.house.teller.begin()).screened()
    await looking.house.follow()
    async with looking.page() as page:
        await page.goto("/")
        await page.fill("#f-ticket", story.ticket.lower().replace("-", " "))
        await page.press("#f-ticket", "Enter")
        await page.wait_for_url(f"**/lacak/{story.ticket}")
        assert "Kepala Dinas Perumahan" in (await page.text_content(".answer") or "")


async def test_forms_work_without_script_and_by_keyboard_alone(looking: Looking) -> None:
    async with looking.page(script=False) as page:
        await page.goto("/login")
        await page.focus("#f-user")
        await page.keyboard.type("bengkulu:perkim")
        await page.keyboard.press("Tab")
        await page.keyboard.type(looking.house.password("bengkulu", "perkim"))
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/papan")
        assert "Perumahan" in (await page.text_content(".who") or "")


async def test_a_moment_says_its_exact_time_on_tap(looking: Looking) -> None:
    story = await (await looking.house.teller.begin()).screened()
    await looking.house.follow()
    async with looking.page() as page:
        await page.goto(f"/lacak/{story.ticket}")
        moment = page.locator(".timeline time").first
        before = await moment.text_content()
        await moment.click()
        after = await moment.text_content()
    assert after != before
    assert "2026" in (after or "") or "20" in (after or "")


async def test_text_stands_out_from_its_ground_in_light_and_dark(looking: Looking) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for body text, badges and chips."""
    for dark in (False, True):
        async with looking.page(dark=dark) as page:
            await page.goto("/styleguide")
            worst = await page.evaluate(CONTRAST)
        assert worst == [], f"dark={dark}: {worst}"


CONTRAST = """() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const line = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => [r, g, b].map(v => line(v / 255))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const bad = [];
  for (const e of document.querySelectorAll('main *')) {
    if (!e.childNodes.length || ![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    if (!e.getClientRects().length) continue;
    const a = light(rgb(getComputedStyle(e).color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push(e.className + ' ' + e.textContent.trim().slice(0, 20) + ' ' + ratio.toFixed(2));
  }
  return bad;
}"""


async def test_a_phone_chooses_pictures_and_the_pair_before_and_after_fits_it(
    looking: Looking, peer: Peer, tmp_path: Path
) -> None:
    house = looking.house
    story = await (await house.teller.begin("Lampu jalan mati")).screened()
    before = await story.pictured(as_jpeg(street(41)), house.desk.pictures.blobs)
    await story.cleared(before, "offices")
    await house.follow()
    photo = tmp_path / "sesudah.jpg"
    photo.write_bytes(as_jpeg(street(42)))
    shown: tuple[str, ...] = ()
    for script in (True, False):
        async with looking.page(script=script) as page:
            await looking.login(page, "perkim")
            await page.goto(f"/laporan/{story.ticket}")
            await page.click("summary:has-text('Laporkan kemajuan')")
            await page.fill("#f-progress-text", "Kabel sudah ditarik.")
            await page.set_input_files("#f-progress-evidence", [photo])
            await fits(page)
            await page.click("form[action$='/progress'] button[type=submit]")
            await page.wait_for_url("**done=progress**")
        action = peer.seen[-1][0].action
        assert isinstance(action, Progress)
        shown = action.evidence
        assert len(shown) == 1
    await story.submitted("lurah-pagar-dewa", shown)
    await story.cleared(shown[0], "public")
    await house.desk.shown.put("bengkulu", shown[0], photo.read_bytes())
    await house.follow()
    async with looking.page() as page:
        for seat, path in (("lurah-pagar-dewa", "laporan"), ("tim-saring", "laporan")):
            await looking.login(page, seat)
            await page.goto(f"/{path}/{story.ticket}")
            await fits(page)
            assert await _loaded(page, ".pair img") == 2
            assert await _loaded(page, ".gallery img") == 2
            await page.click(".menu summary")
            await page.click("form[action='/logout'] button")
        await page.goto(f"/lacak/{story.ticket}")
        await fits(page)
        assert await _loaded(page, ".pair img") == 1


async def _loaded(page: Page, selector: str) -> int:
    """How many of these pictures the browser really has."""
    await page.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
    # Asked from outside: the page's own policy forbids what a waiting function would evaluate in it.
    for _ in range(100):
        if await page.evaluate("[...document.querySelectorAll('img')].every(i => i.complete)"):
            break
        await asyncio.sleep(0.1)
    have = "all => all.filter(i => i.naturalWidth > 0).length"
    return int(await page.eval_on_selector_all(selector, have))
