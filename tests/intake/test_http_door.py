"""The webhook as the provider calls it, and what lies behind it afterwards."""

import json
import random
from collections.abc import AsyncIterator

import pytest

from services.complaint.events import ComplaintReceived, MessageAdded
from services.intake.doors.door import MAX_BODY
from services.intake.meta.signature import signed
from tests.intake.conftest import CITY, Behind, Phone, a_message_id, a_person
from tests.intake.webhooks import change, message, text, webhook


async def test_the_handshake_answers_who_knows_the_token(phone: Phone, behind: Behind) -> None:
    token = behind.stack.installation.secrets.cities[CITY].whatsapp.verify_token
    asked = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "12345"}
    answer = await phone.http.get(phone.webhooks, params=asked)
    assert (answer.status_code, answer.text) == (200, "12345")
    refused = await phone.http.get(phone.webhooks, params={**asked, "hub.verify_token": "wrong"})
    assert (refused.status_code, refused.json()["error"]) == (403, "wrong_token")


async def test_a_signed_message_opens_a_complaint_that_only_its_key_can_read(phone: Phone, behind: Behind) -> None:
    person = a_person()
    message_id = await phone.says(person, "air mati sejak pagi di Padang Harapan")
    row = await behind.decided(message_id)
    [received] = await behind.events(row["complaint"])
    assert isinstance(received.data, ComplaintReceived)
    assert (received.n, received.type, received.actor, received.city) == (1, "complaint.received", "reporter:1", CITY)
    assert received.data.ticket.startswith("BKL-")
    assert received.data.message.door == "hotline-walikota"
    assert await behind.opened(received, "text", received.data.message.text) == "air mati sejak pagi di Padang Harapan"
    assert await behind.opened(received, "provider_id", received.data.message.provider_id) == message_id
    stored = (await behind.log.load(f"complaint.{CITY}.*.{row['complaint']}"))[0]
    for secret in (person, message_id, "mati", "Ibu Contoh"):
        assert secret.encode() not in stored.body
        assert secret not in str(stored.headers)


async def test_several_messages_within_minutes_are_one_complaint(phone: Phone, behind: Behind) -> None:
    person = a_person()
    first = await phone.says(person, "jalan berlubang di depan pasar")
    second = await phone.says(person, "dekat masjid ya pak")
    pin = a_message_id()
    await phone.sends(
        person, message("location", {"latitude": -3.8, "longitude": 102.26}, **{"from": person, "id": pin})
    )
    rows = [await behind.decided(one) for one in (first, second, pin)]
    assert len({row["complaint"] for row in rows}) == 1
    events = await behind.events(rows[0]["complaint"], at_least=3)
    assert [type(event.data) for event in events] == [ComplaintReceived, MessageAdded, MessageAdded]
    assert [event.n for event in events] == [1, 2, 3]


async def test_a_greeting_opens_nothing(phone: Phone, behind: Behind) -> None:
    row = await behind.decided(await phone.says(a_person(), "P"))
    assert row["complaint"] is None
    assert json.loads(row["decision"])["do"] == "tell"


@pytest.mark.parametrize("header", ["", "sha256=", "sha256=" + "0" * 64, "sha1=abc", signed("another secret", b"{}")])
async def test_what_is_not_signed_by_the_provider_is_refused(phone: Phone, header: str) -> None:
    answer = await phone.post(b"{}", **{"x-hub-signature-256": header})
    assert (answer.status_code, answer.json()["error"]) == (401, "wrong_signature")


async def test_a_missing_signature_says_so(phone: Phone) -> None:
    answer = await phone.http.post(phone.webhooks, content=b"{}")
    assert (answer.status_code, answer.json()["error"]) == (401, "not_signed")


async def test_a_signature_holds_for_its_bytes_only(phone: Phone) -> None:
    raw = webhook(change(text("air mati")))
    answer = await phone.http.post(
        phone.webhooks, content=raw + b" ", headers={"x-hub-signature-256": signed(phone.app_secret, raw)}
    )
    assert answer.status_code == 401


async def test_too_large_and_not_json_say_so(phone: Phone) -> None:
    large = await phone.post(b" " * (MAX_BODY + 1))
    assert (large.status_code, large.json()["error"]) == (413, "too_large")

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * 1_000_000

    streamed = await phone.http.post(phone.webhooks, content=endless(), headers={"x-hub-signature-256": "x"})
    assert streamed.status_code == 413
    no_json = await phone.post(b"a=b")
    assert (no_json.status_code, no_json.json()["error"]) == (400, "not_json")


async def test_a_city_that_is_not_served_is_not_found(phone: Phone) -> None:
    answer = await phone.http.post(f"{phone.url}/webhooks/atlantis/whatsapp", content=b"{}")
    assert (answer.status_code, answer.json()["error"]) == (404, "unknown_city")


@pytest.mark.parametrize(
    "raw",
    [
        b"{}", b"[" * 50_000 + b"]" * 50_000, b'"\\u0000\\ud800"', b'{"entry": [{"changes": [{"field": "new"}]}]}',
        webhook(change(text("x\u0000\u202ey" * 150_000))),
        webhook(change(message("order", {"items": ["z" * 900_000]}))),
    ],
)  # fmt: skip
async def test_whatever_is_signed_is_stored(phone: Phone, behind: Behind, raw: bytes) -> None:
    answer = await phone.post(raw)
    assert answer.status_code == 200, answer.text
    await behind.drained()


async def test_an_unknown_type_is_answered_kindly_and_parked_whole(phone: Phone, behind: Behind) -> None:
    person, message_id = a_person(), a_message_id()
    before = (await behind.connection.jetstream().stream_info("PARKED")).state.messages
    await phone.sends(person, message("order", {"catalog_id": "1"}, **{"from": person, "id": message_id}))
    row = await behind.decided(message_id)
    assert json.loads(row["decision"]) == {"do": "tell", "kind": "not_understood", "complaints": []}
    await behind.drained()
    assert (await behind.connection.jetstream().stream_info("PARKED")).state.messages > before


async def test_no_damaged_body_is_a_server_error(phone: Phone, behind: Behind) -> None:
    chance = random.Random(11)
    whole = [
        webhook(change(text("air mati", id=a_message_id()))),
        webhook(change(message("image", {"id": "901"}), statuses=[{"id": "x", "status": "read"}])),
        json.dumps(
            {"entry": [{"changes": [{"field": "messages", "value": {"messages": [{"type": "text"}]}}]}]}
        ).encode(),
    ]
    for _ in range(150):
        raw = bytearray(chance.choice(whole))
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(raw))
            raw[at : at + chance.randrange(3)] = bytes(
                chance.choices(b'{}[]",:0\\u\x00\xffnull', k=chance.randrange(4))
            )
        answer = await phone.post(bytes(raw))
        assert answer.status_code in (200, 400), bytes(raw)
    await behind.drained()
