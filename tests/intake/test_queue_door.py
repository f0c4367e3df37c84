"""The NATS door: an adapter's own credentials, refusals it hears, and ids that keep to their channel."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import nats
import pytest
import pytest_asyncio
from nats.aio.client import Client
from nats.aio.subscription import Subscription

from services.cli.provision import accounts
from services.complaint.events import ComplaintReceived
from services.contracts import subjects
from tests.intake.conftest import CITY, Behind, Phone, Process, a_message_id, a_person

CHANNEL = "instagram"


@pytest_asyncio.fixture(scope="module")
async def adapter(behind: Behind, intake: Process) -> AsyncIterator[Client]:
    user = accounts.adapter_user(CITY, CHANNEL)
    connection = await nats.connect(
        behind.stack.installation.nats_url(user), inbox_prefix=accounts.inbox_prefix(user).encode()
    )
    yield connection
    await connection.close()


@pytest_asyncio.fixture(scope="module")
async def refusals(adapter: Client) -> Subscription:
    heard = await adapter.subscribe(subjects.refusals(CITY, CHANNEL))
    await adapter.flush()
    return heard


async def put(adapter: Client, body: Any) -> dict[str, Any]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = await adapter.request(subjects.intake(CITY, CHANNEL), raw, timeout=30)
    ack: dict[str, Any] = json.loads(answer.data)
    assert ack["stream"] == "INTAKE"
    return ack


async def refused(refusals: Subscription) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((await refusals.next_msg(timeout=30)).data)
    return found


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"id": a_message_id(), "sender": {"person": a_person()}, "text": text, **more}


async def test_an_adapters_message_becomes_a_complaint(adapter: Client, behind: Behind) -> None:
    message = said("sampah menumpuk di Gading Cempaka", door="instagram")
    await put(adapter, message)
    row = await behind.decided(message["id"], CHANNEL)
    [received] = await behind.events(row["complaint"])
    assert isinstance(received.data, ComplaintReceived)
    assert (received.data.message.channel, received.data.message.door) == (CHANNEL, "instagram")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"\xff\x00", ("not_json", None)),
        (b'"\\ud800"', ("not_json", None)),
        ({"type": "message"}, ("invalid", "id")),
        ({"type": "message", "id": "a", "sender": {"person": "x"}, "surprise": 1}, ("invalid", "surprise")),
        ({"id": "a", "sender": {}}, ("invalid", "sender.person")),
        ({"type": "poem", "id": "a"}, ("invalid", None)),
        ([], ("invalid", None)),
        ({"id": "a" * 301, "sender": {"person": "x"}}, ("too_large", "id")),
        ({"id": "a", "sender": {"person": "-"}, "text": "x"}, ("invalid", "sender.person")),
    ],
)  # fmt: skip
async def test_what_cannot_be_taken_is_refused_with_field_and_parked(
    adapter: Client, refusals: Subscription, behind: Behind, body: Any, expected: tuple[str, str | None]
) -> None:
    before = (await behind.connection.jetstream().stream_info("PARKED")).state.messages
    await put(adapter, body)
    got = await refused(refusals)
    assert (got["code"], got["field"]) == expected
    assert got["message"]
    await behind.drained()
    assert (await behind.connection.jetstream().stream_info("PARKED")).state.messages > before


async def test_a_door_that_the_channel_has_not_is_refused(adapter: Client, refusals: Subscription) -> None:
    message = said("air mati", door="hotline-walikota")
    await put(adapter, message)
    got = await refused(refusals)
    assert (got["id"], got["code"], got["field"]) == (message["id"], "unknown_door", "door")


async def test_the_same_id_with_other_words_is_refused_and_the_first_stands(
    adapter: Client, refusals: Subscription, behind: Behind
) -> None:
    message = said("air mati")
    await put(adapter, message)
    row = await behind.decided(message["id"], CHANNEL)
    await put(adapter, message)
    await put(adapter, {**message, "text": "something else"})
    got = await refused(refusals)
    assert (got["id"], got["code"]) == (message["id"], "changed")
    await behind.drained()
    assert len(await behind.events(row["complaint"])) == 1


async def test_two_providers_that_number_from_one_do_not_swallow_each_other(
    adapter: Client, phone: Phone, behind: Behind
) -> None:
    number = f"1{a_person()}"
    await put(adapter, said("lampu jalan mati") | {"id": number})
    await phone.says(a_person(), "jalan berlubang", id=number)
    rows = [await behind.decided(number, CHANNEL), await behind.decided(number, "whatsapp")]
    assert rows[0]["complaint"] != rows[1]["complaint"]
    for row in rows:
        assert len(await behind.events(row["complaint"])) == 1


async def test_a_receipt_goes_on_without_the_providers_id(adapter: Client, behind: Behind) -> None:
    inbox = f"receipt-{a_message_id()}"
    await put(adapter, {"type": "receipt", "id": inbox, "status": "delivered", "notice": "notice-of-a-test"})
    await behind.drained()
    for _ in range(50):
        stored = await behind.connection.jetstream().get_last_msg(subjects.ASK, subjects.receipt(CITY))
        assert stored.data is not None
        if b"notice-of-a-test" in stored.data:
            assert inbox.encode() not in stored.data
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the receipt did not go on")


async def test_an_adapter_can_publish_nothing_else(adapter: Client) -> None:
    for subject in ("intake.bengkulu.tiktok", "complaint.bengkulu.0.x", "ask.bengkulu"):
        with pytest.raises((nats.errors.TimeoutError, nats.errors.NoRespondersError)):
            await adapter.request(subject, b"{}", timeout=0.5)
