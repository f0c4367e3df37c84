"""A LIVE session from its plan to its report, through the pages, in a real browser, by keyboard, at 360 pixels."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from services.cli.demo.staff import Seat
from services.cli.demo.stage import Stage

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 30_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium"),
]

SAID = (
    ("Sampah menumpuk seminggu dak diangkut", "Padang Harapan"),
    ("Lampu jalan mati tiga malam", "Lingkar Barat"),
    ("Air PDAM dak ngalir dari kemarin", "Lingkar Barat"),
    ("Jalan berlubang dalam depan pasar", "Padang Harapan"),
)


@asynccontextmanager
async def pages(stage: Stage, seat: str) -> AsyncIterator[Page]:
    """A phone of 360 pixels, logged in."""
    given = stage.credentials(f"staff:bengkulu:{seat}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        page = await browser.new_page(base_url=stage.public_url, viewport={"width": 360, "height": 740})
        page.set_default_timeout(PATIENCE)
        await page.goto("/login")
        await page.fill("#f-user", given["user"])
        await page.fill("#f-password", given["password"])
        await page.click("main button[type=submit]")
        await page.wait_for_url("**/papan")
        yield page
        await browser.close()


async def _fits(page: Page) -> None:
    wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


async def test_a_session_is_planned_entered_by_keyboard_answered_on_air_and_reported(stage: Stage) -> None:
    async with pages(stage, "prokopim") as page, Seat("dlh", stage.credentials("staff:bengkulu:dlh")) as dlh:
        await page.goto("/siaran")
        await _fits(page)
        await page.select_option("#f-platform", "tiktok")
        await page.select_option("#f-host", "walikota")
        await page.fill("#f-title", "Wali Kota Menjawab")
        await page.fill("#f-planned_for", "2026-12-01T19:30")
        await page.get_by_role("button", name="Rencanakan", exact=True).click()
        await page.get_by_role("button", name="Mulai siaran").click()
        await page.wait_for_url("**/siaran/*")
        await expect(page.get_by_role("button", name="Akhiri siaran")).to_be_visible(timeout=PATIENCE)
        session = page.url.rpartition("/")[2]
        await _fits(page)
        assert (await dlh.does("check_in_live", session=session)).get("refusal") is None

        await page.goto(f"/siaran/{session}/catat")
        for number, (words, place) in enumerate(SAID, 1):
            await page.keyboard.type(words)  # the first field has the focus, nothing is clicked
            await page.keyboard.press("Tab")
            await page.keyboard.type(place)
            if number == 1:
                await page.keyboard.press("Tab")
                await page.keyboard.type("@contoh_warga")
            await page.keyboard.press("Enter")
            heading = page.get_by_role("heading", name=f"{number} tercatat")
            await expect(heading).to_be_visible(timeout=PATIENCE)
        await _fits(page)
        await page.get_by_role("button", name="Batalkan").first.press("Enter")
        await expect(page.get_by_role("heading", name="3 tercatat")).to_be_visible(timeout=PATIENCE)

        await page.goto(f"/siaran/{session}")
        await expect(page.locator("#siaran")).to_contain_text("dari 3 belum selesai", timeout=PATIENCE)
        await expect(page.locator(".roster").first).to_contain_text("Hadir", timeout=PATIENCE)
        await expect(page.locator("#siaran .chip").first).to_be_visible(timeout=PATIENCE)  # it came by itself
        await _fits(page)
        await page.get_by_text("Dijawab di siaran").first.click()
        await page.get_by_label("Apa yang dijawab").first.fill("Malam ini diangkut, saya awasi sendiri.")
        await page.get_by_label("Dengan ini selesai").first.check()
        await page.get_by_role("button", name="Simpan jawaban").first.click()
        await expect(page.locator("#siaran")).to_contain_text("2 dari 3 belum selesai", timeout=PATIENCE)

        await page.get_by_role("button", name="Akhiri siaran").click()
        await page.wait_for_url("**/rekap")
        await _fits(page)
        report = await dlh.sees(f"/siaran/{session}/rekap.json")
        assert report["counts"]["received"] == 3
        assert report["counts"]["answered_on_air"] == 1
        assert report["counts"]["on_air"] == 1
        assert any(one["present"] for one in report["responses"] if "Lingkungan Hidup" in one["title"])
        listed = await dlh.sees("/siaran.json")
        assert {one["phase"] for one in listed["sessions"] if one["id"] == session} == {"over"}


async def test_everything_works_without_script(stage: Stage) -> None:
    async with Seat("prokopim", stage.credentials("staff:bengkulu:prokopim")) as seat:
        planned = await seat.does(
            "plan_live", platform="tiktok", host="walikota", planned_for="2099-01-01T00:00:00Z", roster=["dlh"]
        )
        session = planned["fact"]
        assert (await seat.does("start_live", session=session)).get("refusal") is None
        given = stage.credentials("staff:bengkulu:prokopim")
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
            context = await browser.new_context(base_url=stage.public_url, java_script_enabled=False)
            page = await context.new_page()
            page.set_default_timeout(PATIENCE)
            await page.goto("/login")
            await page.fill("#f-user", given["user"])
            await page.fill("#f-password", given["password"])
            await page.click("main button[type=submit]")
            for _ in range(20):  # a page may be a second behind the fact
                answer = await page.goto(f"/siaran/{session}/catat")
                if answer is not None and answer.status == 200:
                    break
                await page.wait_for_timeout(200)
            await page.fill("#f-text", "Lampu jalan mati di Padang Harapan")
            await page.press("#f-text", "Enter")
            await expect(page.get_by_role("heading", name="1 tercatat")).to_be_visible(timeout=PATIENCE)
            await page.goto(f"/siaran/{session}")
            await expect(page.locator("#siaran")).to_contain_text("dari 1 belum selesai")
            await browser.close()
