"""SMS through a gateway of any make: what it is given, what its answers mean, and the ladder down to it."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from services.cli.standins.sms import Gateway, application
from services.contracts.city.gateways import SmsGateway, SmsMeaning
from services.notifier.senders.sms.alphabet import parts
from services.notifier.senders.sms.client import MOST_PARTS, Sms, fields, read, text
from services.notifier.sending import (
    Accepted,
    Lost,
    NotReached,
    Outcome,
    Outgoing,
    Passing,
    Rendered,
    Slow,
    Stopped,
)
from tests.notifier.conftest import served

PHONE, NOTICE = "+628110000001", "a" * 26
CODES: dict[str, SmsMeaning] = {"E12": "invalid_number", "E13": "no_credit", "E14": "blocked"}


def outgoing(line: str = "dinyatakan selesai", page: str = "https://tuntas.example/lacak/BKL-A-1") -> Outgoing:
    words = Rendered("Got di depan rumah Ibu Contoh sudah dikeruk.", line, (("confirm:x", "SUDAH"),))
    return Outgoing(NOTICE, PHONE, "sms", "BKL-A-1", words, page, "Kota Bengkulu")


def test_an_sms_carries_ticket_step_and_page_and_nothing_personal() -> None:
    said = text(outgoing())
    assert said == "Kota Bengkulu: Laporan BKL-A-1: dinyatakan selesai. https://tuntas.example/lacak/BKL-A-1"
    assert "Contoh" not in said


@pytest.mark.parametrize("line", ["x" * 290, "y" * 900])
def test_what_does_not_fit_loses_its_page_first(line: str) -> None:
    said = text(outgoing(line))
    assert parts(said) <= MOST_PARTS
    assert said.startswith("Kota Bengkulu: Laporan BKL-A-1: ")
    assert "https" not in said


def test_a_city_names_the_fields_of_its_gateway() -> None:
    named = {"msisdn": "{to}", "ud": "{text}", "ref": "id-{reference}"}
    gateway = SmsGateway(url="http://x", sender="BENGKULU", fields=named)
    given = fields(gateway, outgoing())
    assert given["msisdn"] == PHONE
    assert given["ref"] == f"id-{NOTICE}"
    assert set(given) == {"msisdn", "ud", "ref"}


@pytest.mark.parametrize(
    ("status", "body", "after", "expected"),
    [
        (200, {"id": "7"}, None, Accepted("7")),
        (202, {"messages": [{"id": 9}]}, None, Accepted(NOTICE)),
        (200, "OK", None, Accepted(NOTICE)),
        (200, None, None, Lost("page_for_people")),
        (200, {"error": {"code": "E12"}}, None, NotReached("wrong_number", "E12")),
        (400, {"error": {"code": "E12"}}, None, NotReached("wrong_number", "E12")),
        (400, {"error": {"code": "E99"}}, None, NotReached("message_refused", "E99")),
        (403, {"error": {"code": "E14"}}, None, NotReached("blocked", "E14")),
        (401, None, None, Stopped("http_401")),
        (402, None, None, Stopped("http_402")),
        (500, {"error": {"code": "E13"}}, None, Stopped("E13")),
        (500, {"error": {"code": "E77"}}, None, Passing("E77")),
        (429, None, 7.0, Slow(7, whole=True, code="http_429")),
        (503, None, 9.0, Slow(9, whole=True, code="http_503", away=True)),
        (503, None, None, Passing("http_503")),
        (500, None, None, Lost("http_500")),
        (502, None, None, Lost("http_502")),
    ],
)
def test_what_an_answer_means(status: int, body: object, after: float | None, expected: Outcome) -> None:
    content = b"<html>" if body is None else json.dumps(body).encode()
    assert read(SmsGateway(codes=CODES), outgoing(), status, content, after) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", Accepted(NOTICE)),
        (b"OK", Accepted(NOTICE)),
        (b"<?xml version='1.0'?><response><status>0</status></response>", Accepted(NOTICE)),
        (b" <!DOCTYPE html><title>Masuk</title>", Lost("page_for_people")),
        (b"<!-- pemeliharaan --><html>", Lost("page_for_people")),
    ],
)
def test_a_page_for_people_is_no_acceptance(content: bytes, expected: Outcome) -> None:
    assert read(SmsGateway(), outgoing(), 200, content, None) == expected


def test_where_a_gateway_puts_its_id_is_the_citys_to_say() -> None:
    gateway = SmsGateway(id_at="messages.0.message-id")
    assert read(gateway, outgoing(), 200, b'{"messages":[{"message-id":"m7"}]}', None) == Accepted("m7")


@pytest_asyncio.fixture
async def standin() -> AsyncIterator[tuple[Gateway, SmsGateway]]:
    made = Gateway("contoh")
    async with served(application(made)) as url:
        yield made, SmsGateway(url=f"{url}/send", token="contoh", sender="BENGKULU", codes=CODES)


async def test_taken_refused_and_lost_at_a_real_gateway(standin: tuple[Gateway, SmsGateway]) -> None:
    made, gateway = standin
    async with httpx.AsyncClient(timeout=0.5) as client:
        sms = Sms(client, gateway)
        made.refuse[PHONE] = (400, "E12")
        assert await sms.send(outgoing()) == NotReached("wrong_number", "E12")
        made.refuse.clear()
        made.busy = 1
        assert await sms.send(outgoing()) == Slow(1, whole=True, code="rate")
        made.lose_answers, made.hang_seconds = 1, 2
        assert isinstance(await sms.send(outgoing()), Lost)
        assert await sms.send(outgoing()) == Accepted("sms-1")
        made.down = True
        assert isinstance(await sms.send(outgoing()), Lost)
        gone = Sms(client, gateway.model_copy(update={"url": "http://127.0.0.1:9/send"}))
        assert isinstance(await gone.send(outgoing()), Slow)
    assert [(one.to, one.reference, one.sender) for one in made.arrived] == [(PHONE, NOTICE, "BENGKULU")]
