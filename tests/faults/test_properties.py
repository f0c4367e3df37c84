"""The checks themselves: each must see the slip it is there for, and keep quiet about a history as it should be."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.faults import properties
from tests.faults.outcome import Outcome
from tests.faults.rawlog import Raw, events

COMPLAINT = properties.keyed_hash(b"test", "complaint")
SUBJECT = f"complaint.bengkulu.{properties.shard_of(COMPLAINT)}.{COMPLAINT}"


def _event(n: int, type_: str, data: dict[str, Any] | None = None, **changes: Any) -> Raw:
    body = {
        "id": f"event-{n}", "complaint": COMPLAINT, "n": n, "type": type_, "city": "bengkulu",
        "causation": f"cause-{n}", "actor": "reporter:1", "data": data or {}, **changes,
    }  # fmt: skip
    return Raw("COMPLAINTS", n, SUBJECT, {"Tuntas-Type": type_}, json.dumps(body).encode())


def _life() -> list[Raw]:
    return [
        _event(1, "complaint.received", {"message": {}}),
        _event(2, "complaint.message_added", {"message": {}}),
        _event(3, "complaint.assigned", {"assignments": [{"seat": "dlh"}]}),
        _event(4, "complaint.reporter_told", {"notice": "notice-1"}),
    ]


def _arrived(notice: str = "notice-1") -> dict[str, object]:
    return {"callback": notice, "to": "62811000000001"}


def _task(n: int = 3) -> Raw:
    return Raw("AGENCY", 1, f"agency.bengkulu.dlh.{COMPLAINT}", {}, json.dumps({"n": n}).encode())


def _judged(
    life: list[Raw] | None = None, arrived: list[Any] | None = None, tasks: list[Raw] | None = None,
    pulled: dict[str, set[str]] | None = None, last: int = 4,
) -> Outcome:  # fmt: skip
    outcome = Outcome("test")
    history = _life() if life is None else life
    properties.check_sequences(outcome, history, last)
    properties.check_log(outcome, history)
    properties.check_acknowledged(outcome, history, {"cause-1": "first", "cause-2": "second"})
    properties.check_notices(outcome, history, [_arrived()] if arrived is None else arrived, {"62811000000001"})
    properties.check_tasks(outcome, history, [_task()] if tasks is None else tasks, pulled or {})
    return outcome


def test_a_history_as_it_should_be_raises_nothing() -> None:
    outcome = _judged()
    assert outcome.holds, outcome.problems
    assert outcome.acknowledged == 2


@pytest.mark.parametrize(
    ("slip", "says", "lost", "doubled"),
    [
        (lambda: _judged(_life()[:1], last=1), "acknowledged messages are nowhere", True, False),
        (lambda: _judged([*_life(), _event(5, "complaint.message_added", {"message": 1}, causation="cause-2")], last=5),
         "acknowledged messages stand twice", False, True),
        (lambda: _judged([*_life(), _event(5, "complaint.closed", id="event-1")], last=5), "event ids stand twice",
         False, True),
        (lambda: _judged([*_life()[:3], _event(5, "complaint.reporter_told", {"notice": "notice-1"})]),
         "n does not count", True, False),
        (lambda: _judged(last=5), "sequences are gone", True, False),
        (lambda: _judged(arrived=[]), "people never got an answer", True, False),
        (lambda: _judged(arrived=[_arrived(), _arrived()]), "notices reached the phone twice", False, True),
        (lambda: _judged(arrived=[_arrived("other")]), "told in the log and never arrived", True, False),
        (lambda: _judged(tasks=[]), "tasks are in no queue", True, False),
        (lambda: _judged(tasks=[_task(1)]), "older than the assignment", True, False),
        (lambda: _judged(pulled={"dlh": set()}), "could not pull", True, False),
    ],
)  # fmt: skip
def test_every_slip_is_seen(slip: Callable[[], Outcome], says: str, lost: bool, doubled: bool) -> None:
    outcome = slip()
    assert any(says in problem for problem in outcome.problems), outcome.problems
    assert bool(outcome.lost) >= lost
    assert bool(outcome.doubled) == doubled
    assert not outcome.holds


def test_events_of_one_decision_are_read_apart() -> None:
    several = [_event(2, "complaint.screened"), _event(3, "complaint.assigned")]
    body = b"[" + b",".join(one.body for one in several) + b"]"
    message = Raw("COMPLAINTS", 2, SUBJECT, {"Tuntas-Type": "complaint.screened,complaint.assigned"}, body)
    assert [(one.json["n"], one.headers["Tuntas-Type"]) for one in events([message])] == [
        (2, "complaint.screened"), (3, "complaint.assigned"),
    ]  # fmt: skip
