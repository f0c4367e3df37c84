"""Who may do what: every command by every role on a token of its own, as docs/commands.md says it."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from services.contracts import subjects
from services.contracts.commands import CommandReply, SeatAction, StaffAction
from services.contracts.tokens import Role, StaffToken
from services.router.acting.permissions import RIGHTS
from services.runtime import tokens
from tests.router.harness import Town

CITY = "bengkulu"
GARBAGE = "sampah menumpuk di padang harapan sudah seminggu tidak diangkut"
ELSEWHERE = "17.71.99"
GUIDE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
ROLES: tuple[Role, ...] = get_args(Role)
ACTION: TypeAdapter[Any] = TypeAdapter(StaffAction)
NOWHERE = "a" * 26
LATER = (datetime.now(UTC) + timedelta(days=300)).isoformat()

BODIES: dict[str, dict[str, Any]] = {
    "accept": {}, "progress": {"text": "x"}, "visit": {"text": "x"}, "ask": {"question": "x"},
    "return": {"ground": "incomplete", "reason": "x"}, "hand_off": {"to": "sekda", "reason": "x"},
    "resolve": {"closure": "explained", "text": "x"}, "answer_instruction": {"number": 9, "text": "x"},
    "explain_breach": {"note": 9, "text": "x"}, "ask_extension": {"until": LATER, "reason": "x"},
    "rule_extension": {"number": 9, "ruling": "refused", "reason": "x"}, "refuse_return": {"number": 9, "reason": "x"},
    "give_subtask": {"seat": "dinsos", "text": "x", "due": LATER}, "finish_subtask": {"number": 9, "text": "x"},
    "decline_subtask": {"number": 9, "reason": "x"}, "drop_subtask": {"number": 9, "reason": "x"},
    "plan": {"programme": "x", "date": LATER, "text": "x"}, "dispose": {"assignee": "x"},
    "assign": {"lead": "nobody", "reason": "x"},
    "screen": {"kind": "complaint", "category": "garbage", "function": "environment", "lead": "nobody"},
    "merge": {"into": NOWHERE}, "unmerge": {}, "dismiss_duplicate": {"of": NOWHERE},
    "split": {"messages": [99]}, "transcribe": {"message": 99, "text": "x"},
    "dissolve_cluster": {}, "clear_evidence": {"media": "x", "audience": "offices"},
    "sign_off": {"approved": False, "text": "x"}, "audit": {"passed": True, "text": "x"},
    "instruct": {"seat": "nobody", "text": "x", "due": LATER}, "reply": {"text": "x"},
    "mention": {"seats": ["nobody"], "text": "x"},
    "rule_note": {"note": 9, "ruling": "struck", "text": "x"}, "raise_confidentiality": {"level": "anonymous"},
    "interrupt_service": {"function": "housing_lighting", "ward_codes": ["nowhere"], "text": "x"},
    "restore_service": {"interruption": NOWHERE}, "erase_reporter": {},
    "draft_reply": {"seat": "walikota", "text": "x"}, "send_draft": {"number": 9, "text": "x"},
    "drop_draft": {"number": 9}, "draft_proof": {}, "approve_proof": {"number": 9, "accounts": ["nowhere"]},
    "drop_proof": {"number": 9}, "link_proof": {"link": "https://example.go.id/1"},
    "confirm_removal": {"number": 9},
    "ask_contact": {"ground": "call", "reason": "x"}, "rule_contact": {"number": 9, "granted": False},
    "show_contact": {"number": 9}, "hold_seat": {"seat": "nowhere", "name": "x"}, "vacate_seat": {"seat": "nowhere"},
    "plan_live": {"platform": "tiktok", "host": "nobody", "planned_for": LATER},
    "set_live_roster": {"session": NOWHERE, "roster": ["walikota"]}, "check_in_live": {"session": NOWHERE},
    "start_live": {"session": NOWHERE}, "end_live": {"session": NOWHERE},
    "answer_on_air": {"session": NOWHERE, "text": "x"}, "undo_entry": {},
    "declare_compromised": {"door": "none", "since": "2026-01-01T00:00:00Z"}, "trust_account": {"door": "none"},
    "record_call": {"outcome": "reached"},
}  # fmt: skip
"""What changes little: numbers, seats and complaints that do not exist, where a command names some."""


def _table() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """`do` → roles and marks, as the guide has them."""
    rows = [line.split("|")[1:-1] for line in GUIDE.splitlines() if re.match(r"\| `\w+` \|", line)]
    return {do.strip(" `"): (_names(roles), _names(marks)) for do, _, roles, marks in rows if do.strip(" `") != "do"}


def _names(column: str) -> frozenset[str]:
    return frozenset(name.strip() for name in column.split(",") if name.strip())


TABLE = _table()


def _actions(union: object) -> set[str]:
    return {get_args(action.model_fields["do"].annotation)[0] for action in get_args(get_args(union)[0])}


def test_the_guide_has_a_row_for_every_command_and_says_what_the_table_says() -> None:
    assert set(TABLE) == set(RIGHTS) == _actions(StaffAction) == set(BODIES)
    for do, (roles, marks) in TABLE.items():
        ACTION.validate_python({"do": do, **BODIES[do]})
        right = RIGHTS[do]
        assert roles == right.roles, do
        assert marks == {name for name, on in (("area", right.area), ("held", right.held)) if on}, do


async def _send(
    town: Town, complaint: str, do: str, role: Role, *, seat: str = "perkim", area: tuple[str, ...] = ()
) -> str | None:
    """The refusal's code, None when it was done."""
    number = f"{role}-{seat}-{do}-{complaint}-{'.'.join(area)}"
    now = town.clock()
    token = StaffToken(
        city=CITY, seat=seat, roles=(role,), area=area, command=number, issued_at=now - timedelta(minutes=1),
        expires_at=now + timedelta(minutes=5),
    )  # fmt: skip
    body = {
        "id": number, "complaint": complaint, "action": {"do": do, **BODIES[do]},
        "token": tokens.sign(town.signing_key, token),
    }  # fmt: skip
    client = await town.stack.connect("reporting")
    try:
        answer = await client.request(subjects.staff_command(CITY), json.dumps(body).encode(), timeout=30)
    finally:
        await client.close()
    reply = CommandReply.model_validate_json(answer.data)
    return None if reply.refusal is None else reply.refusal.code


