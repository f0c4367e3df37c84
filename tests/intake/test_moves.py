"""Somebody changes number, and stays who they are; and what Meta says of the account reaches who runs it."""

import json
import secrets
from typing import Any

from services.contracts import subjects
from services.intake.inbox.notices import listed
from services.runtime import postgres
from tests.intake.conftest import CITY, Behind, Phone, a_message_id, a_person
from tests.intake.webhooks import message, text


def scoped() -> str:
    return f"ID.{secrets.randbelow(10**15)}"


async def tells(phone: Phone, field: str, value: dict[str, Any]) -> None:
    body = {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": field, "value": value}]}],
    }
    answer = await phone.post(json.dumps(body).encode())
    assert answer.status_code == 200, answer.text


async def whose(behind: Behind, message_id: str) -> str | None:
    complaint: str | None = (await behind.decided(message_id))["complaint"]
    return complaint


async def address(behind: Behind, complaint: str) -> str:
    contact = await behind.vault.contact(complaint, "reporter:1")
    assert contact is not None
    return contact.address


async def writes(phone: Phone, person: str | None, scoped_id: str | None, body: str) -> str:
    message_id = a_message_id()
    said = text(body, **{"from": person, "from_user_id": scoped_id, "id": message_id})
    await phone.sends(person or "", said)
    return message_id


async def test_a_new_number_keeps_its_persons_complaint_and_the_old_one_is_a_strangers(
    phone: Phone, behind: Behind
) -> None:
    old, new = a_person(), a_person()
    complaint = await whose(behind, await phone.says(old, "air mati di Padang Harapan"))
    assert complaint is not None
    gone = message("system", {"type": "user_changed_number", "wa_id": new}, **{"from": old, "id": a_message_id()})
    await phone.sends(old, gone)
    await behind.drained()
    assert await whose(behind, await phone.says(new, "nomor rumah 5 pak")) == complaint
    assert await address(behind, complaint) == new
    stranger = await whose(behind, await phone.says(old, "jalan berlubang di Pasar Minggu"))
    assert stranger not in (None, complaint)
    await phone.sends(old, gone)  # late repeats move nobody
    await behind.drained()
    assert await whose(behind, await phone.says(old, "lubangnya dalam")) == stranger
    assert await address(behind, complaint) == new


async def test_who_wrote_under_the_new_scoped_id_before_the_news_came_is_one_person(
    phone: Phone, behind: Behind
) -> None:
    before, after, number = scoped(), scoped(), a_person()
    first = await whose(behind, await writes(phone, None, before, "lampu jalan mati di Gading Cempaka"))
    second = await whose(behind, await writes(phone, number, after, "pohon tumbang di jalan"))
    assert first is not None
    assert first != second
    update = {"user_id": {"previous": before, "current": after}, "timestamp": str(secrets.randbelow(10**9))}
    await tells(phone, "user_id_update", {"user_id_update": [update]})
    await behind.drained()
    asked = await behind.decided(await writes(phone, number, after, "STATUS"))
    assert set(json.loads(asked["decision"])["complaints"]) == {first, second}
    assert await address(behind, first) == number


async def test_news_of_somebody_who_never_wrote_changes_nothing(phone: Phone, behind: Behind) -> None:
    update = {"user_id": {"previous": scoped(), "current": scoped()}, "timestamp": "1780000000"}
    await tells(phone, "user_id_update", {"user_id_update": [update]})
    await behind.drained()


async def test_what_meta_says_of_the_account_is_listed_once(phone: Phone, behind: Behind) -> None:
    name = f"kabar_{secrets.token_hex(4)}"
    value = {"event": "PAUSED", "message_template_name": name}
    parked = (await behind.connection.jetstream().stream_info(subjects.PARKED)).state.messages
    for _ in range(2):
        await tells(phone, "message_template_status_update", value)
    await behind.drained()
    pool = await postgres.pool(behind.stack.installation.vault_url("tuntas_intake"), size=1, service="test")
    try:
        found = [one for one in await listed(pool, CITY, 7) if one["sentence"] == name]
    finally:
        await pool.close()
    assert [(one["level"], one["code"]) for one in found] == [("warning", "message_template_status_update:PAUSED")]
    assert (await behind.connection.jetstream().stream_info(subjects.PARKED)).state.messages == parked
