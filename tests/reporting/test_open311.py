"""Open311 GeoReport v2 as programs of others use it, and what it never shows."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest
import pytest_asyncio
import schemathesis
from georeport import GeoReport  # type: ignore[import-untyped]  # ships no types
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from services.complaint import commands as c
from services.complaint import events as e
from services.intake.doors.open311 import digest
from services.reporting.categories import SENSITIVE
from services.reporting.open311.catalogue import SERVICES
from services.reporting.open311.description import _posted
from services.reporting.open311.forms import Bad, answer
from services.reporting.open311.posting import report
from services.reporting.open311.reading import asked
from services.runtime import postgres
from tests.intake.pictures import as_jpeg, street
from tests.notifier.conftest import served
from tests.reporting.conftest import House
from tests.reporting.story import Story

V2 = "/open311/v2"
HERE = {"jurisdiction_id": "bengkulu"}


async def published(house: House, seed: int = 1, words: str = "Lampu mati di depan rumah Ibu Contoh") -> Story:
    """Only a person makes something public: here a picture that was cleared for everybody."""
    story = await (await house.teller.begin(words)).screened()
    media = await story.pictured(as_jpeg(street(seed)), house.desk.pictures.blobs)
    await story.cleared(media, "public")
    return story


@pytest_asyncio.fixture(scope="module")
async def endpoint(house: House) -> AsyncIterator[str]:
    async with served(house.web) as url:
        yield f"{url}{V2}"


async def test_a_public_client_library_works_unmodified(house: House, endpoint: str) -> None:
    story, hidden = await published(house), await (await house.teller.begin()).screened()
    await house.follow()
    for form in ("json", "xml"):
        client = GeoReport(endpoint, jurisdiction="bengkulu", output_format=form)
        services = await asyncio.to_thread(client.get_service_list)
        assert {one["service_code"] for one in services} == set(SERVICES)
        definition = await asyncio.to_thread(client.get_service_definition, "street_light")
        assert definition["service_code"] == "street_light"
        found = await asyncio.to_thread(client.get_service_requests, None, "street_light")
        ids = [one["service_request_id"] for one in (found if isinstance(found, list) else [found])]
        assert story.complaint in ids
        assert hidden.complaint not in ids
        listed = await asyncio.to_thread(client.get_service_request, story.complaint)
        assert (listed["status"], listed["service_code"]) == ("open", "street_light")
        held = await asyncio.to_thread(client.get_service_request, hidden.ticket)
        assert (held["service_request_id"], held["service_code"]) == (hidden.ticket, None)
        several = f"{hidden.ticket},{story.complaint},none"
        both = await asyncio.to_thread(client.get_service_requests, several)
        assert {one["service_request_id"] for one in both} == {hidden.ticket, story.complaint}


async def test_no_word_no_ticket_no_place_and_no_picture_of_anybody_stands_in_it(house: House) -> None:
    story = await published(house, words="Gelap gulita, saya Ibu Contoh di Jl. Contoh 5")
    await house.follow()
    async with house.browser() as program:
        for form in ("json", "xml"):
            for path in (f"requests.{form}", f"requests/{story.complaint}.{form}"):
                body = (await program.get(f"{V2}/{path}", params=HERE)).text
                assert story.complaint in body
                for secret in (story.ticket, "Ibu Contoh", "Jl. Contoh", "gulita", "/gambar/"):
                    assert secret not in body


@pytest.mark.parametrize("how", ["secret", "anonymous", "screening", "sensitive", "merely screened"])
async def test_what_nobody_published_is_in_no_list(house: House, how: str) -> None:
    story = await house.teller.begin("Lampu mati")
    if how != "screening":
        more: dict[str, Any] = {"category": "crime", "function": "police"} if how == "sensitive" else {}
        await story.screened(**more)
    if how not in ("screening", "merely screened"):
        media = await story.pictured(as_jpeg(street(7)), house.desk.pictures.blobs)
        await story.cleared(media, "public")
    if how in ("secret", "anonymous"):
        level: Any = how
        words = e.Message(channel="whatsapp", door="hotline-walikota", form="text")
        await story.do(
            c.RaiseConfidentiality(
                cause=await story.cause(), level=level, by="reporter:1", party="reporter:1", message=words
            )
        )
    await house.follow()
    async with house.browser() as program:
        listed = (await program.get(f"{V2}/requests.json", params=HERE)).json()
        assert story.complaint not in [one["service_request_id"] for one in listed]
        for wanted in (story.complaint, story.complaint.upper()):
            assert (await program.get(f"{V2}/requests/{wanted}.json", params=HERE)).status_code == 404
        held = (await program.get(f"{V2}/requests/{story.ticket}.json", params=HERE)).json()
        assert (held[0]["status"], held[0]["service_code"], held[0]["address"]) == ("open", None, None)
        if how == "secret":
            assert held[0]["agency_responsible"] is None


async def test_work_that_was_shown_in_public_is_published_until_it_was_not_done(house: House) -> None:
    story = await (await house.teller.begin()).screened()
    await story.resolved(link="https://contoh.go.id/1")
    await story.do(c.LinkProof(cause=await story.cause(), by="perkim", link="https://contoh.go.id/1"))
    await house.follow()
    async with house.browser() as program:

        async def listed() -> bool:
            found = (await program.get(f"{V2}/requests.json", params=HERE)).json()
            return story.complaint in [one["service_request_id"] for one in found]

        assert await listed()
        await story.answered("belum nyala", done=False)
        await house.follow()
        assert not await listed()


async def test_the_view_leaves_out_what_the_catalogue_leaves_out(house: House) -> None:
    body = await house.pool.fetchval("select pg_get_viewdef('reporting.published'::regclass)")
    assert {one for one in SENSITIVE if f"'{one}'" in body} == SENSITIVE
    assert not SENSITIVE & set(SERVICES)


async def test_pages_follow_each_other_and_the_newest_comes_first(house: House) -> None:
    for seed in range(11, 14):
        await published(house, seed)
    await house.follow()
    async with house.browser() as program:

        async def ids(**query: Any) -> list[str]:
            answered = await program.get(f"{V2}/requests.json", params=HERE | query)
            assert answered.status_code == 200
            return [one["service_request_id"] for one in answered.json()]

        whole = await ids()
        assert [*await ids(page=1, page_size=2), *await ids(page=2, page_size=2)] == whole[:4]
        assert await ids(status="closed") == []
        assert await ids(service_code="water_off") == []
        assert await ids(service_code="water_off,street_light") == whole
        long_ago = {"start_date": "2020-01-01T00:00:00Z", "end_date": "2020-03-01T00:00:00+07:00"}
        assert await ids(**long_ago) == []
        assert await ids(**long_ago, service_request_id=whole[0]) == [whole[0]], "ids override everything else"


async def test_another_citys_request_is_not_found(house: House) -> None:
    story = await published(house, 21)
    await house.follow()
    async with house.browser() as program:
        for wanted in (story.complaint, story.ticket):
            elsewhere = await program.get(f"{V2}/requests/{wanted}.json", params={"jurisdiction_id": "kupang"})
            assert elsewhere.status_code == 404


NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
WRONG = [
    {"start_date": "yesterday"}, {"start_date": "2026-01-01"}, {"start_date": "2026-01-01T00:00:00"},
    {"start_date": "2026-03-02T00:00:00Z", "end_date": "2026-03-01T00:00:00Z"},
    {"start_date": "2025-12-01T00:00:00Z", "end_date": "2026-03-02T00:00:00Z"}, {"status": "done"},
    {"page": "0"}, {"page": "x"}, {"page_size": "1001"}, {"page": "9" * 30}, {"page": "\u0665"},
    {"service_request_id": ",".join("a" * 101)}, {"end_date": "9999-99-99T00:00:00Z"},
]  # fmt: skip


@pytest.mark.parametrize("query", WRONG)
def test_a_wrong_filter_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(Bad) as refused:
        asked(query, NOW)
    assert refused.value.status == 400


def test_dates_default_to_the_last_ninety_days_and_empty_arguments_are_none() -> None:
    empty = asked({"start_date": "", "status": " ", "service_code": "", "page": ""}, NOW)
    assert (empty.since, empty.until, empty.services, empty.page) == (NOW - timedelta(days=90), NOW, None, 1)
    since = asked({"start_date": "2025-01-01T00:00:00Z"}, NOW)
    assert since.until - since.since == timedelta(days=90)
    assert asked({"end_date": "0001-01-02T00:00:00Z"}, NOW).since.year == 1
    forgotten = asked({"start_date": "2026-02-01T00:00:00 07:00"}, NOW)
    assert forgotten.since == datetime(2026, 1, 31, 17, tzinfo=UTC), "a + that nobody encoded"


GOOD = {"api_key": "k", "service_code": "street_light", "address_string": "Jl. Contoh", "description": "mati"}
REFUSED = [
    ({"api_key": ""}, 403), ({"service_code": ""}, 400), ({"service_code": "crime"}, 404),
    ({"service_code": "violence_at_home"}, 404), ({"address_string": ""}, 400), ({"lat": "1"}, 400),
    ({"lat": "91", "long": "0"}, 400), ({"lat": "nan", "long": "0"}, 400), ({"lat": "1e999", "long": "0"}, 400),
    ({"lat": "x", "long": "y"}, 400), ({"description": "x" * 4001}, 400), ({"attribute[confidentiality]": "x"}, 400),
]  # fmt: skip


@pytest.mark.parametrize(("change", "status"), REFUSED)
def test_a_report_that_lacks_what_it_needs_is_refused(change: dict[str, str], status: int) -> None:
    with pytest.raises(Bad) as refused:
        report(GOOD | change)
    assert refused.value.status == status


PLACES = [({"lat": "-3.8", "long": "102.3"}), ({"address_string": "Jl. Contoh"}), ({"address_id": "5"})]


@pytest.mark.parametrize("place", PLACES, ids=["pin", "words", "id"])
def test_any_place_is_enough_as_the_description_says(place: dict[str, str]) -> None:
    given = {name: value for name, value in GOOD.items() if name != "address_string"} | place
    report(given)
    posted = _posted(["bengkulu"])
    assert set(posted["required"]) <= set(given) | {"jurisdiction_id"}
    assert {"required": list(place)} in posted["anyOf"]


def test_a_report_is_taken_with_its_place_and_a_picture_elsewhere_is_not_fetched() -> None:
    body, notice = report(GOOD | {"lat": "-3.8", "long": "102.3", "media_url": "http://169.254.169.254/x"})
    assert (body["latitude"], body["longitude"], body["service"]) == (-3.8, 102.3, "Lampu jalan mati")
    assert notice is not None
    assert "media_url" not in body
    assert "169.254" not in str(body)


async def test_both_forms_say_the_same_and_errors_have_their_form_too(house: House) -> None:
    async with house.browser() as program:
        as_json = (await program.get(f"{V2}/services.json", params=HERE)).json()
        answered = await program.get(f"{V2}/services.xml", params=HERE)
        assert answered.headers["content-type"] == "text/xml; charset=utf-8"
        assert answered.text.startswith('<?xml version="1.0" encoding="UTF-8"?>')
        in_xml = [{child.tag: child.text for child in one} for one in ET.fromstring(answered.text)]  # noqa: S314
        assert [one | {"metadata": "true"} for one in as_json] == in_xml
        for query, status in (({}, 400), ({"jurisdiction_id": "atlantis"}, 404)):
            refused = await program.get(f"{V2}/services.xml", params=query)
            error = ET.fromstring(refused.text)[0]  # noqa: S314
            assert (refused.status_code, error.findtext("code")) == (status, str(status))
            assert "jurisdiction_id" in (error.findtext("description") or "")
        discovery = (await program.get(f"{V2}/discovery.json")).json()
        assert discovery["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"
        assert (await program.get(f"{V2}/services.csv", params=HERE)).status_code == 404


@pytest.mark.parametrize("text", ["\x00\x0b\ufffe<&>\"'", "]]>", "\U0001f600é", "a" * 10])
def test_no_text_breaks_the_xml(text: str) -> None:
    body = bytes(answer("errors", [{"code": 1, "description": text}], "xml").body)
    assert ET.fromstring(body)[0].findtext("code") == "1"  # noqa: S314


async def test_a_key_is_needed_and_what_it_opens_is_one_city(house: House) -> None:
    key = f"o3_{secrets.token_hex(8)}"
    pool = await postgres.pool(house.stack.installation.vault_url("tuntas_intake"), size=1, service="test")
    try:
        insert = "insert into intake.open311_key (digest, city, name) values ($1, 'bengkulu', $2)"
        await pool.execute(insert, digest(key), key)
    finally:
        await pool.close()
    form = GOOD | {"api_key": key, "jurisdiction_id": "bengkulu"}
    async with house.browser() as program:
        taken = await program.post(f"{V2}/requests.json", data=form)
        again = await program.post(f"{V2}/requests.xml", data=form)
        in_json = await program.post(f"{V2}/requests.json", json=form | {"attribute": {"confidentiality": "normal"}})
        assert taken.status_code == again.status_code == in_json.status_code == 200
        typed = {"content-type": "application/json"}
        for body in (b"[1]", b"7", b"{", b"", b"[" * 60_000):
            broken = await program.post(f"{V2}/requests.json", content=body, headers=typed)
            assert (broken.status_code, broken.json()[0]["code"]) == (400, 400)
        unknown_choice = form | {"attribute": {"confidentiality": "x"}}
        assert (await program.post(f"{V2}/requests.json", json=unknown_choice)).status_code == 400
        named = taken.json()[0]  # a ticket, if somebody empties the door meanwhile; else a token
        assert ("token" in named) != ("service_request_id" in named)
        token = named.get("token", "x-y")
        for change in ({"api_key": "o3_wrong"}, {"api_key": ""}, {"jurisdiction_id": "kupang"}):
            refused = await program.post(f"{V2}/requests.json", data=form | change)
            assert (refused.status_code, refused.json()[0]["code"]) == (403, 403)
        for wanted in (token[:-1] + ("a" if token[-1] != "a" else "b"), "x"):
            unknown = await program.get(f"{V2}/tokens/{wanted}.json", params=HERE)
            assert unknown.status_code == 404
        exchanged = await program.get(f"{V2}/tokens/{token}.json", params=HERE)
        assert exchanged.status_code == 404 or exchanged.json()[0]["token"] == token


async def test_schemathesis_finds_no_failure(house: House, endpoint: str) -> None:
    description = (await httpx.AsyncClient().get(f"{endpoint}/openapi.json")).json()
    schema = schemathesis.openapi.from_dict(description)
    schema.config.update(base_url=endpoint)
    checks: list[CheckFunction] = [
        schemathesis.checks.not_a_server_error, status_code_conformance, content_type_conformance,
        response_schema_conformance,
    ]  # fmt: skip
    tried = 0

    def run() -> None:
        nonlocal tried
        for found in schema.get_all_operations():
            operation: Any = found.ok()  # type: ignore[union-attr]  # our own description is valid, or this raises
            for mode in schemathesis.GenerationMode:
                tried += _calls(operation.as_strategy(generation_mode=mode), checks)

    await asyncio.to_thread(run)
    assert tried > 30


def _calls(cases: Any, checks: list[CheckFunction]) -> int:
    made = 0

    @settings(max_examples=3, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(cases)
    def call(case: Any) -> None:
        nonlocal made
        made += 1
        case.call_and_validate(checks=checks, timeout=20)

    call()
    return made
