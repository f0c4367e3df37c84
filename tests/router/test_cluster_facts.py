"""A cluster's facts: pinned as they are stored for ever, and what each command leads to."""

import json
from datetime import UTC, datetime

import pytest

from services.complaint.aggregate import COMPLAINT
from services.complaint.events import ScreeningProposed
from services.contracts.envelope import Recorded
from services.contracts.facts import ClusterClosed, ClusterGrown, ClusterOpened
from services.router.merging.facts import CLUSTER, Close, Clustered, ClusterFact, Grow, Open, step

AT = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
HEAD = '{"id":"%s","complaint":"%s","n":1,"type":"%s","schema":1,"city":"bengkulu","at":"2026-03-09T02:00:00Z",'
TAIL = '"actor":"service:router","causation":"%s","data":%s}'

STORED: list[tuple[str, str]] = [
    ("city.cluster_opened", '{"main":"%s","category":"water_off","function":"water_utility","district_code":"17.71.01",'
     '"ward_code":"17.71.01.1001","words":[7,18446744073709551615],"count":50,"policy":3}' % ("b" * 26)),
    ("city.cluster_grown", '{"count":100}'),
    ("city.cluster_closed", '{"why":"dissolved","count":120,"by":"tim-saring"}'),
]  # fmt: skip


def stored(type_: str, data: str) -> bytes:
    return (HEAD % ("c" * 26, "d" * 26, type_) + TAIL % ("e" * 26, data)).encode()


@pytest.mark.parametrize(("type_", "data"), STORED, ids=[row[0] for row in STORED])
def test_what_was_stored_loads_and_is_written_the_same(type_: str, data: str) -> None:
    body = stored(type_, data)
    event = CLUSTER.decode(type_, 1, body)
    assert CLUSTER.encode(event) == body
    assert CLUSTER.type_of(event.data) == (type_, 1)


def test_a_proposal_with_what_it_may_be_a_second_report_of_is_written_the_same() -> None:
    found = [{"complaint": "b" * 26, "score": 0.82, "why": ["same_ward", "words:0.91"]}]
    matter = {
        "kind": "complaint", "category": "garbage", "function": "environment", "urgency": "normal",
        "confidentiality": "normal",
    }  # fmt: skip
    data = {
        "matter": matter, "confidence": 0.9, "summary": "x", "abstains": False, "based_on": 1, "model": "m",
        "policy": 1, "duplicates": found,
    }  # fmt: skip
    event = COMPLAINT.decode(
        "complaint.screening_proposed", 1, stored("complaint.screening_proposed", json.dumps(data))
    )
    assert isinstance(event.data, ScreeningProposed)
    assert json.loads(COMPLAINT.encode(event))["data"]["duplicates"] == found


OPENED = ClusterOpened(main="b" * 26, category="water_off", function="water_utility", count=50, policy=1)
CLOSED = ClusterClosed(why="quiet", count=50)


def after(*facts: ClusterFact) -> Clustered:
    state = CLUSTER.initial
    for n, fact in enumerate(facts, start=1):
        type_, schema = CLUSTER.type_of(fact)
        state = CLUSTER.evolve(state, Recorded[ClusterFact](
            id="c" * 26, complaint="d" * 26, n=n, type=type_, schema=schema, city="bengkulu", at=AT,
            actor="service:router", causation="e" * 26, data=fact,
        ))  # fmt: skip
    return state


LEADS_TO: list[tuple[str, Clustered, Open | Grow | Close, list[str]]] = [
    ("opened", after(), Open(OPENED), ["ClusterOpened"]),
    ("once", after(OPENED), Open(OPENED), []),
    ("never again after its end", after(OPENED, CLOSED), Open(OPENED), []),
    ("grows", after(OPENED), Grow(100), ["ClusterGrown"]),
    ("never shrinks", after(OPENED, ClusterGrown(count=200)), Grow(100), []),
    ("does not grow when it is over", after(OPENED, CLOSED), Grow(100), []),
    ("closed", after(OPENED), Close(CLOSED), ["ClusterClosed"]),
    ("once closed", after(OPENED, CLOSED), Close(CLOSED), []),
    ("nothing to close", after(), Close(CLOSED), []),
]


@pytest.mark.parametrize(("state", "command", "then"), [r[1:] for r in LEADS_TO], ids=[r[0] for r in LEADS_TO])
def test_a_command_leads_to_exactly_these_facts(
    state: Clustered, command: Open | Grow | Close, then: list[str]
) -> None:  # fmt: skip
    out = CLUSTER.decide(state, command, AT)
    assert isinstance(out, tuple)
    assert [type(fact).__name__ for fact in out] == then


def test_growth_is_written_down_at_a_few_round_numbers_only() -> None:
    assert [step(count, before) for count, before in ((49, 1), (50, 1), (99, 50), (512, 50), (5_000, 2_000))] == [
        None, 50, None, 500, 5_000,
    ]  # fmt: skip
