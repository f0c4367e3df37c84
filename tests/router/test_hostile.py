"""What nobody should send: through the real door of commands, every answer has a code of the list and a sentence."""

import json
from datetime import timedelta
from typing import Any, get_args

import pytest

from services.cli.provision import accounts
from services.complaint import events as e
from services.contracts import subjects
from services.contracts.commands import CommandReply, RefusalCode
from services.contracts.tokens import Role
from tests.router.harness import Town
from tests.router.test_contact import allowed

CITY = "bengkulu"
GARBAGE = "sampah menumpuk di padang harapan sudah seminggu tidak diangkut"
COORDINATOR: tuple[Role, ...] = ("coordinator",)
CODES = frozenset(get_args(RefusalCode))


def code(reply: CommandReply) -> str | None:
    if reply.refusal is None:
        return None
    assert reply.refusal.code in CODES
    assert len(reply.refusal.message) > 10
    assert reply.refusal.message.endswith((".", "!"))
    return reply.refusal.code


async def assigned(town: Town) -> str:
    complaint = await town.hear(CITY, GARBAGE)
    await town.until(CITY, complaint, "complaint.assigned")
    return complaint


def body(complaint: str, action: object, **more: object) -> bytes:
    return json.dumps({"id": "x", "complaint": complaint, "action": action} | more).encode()


FAR = "9999-12-31T23:59:59"
BROKEN: dict[str, Any] = {
    "nothing": lambda _: b"",
    "half": lambda _: b'{"id": "x", "complaint": ',
    "a list": lambda _: b"[]",
    "a number": lambda _: b"1e999",
    "no UTF-8": lambda _: b'{"id": "\xff\xfe"}',
    "half of a character": lambda c: body(c, {"do": "progress", "text": "x"}).replace(b'"x"}', b'"\\ud800"}'),
    "a tower": lambda _: b"[" * 100_000,
    "too big": lambda c: body(c, {"do": "progress", "text": "x" * 300_000}),
    "too long": lambda c: body(c, {"do": "progress", "text": "x" * 8_001}),
    "too long an id": lambda c: body(c, {"do": "accept"}, id="x" * 201),
    "no such act": lambda c: body(c, {"do": "delete_everything"}),
    "another field": lambda c: body(c, {"do": "accept", "seat": "walikota"}),
    "another seat": lambda c: body(c, {"do": "accept"}, seat="walikota"),
    "a subject as complaint": lambda _: body("complaint.bengkulu.>", {"do": "accept"}),
    "a huge number": lambda c: body(c, {"do": "explain_breach", "note": 1, "text": "x"}).replace(
        b'"note": 1', b'"note": 1' + b"0" * 5_000
    ),
    "a number below": lambda c: body(c, {"do": "explain_breach", "note": -1, "text": "x"}),
    "a date that no zone can show": lambda c: body(c, {"do": "accept", "finish_by": f"{FAR}-12:00"}),
    "the last date of all": lambda c: body(c, {"do": "accept", "finish_by": f"{FAR}Z"}),
    "a date without a zone": lambda c: body(c, {"do": "accept", "finish_by": "2027-01-01T00:00:00"}),
    "no date": lambda c: body(c, {"do": "accept", "finish_by": "besok"}),
    "only spaces": lambda c: body(c, {"do": "return", "ground": "incomplete", "reason": " \n\t "}),
    "only what nobody sees": lambda c: body(c, {"do": "progress", "text": "\u200b\u200b\u2060\x00"}),
    "a link that breaks out": lambda c: body(
        c, {"do": "resolve", "closure": "explained", "text": "x", "proof_link": 'https://x"onclick="a()'}
    ),
    "21 pictures": lambda c: body(c, {"do": "progress", "text": "x", "evidence": ["a"] * 21}),
}


async def test_what_is_broken_is_invalid_and_changes_nothing(town: Town) -> None:
    complaint = await assigned(town)
    before = await town.events(CITY, complaint)
    client = await town.stack.connect(accounts.agency_user(CITY, "dlh"))
    try:
        for what, made in BROKEN.items():
            answer = await client.request(subjects.agency_command(CITY, "dlh"), made(complaint), timeout=30)
            assert code(CommandReply.model_validate_json(answer.data)) == "invalid", what
    finally:
        await client.close()
    assert await town.events(CITY, complaint) == before


@pytest.mark.parametrize(
    ("field", "action"),
    [
        ("finish_by", {"do": "accept"}),
        ("expected_end", {"do": "progress", "text": "Dikerjakan."}),
        ("date", {"do": "plan", "programme": "P", "text": "x"}),
        ("due", {"do": "give_subtask", "seat": "pupr", "text": "x"}),
        ("until", {"do": "ask_extension", "reason": "x"}),
    ],
)
async def test_what_has_passed_and_what_nobody_will_check_is_no_date(
    town: Town, field: str, action: dict[str, Any]
) -> None:
    """Neither stops the clock of the first response."""
    complaint = await assigned(town)
    for days in (-1, 6 * 366):
        moment = (town.clock() + timedelta(days=days)).isoformat()
        reply = await town.agency(CITY, "dlh", complaint, **{**action, field: moment})
        assert code(reply) == "invalid"
        assert reply.refusal is not None
        assert reply.refusal.field == field
    task = await town.task(CITY, "dlh", complaint)
    assert "first_response" in {clock.name for clock in task.clocks}
    assert code(await town.agency(CITY, "dlh", complaint, **action, **{field: await _soon(town)})) is None


