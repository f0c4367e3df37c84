"""A complaint about an office or a person never reaches them: one table, asked everywhere."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.base import About
from services.contracts.city.conflicts import conflict_free, inspector, may_know, superior
from tests.router.cities import read

BENGKULU = read("bengkulu")
ABOUTS: tuple[About, ...] = ("rt", "rw", "lurah", "camat", "agency", "official", "mayor")


@dataclass(frozen=True)
class Matter:
    about: About | None = None
    against: str | None = None


@pytest.mark.parametrize(
    ("matter", "free", "not_free"),
    [
        (Matter(), ["dlh", "walikota", "lurah-padang-harapan"], []),
        (Matter("rt"), ["lurah-padang-harapan", "camat-gading-cempaka"], []),
        (Matter("lurah", "lurah-padang-harapan"), ["camat-gading-cempaka", "sekda"], ["lurah-jalan-gedang"]),
        (Matter("camat", "camat-gading-cempaka"), ["sekda", "inspektorat"], ["lurah-padang-harapan", "camat-selebar"]),
        (Matter("agency", "dlh"), ["inspektorat", "asisten-2", "sekda", "pupr"], ["dlh"]),
        (Matter("official", "dishub"), ["inspektorat", "walikota"], ["dishub"]),
        (Matter("official"), ["inspektorat", "walikota", "sekda"], ["dlh", "asisten-1", "camat-selebar", "prokopim"]),
        (Matter("official", "sekda"), ["walikota", "wawali", "inspektorat"], ["sekda", "asisten-1", "dlh", "desk"]),
        (
            Matter("mayor", "walikota"),
            ["inspektorat"],
            ["walikota", "wawali", "sekda", "asisten-1", "dlh", "tim-saring"],
        ),
        (Matter("official", "inspektorat"), ["walikota", "sekda"], ["inspektorat"]),
    ],
)
def test_who_may_handle_what_is_about_whom(matter: Matter, free: list[str], not_free: list[str]) -> None:
    assert [seat for seat in free if not conflict_free(BENGKULU, matter, seat)] == []
    assert [seat for seat in not_free if conflict_free(BENGKULU, matter, seat)] == []


def test_screeners_and_watchers_see_what_is_about_the_mayor_but_the_mayors_own_line_does_not() -> None:
    matter = Matter("mayor", "walikota")
    seeing = {seat for seat in BENGKULU.seats if may_know(BENGKULU, matter, seat)}
    assert seeing == {"inspektorat", "dpo", "desk", "tim-saring"}


def test_the_next_superior_without_a_conflict_is_found_up_the_line() -> None:
    assert superior(BENGKULU, Matter(), "dlh") == "asisten-2"
    assert superior(BENGKULU, Matter("official", "asisten-2"), "dlh") == "sekda"
    assert superior(BENGKULU, Matter("official", "sekda"), "camat-selebar") == "walikota"
    assert superior(BENGKULU, Matter("mayor", "walikota"), "dlh") == "inspektorat"
    assert superior(BENGKULU, Matter("mayor", "walikota"), "inspektorat") is None
    assert superior(BENGKULU, Matter(), "walikota") is None


@given(st.sampled_from(ABOUTS), st.sampled_from([None, *BENGKULU.seats]), st.sampled_from(list(BENGKULU.seats)))
def test_never_the_accused_and_nobody_whose_superior_it_is_but_the_inspector(
    about: About, against: str | None, seat: str
) -> None:
    matter = Matter(about, against)
    if conflict_free(BENGKULU, matter, seat):
        assert may_know(BENGKULU, matter, seat)
        assert seat != against
        assert seat == inspector(BENGKULU) or BENGKULU.seats[seat].superior != against or against is None
    if seat == against:
        assert not may_know(BENGKULU, matter, seat)
    assert not conflict_free(BENGKULU, matter, "nobody-knows")
