"""Whoever had it has it again when it is reopened; where nobody led it, the rules say, or a coordinator does."""

from dataclasses import replace
from typing import Any

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.evolve import evolve
from services.complaint.state import Working
from services.contracts.city import City
from services.router import anew
from services.router.dossier import Dossier
from tests.complaint.given import COMPLAINT, Life, another, assigned, cause, message, opening, sealed
from tests.router.cities import read

H = sealed("handling")


def again(life: Life, city: City) -> Any:
    assert isinstance(life.state, Working)
    dossier = Dossier("bengkulu", COMPLAINT, list(life.events), life.state)
    made = anew.assigning(city, dossier, life.state, life.events[-1].data, at=life.now, scale=1.0, live=False)
    return None if made is None else {one.seat: (one.role, len(one.clocks)) for one in made.assignments}


def returning(life: Life) -> None:
    life.when(c.ReturnAssignment(cause=cause("r"), seat="dlh", ground="incomplete", reason=H, most_bounces=3))


def test_the_seats_that_had_it_get_it_with_clocks_anew() -> None:
    life = assigned()
    life.when(c.Resolve(cause=cause("d"), seat="dlh", closure="fixed", text=H, confirm_by=life.now))
    life.when(c.SayNotDone(cause=cause("n"), party="reporter:1", message=message()))
    assert again(life, read("bengkulu")) == {"dlh": ("lead", 2), "camat-contoh": ("territorial", 1)}


def test_what_was_answered_on_air_while_nobody_led_it_goes_where_the_rules_say_beside_who_has_a_part() -> None:
    life = Life()
    life.when(replace(opening(), session=another(9), reachable=False))
    screened = assigned()
    for event in screened.events[1:]:
        life.events.append(event)
        life.state = evolve(life.state, event)
    returning(life)
    on_air = c.AnswerOnAir(
        cause=cause("air"), session=another(9), seat="walikota", text=H, settles=True, by="prokopim"
    )  # fmt: skip
    life.when(on_air)
    life.when(c.SayNotDone(cause=cause("n"), party="reporter:1", message=message()))
    found = again(life, read("bengkulu"))
    assert found["dlh"] == ("lead", 2)
    assert found["camat-contoh"] == ("territorial", 1)


def test_what_a_lead_had_returned_before_a_merge_waits_for_the_coordinator_after_it_too() -> None:
    life = assigned()
    returning(life)
    life.when(c.Merge(cause=cause("m"), itself=another(9), into=another(1), by="person"))
    (apart,) = life.when(c.Unmerge(cause=cause("u"), by="person"))
    assert isinstance(apart, e.ComplaintUnmerged)
    assert again(life, read("bengkulu")) is None
