"""What everybody may see of the city's work: only what a person has shown, no nearer than a kelurahan, no longer than
it holds, and the same after a rebuild."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.reporting.categories import SENSITIVE
from services.reporting.labels import category
from services.reporting.pages import published_map
from services.reporting.read_models.cases.card import Card, Phase
from services.reporting.read_models.cases.closing import Closing, Picture
from services.reporting.read_models.cases.parts import Shown
from services.reporting.read_models.published.queries import SIZE
from tests.conftest import Stack
from tests.intake.pictures import as_jpeg, street
from tests.reporting.conftest import House
from tests.reporting.story import Story

WORDS = "Gelap gulita, saya Ibu Contoh di Jl. Contoh 5 RT 03"


def ward(n: int) -> str:
    """A kelurahan in which no other test of these pages has anything."""
    return f"17.71.03.10{n:02}"


async def told(house: House, place: str, **matter: Any) -> Story:
    return await (await house.teller.begin(WORDS)).screened(ward_code=place, district_code=place[:8], **matter)


async def cleared(house: House, story: Story, seed: int) -> str:
    media = await story.pictured(as_jpeg(street(seed)), house.desk.pictures.blobs)
    await story.cleared(media, "public")
    return media


async def linked(story: Story, link: str = "https://contoh.go.id/1") -> Story:
    await story.resolved(link=link)
    await story.do(c.LinkProof(cause=await story.cause(), by="perkim", link=link))
    return story


async def seen(house: House, **query: str) -> dict[str, Any]:
    await house.follow()
    async with house.browser() as anyone:
        answer = await anyone.get("/umum/bengkulu.json", params=query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


async def test_a_matter_is_seen_by_everybody_with_its_kelurahan_and_its_days_and_nothing_of_anybody(
    house: House,
) -> None:
    story = await told(house, ward(1))
    await cleared(house, story, 61)
    view = await seen(house, kelurahan=ward(1))
    today = datetime.now(UTC).astimezone(house.desk.cities["bengkulu"].zone).date().isoformat()
    (matter,) = view["matters"]
    assert today in (matter["received"], matter["updated"])
    assert {name: matter[name] for name in matter if name not in ("received", "updated")} == {
        "title": "Lampu jalan mati", "place": "Berkas, Teluk Segara", "state": "working",
        "state_text": "Sedang ditangani", "ended": None, "office": house.desk.cities["bengkulu"].seats["perkim"].title,
        "expected": None,
    }  # fmt: skip
    async with house.browser() as anyone:
        page = (await anyone.get("/umum/bengkulu", params={"kelurahan": ward(1)})).text
    for told_text in (page, str(view)):
        for secret in (story.ticket, story.complaint, "gulita", "Ibu Contoh", "Jl. Contoh", "RT 03", "/gambar/"):
            assert secret not in told_text
    assert not re.search(r"\d\d[.:]\d\d (WIB|WITA)|T\d\d:\d\d", page)


@pytest.mark.parametrize("how", ["secret", "anonymous", "screening", "sensitive", "merely screened"])
async def test_what_nobody_showed_or_nobody_may_show_is_not_there(house: House, how: str) -> None:
    place = ward(2)
    if how == "screening":
        await (await house.teller.begin(WORDS)).proposed(ward_code=place)
    else:
        story = await told(house, place, **({"category": "crime", "function": "police"} if how == "sensitive" else {}))
        if how != "merely screened":
            await cleared(house, story, 62)
        if how in ("secret", "anonymous"):
            level: Any = how
            words = e.Message(channel="whatsapp", door="hotline-walikota", form="text")
            await story.do(c.RaiseConfidentiality(
                cause=await story.cause(), level=level, by="reporter:1", party="reporter:1", message=words
            ))  # fmt: skip
    view = await seen(house, kelurahan=place)
    assert (view["matters"], view["wards"]) == ([], [one for one in view["wards"] if place not in one["url"]])


async def test_what_is_taken_back_or_reopened_is_gone_from_list_map_and_counts_also_after_a_rebuild(
    house: House,
) -> None:
    place = ward(3)
    hidden, reopened, stays = await told(house, place), await told(house, place), await told(house, place)
    media = await cleared(house, hidden, 63)
    await linked(reopened)
    await linked(stays)

    async def there() -> tuple[int, str | None]:
        view = await seen(house, kelurahan=place)
        counted = next((one["number"] for one in view["wards"] if place in one["url"]), None)
        return len(view["matters"]), counted

    assert await there() == (3, "3")
    await hidden.cleared(media, "hidden")
    assert await there() == (2, "2")
    await reopened.answered("belum nyala", done=False)
    live = await seen(house, kelurahan=place)
    assert await there() == (1, "1")
    async with house.browser() as anyone:
        page = (await anyone.get("/umum/bengkulu", params={"kelurahan": place})).text
    assert "Jitra: 1" in page
    assert (await house.rebuild().compare()).equal
    assert (await house.rebuild().swap()).swapped
    assert await seen(house, kelurahan=place) == live


async def test_filters_narrow_and_pages_follow_each_other(house: House) -> None:
    place = ward(4)
    for number in range(SIZE + 1):
        story = await told(house, place)
        await cleared(house, story, 70 + number)
    first = await seen(house, kelurahan=place, keadaan="working")
    assert (len(first["matters"]), first["next_url"] is not None) == (SIZE, True)
    second = await seen(house, kelurahan=place, keadaan="working", halaman="2")
    assert (len(second["matters"]), second["next_url"]) == (1, None)
    assert (await seen(house, kelurahan=place, keadaan="closed"))["matters"] == []
    assert (await seen(house, kelurahan=place, jenis="road_damage"))["matters"] == []
    async with house.browser() as anyone:
        for wrong in (
            {"kelurahan": "99.99"}, {"jenis": "crime"}, {"jenis": "x"}, {"keadaan": "screening"}, {"halaman": "0"},
            {"halaman": "501"}, {"halaman": "٣"},
        ):  # fmt: skip
            assert (await anyone.get("/umum/bengkulu", params=wrong)).status_code == 400, wrong
        assert (await anyone.get("/umum/atlantis")).status_code == 404


async def test_matters_of_people_are_a_number_of_three_or_more_for_the_whole_city_or_less_than_three(
    house: House,
) -> None:
    name = category("unfit_house", str)

    async def number() -> str:
        people = (await seen(house))["people"]
        assert {one["name"] for one in people} == {category(one, str) for one in SENSITIVE}
        return str(next(one["number"] for one in people if one["name"] == name))

    one: dict[str, Any] = {"category": "unfit_house", "function": "social"}
    assert await number() == "<3"
    for _ in range(2):
        await told(house, ward(5), **one)
    assert await number() == "<3"
    await told(house, ward(5), **one)
    assert await number() == "3"
    await told(house, ward(5), **one, confidentiality="secret")
    assert await number() == "3"


CARD = Card("c", "bengkulu", "BKL-4K7QT9M2-X", 1, datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC),
            "normal", phase="resolved")  # fmt: skip
PICTURED = Closing(pictures={"m": Picture("reporter", 2, party="reporter:1", audience="public")})


@pytest.mark.parametrize(
    ("proofs", "round_", "published"),
    [
        ([], 1, False),
        ([Shown("perkim", 1, "drafted")], 1, False),
        ([Shown("perkim", 1, "approved")], 1, False),
        ([Shown("perkim", 1, "posted")], 1, True),
        ([Shown("perkim", 1, "linked")], 1, True),
        ([Shown("perkim", 1, "withdrawn")], 1, False),
        ([Shown("perkim", 1, "dropped")], 1, False),
        ([Shown("perkim", 1, "posted")], 2, False),
        ([Shown("perkim", 1, "withdrawn"), Shown("perkim", 1, "linked")], 1, True),
    ],
)
def test_work_that_was_shown_counts_in_its_own_round_and_until_it_is_taken_back(
    proofs: list[Shown], round_: int, published: bool
) -> None:
    card = replace(CARD, round=round_, publications=dict(enumerate(proofs, start=1)))
    assert card.published is published
    assert replace(card, closing=PICTURED).published is True


@pytest.mark.parametrize("phase", ["screening", "merged"])
def test_what_is_not_yet_or_no_more_a_matter_of_its_own_is_not_published(phase: Phase) -> None:
    assert replace(CARD, phase=phase, closing=PICTURED).published is False


def test_what_is_secret_undone_or_erased_is_not_published() -> None:
    assert replace(CARD, closing=PICTURED, confidentiality="secret").published is False
    assert replace(CARD, closing=PICTURED, confidentiality="anonymous").published is False
    assert replace(CARD, closing=PICTURED, undone=True).published is False
    assert replace(CARD, closing=PICTURED, erased=("reporter:1",)).published is False


def test_the_map_has_a_dot_for_each_kelurahan_and_a_link_where_there_is_something(stack: Stack) -> None:
    for city in stack.cities.values():
        codes = sorted(city.wards)
        drawn = published_map.svg(
            city, {codes[0]: 40, codes[1]: 1, "99.99.99.9999": 3}, lambda code: f"/?a=1&k={code}", "Peta", codes[1]
        )
        assert drawn.count("<circle") == len(codes)
        assert drawn.count("<a ") == 2
        assert f'href="/?a=1&amp;k={codes[0]}"' in drawn
        assert drawn.count('aria-current="true"') == 1
        for x, y in re.findall(r'c?x="(-?[\d.]+)" c?y="(-?[\d.]+)"', drawn):
            assert 0 <= float(x) <= published_map.WIDTH
            assert 0 <= float(y) <= published_map.TALLEST
