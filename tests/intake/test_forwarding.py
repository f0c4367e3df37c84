"""An official passes on a chat, a screenshot, a contact: forwarder, never reporter, who is told when known."""

import json

import asyncpg
import pytest
from nats.js.errors import NotFoundError

from services.complaint.events import ComplaintReceived, EvidenceAttached, EvidenceRefused, MessageAdded
from services.contracts import ids, subjects
from services.contracts.intake import IntakeMessage, Sender
from services.intake.inbox.forwarding import number_in, passed_on
from services.runtime import postgres
from services.runtime.sealing import MasterKey
from services.runtime.vault import Vault
from tests.intake.conftest import CITY, Behind, Phone, a_message_id, a_person


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"text": "Air mati", "forwarded": True}, True),
        ({"text": "Kontak: Warga Contoh +62 811-0000-0001", "form": "contact"}, True),
        ({"text": "Diteruskan dari warga: lampu mati"}, True),
        ({"text": "fwd: lampu mati"}, True),
        ({"text": "Titipan warga, jalan berlubang"}, True),
        ({"text": "Lampu di kantor saya mati"}, False),
        ({"text": "Tolong teruskan ke PUPR"}, False),
        ({"text": None, "form": "image"}, False),
    ],
)
def test_what_counts_as_passed_on(said: dict[str, object], expected: bool) -> None:
    assert passed_on(IntakeMessage.model_validate({"id": "1", "sender": Sender(person="x"), **said})) is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"text": "Kontak: Warga Contoh +62 811-0000-0001", "form": "contact"}, "tel:+6281100000001"),
        ({"text": "0811 0000 0001"}, "tel:+6281100000001"),
        ({"text": "nomornya 081100000001 pak"}, "tel:+6281100000001"),
        ({"text": "Kontak: Warga Contoh", "form": "contact"}, None),
        ({"text": "RT 03 RW 05"}, None),
        ({"text": "Rumahnya di Jalan Contoh 12, teleponnya tidak ada, tetapi saya kenal 0811 0000 0001"}, None),
    ],
)
def test_the_number_in_what_an_official_sends(said: dict[str, object], expected: str | None) -> None:
    assert number_in(IntakeMessage.model_validate({"id": "1", "sender": Sender(person="x"), **said})) == expected


async def an_official(phone: Phone, behind: Behind, seat: str) -> str:
    """Somebody who has written before and confirmed his number for a seat."""
    person = a_person()
    greeting = await phone.says(person, "halo")
    await behind.decided(greeting)
    alias = ids.conversation_id(await behind.vault.id_key(CITY), CITY, "whatsapp", person)
    console = await asyncpg.connect(behind.stack.installation.vault_url("tuntas_reporting"))
    try:
        await console.execute(
            "insert into staff.contact (id, city, seat, channel, door, alias, code_until, confirmed_at) "
            "values ($1, $2, $3, 'whatsapp', 'hotline-walikota', $4, now(), now())",
            f"contact-{person}", CITY, seat, alias,
        )  # fmt: skip
    finally:
        await console.close()
    return person


async def reached_at(behind: Behind, complaint: str) -> str | None:
    """As the notifier, the only one that may read it."""
    pool = await postgres.pool(behind.stack.installation.vault_url("tuntas_notifier"), size=1)
    try:
        master = MasterKey.load(behind.stack.installation.keeper.master_key_file)
        found = await Vault(pool, master).contact(complaint, "reporter:1")
        return None if found is None else found.address
    finally:
        await pool.close()


async def asks(behind: Behind, kind: str, complaint: str) -> int:
    js = behind.connection.jetstream()
    state = (await js.stream_info(subjects.ASK)).state
    found = 0
    for sequence in range(state.first_seq, state.last_seq + 1):
        try:
            raw = await js.get_msg(subjects.ASK, sequence)
        except NotFoundError:  # taken by a notifier of another test
            continue
        body = json.loads(raw.data or b"{}")
        found += body.get("kind") == kind and body.get("complaints") == [complaint]
    return found


async def test_a_forwarded_chat_is_the_reporters_whose_number_is_asked_for(phone: Phone, behind: Behind) -> None:
    official = await an_official(phone, behind, "camat-gading-cempaka")
    context = {"context": {"forwarded": True}}
    first = await phone.says(official, "Pak, air PDAM mati di Padang Harapan sudah 3 hari", **context)
    complaint = (await behind.decided(first))["complaint"]
    second = await phone.says(official, "anak saya kecil2 pak", **context)
    assert (await behind.decided(second))["complaint"] == complaint
    events = await behind.events(complaint, 2)
    received = events[0].data
    assert isinstance(received, ComplaintReceived)
    assert received.forwarder == "camat-gading-cempaka"
    assert {event.actor for event in events} == {"seat:camat-gading-cempaka"}
    assert await behind.pool.fetchval("select count(*) from vault.contact where owner = $1", complaint) == 0
    await behind.drained()
    assert await asks(behind, "forwarded", complaint) == 1

    own = await phone.says(official, "Jalan di depan rumah dinas saya berlubang")
    assert (await behind.decided(own))["complaint"] != complaint, "his own complaint is his own"

    number = f"0811{a_person()[-8:]}"
    sent = await phone.says(official, f"nomornya {number}")
    assert (await behind.decided(sent))["complaint"] == complaint
    events = await behind.events(complaint, 3)
    last = events[-1].data
    assert isinstance(last, MessageAdded)
    assert last.message.form == "contact"
    assert await reached_at(behind, complaint) == f"62{number[1:]}"
    await behind.drained()
    assert await asks(behind, "forwarded_reached", complaint) == 1
    done = await phone.says(official, "sudah beres")
    assert (await behind.decided(done))["complaint"] != complaint, "an official's word confirms nothing of a reporter's"


async def test_a_screenshot_with_a_word_that_says_so_and_a_contact_card(phone: Phone, behind: Behind) -> None:
    official = await an_official(phone, behind, "sekda")
    message_id = a_message_id()
    picture = {
        "from": official, "id": message_id, "timestamp": "1780000000", "type": "image",
        "image": {"id": "9", "mime_type": "image/jpeg", "caption": "Diteruskan dari warga"},
    }  # fmt: skip
    await phone.sends(official, picture)
    complaint = (await behind.decided(message_id))["complaint"]
    events = await behind.events(complaint, 1)
    assert isinstance(events[0].data, ComplaintReceived)
    assert (events[0].data.forwarder, events[0].data.message.media) == ("sekda", 1)
    number = f"0811{a_person()[-8:]}"
    card_id = a_message_id()
    card = {
        "from": official, "id": card_id, "timestamp": "1780000001", "type": "contacts",
        "contacts": [{"name": {"formatted_name": "Warga Contoh"}, "phones": [{"phone": number}]}],
    }  # fmt: skip
    await phone.sends(official, card)
    assert (await behind.decided(card_id))["complaint"] == complaint
    assert await reached_at(behind, complaint) == f"62{number[1:]}"
    kinds = {type(event.data) for event in await behind.events(complaint, 2)}
    assert kinds <= {ComplaintReceived, MessageAdded, EvidenceAttached, EvidenceRefused}


async def test_whoever_is_no_official_forwards_a_complaint_of_his_own(phone: Phone, behind: Behind) -> None:
    person = a_person()
    sent = await phone.says(person, "Air mati di kelurahan kami", context={"forwarded": True})
    complaint = (await behind.decided(sent))["complaint"]
    [received] = await behind.events(complaint)
    assert isinstance(received.data, ComplaintReceived)
    assert (received.data.forwarder, received.actor) == (None, "reporter:1")
