"""Where nobody may say yes to himself, sitting on a second seat: whose wish or work each word is about."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter

from services.complaint import commands as c
from services.complaint import events as e
from services.contracts.commands import StaffAction
from services.router.acting.judged import judged
from tests.complaint.given import Life, assigned, cause, clock, resolved, resolving, sealed

H = sealed("handling")
ACTION: TypeAdapter[Any] = TypeAdapter(StaffAction)


def late() -> Life:
    life = assigned().later(hours=25)
    life.when(c.BreachClock(cause=cause("late"), clock="first_response", seat="dlh", started=4, superior="asisten-2"))
    return life


def wishing() -> Life:
    life = assigned()
    owed = (clock("pupr", life.now + timedelta(days=9), "resolve"),)
    life.when(
        c.HandOff(cause=cause("hand"), seat="dlh", to=e.Assignment(seat="pupr", role="lead", clocks=owed), reason=H)
    )
    wish = c.AskExtension(
        cause=cause("wish"), seat="pupr", clock="resolve", until=life.now + timedelta(days=20), reason=H,
        superior="asisten-2",
    )  # fmt: skip
    life.when(wish)
    return life


def submitted() -> Life:
    life = assigned()
    due = life.now + timedelta(days=2)
    asked = c.SignOffAsked(to="camat-contoh", due=due, rule="48h", policy=1, why=("flagged",))
    life.when(resolving(life, sign_off=asked))
    return life


@pytest.mark.parametrize(
    ("life", "action", "whose"),
    [
        (late(), {"do": "rule_note", "note": 1, "ruling": "struck", "text": "x"}, "dlh"),
        (late(), {"do": "rule_note", "note": 1, "ruling": "confirmed", "text": "x"}, None),
        (late(), {"do": "rule_note", "note": 2, "ruling": "struck", "text": "x"}, None),
        (wishing(), {"do": "rule_extension", "number": 1, "ruling": "granted", "reason": "x"}, "pupr"),
        (wishing(), {"do": "rule_extension", "number": 1, "ruling": "refused", "reason": "x"}, None),
        (submitted(), {"do": "sign_off", "approved": True, "text": "x"}, "dlh"),
        (submitted(), {"do": "sign_off", "approved": False, "text": "x"}, None),
        (resolved(), {"do": "audit", "passed": True, "text": "x"}, "dlh"),
        (resolved(), {"do": "audit", "passed": False, "text": "x"}, None),
    ],
)
def test_a_yes_to_oneself_is_told_from_a_no(life: Life, action: dict[str, Any], whose: str | None) -> None:
    assert judged(life.state, ACTION.validate_python(action)) == whose
