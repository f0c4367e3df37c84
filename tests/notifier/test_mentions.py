"""An internal note calls other seats: whoever may see the matter, and of a secret one only who has it in hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.notifier import policy
from services.notifier.templates.officers import NOTICES
from services.runtime import cities
from tests.complaint.given import Life, assigning, cause, opening, proposal, recorded, sealed

H = sealed("handling")
CITY = cities.load(Path("deploy/cities"))["bengkulu"]
CAMAT = "camat-gading-cempaka"


def working() -> Life:
    life = Life()
    life.when(opening())
    straight = assigning(life.now, "dlh", (CAMAT,))
    life.when(c.ProposeScreening(cause=cause("screen"), proposal=proposal(), straight=straight))
    return life


def mention(*seats: str, overseers: frozenset[str] = frozenset(), why: str = "m") -> c.MentionSeats:
    return c.MentionSeats(cause=cause(why), by="dlh", seats=seats, overseers=overseers, text=H)


def test_who_has_it_in_hand_or_oversees_it_can_be_called_and_nobody_else() -> None:
    life, sekda = working(), frozenset({"sekda"})
    asked = mention(CAMAT, "sekda", "sekda", overseers=sekda)
    assert life.when(asked) == (e.SeatsMentioned(by="dlh", seats=(CAMAT, "sekda"), text=H),)
    assert life.when(asked) == ()
    refused = life.refuses(replace(mention("dishub", why="other"), overseers=sekda))
    assert (refused.code, refused.field) == ("not_allowed", "seats")


def test_nobody_is_called_before_an_office_has_it() -> None:
    life = Life()
    life.when(opening())
    assert life.refuses(mention("sekda", overseers=frozenset({"sekda"}))).code == "wrong_state"


def test_of_a_secret_matter_only_who_has_it_in_hand_hears() -> None:
    life = working()
    life.when(c.RaiseConfidentiality(cause=cause("secret"), level="secret", by="reporter:1"))
    assert life.refuses(mention("sekda", overseers=frozenset({"sekda"}))).code == "not_allowed"
    assert len(life.when(mention(CAMAT, why="in hand"))) == 1


@pytest.mark.parametrize(("seats", "told"), [(("sekda", "dlh"), ["sekda"]), (("pdam", "sekda"), ["pdam", "sekda"])])
def test_each_seat_hears_once_and_not_who_wrote_it(seats: tuple[str, ...], told: list[str]) -> None:
    event = recorded(9, e.SeatsMentioned(by="dlh", seats=seats, text=H), "c" * 26, working().now)
    assert [(one.template, one.seat) for one in policy.for_seats(event)] == [("mentioned", seat) for seat in told]
    assert "mentioned" in NOTICES


def test_made_secret_meanwhile_who_only_oversees_is_not_told_any_more() -> None:
    life = working()
    [noted] = life.when(mention(CAMAT, "sekda", overseers=frozenset({"sekda"})))
    event = recorded(9, noted, "c" * 26, life.now)
    assert policy.still_told("mentioned", "sekda", event, life.state, CITY) is None
    life.when(c.RaiseConfidentiality(cause=cause("secret"), level="secret", by="reporter:1"))
    assert policy.still_told("mentioned", "sekda", event, life.state, CITY) == "not_handling"
    assert policy.still_told("mentioned", CAMAT, event, life.state, CITY) is None
