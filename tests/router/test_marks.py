"""Marks beside the matter, over lists of our own sentences: how many are found, and how many of the found are right.

`marks/<mark>.txt`: `+` bears the mark, `-` only sounds so. What is missed and what is false is named when it fails.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from services.router.knowledge import marks_model
from services.router.knowledge.texts import own_texts
from services.router.screening import reading
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


FLOORS = {
    "danger": (0.70, 0.88, 0.85),
    "secret": (0.66, 0.82, 0.85),
    "behalf": (0.62, 0.75, 0.85),
    "spam": (0.62, 0.82, 0.85),
}
"""Of sentences that were written before the marks' model was asked about any: share of the bearing that is set, share
that is set or that a person looks at first, and share of the set that is right."""


@pytest.mark.parametrize("mark", FLOORS)
def test_of_sentences_written_before_anything_was_asked_most_are_found_and_few_are_false(mark: str) -> None:
    lines = _lines(f"unseen/{mark}")
    found = [(line.startswith("+ "), propose([line[2:]])) for line in lines]
    bearing = [proposal for bears, proposal in found if bears]
    false = sum(MARKS[mark](proposal) for bears, proposal in found if not bears)
    is_set = sum(map(MARKS[mark], bearing))
    seen = sum(MARKS[mark](one) or ("unwanted" if mark == "spam" else mark) in one.unsure for one in bearing)
    least_set, least_seen, least_right = FLOORS[mark]
    assert is_set >= least_set * len(bearing)
    assert seen >= least_seen * len(bearing)
    assert is_set / (is_set + false) >= least_right


@pytest.mark.parametrize("mark", ["danger", "secret"])
def test_of_later_sentences_nearly_all_are_set(mark: str) -> None:
    """At first sight: dangers 0.91 then 0.90 set, 0.16 then 0 false; secrets 0.91 then 0.73, false 0.12 then 0.07."""
    found = [(line.startswith("+ "), MARKS[mark](propose([line[2:]]))) for line in _lines(f"first_sight_{mark}")]
    bearing = [is_set for bears, is_set in found if bears]
    sounding = [is_set for bears, is_set in found if not bears]
    assert sum(bearing) >= 0.93 * len(bearing)
    assert sum(sounding) <= FALSE_AT_MOST * len(sounding)


def test_what_is_not_sure_of_danger_is_urgent_and_looked_at_first_and_changes_nothing_else() -> None:
    texts = [one.text for one in own_texts() if not one.framed]
    asked = [(text, propose([text])) for text in texts[::5]]
    unsure = [(text, proposal) for text, proposal in asked if "danger" in proposal.unsure]
    assert len(unsure) <= 0.05 * len(asked)
    for text, proposal in unsure:
        assert proposal.urgency == "urgent"
        assert "unsure.danger" in proposal.rules
        assert "danger" in marks_model().marked(reading.read([text]))
