"""Asking for a picture: once, kindly, of what can be seen; never of danger or people, and not where one came."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.contracts.base import Moment
from services.notifier import policy, wanted_evidence
from services.notifier.telling import Teller, TooEarly
from tests.complaint import given
from tests.complaint.given import MONDAY, Life, cause
from tests.notifier.test_where import CITY, Loads, Opens

ROAD = {"kind": "complaint", "category": "road_damage", "function": "public_works", "urgency": "normal",
        "confidentiality": "normal", "on_behalf": False, "about": None, "against": None}  # fmt: skip


def proposed(whereabouts: e.Whereabouts | None = None, *, abstains: bool = False, **matter: object) -> Life:
    life = given.received()
    made = given.proposal(1).model_dump()
    made |= {"matter": made["matter"] | ROAD | matter, "whereabouts": whereabouts, "abstains": abstains}
    proposal = e.ScreeningProposed.model_validate(made)
    life.when(c.ProposeScreening(cause=cause("propose"), proposal=proposal, straight=None))
    return life


CASES: list[tuple[str, Callable[[], Life], bool]] = [
    ("a road that can be seen", proposed, True),
    ("a danger to life", lambda: proposed(urgency="danger"), False),
    ("somebody who needs help", lambda: proposed(kind="assistance_request", function="social"), False),
    ("a neighbour in need, told by another", lambda: proposed(on_behalf=True), False),
    ("violence", lambda: proposed(function="women_children", category="violence_at_home"), False),
    ("an official who took money", lambda: proposed(about="official"), False),
    ("a question", lambda: proposed(kind="question"), False),
    ("somebody who hides his name", lambda: proposed(confidentiality="anonymous"), False),
    ("what the machine is not sure of", lambda: proposed(abstains=True), False),
    ("whoever is asked for the place", lambda: proposed(e.Whereabouts(how="none", ask=True)), False),
]


@pytest.mark.parametrize(("make", "asks"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_who_is_asked_for_a_picture(make: Callable[[], Life], asks: bool) -> None:
    planned = [one for one in policy.for_reporter(make().events[-1]) if one.template == wanted_evidence.TEMPLATE]
    assert bool(planned) is asks
    assert all(one.of == policy.ONCE for one in planned), "once in a life, however often it is proposed anew"


async def told(life: Life, after: float = 60) -> str | None:
    now: Callable[[], Moment] = lambda: MONDAY + timedelta(seconds=after)  # noqa: E731
    teller = Teller(Loads(life), Opens(), {"bengkulu": CITY}, "https://tuntas.example", now)
    found = await teller.notice("bengkulu", "hotline-walikota", given.COMPLAINT, wanted_evidence.TEMPLATE, 2)
    return None if found is None else found.rendered.text


async def test_it_is_asked_kindly_after_a_pause_and_owes_nothing() -> None:
    with pytest.raises(TooEarly):
        await told(proposed(), 5)
    text = await told(proposed())
    assert text is not None
    assert "bila aman dan sempat" in text
    assert "Tanpa itu pun laporan Anda tetap kami kerjakan" in text


async def test_who_sent_a_picture_meanwhile_is_not_asked() -> None:
    life = proposed()
    photo = given.message().model_copy(update={"form": "image", "media": 1})
    life.when(c.AddMessage(cause=cause("photo"), party="reporter:1", message=photo))
    assert await told(life) is None
