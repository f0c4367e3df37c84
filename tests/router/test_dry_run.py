"""A dry run of other rules over what was given out: what changes, from whom to whom, and what never speaks."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from services.contracts.city import City
from services.contracts.city.rules import Rules
from services.router.rules.case import Case
from services.router.rules.choosing import Book
from services.router.rules.history import Routed
from services.router.rules.trying import PERSON, tried
from services.runtime import cities, rule_files
from tests.router.cities import read

NIGHT = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
"""22:00 in Bengkulu."""


def given_out(city: City, case: Case, number: int = 1) -> Routed:
    chosen = Book(city).choose(case)
    assert chosen is not None
    ticket = f"TST-{number:08}-X"
    return Routed(ticket, ticket, case, chosen.lead, chosen.territorial, chosen.supporting, chosen.rule, 1)


def other_rules(city: City, *rules: dict[str, object]) -> City:
    """The city's own rules with some before them."""
    own = [rule.model_dump(exclude_none=True) for rule in city.rules.rules]
    return cities.remade(city, rules=Rules.model_validate({"rules": [*rules, *own]}))


def test_a_dry_run_says_how_many_change_from_whom_to_whom_with_tickets() -> None:
    city = read("bengkulu")
    trees = [
        given_out(city, Case("tree_hazard", "environment", district_code="17.71.02", at=NIGHT), n) for n in range(5)
    ]
    lamps = [given_out(city, Case("street_light", "housing_lighting", at=NIGHT), n) for n in range(5, 8)]
    wanted = other_rules(
        city,
        {"id": "trees", "why": "Pohon ke Perkim.", "when": {"category": "tree_hazard"}, "then": {"lead": "perkim"}},
        {"id": "buses", "why": "Tidak ada yang seperti ini.", "when": {"category": "public_transport"},
         "then": {"lead": "dishub"}},
    )  # fmt: skip
    found = tried(city, wanted, [*trees, *lamps])
    assert (found.looked_at, found.changed, found.recorded_differs) == (8, 5, 0)
    (change,) = found.changes
    assert (change.was, change.would) == ("dlh + camat-gading-cempaka", "perkim + camat-gading-cempaka")
    assert (change.rule, change.count, change.tickets) == ("trees", 5, [one.ticket for one in trees[:3]])
    assert "buses" in found.never
    assert "trees" not in found.never
    assert found.used["trees"] == 5


def test_the_same_rules_change_nothing_and_a_persons_ruling_is_counted_apart() -> None:
    city = read("bengkulu")
    one = given_out(city, Case("garbage", "environment", at=NIGHT))
    ruled = Routed(one.complaint, one.ticket, one.case, "pupr", None, (), "ruling", 1)
    found = tried(city, city, [one, ruled])
    assert (found.changed, found.recorded_differs, found.changes) == (0, 1, [])


def test_each_complaint_is_tried_at_the_moment_at_which_it_was_given_out() -> None:
    city = read("bengkulu")
    at_night = Case("road_damage", "public_works", "urgent", at=NIGHT)
    by_day = Case("road_damage", "public_works", "urgent", at=NIGHT - timedelta(hours=10))
    bare = cities.remade(city, rules=Rules())
    found = tried(city, bare, [given_out(city, at_night, 1), given_out(city, by_day, 2)])
    assert {change.was for change in found.changes} == {"pupr/bina-marga (bpbd)", "pupr/bina-marga"}


def test_what_rules_take_from_everybody_goes_to_a_person() -> None:
    city = read("kupang")
    one = given_out(city, Case("fire", "disaster_fire", at=NIGHT))
    (change,) = tried(city, cities.remade(city, rules=Rules()), [one]).changes
    assert (change.was, change.would, change.rule) == ("damkar", PERSON, "")


CASES = st.builds(
    Case,
    category=st.sampled_from(["garbage", "fire", "road_damage", "ward_service"]),
    function=st.sampled_from(["environment", "disaster_fire", "public_works", "village_ward"]),
    urgency=st.sampled_from(["normal", "urgent", "danger"]),
    district_code=st.sampled_from([None, "17.71.02", "17.71.09"]),
    about=st.sampled_from([None, "lurah", "mayor"]),
    at=st.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)


@given(st.lists(CASES, max_size=30))
def test_remembering_what_repeats_changes_no_answer(cases: list[Case]) -> None:
    """A dry run asks once for each kind of complaint; the answer is the one that asking each would give."""
    city = read("bengkulu")
    book = Book(city)
    given_out_ = [
        Routed("x", "x", case, chosen.lead, chosen.territorial, chosen.supporting, chosen.rule, 1)
        for case in cases
        if (chosen := book.choose(case)) is not None
    ]
    assert tried(city, city, given_out_).recorded_differs == 0


def test_a_rules_file_is_read_against_the_city_it_is_tried_for(tmp_path: Path) -> None:
    file = tmp_path / "new.yaml"
    file.write_text("rules: [{id: a, why: Semua ke sini saja., then: {lead: dlhk}}]", encoding="utf-8")
    city = read("kupang")
    wanted = cities.remade(city, rules=rule_files.read(file, city))
    one = given_out(city, Case("water_off", "water_utility", at=NIGHT))
    assert tried(city, wanted, [one]).changes[0].would == "dlhk"
