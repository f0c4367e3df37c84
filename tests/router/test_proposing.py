"""What the machine may send on by itself, decided without any part running."""

from dataclasses import replace

import pytest

from services.contracts.city import City
from services.router.dossier import Dossier
from services.router.places import Gazetteer
from services.router.proposing import Proposed, proposed
from services.router.words_in_clear import Heard
from tests.complaint.given import COMPLAINT, Life, cause, opening
from tests.router.cities import read

MANDIANGIN = "camat-mandiangin-koto-selayan"


def said(city: City, text: str, first_level: str | None = None) -> Proposed:
    life = Life()
    life.when(replace(opening(), first_level=first_level))
    dossier = Dossier(city.id, COMPLAINT)
    for at, event in enumerate(life.events, start=1):
        dossier.add(event, at)
    found = proposed(
        city, Gazetteer(city), dossier, Heard((text,), ()), cause=cause("propose"), at=life.now, scale=1.0, settled=True
    )
    assert found is not None
    return found


@pytest.mark.parametrize("first_level", [None, MANDIANGIN])
@pytest.mark.parametrize(
    "text",
    ["listrik padam dari sore di manggis ganting", "motor saya dicuri semalam di puhun tembok, sudah lapor polisi"],
)
def test_what_is_another_authoritys_a_person_sees_first(text: str, first_level: str | None) -> None:
    assert said(read("bukittinggi"), text, first_level).command.straight is None


def test_a_power_cut_may_still_be_one_matter_of_many() -> None:
    """Nobody is sent anywhere by the machine, but thousands of them are one surge."""
    found = said(read("bengkulu"), "listrik padam dari sore di padang harapan")
    assert found.command.straight is None
    assert found.doubtful


def test_what_is_the_citys_and_known_goes_on_by_itself() -> None:
    found = said(read("bengkulu"), "sampah menumpuk di padang harapan sudah seminggu tidak diangkut")
    assert found.command.straight is not None
