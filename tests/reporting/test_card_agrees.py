"""What lists and pages count with is what decisions are made on: the card says the same of the work as the state."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from services.complaint import commands as c
from services.complaint.state import Closed, Desk, Resolved, Working
from services.reporting.read_models.cases.card import CARD, Card
from services.reporting.read_models.cases.folding import fold
from tests.complaint.crowd import drawn, lived
from tests.complaint.given import Life, assigned, assigning, cause, matter, resolving, sealed
from tests.complaint.test_ledger import STEPS, _lived

H = sealed("handling")


def _card(life_events: list[object]) -> Card:
    card: Card | None = None
    for event in life_events:
        card = fold(card, event)  # type: ignore[arg-type]  # a history as the complaint room's tests make it
    assert card is not None
    return card


@given(STEPS)
@settings(max_examples=200, deadline=None)
def test_after_any_work_the_card_and_the_state_name_the_same_seats_clocks_parts_plans_and_rulings(
    steps: list[tuple[int, str, str, int]],
) -> None:
    _agree(_lived(steps)[0])


@pytest.mark.parametrize("seed", range(2000, 2200))
def test_after_whatever_a_crowd_of_offices_does_too(seed: int) -> None:
    life = lived(drawn(seed))
    if isinstance(life.state, Working | Resolved | Closed):
        _agree(life)


def _agree(life: Life) -> None:
    card = _card(list(life.events))
    assert isinstance(life.state, Working | Resolved | Closed)
    desk = life.state.desk
    assert desk is not None
    assert {seat: hold.role for seat, hold in desk.holds.items()} == {s: h.role for s, h in card.holdings.items()}
    assert _clocks_of(desk) == {
        (seat, clock.name, clock.started, clock.due) for seat, held in card.holdings.items() for clock in held.clocks
    }
    assert {k: (one.seat, one.standing) for k, one in desk.subtasks.items()} == {
        k: (one.seat, one.standing) for k, one in card.subtasks.items()
    }
    assert (None if desk.plan is None else desk.plan.wakes) == (None if card.plan is None else card.plan.wakes)
    assert desk.forced == card.forced
    assert desk.bound == frozenset(card.bound)
    assert set(desk.returns) == set(card.returns)
    assert set(desk.questions) == set(card.questions)
    assert (desk.submission is None) == (card.closing.sign_off is None)
    assert CARD.validate_json(CARD.dump_json(card)) == card


def test_a_question_outlives_a_resolution_that_waits_for_a_signature_and_is_refused_it() -> None:
    life = assigned()
    due = life.now + timedelta(days=2)
    life.when(c.AskReporter(cause=cause("ask"), seat="dlh", question=H))
    asked = c.SignOffAsked(to="camat-contoh", due=due, rule="48h", policy=1, why=("flagged",))
    life.when(resolving(life, sign_off=asked))
    _agree(life)
    life.when(
        c.SignOff(
            cause=cause("no"), seat="camat-contoh", approved=False, text=H, resolution=H, referred_to=None,
            officer=None, confirm_by=due,
        )
    )  # fmt: skip
    _agree(life)
    assert _card(list(life.events)).waits_on == "reporter"


def test_a_seat_that_it_is_about_keeps_nothing_of_it_whatever_it_owed() -> None:
    life = assigned()
    for seat in ("dlh", "perkim"):
        due = life.now + timedelta(days=9)
        life.when(c.Instruct(cause=cause(f"do {seat}"), by="walikota", seat=seat, text=H, due=due))
    anew = replace(assigning(life.now, "inspektorat", ()), left_out=("dlh",))
    life.when(c.Screen(cause=cause("anew"), matter=matter(about="agency", against="dlh"), summary="x", assigning=anew))
    assert isinstance(life.state, Working)
    assert set(life.state.desk.holds) == {"inspektorat", "perkim"}
    _agree(life)


def _clocks_of(desk: Desk) -> set[tuple[str, str, int, object]]:
    return {(seat, clock.name, clock.started, clock.due) for seat, hold in desk.holds.items() for clock in hold.clocks}


def test_a_card_of_an_earlier_version_is_read() -> None:
    old = {
        "complaint": "a" * 26, "city": "bengkulu", "ticket": "BKL-1", "n": 1, "received_at": "2026-03-09T02:00:00Z",
        "since": "2026-03-09T02:00:00Z", "confidentiality": "normal",
    }  # fmt: skip
    card = CARD.validate_python(old)
    assert (card.subtasks, card.plan, card.bounces) == ({}, None, 0)