async def _soon(town: Town) -> str:
    return (town.clock() + timedelta(days=90)).isoformat()


async def test_words_that_turn_the_writing_around_arrive_as_they_read(town: Town) -> None:
    complaint = await assigned(town)
    said = "Besok \u202eragabas\u202c\x00 kami datang \U0001f64f" + "x" * 7_900
    assert (
        code(await town.agency(CITY, "dlh", complaint, do="progress", text=said, expected_end=await _soon(town)))
        is None
    )
    told = [event for event in await town.events(CITY, complaint) if isinstance(event.data, e.ProgressReported)][-1]
    assert isinstance(told.data, e.ProgressReported)
    kept = await town.opened(complaint, told.causation, "text", told.data.text)
    assert kept == said.replace("\u202e", "").replace("\u202c", "").replace("\x00", "")


DLH, PUPR, CAMAT, SEKDA = "dlh", "pupr", "camat-gading-cempaka", "sekda"
CONSOLE: dict[str, tuple[Role, ...]] = {CAMAT: ("territorial",), SEKDA: COORDINATOR, "head": ("agency_head",)}
DONE: dict[str, Any] = {"do": "resolve", "text": "x"}
OUT_OF_PLACE: list[tuple[str, str, dict[str, Any], str]] = [
    ("an answer that nobody asked for", DLH, {"do": "answer_instruction", "number": 1, "text": "x"}, "unknown_number"),
    ("an explanation of nothing", DLH, {"do": "explain_breach", "note": 1, "text": "x"}, "unknown_number"),
    ("a part that nobody gave", DLH, {"do": "finish_subtask", "number": 1, "text": "x"}, "unknown_number"),
    ("a ruling on no return", SEKDA, {"do": "refuse_return", "number": 1, "reason": "x"}, "unknown_number"),
    ("a signature that nobody wants", SEKDA, {"do": "sign_off", "approved": True, "text": "x"}, "wrong_state"),
    ("an end by another office", PUPR, DONE | {"closure": "explained"}, "not_yours"),
    ("an end by who stands beside", CAMAT, DONE | {"closure": "explained"}, "not_yours"),
    ("what the office saw before", DLH, {"do": "accept", "expected_n": 3}, "changed_meanwhile"),
    ("what it will never see", DLH, {"do": "accept", "expected_n": 10**12}, "changed_meanwhile"),
    ("handed to nobody", DLH, {"do": "hand_off", "to": "nobody", "reason": "x"}, "unknown_seat"),
    ("handed to itself", DLH, {"do": "hand_off", "to": "dlh", "reason": "x"}, "invalid"),
    ("a class for ideas", DLH, DONE | {"closure": "adopted"}, "class_does_not_fit"),
    ("the reporter's own class", DLH, DONE | {"closure": "withdrawn"}, "class_does_not_fit"),
    ("sent to nowhere", DLH, DONE | {"closure": "other_authority"}, "invalid"),
    ("a picture that nobody has", DLH, DONE | {"closure": "fixed", "evidence": ["a" * 26]}, "evidence_unknown"),
    ("a unit of another office", "head", {"do": "dispose", "unit": "bina-marga"}, "unknown_seat"),
]  # fmt: skip


async def test_out_of_order_from_the_wrong_seat_and_with_an_old_n(town: Town) -> None:
    complaint = await assigned(town)
    n = (await town.events(CITY, complaint))[-1].n
    for what, seat, action, expected in OUT_OF_PLACE:
        if seat in CONSOLE:
            reply = await town.staff(CITY, seat.replace("head", DLH), CONSOLE[seat], complaint, **action)
        else:
            reply = await town.agency(CITY, seat, complaint, **action)
        assert code(reply) == expected, what
    assert code(await town.agency("kupang", PUPR, complaint, do="accept")) == "unknown_complaint"
    assert (await town.events(CITY, complaint))[-1].n == n, "nothing of it came of anything"


async def test_a_repeat_gets_its_first_answer_whatever_happened_since_and_another_seats_id_is_another_command(
    town: Town,
) -> None:
    complaint = await assigned(town)
    first = await town.agency(CITY, "dlh", complaint, id="one", do="accept", finish_by=await _soon(town))
    later = await town.agency(CITY, "dlh", complaint, id="two", do="progress", text="Dikerjakan.")
    assert (first.n, later.n) == (5, 6)
    again = await town.agency(CITY, "dlh", complaint, id="one", do="return", ground="incomplete", reason="x")
    assert again.n == first.n, "the same id is the same command for ever, whatever else stands in it"
    others = await town.staff(
        CITY, "camat-gading-cempaka", ("territorial",), complaint, id="one", do="accept", note="ya"
    )
    assert others.n == 7


async def test_offices_hear_that_the_reporter_may_be_called_and_not_how(town: Town) -> None:
    complaint = await allowed(town)
    task = await town.task(CITY, "dlh", complaint, at_least=5)
    assert task.may_be_called
    other = await town.task(CITY, "dlh", await assigned(town))
    assert not other.may_be_called
