"""One person by several channels: a form's report answered from a chat, chats joined by a code, none by a number."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from services.complaint import events as e
from services.contracts import ids, subjects
from services.contracts.intake import IntakeMessage, Sender
from services.intake.identity import codes, vouching
from services.intake.inbox.incoming import Incoming, read
from services.runtime import cities
from services.runtime.delivery import Delivery
from tests.conftest import ROOT
from tests.intake.conftest import CITY, Behind, Phone, a_message_id, a_person

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("text", "code", "sure"),
    [
        ("SAMBUNG ABCD2345", "ABCD2345", True), ("sambung abcd2345", "ABCD2345", True),
        ("Sambungkan: ABCDEFGH", "ABCDEFGH", True), ("sambung abcdefgh", "ABCDEFGH", False),
        ("tolong sambung airnya pak", None, False), ("sambungan pipa bocor", None, False),
        ("SAMBUNG", None, False), ("SAMBUNG ABCD", None, False),
    ],
)  # fmt: skip
def test_a_code_is_known_from_a_word(text: str, code: str | None, sure: bool) -> None:
    assert codes.given(text) == code
    assert codes.sure(text) is sure


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("SAMBUNG", True), ("sambung nomor lain", True), ("minta kode sambung", True), ("sambungkan chat saya", True),
        ("sambungan pdam bocor di jalan merak", False), ("sambung pipa yang putus", False), ("lampu mati", False),
    ],
)  # fmt: skip
def test_asking_for_a_code(text: str, asked: bool) -> None:
    assert codes.asked(text) is asked


def test_codes_are_the_same_for_one_request_and_unlike_for_two() -> None:
    assert codes.of(KEY, "a") == codes.of(KEY, "a") != codes.of(KEY, "b")
    assert codes.given(f"SAMBUNG {codes.of(KEY, 'a')}") == codes.of(KEY, "a")


async def put(behind: Behind, channel: str, person: str, text: str, address: str | None = None) -> str:
    """By a page of ours, or any channel without a webhook; the complaint or what was decided."""
    given = a_message_id()
    wish = "open" if channel in ("web", "desk") else None
    message = IntakeMessage(id=given, sender=Sender(person=person, address=address), text=text, wish=wish)  # type: ignore[arg-type]
    body = message.model_dump_json(exclude_none=True).encode()
    await behind.connection.jetstream().publish(subjects.intake(CITY, channel), body)
    return given


async def ticket(behind: Behind, complaint: str) -> str:
    return str(await behind.pool.fetchval("select ticket from intake.complaint where complaint = $1", complaint))


async def test_who_reported_by_a_form_answers_from_the_number_that_he_gave(phone: Phone, behind: Behind) -> None:
    number = a_person()
    given = await put(behind, "web", f"form:{number}", "got tersumbat di depan pasar", f"tel:+{number}")
    complaint = (await behind.decided(given, "web"))["complaint"]
    stranger = await behind.decided(await phone.says(number, "belum"))
    assert json.loads(stranger["decision"])["do"] == "tell", "a number alone proves nothing"
    named = await phone.says(number, f"{await ticket(behind, complaint)} belum juga pak, masih tersumbat")
    assert (await behind.decided(named))["complaint"] == complaint
    again = await phone.says(number, "airnya sampai masuk rumah")
    assert (await behind.decided(again))["complaint"] == complaint, "once proven it is known"
    assert len(await behind.events(complaint, at_least=3)) == 3


async def test_somebody_elses_ticket_is_not_spoken_for(phone: Phone, behind: Behind) -> None:
    number = a_person()
    given = await put(behind, "web", f"form:{number}", "jalan berlubang di depan sekolah", f"tel:+{number}")
    complaint = (await behind.decided(given, "web"))["complaint"]
    said = await phone.says(a_person(), f"{await ticket(behind, complaint)} batal")
    assert (await behind.decided(said))["complaint"] != complaint
    assert len(await behind.events(complaint)) == 1


async def test_an_answer_to_our_message_from_the_given_number_is_the_reporters(phone: Phone, behind: Behind) -> None:
    number, ours = a_person(), a_message_id()
    given = await put(behind, "desk", f"form:{number}", "lampu jalan padam di gang melur", f"tel:+{number}")
    complaint = (await behind.decided(given, "desk"))["complaint"]
    sent = ids.message_key(await behind.vault.id_key(CITY), CITY, "whatsapp", ours)
    await behind.pool.execute("insert into intake.told values ($1, $2)", f"n{number}", complaint)
    await behind.pool.execute("insert into intake.sent values ($1, $2)", sent, f"n{number}")
    said = await phone.says(number, "blm nyala", context={"id": ours})
    assert (await behind.decided(said))["complaint"] == complaint


def heard(channel: str, person: str, address: str | None) -> Incoming:
    body = IntakeMessage(id="m1", sender=Sender(person=person, address=address), text="jalan berlubang")
    raw = body.model_dump_json(exclude_none=True).encode()
    kupang = cities.load(ROOT / "deploy" / "cities")["kupang"]
    one = read(Delivery("INTAKE", subjects.intake("kupang", channel), 1, "", {}, raw, stored_ns=1), kupang, KEY)
    assert isinstance(one, Incoming)
    return one


def alias(channel: str, person: str) -> str:
    return ids.conversation_id(KEY, "kupang", channel, person)


REACHED = [
    ("a form with a number", ("web", "form:1", "tel:+62811000000001"), alias("whatsapp", "62811000000001"), None),
    ("a form with an address", ("web", "form:1", "mailto:a@warga.example"), alias("email", "a@warga.example"), None),
    ("a form without a contact", ("web", "form:1", None), None, None),
    ("a chat", ("whatsapp", "62811000000001", None), None, None),
    ("a mail of a proven sender", ("email", "a@warga.example", "a@warga.example"), alias("email", "a@warga.example"),
     None),
    ("a mail that nobody vouches for", ("email", "a@warga.example <m1>", "a@warga.example"),
     alias("email", "a@warga.example"), alias("email", "a@warga.example")),
]  # fmt: skip


@pytest.mark.parametrize(("came", "reached", "claims"), [c[1:] for c in REACHED], ids=[c[0] for c in REACHED])
def test_by_which_chat_a_reporter_may_answer(
    came: tuple[str, str, str | None], reached: str | None, claims: str | None
) -> None:
    one = heard(*came)
    assert vouching.reach(one, KEY) == reached
    assert vouching.claimed(one, KEY) == claims


async def test_two_chats_are_one_persons_when_a_code_goes_from_one_to_the_other(phone: Phone, behind: Behind) -> None:
    first, second = a_person(), a_person()
    light = (await behind.decided(await phone.says(first, "lampu jalan mati di simpang skip")))["complaint"]
    asked = await behind.decided(await phone.says(first, "SAMBUNG"))
    assert json.loads(asked["decision"])["kind"] == "join_code"
    code = codes.of(await behind.vault.id_key(CITY), asked["message_key"])
    wrong = await behind.decided(await phone.says(second, "SAMBUNG AAAA2222"))
    assert json.loads(wrong["decision"])["kind"] == "join_unknown"
    joined = json.loads((await behind.decided(await phone.says(second, f"sambung {code.lower()}")))["decision"])
    assert (joined["kind"], joined["complaints"]) == ("joined", [light])
    status = json.loads((await behind.decided(await phone.says(second, "status")))["decision"])
    assert status["complaints"] == [light]
    waste = (await behind.decided(await phone.says(second, "sampah menumpuk di pasar minggu")))["complaint"]
    both = json.loads((await behind.decided(await phone.says(first, "status")))["decision"])
    assert set(both["complaints"]) == {light, waste}
    again = await behind.decided(await phone.says(a_person(), f"SAMBUNG {code}"))
    assert json.loads(again["decision"])["kind"] == "join_unknown", "once only"


async def test_a_code_is_good_for_half_an_hour(phone: Phone, behind: Behind) -> None:
    asked = await behind.decided(await phone.says(a_person(), "sambung"))
    key = await behind.vault.id_key(CITY)
    code = codes.of(key, asked["message_key"])
    await behind.pool.execute(
        "update intake.join_code set expires_at = $2 where lookup = $1", codes.lookup(key, code), datetime.now(UTC)
    )
    await asyncio.sleep(0.05)
    late = await behind.decided(await phone.says(a_person(), f"SAMBUNG {code}"))
    assert json.loads(late["decision"])["kind"] == "join_unknown"


async def test_who_is_forgotten_is_joined_no_more(phone: Phone, behind: Behind) -> None:
    first, second = a_person(), a_person()
    complaint = (await behind.decided(await phone.says(first, "pohon tumbang di jalan salak")))["complaint"]
    asked = await behind.decided(await phone.says(first, "SAMBUNG"))
    await behind.decided(
        await phone.says(second, f"SAMBUNG {codes.of(await behind.vault.id_key(CITY), asked['message_key'])}")
    )
    await behind.decided(await phone.says(second, "LUPAKAN SAYA"))
    erased = await behind.events(complaint, at_least=2)
    assert isinstance(erased[-1].data, e.ReporterErased)
