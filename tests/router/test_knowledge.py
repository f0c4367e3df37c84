"""The base model and what it is made of."""

import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.base import OUT_OF_COMPETENCE
from services.router.knowledge import BASE, HERE, base_model, build, marks, marks_model
from services.router.knowledge.texts import PRIOR, lines, own_texts
from services.router.screening import dangers, reading
from services.router.screening import model as models
from services.router.screening.marking import MARKS
from services.router.screening.model import FUNCTIONS
from services.router.screening.propose import propose
from services.router.screening.training import Example, Recipe, fit


def test_every_function_has_texts_and_a_share() -> None:
    assert {path.stem for path in (HERE / "corpus").glob("*.txt")} == set(FUNCTIONS)
    for function in FUNCTIONS:
        texts = lines(HERE / "corpus" / f"{function}.txt")
        assert len(texts) >= (25 if function in OUT_OF_COMPETENCE else 45), function
        assert len(set(texts)) == len(texts), function
    assert set(PRIOR) == set(FUNCTIONS)


def test_the_base_model_is_made_of_the_texts_and_the_lexicon_as_they_stand() -> None:
    """If this fails: `python -m services.router.knowledge`."""
    assert base_model().version == build.version()
    assert base_model().functions == FUNCTIONS


def test_the_marks_model_is_made_of_the_sentences_and_the_senses_as_they_stand() -> None:
    """If this fails: `python -m services.router.knowledge marks`."""
    assert marks_model().header.version == marks.version()


def test_sentences_of_marks_are_many_and_none_stands_among_the_tests() -> None:
    asked = {
        line[2:]
        for file in (Path(__file__).parent / "marks").rglob("*.txt")
        for line in lines(file)
        if line.startswith(("+ ", "- "))
    }
    for mark in MARKS:
        own = list(marks.own_lines(mark))
        assert sum(line.bears for line in own) >= 70
        assert sum(not line.bears for line in own) >= 70
        assert not asked & {line.text for line in own}


def test_training_the_same_twice_gives_the_same_bytes() -> None:
    some = build.examples()[::40]
    first, again = (models.dumps(fit(some, "some-1")) for _ in range(2))
    assert first == again


def test_a_model_is_the_same_after_its_file() -> None:
    again = models.load(BASE)
    read = reading.read(["got depan rumah mampet, bau"])
    assert again.scores(read) == base_model().scores(read)
    assert models.dumps(again) == BASE.read_bytes()


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"no gzip", BASE.read_bytes()[:2000]):
        file = tmp_path / "bad.model"
        file.write_bytes(content)
        with pytest.raises(models.BadModel):
            models.load(file)


@settings(deadline=None)  # the first reads two models
@given(st.text(max_size=500))
def test_probabilities_sum_to_one_and_their_order_is_stable(text: str) -> None:
    first, again = propose([text]).functions, propose([text]).functions
    assert first == again
    assert math.isclose(sum(one.p for one in first), 1.0, abs_tol=1e-9)
    assert [one.p for one in first] == sorted((one.p for one in first), reverse=True)


@given(st.lists(st.sampled_from([one.text for one in own_texts() if not one.framed]), max_size=4))
def test_our_own_texts_in_any_order_lead_to_a_proposal_with_our_words_only(texts: list[str]) -> None:
    proposal = propose(texts)
    known = reading.own_words() | dangers.OWN_WORDS
    for entry in proposal.words:
        assert all(
            word in known or base_model().knows(word) or marks_model().knows(word)
            for word in entry.replace("+", " ").split()
        )


def test_a_long_message_is_measured_as_any() -> None:
    proposal = propose(["jalan rusak berlubang di depan rumah kami. " * 400])
    assert proposal.function == "public_works"


def test_a_model_of_few_texts_learns_them_and_too_few_are_refused() -> None:
    taught = [
        Example("kuda lumping menutup gapura", "tourism_sport"),
        Example("tandon tirta kosong melompong", "water_utility"),
        Example("bohlam gapura gosong", "housing_lighting"),
    ]
    learned = fit(taught, "few-1")
    for example in taught:
        scores = learned.scores(reading.read([example.text]))
        assert learned.functions[scores.index(max(scores))] == example.function
    with pytest.raises(ValueError, match="fewer than three"):
        fit(taught[:2], "few-2")


def test_a_floor_keeps_every_function_possible_and_takes_from_the_sure() -> None:
    three = [Example("kuda", "health"), Example("sapi", "social"), Example("kerbau", "revenue")]
    plain = fit(three, "plain-1")
    raised = fit(three, "raised-1", Recipe(floor={"revenue": 0.1}))
    read = reading.read(["kuda"])
    assert sum(map(math.exp, raised.scores(read))) == pytest.approx(1, abs=1e-3)
    assert math.exp(raised.scores(read)[raised.functions.index("revenue")]) >= 0.1
    assert raised.scores(read)[0] < plain.scores(read)[0]


def test_what_runs_needs_no_numerical_library() -> None:
    """Memory: the library that trains is larger than the whole router."""
    loaded = (
        "import sys, services.router.app, services.router.suggest, services.router.evaluate;"
        "print(*sorted({'numpy', 'scipy', 'sklearn', 'pandas'} & set(sys.modules)))"
    )
    program = [sys.executable, "-c", loaded]
    run = subprocess.run(program, capture_output=True, text=True, check=True, cwd=HERE.parents[2])
    assert run.stdout.strip() == ""
