"""Which office's account showed work last, and what must be taken away by hand."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from services.complaint import commands as c
from services.contracts.city import Account, City
from services.contracts.commands import ConfirmRemoval
from services.reporting.official_accounts import Act, handle, official, to_remove, without
from tests.reporting.conftest import House
from tests.reporting.test_acting import Peer, peer

__all__ = ["peer"]

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


def act(
    what: str, days: float, account: str | None = None, link: str | None = None, *, number: int = 1, **more: str
) -> Act:
    return Act(
        "BKL-4K7QT9M2-X", NOW - timedelta(days=days), what, account, more.get("seat"), link, more.get("how"), number
    )


@pytest.fixture
def city(house: House) -> City:
    found = house.stack.cities["bengkulu"]
    accounts = (
        Account(id="pdam-ig", seat="pdam", channel="instagram", url="https://www.instagram.com/contoh.pdam"),
        Account(id="dlh-fb", seat="dlh", channel="facebook", url="https://www.facebook.com/contoh.dlh"),
        Account(id="dlh-web", seat="dlh", channel="website", url="https://dlh.example.go.id"),
    )
    return found.model_copy(update={"accounts": accounts})


def test_what_was_posted_or_recorded_counts_for_the_account_that_it_stands_on(city: City) -> None:
    found = [
        act("posted", 2, "pdam-ig", "https://www.instagram.com/p/1/"),
        act("posted", 9, "pdam-ig"),
        act("linked", 40, link="https://m.facebook.com/contoh.dlh/posts/1", seat="dlh"),
        act("linked", 1, link="https://www.facebook.com/share/abc", seat="dlh"),
        act("linked", 1, link="https://elsewhere.example/x", seat="dlh"),
        act("withdrawn", 0, "dlh-web", how="deleted"),
    ]
    by_id = {one.account.id: one for one in official(city, found)}
    assert (by_id["pdam-ig"].shown, by_id["pdam-ig"].link) == (2, "https://www.instagram.com/p/1/")
    assert (by_id["dlh-fb"].shown, by_id["dlh-fb"].last) == (2, NOW - timedelta(days=1))
    assert {name for name, one in by_id.items() if one.silent(NOW)} == {"dlh-web"}
    assert by_id["pdam-ig"].silent(NOW + timedelta(days=31))
    assert "dlh" not in without(city)
    assert "dinsos" in without(city)


def test_what_only_its_own_people_can_take_away_is_named_with_its_place() -> None:
    link = "https://www.instagram.com/p/1/"
    found = [act("withdrawn", 0, "pdam-ig", how="by_hand"), act("posted", 2, "pdam-ig", link)]
    assert [(one.account, one.link) for one in to_remove(found)] == [("pdam-ig", link)]
    assert to_remove([act("withdrawn", 0, "pdam-ig", how="deleted")]) == []


def test_what_somebody_has_taken_away_is_named_no_more_and_what_stands_elsewhere_is() -> None:
    found = [
        act("removed", 0, "pdam-ig", number=1),
        act("withdrawn", 1, "pdam-ig", how="by_hand", number=1),
        act("withdrawn", 1, "dlh-fb", how="by_hand", number=1),
        act("withdrawn", 1, how="by_hand", number=2),
        act("linked", 3, link="https://dlh.example.go.id/1", number=2),
    ]
    left = [(one.account, one.number, one.link) for one in to_remove(found)]
    assert left == [("dlh-fb", 1, None), (None, 2, "https://dlh.example.go.id/1")]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.instagram.com/contoh.pdam/", "@contoh.pdam"),
        ("https://www.tiktok.com/@contoh", "@contoh"),
        ("https://www.dlh.example.go.id", "dlh.example.go.id"),
    ],
)
def test_an_account_is_called_as_people_call_it(url: str, name: str) -> None:
    assert handle(url) == name


async def test_the_register_shows_each_account_and_who_has_none(house: House) -> None:
    async with house.seat("walikota") as client:
        page = await client.get("/akun/resmi")
        read = (await client.get("/akun/resmi.json")).json()
    assert page.status_code == 200
    assert "@contoh.pdam.bengkulu" in page.text
    accounts = {one["handle"]: one["silent"] for office in read["offices"] for one in office["accounts"]}
    assert "@contoh.dlh.bengkulu" in accounts
    assert read["without"]
    async with house.seat("lurah-padang-harapan") as client:
        assert (await client.get("/akun/resmi")).status_code == 403


async def test_whoever_publishes_sees_what_must_go_by_hand_until_somebody_ticked_it(house: House, peer: Peer) -> None:
    story = await (await (await house.teller.begin()).screened()).resolved()
    link = "https://perkim.example.go.id/1"
    await story.do(c.LinkProof(cause=await story.cause(), by="perkim", link=link))
    await story.answered(done=False)
    await story.do(c.RecordWithdrawal(cause=await story.cause(), number=1, account=None, how="by_hand"))
    await house.follow()

    async def waits(client: httpx.AsyncClient) -> tuple[bool, bool]:
        board = (await client.get("/papan.json")).json()["to_remove"] > 0
        listed = (await client.get("/akun/resmi.json")).json()["to_remove"]
        return board, link in {one["link"] for one in listed if one["ticket"] == story.ticket}

    async with house.seat("prokopim") as publishes, house.seat("perkim") as office:
        assert await waits(publishes) == (True, True)
        page = (await publishes.get("/akun/resmi")).text
        assert f'action="/akun/resmi/{story.ticket}/1"' in page
        assert (await office.post(f"/akun/resmi/{story.ticket}/1")).status_code == 403
        await publishes.post(f"/akun/resmi/{story.ticket}/1")
        [(command, token)] = peer.seen
        assert (command.complaint, token.seat) == (story.complaint, "prokopim")
        assert command.action == ConfirmRemoval(do="confirm_removal", number=1)
        await story.do(c.ConfirmRemoval(cause=await story.cause(), by="prokopim", number=1))
        await house.follow()
        assert not (await waits(publishes))[1]
