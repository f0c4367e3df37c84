"""The one table of who hears what, when: what it may say, what a city may change, and the walls that no city moves."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from services.complaint import commands as c
from services.complaint import events as e
from services.contracts.city import City
from services.contracts.city.in_force import digest, fact_of, hearing_of
from services.contracts.hearing.rows import Hears, When
from services.contracts.hearing.rules import Change, Hearing
from services.contracts.hearing.table import BY_ID, NO_EVENTS, REPORTER, ROWS, SEATS
from services.contracts.hearing.timing import goes_out, next_list, quiet_until
from services.notifier import policy
from services.notifier.policy.cases import CASES
from services.notifier.policy.holding import TO_REPORTER, TO_SEAT
from services.notifier.templates import NOTICES
from services.notifier.templates import officers as officer_templates
from services.notifier.tools.table import lines
from services.runtime import cities
from tests.complaint import given
from tests.complaint.given import cause

CITY: City = cities.load(Path("deploy/cities"))["bengkulu"]
WIB = ZoneInfo("Asia/Jakarta")


def of_the_log(row: Any) -> bool:
    return row.event.split(".", 1)[0] not in NO_EVENTS


def at(clock: str, day: int = 23) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day} {clock}").replace(tzinfo=WIB).astimezone(UTC)


def test_every_row_is_whole_and_names_only_what_there_is() -> None:
    assert len(BY_ID) == len(ROWS)
    for row in ROWS:
        assert row.hears in get_args(Hears)
        assert row.when in get_args(When)
        assert {*row.by.values()} <= set(get_args(When))
        assert not row.firm or (row.when == "now" and not row.by), row.id
        if of_the_log(row):
            assert row.event in e.TYPES, row.id
            assert not row.case or row.case in CASES, row.id
    for row in filter(of_the_log, REPORTER):
        assert not row.holds or row.holds in TO_REPORTER, row.id
        assert row.template in NOTICES, row.id
    for row in filter(of_the_log, SEATS):
        assert not row.holds or row.holds in TO_SEAT, row.id
        assert row.template in officer_templates.NOTICES, row.id


def test_nothing_is_named_that_no_row_uses() -> None:
    assert {row.case for row in ROWS} - {""} == set(CASES)
    assert {row.holds for row in REPORTER} - {""} == set(TO_REPORTER)
    assert {row.holds for row in SEATS} - {""} == set(TO_SEAT)


NEVER_WAIT = ["received", "danger", "erased", "confidentiality", "account_lost"]


@pytest.mark.parametrize("template", NEVER_WAIT)
def test_what_a_person_must_know_at_once_waits_in_no_city(template: str) -> None:
    for row in (row for row in REPORTER if row.template == template):
        assert row.firm
        for when in ("quiet", "never"):
            with pytest.raises(ValidationError, match="never kept waiting"):
                Change(row=row.id, when=when, why="Coba menunda yang tidak boleh ditunda.")


def test_answers_and_codes_are_rows_too_and_never_wait() -> None:
    asked = [row for row in ROWS if row.event.split(".", 1)[0] in ("ask", "officer")]
    assert asked
    assert all(row.firm and row.when == "now" for row in asked)


CHANGED: list[tuple[str, dict[str, Any], str, str, When]] = [
    ("as the table says", {}, "reporter.visited", "whatsapp", "quiet"),
    ("left out", {"row": "reporter.visited", "when": "never"}, "reporter.visited", "whatsapp", "never"),
    ("left out on one channel", {"row": "reporter.visited", "when": "never", "channels": "sms"}, "reporter.visited",
     "sms", "never"),
    ("and not on another", {"row": "reporter.visited", "when": "never", "channels": "sms"}, "reporter.visited",
     "whatsapp", "quiet"),
    ("into the list", {"row": "seat.subtask", "when": "digest"}, "seat.subtask", "whatsapp", "digest"),
    ("another row", {"row": "seat.subtask", "when": "digest"}, "seat.task", "whatsapp", "quiet"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "row", "channel", "when"), [r[1:] for r in CHANGED], ids=[r[0] for r in CHANGED])
def test_a_city_changes_a_row(change: dict[str, Any], row: str, channel: str, when: When) -> None:
    changes = [{**change, "why": "Disepakati rapat bulan ini."}] if change else []
    hearing = Hearing.model_validate({"changes": changes})
    assert hearing.table[row].on(channel) == when


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"row": "reporter.nothing", "when": "now"}, "no row reporter.nothing"),
        ({"row": "reporter.visited", "when": "digest"}, "no list"),
        ({"row": "reporter.visited", "when": "later"}, "Input should be"),
    ],
)
def test_what_a_city_can_not_mean_is_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Change.model_validate({**change, "why": "Disepakati rapat bulan ini."})


QUIET: list[tuple[str, str | None, str, str | None]] = [
    ("in the evening", "21:00-06:00", "20:59", None),
    ("its first minute", "21:00-06:00", "21:00", "06:00 24"),
    ("before midnight", "21:00-06:00", "23:59", "06:00 24"),
    ("after midnight", "21:00-06:00", "00:00", "06:00 23"),
    ("its last minute", "21:00-06:00", "05:59", "06:00 23"),
    ("its end", "21:00-06:00", "06:00", None),
    ("hours within a day", "12:00-13:00", "12:30", "13:00 23"),
    ("hours within a day, outside", "12:00-13:00", "13:00", None),
    ("none", None, "03:00", None),
]


@pytest.mark.parametrize(("hours", "clock", "until"), [r[1:] for r in QUIET], ids=[r[0] for r in QUIET])
def test_quiet_hours_are_the_citys_own(hours: str | None, clock: str, until: str | None) -> None:
    found = quiet_until(Hearing(quiet=hours), WIB, at(clock))
    assert found == (None if until is None else at(until.split()[0], int(until.split()[1])))


def test_the_same_moment_is_night_in_one_city_and_evening_in_another() -> None:
    moment = at("20:30")  # 21.30 in Kupang
    assert quiet_until(Hearing(), WIB, moment) is None
    assert quiet_until(Hearing(), ZoneInfo("Asia/Makassar"), moment) == at("05:00", 24)


OUT: list[tuple[str, When, bool, str, str | None]] = [
    ("at once by day", "quiet", False, "10:00", None),
    ("at once at night", "now", False, "23:00", None),
    ("a reporter in the morning", "quiet", False, "23:00", "06:00 24"),
    ("a seat with its list", "quiet", True, "23:00", "07:00 24"),
    ("a seat's list", "digest", True, "10:00", "07:00 24"),
    ("a seat's list, before its hour", "digest", True, "06:59", "07:00 23"),
    ("a seat at once by day", "quiet", True, "10:00", None),
]


@pytest.mark.parametrize(("when", "seat", "clock", "wanted"), [r[1:] for r in OUT], ids=[r[0] for r in OUT])
def test_when_something_goes_out(when: When, seat: bool, clock: str, wanted: str | None) -> None:
    found = goes_out(when, Hearing(), WIB, at(clock), seat=seat)
    assert found == (None if wanted is None else at(wanted.split()[0], int(wanted.split()[1])))


def test_a_task_of_the_night_does_not_wait_for_a_list_at_noon() -> None:
    hearing = Hearing.model_validate({"digest": {"at": "12:00"}})
    assert goes_out("quiet", hearing, WIB, at("23:00"), seat=True) == at("06:00", 24)
    assert next_list(hearing, WIB, at("12:00")) == at("12:00", 24)


def test_yaml_without_quotes_is_read_as_a_time_of_day() -> None:
    assert Hearing.model_validate({"digest": {"at": 7 * 60 + 30}}).digest.at.isoformat() == "07:30:00"


def about(kind: Any, against: str | None = None, confidentiality: Any = "normal") -> Callable[[], given.Life]:
    def life() -> given.Life:
        life = given.received()
        proposal = given.proposal(1)
        matter = e.Matter.model_validate({**proposal.matter.model_dump(), "about": kind, "against": against})
        straight = given.assigning(life.now, "dlh", ("camat-gading-cempaka",))
        life.when(c.ProposeScreening(
            cause=cause("propose"), straight=straight,
            proposal=e.ScreeningProposed.model_validate({**proposal.model_dump(), "matter": matter}),
        ))  # fmt: skip
        if confidentiality == "secret":
            life.when(c.RaiseConfidentiality(cause=cause("raise"), by="reporter:1", level="secret"))
        return life

    return life


WALLS: list[tuple[str, Callable[[], given.Life], str, str | None]] = [
    ("its lead", given.assigned, "dlh", None),
    ("a seat that has no part in it", about(None, confidentiality="secret"), "pupr", "not_handling"),
    ("its lead, of a secret one", about(None, confidentiality="secret"), "dlh", None),
    ("the leader, of a secret one", about(None, confidentiality="secret"), "walikota", "not_handling"),
    ("the accused office", about("agency", "dlh"), "dlh", "accused"),
    ("the accused camat", about("camat", "camat-gading-cempaka"), "camat-gading-cempaka", "accused"),
    ("a lurah below the accused camat", about("camat", "camat-gading-cempaka"), "lurah-padang-harapan", "accused"),
    ("the mayor, of one about him", about("mayor"), "walikota", "accused"),
    ("the inspector, of one about the mayor", about("mayor"), "inspektorat", None),
]


@pytest.mark.parametrize(("life", "seat", "wanted"), [r[1:] for r in WALLS], ids=[r[0] for r in WALLS])
def test_the_walls_hold_whatever_a_row_says(life: Callable[[], given.Life], seat: str, wanted: str | None) -> None:
    assert policy.wall(CITY, life().state, seat) == wanted


def test_no_row_reaches_the_accused_even_if_he_holds_the_complaint() -> None:
    life = about("agency", "dlh")()
    for event in life.events:
        for told in policy.for_seats(event):
            if told.seat == "dlh":
                assert policy.still_told(told.template, "dlh", event, life.state, CITY) == "accused"


def test_what_is_about_a_danger_is_known_before_and_after_screening() -> None:
    assert policy.danger(given.assigned(urgency="danger").state)
    assert not policy.danger(given.assigned().state)
    assert not policy.danger(given.received().state)


def test_who_hears_what_is_put_in_force_with_the_policy_and_read_back() -> None:
    hearing = Hearing.model_validate({
        "quiet": "22:00-05:00", "morning": {"at": "06:15", "seats": ["walikota"]},
        "changes": [{"row": "seat.confirmed", "when": "now", "why": "Lurah ingin tahu saat itu juga."}],
    })  # fmt: skip
    city = cities.remade(CITY, hearing=hearing)
    stored = fact_of(city)
    assert hearing_of(type(stored).model_validate_json(stored.model_dump_json())) == hearing
    plain = cities.remade(CITY, hearing=Hearing())
    assert digest(city) != digest(plain)
    assert hearing_of(type(stored).model_validate({"version": 1, "policy": {}})) is None


def test_a_file_that_can_not_be_meant_is_refused_with_its_line(tmp_path: Path) -> None:
    wrong = tmp_path / "hearing.yaml"
    wrong.write_text("quiet: 21:00-06:00\nmorning:\n  seats: [walikota, dlh]\n")
    with pytest.raises(cities.CityFileWrong, match=r"hearing.yaml:3: morning.seats.1: no leader"):
        cities.read_hearing(wrong, CITY)
    wrong.write_text("changes:\n  - {row: reporter.received, when: never, why: Tidak perlu dijawab.}\n")
    with pytest.raises(cities.CityFileWrong, match=r"hearing.yaml:2: .*never kept waiting"):
        cities.read_hearing(wrong, CITY)


def test_the_guide_shows_the_table_as_it_is() -> None:
    guide = Path("docs/hearing.md").read_text(encoding="utf-8")
    assert guide.endswith("\n".join(lines()) + "\n"), "python -m services.notifier.tools.table"
