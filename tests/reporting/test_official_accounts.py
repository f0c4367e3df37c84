"""Which office's account showed work last, and what must be taken away by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from services.contracts.city import Account, City
from services.reporting.official_accounts import Act, handle, official, to_remove, without
from tests.reporting.conftest import House

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


def act(what: str, days: float, account: str | None = None, link: str | None = None, **more: str) -> Act:
    return Act("BKL-4K7QT9M2-X", NOW - timedelta(days=days), what, account, more.get("seat"), link, more.get("how"))


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
