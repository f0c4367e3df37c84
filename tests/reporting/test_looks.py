"""Every page of the service at 360 pixels, in light and dark: it fits, reads, is touched and walked through.

Runs where Debian's chromium is installed; where it is not, these are left out and counted as such.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from starlette.routing import Route

from services.contracts.facts.doors import AccountCompromised, AccountTrusted
from services.contracts.facts.live import LiveCheckedIn
from tests.looks import looks, walked
from tests.reporting.conftest import House
from tests.reporting.test_account_pages import say
from tests.reporting.test_browser import CHROMIUM, Looking, looking
from tests.reporting.test_calls import to_be_called
from tests.reporting.test_live_pages import began

__all__ = ["looking"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium"),
]

PUBLIC = (
    "/",
    "/lacak?ticket=xx",
    "/lacak/{task}",
    "/lacak/BKL-AAAAAAAA-A",
    "/login",
    "/styleguide",
    "/no-such-page",
    "/umum",
    "/umum/bengkulu",
    "/umum/bengkulu?keadaan=closed",
)
SEATS = {
    "walikota": (
        "/papan", "/laporan", "/laporan/{task}", "/akun", "/siaran", "/siaran/{live}", "/siaran/{live}/rekap",
        "/aturan", "/jabatan", "/jabatan/perkim", "/saya", "/saring",
    ),
    "prokopim": ("/siaran", "/siaran/{live}", "/siaran/{live}/catat"),
    "tim-saring": ("/saring", "/saring/{waiting}", "/laporan?status=all", "/laporan/{task}"),
    "desk": ("/panggilan",),
    "perkim": ("/papan", "/laporan?status=late", "/laporan/{task}"),
    "lurah-pagar-dewa": ("/saya", "/saya/nomor"),
    "dpo": ("/kontak",),
    "admin-sistem": ("/jabatan/perkim", "/kabar"),
}  # fmt: skip
NO_PAGE = {
    # pictures and programs
    "/lacak/{ticket}/gambar/{media}", "/laporan/{ticket}/gambar/{media}", "/gambar/{name}", "/openapi", "/openapi.json",
    # asks the notifier, which does not run beside these pages
    "/kabar/naskah",
    # stand on registers of their own, which this city has not filled yet
    "/akun/resmi", "/webhook",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """What the addresses name."""

    task: str
    waiting: str
    live: str

    def path(self, pattern: str) -> str:
        return pattern.format(task=self.task, waiting=self.waiting, live=self.live)


@pytest_asyncio.fixture(scope="module")
async def shown(house: House) -> AsyncIterator[Shown]:
    """A city in which something has happened: every page has something to show."""
    task = await (await (await house.teller.begin("Lampu jalan mati sudah tiga hari")).proposed()).screened()
    waiting = await (await house.teller.begin("Ndak tau mau lapor ke mana, gelap nian")).proposed()
    await to_be_called(house)
    live = began(house, LiveCheckedIn(seat="perkim"))
    await live.entry()
    say(house, 11, AccountCompromised(since=datetime.now(UTC) - timedelta(hours=3), by="prokopim"))
    await house.follow()
    yield Shown(task.ticket, waiting.ticket, live.id)
    say(house, 12, AccountTrusted(by="sekda"))


@pytest.mark.parametrize("seat", [None, *SEATS])
async def test_every_page_fits_reads_and_is_touched_on_a_phone_by_day_and_night(
    looking: Looking, shown: Shown, seat: str | None
) -> None:
    wrong: dict[str, list[str]] = {}
    async with looking.page() as page:
        if seat is not None:
            await looking.login(page, seat)
        for pattern in PUBLIC if seat is None else SEATS[seat]:
            await page.goto(shown.path(pattern))
            for scheme in ("light", "dark"):
                await page.emulate_media(color_scheme=scheme)
                if found := await looks(page):
                    wrong[f"{pattern}, {scheme}"] = found
            # Forms that are folded away are looked at, too.
            await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            if found := await looks(page):
                wrong[f"{pattern}, unfolded"] = found
    assert wrong == {}


def test_no_page_is_left_out(house: House) -> None:
    """A new page is looked at, or named as none."""
    seen = {pattern.partition("?")[0] for pattern in (*PUBLIC, *(one for all_ in SEATS.values() for one in all_))}
    kinds = {one.replace("{task}", "{ticket}").replace("{waiting}", "{ticket}").replace("{live}", "{session}")
             for one in seen} | {"/lacak", "/jabatan/{seat}", "/umum/{city}"}  # fmt: skip
    pages = {
        route.path for route in house.routes
        if isinstance(route, Route) and "GET" in (route.methods or ()) and not route.path.endswith(".json")
        and not route.path.startswith("/open311")
    }  # fmt: skip
    assert pages - kinds - NO_PAGE == set()


async def test_pages_are_walked_through_by_keyboard(looking: Looking, shown: Shown) -> None:
    wrong: dict[str, list[str]] = {}
    async with looking.page() as page:
        await page.goto("/")
        wrong["/"] = await walked(page)
        await looking.login(page, "perkim")
        for pattern in ("/papan", "/laporan/{task}"):
            await page.goto(shown.path(pattern))
            wrong[pattern] = await walked(page)
    assert {path: found for path, found in wrong.items() if found} == {}