async def _assigned(town: Town) -> str:
    complaint = await town.hear(CITY, GARBAGE)
    await town.until(CITY, complaint, "complaint.assigned")
    return complaint


@pytest.mark.parametrize("role", ROLES)
async def test_every_command_is_closed_to_a_role_without_the_right_and_open_to_one_with_it(
    town: Town, role: Role
) -> None:
    """The seat holds nothing: with the right the complaint itself answers, without it nobody looks at the complaint."""
    complaint = await _assigned(town)
    for do, (roles, _) in TABLE.items():
        code = await _send(town, complaint, do, role)
        assert (code == "not_allowed") == (role not in roles), f"{role} {do}: {code}"


async def test_an_area_closes_what_is_bound_to_it_and_nothing_else(town: Town) -> None:
    complaint = await _assigned(town)
    for do, (roles, marks) in TABLE.items():
        if "coordinator" not in roles:
            continue
        code = await _send(town, complaint, do, "coordinator", seat="asisten-3", area=(ELSEWHERE,))
        assert (code == "not_allowed") == ("area" in marks), f"{do}: {code}"


async def test_an_office_without_the_complaint_does_nothing_of_the_work_in_it(town: Town) -> None:
    """By its own program, on its own subject."""
    complaint = await _assigned(town)
    expected = {"visit": None, "answer_instruction": "unknown_number", "explain_breach": "unknown_number"}
    for do in sorted(_actions(SeatAction)):
        reply = await town.agency(CITY, "perkim", complaint, do=do, **BODIES[do])
        code = None if reply.refusal is None else reply.refusal.code
        assert code == expected.get(do, "not_yours"), f"{do}: {code}"


async def test_what_only_staff_may_do_is_no_command_of_a_program(town: Town) -> None:
    complaint = await _assigned(town)
    for do in sorted(_actions(StaffAction) - _actions(SeatAction)):
        reply = await town.agency(CITY, "dlh", complaint, do=do, **BODIES[do])
        assert reply.refusal is not None, do
        assert reply.refusal.code == "invalid", do
