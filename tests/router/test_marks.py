"""Marks beside the matter, over lists of our own sentences: how many are found, and how many of the found are right.

`marks/<mark>.txt`: `+` bears the mark, `-` only sounds so. What is missed and what is false is named when it fails.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from services.router.screening.propose import Proposal, propose

HERE = Path(__file__).parent / "marks"

MARKS: dict[str, Callable[[Proposal], bool]] = {
    "danger": lambda found: found.urgency == "danger",
    "secret": lambda found: found.confidentiality != "normal",
    "behalf": lambda found: found.on_behalf,
    "spam": lambda found: found.spam or found.hoax,
}
MISSED_AT_MOST = {"danger": 0.02, "secret": 0.05, "behalf": 0.07, "spam": 0.07}
FALSE_AT_MOST = 0.05


def _lines(name: str) -> list[str]:
    read = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in read if line and not line.startswith("#")]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_found_where_it_belongs_and_seldom_elsewhere(mark: str) -> None:
    bearing = [line[2:] for line in _lines(mark) if line.startswith("+ ")]
    sounding = [line[2:] for line in _lines(mark) if line.startswith("- ")]
    assert len(bearing) >= 30
    assert len(sounding) >= 20
    missed = [text for text in bearing if not MARKS[mark](propose([text]))]
    false = [text for text in sounding if MARKS[mark](propose([text]))]
    assert len(missed) <= MISSED_AT_MOST[mark] * len(bearing), missed
    assert len(false) <= FALSE_AT_MOST * len(sounding), false


def test_whose_it_is_outside_the_city_is_named_and_the_citys_own_is_kept() -> None:
    wrong = []
    for line in _lines("competence"):
        wanted, text = line.split(" | ")
        found = propose([text])
        named = found.authority.id if found.authority else "city"
        if named != wanted:
            wrong.append((text, wanted, named))
    assert len(wrong) <= 2, wrong
