"""Two models compared: figures by hand, and a new one that takes over only if nothing speaks against it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.base import Function
from services.router.learning.comparing import Comparison, Figures, Truth, figures, most_frequent

FUNCTIONS: tuple[Function, ...] = ("public_works", "transport", "social", "health")
ROAD, TRAFFIC, SOCIAL = (frozenset({name}) for name in FUNCTIONS[:3])


def logs(*shares: float) -> list[float]:
    return [math.log(share) for share in shares]


def test_the_figures_of_four_rows_by_hand() -> None:
    scored = [
        logs(0.7, 0.1, 0.1, 0.1),
        logs(0.6, 0.2, 0.1, 0.1),
        logs(0.3, 0.4, 0.2, 0.1),
        logs(0.4, 0.3, 0.2, 0.1),
    ]
    found = figures(FUNCTIONS, scored, [ROAD, ROAD, TRAFFIC, SOCIAL])
    assert (found.rows, found.accuracy, found.top3) == (4, 0.75, 1.0)
    # F1: public works 2·2/(2·2+1) = 0.8, transport 1, social 0.
    assert found.macro_f1 == pytest.approx(0.6)
    # Steps of a tenth: 0.7 and 0.6 alone and right, 0.4 twice of which one is right.
    assert found.calibration == pytest.approx((0.3 + 0.4 + 0.2) / 4)
    assert found.surprise == pytest.approx(-sum(map(math.log, (0.7, 0.6, 0.4, 0.2))) / 4)


def test_where_an_office_has_several_functions_any_of_them_is_right() -> None:
    both: Truth = frozenset({"transport", "social"})
    found = figures(FUNCTIONS, [logs(0.1, 0.2, 0.6, 0.1)], [both])
    assert (found.accuracy, found.macro_f1) == (1.0, 1.0)
    assert found.surprise == pytest.approx(-math.log(0.8))
    assert most_frequent([both, TRAFFIC]) == 1.0


def test_nothing_held_back_gives_no_figures_and_no_error() -> None:
    assert figures(FUNCTIONS, [], []).rows == 0


def made(accuracy: float, surprise: float, macro_f1: float = 0.5, rows: int = 100) -> Figures:
    return Figures(rows, accuracy, 0.9, macro_f1, 0.1, surprise)


KNOWN = made(0.95, 0.2)


@pytest.mark.parametrize(
    ("after", "known_after", "said"),
    [
        (made(0.7, 0.9), KNOWN, []),
        (made(0.6, 0.9), KNOWN, []),
        (made(0.7, 1.05), KNOWN, []),
        (made(0.7, 0.9, rows=29), KNOWN, ["29 decisions held back"]),
        (made(0.59, 0.9), KNOWN, ["right less often"]),
        (made(0.7, 1.2), KNOWN, ["probabilities fit worse"]),
        (made(0.7, 0.9, macro_f1=0.48), KNOWN, ["rarer functions"]),
        (made(0.6, 1.0), KNOWN, ["better in nothing"]),
        (made(0.7, 0.9), made(0.89, 0.2), ["unlearned"]),
        (made(0.35, 0.9), KNOWN, ["most frequent function", "right less often"]),
    ],
)
def test_it_takes_over_only_if_nothing_speaks_against_it(after: Figures, known_after: Figures, said: list[str]) -> None:
    objections = Comparison(made(0.6, 1.0), after, KNOWN, known_after, 0.3).objections
    assert len(objections) == len(said)
    assert all(part in objection for part, objection in zip(said, objections, strict=True))


@given(
    st.lists(st.tuples(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), st.sampled_from(FUNCTIONS)), min_size=1)
)
def test_figures_stay_in_their_bounds(rows: list[tuple[list[float], Function]]) -> None:
    scored = [[math.log(share / sum(shares)) for share in shares] for shares, _ in rows]
    found = figures(FUNCTIONS, scored, [frozenset({truth}) for _, truth in rows])
    assert 0 <= found.accuracy <= found.top3 <= 1
    assert 0 <= found.macro_f1 <= 1
    assert 0 <= found.calibration <= 1
    assert found.surprise >= 0
