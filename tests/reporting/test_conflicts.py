"""A complaint about a seat is not shown to it, and a neighbour reads no words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.complaint.events import Matter
from services.contracts.city import City, Neighbourhood
from services.reporting import sight
from services.reporting.read_models.cases.card import Card
from services.reporting.read_models.cases.closing import Picture
from services.reporting.read_models.cases.holdings import Holding
from services.web.staff import Staff
from tests.router.cities import read

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
SEALED = "A256GCM.{0}/handling.x.y"


def staff(city: City, seat: str) -> Staff:
    return Staff(city, city.seats[seat], None, "csrf", b"session")


def card(holder: str, **about: object) -> Card:
    matter = Matter(
        kind="complaint", category="official_conduct", function="village_ward", district_code="17.71.02",
        urgency="normal", confidentiality="anonymous", **about,  # type: ignore[arg-type]
    )  # fmt: skip
    return Card(
        complaint="c", city="bengkulu", ticket="t", n=3, received_at=AT, since=AT, confidentiality="anonymous",
        phase="working", matter=matter, holdings={holder: Holding("lead", AT)},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("about", "against", "holder", "sees", "sees_not"),
    [
        ("mayor", "walikota", "inspektorat", ["inspektorat", "tim-saring", "desk", "dpo"],
         ["walikota", "wawali", "sekda", "asisten-1", "prokopim", "dlh", "camat-gading-cempaka"]),
        ("camat", "camat-gading-cempaka", "sekda", ["sekda", "walikota", "tim-saring"],
         ["camat-gading-cempaka", "lurah-padang-harapan"]),
        ("official", "sekda", "inspektorat", ["walikota", "inspektorat"], ["sekda", "asisten-1", "prokopim"]),
        ("lurah", "lurah-padang-harapan", "camat-gading-cempaka", ["camat-gading-cempaka", "sekda"],
         ["lurah-padang-harapan"]),
    ],
)  # fmt: skip
def test_who_is_complained_about_does_not_find_it_in_any_list(
    about: str, against: str, holder: str, sees: list[str], sees_not: list[str]
) -> None:
    city = read("bengkulu")
    one = card(holder, about=about, against=against)
    assert [seat for seat in sees if not sight.may_see(staff(city, seat), one)] == []
    assert [seat for seat in sees_not if sight.may_see(staff(city, seat), one)] == []


def test_even_one_that_held_it_before_it_was_about_him_sees_it_no_more() -> None:
    city = read("bengkulu")
    one = card("lurah-padang-harapan", about="lurah", against="lurah-padang-harapan")
    assert not sight.may_see(staff(city, "lurah-padang-harapan"), one)


@pytest.mark.parametrize(
    ("confidentiality", "reads"),
    [("normal", {"prokopim", "wawali", "tim-saring", "inspektorat"}),
     ("anonymous", {"prokopim", "wawali", "tim-saring", "inspektorat"}),
     ("secret", {"wawali", "tim-saring", "inspektorat"})],
)  # fmt: skip
def test_offices_words_on_what_is_secret_are_not_for_who_publishes(confidentiality: str, reads: set[str]) -> None:
    city = read("bengkulu")
    one = replace(card("inspektorat"), confidentiality=confidentiality)  # type: ignore[arg-type]
    picture = Picture(of="office", n=2)
    seats = ("prokopim", "wawali", "tim-saring", "inspektorat", "dlh", "dpo")
    assert {seat for seat in seats if sight.opens(staff(city, seat), one, SEALED)} == reads
    assert {seat for seat in seats if sight.sees_picture(staff(city, seat), one, picture)} == reads


def test_the_head_of_an_rt_sees_what_he_holds_but_opens_no_words() -> None:
    city = read("bengkulu")
    ward = next(w for w in city.wards.values() if w.name == "Padang Harapan")
    listed = (Neighbourhood(ward=ward.code, rw="02", rt="05"),)
    city = City.model_validate({**city.model_dump(exclude={"rules", "neighbourhoods"}), "neighbourhoods": listed})
    one = card("rt-05-rw-02-padang-harapan")
    head = staff(city, "rt-05-rw-02-padang-harapan")
    assert sight.may_see(head, one)
    assert not sight.opens(head, one, SEALED)
    assert not sight.may_see(head, card("rt-05-rw-02-padang-harapan", about="rt"))
