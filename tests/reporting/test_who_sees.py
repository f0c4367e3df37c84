"""Every page, opened by every kind of seat, in HTML and as JSON: what a seat may not see stands in none of them.

The pages are those that the service has, whatever they are; what may be seen is asked of `sight`, which the others of
these tests hold to the rules. This one holds that no list, count, search, form or picture goes around it.
"""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from starlette.routing import Route

from services.contracts.city import City
from services.reporting import sight
from services.reporting.categories import SENSITIVE
from services.reporting.read_models.cases import queries as cases
from services.web.staff import Staff
from tests.reporting.conftest import House
from tests.reporting.story import Story

SEATS = (
    "walikota", "prokopim", "sekda", "tim-saring", "desk", "inspektorat", "dpo", "admin-sistem", "dlh", "perkim",
    "camat-selebar", "camat-gading-cempaka", "lurah-padang-harapan",
)  # fmt: skip
"""Of each role, of offices and heads of districts one that holds something and one that does not."""
WORDS, BRIEF, PERSON = "kenanga-kata-pelapor", "kenanga-kata-petugas", "kenanga-orangnya"
AWAY = 503
"""What a page says whose other service does not run here."""
INTAKES = ("/lapor", "/meja")
"""Pages of the door, passed through."""


def addresses(house: House, stories: list[Story]) -> Iterator[str]:
    """Every page that is opened, filled with what there is of the complaints."""
    for route in house.routes:
        if not isinstance(route, Route) or "GET" not in (route.methods or ()):
            continue
        path = route.path
        if any(path == door or path.startswith(f"{door}/") for door in INTAKES):
            continue
        for one in stories if "{ticket}" in path or "{id}" in path else stories[:1]:
            yield (
                path.replace("{ticket}", one.ticket).replace("{id}", one.ticket).replace("{form}", "json")
                .replace("{media}", "a" * 26).replace("{name}", "a" * 26).replace("{seat}", "perkim")
                .replace("{session}", "a" * 26).replace("{code}", "street_light").replace("{token}", "a" * 20)
                .replace("{path:path}", "style.css").replace("{city}", "bengkulu")
            )  # fmt: skip
    for status in ("all", "late", "screening", "working", "to_rule", "to_call", "merged"):
        yield f"/laporan.json?status={status}"
    yield f"/lacak?ticket={stories[0].ticket}"
    yield "/open311/v2/requests.json?jurisdiction_id=bengkulu"


async def told(house: House) -> list[Story]:
    """One that is secret, one about the mayor, one that waits for a screener and is secret."""
    secret = await house.teller.begin(WORDS, confidentiality="secret")
    await secret.screened(wording=BRIEF, concerned=PERSON, confidentiality="secret")
    accused = await house.teller.begin(WORDS, confidentiality="anonymous")
    await accused.screened(
        "inspektorat", (), wording=BRIEF, concerned=PERSON, confidentiality="anonymous", category="official_conduct",
        about="mayor", against="walikota",
    )  # fmt: skip
    waiting = await (await house.teller.begin(WORDS, confidentiality="secret")).proposed(confidentiality="secret")
    await house.follow()
    return [secret, accused, waiting]


async def _opened(house: House, city: City, seat: str, stories: list[Story]) -> list[str]:
    """What stands where it should not."""
    staff = Staff(city, city.seats[seat], None, "", b"")
    wrong: list[str] = []
    hidden: list[Story] = []
    opens = {WORDS: False, BRIEF: False, PERSON: False}
    for one in stories:
        card = await cases.by_ticket(house.pool, one.ticket)
        assert card is not None
        if not sight.may_see(staff, card):
            hidden.append(one)
            continue
        for words, party in ((WORDS, "reporter:1"), (BRIEF, "handling"), (PERSON, "concerned")):
            opens[words] |= sight.opens(staff, card, f"A256GCM.{one.complaint}/{party}.x")
    async with house.seat(seat) as client:
        for address in addresses(house, stories):
            answer = await _get(client, address)
            if answer.status_code >= 500 and answer.status_code != AWAY:
                wrong.append(f"{seat} {address}: {answer.status_code}")
            public = address.startswith(("/lacak", "/open311"))  # whoever has the code follows the progress
            for one in hidden:
                named = one.ticket in address or public
                if one.complaint in answer.text or (one.ticket in answer.text and not named):
                    wrong.append(f"{seat} {address}: a complaint that it may not see")
                if one.ticket in address and not public and answer.status_code < 400:
                    wrong.append(f"{seat} {address}: {answer.status_code}")
            wrong += [f"{seat} {address}: {words}" for words, may in opens.items() if words in answer.text and not may]
    return wrong


async def _get(client: httpx.AsyncClient, address: str) -> httpx.Response:
    async with asyncio.timeout(60):
        return await client.get(address)


@pytest.fixture(scope="module")
def kept() -> dict[str, list[Story]]:
    return {}


@pytest.mark.parametrize("seat", SEATS)
async def test_no_page_shows_what_the_seat_may_not_see(house: House, kept: dict[str, list[Story]], seat: str) -> None:
    stories = kept.setdefault("told", []) or await told(house)
    kept["told"] = stories
    assert await _opened(house, house.stack.cities["bengkulu"], seat, stories) == []


async def test_whoever_is_not_logged_in_reads_progress_by_its_code_and_no_words(
    house: House, kept: dict[str, list[Story]]
) -> None:
    stories = kept.get("told") or await told(house)
    async with house.browser() as anybody:
        for address in addresses(house, stories):
            answer = await _get(anybody, address)
            assert answer.status_code < 500 or answer.status_code == AWAY, address
            assert not {WORDS, BRIEF, PERSON} & set(answer.text.split()), address
            for one in stories:
                assert one.complaint not in answer.text, address
                assert WORDS not in answer.text
                assert BRIEF not in answer.text


async def test_matters_of_people_are_counted_for_those_alone_who_see_the_whole_city(
    house: House, kept: dict[str, list[Story]]
) -> None:
    """One complaint about officials in a small number tells a camat that somebody has complained."""
    kept["told"] = kept.get("told") or await told(house)
    seen = {}
    for seat in ("inspektorat", "camat-selebar", "lurah-padang-harapan", "dlh"):
        async with house.seat(seat) as client:
            board = (await client.get("/papan.json")).json()
            seen[seat] = {one["key"] for one in board["categories"]} & SENSITIVE
    assert "official_conduct" in seen.pop("inspektorat")
    assert set().union(*seen.values()) == set()
