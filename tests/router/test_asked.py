"""What rules look for is kept of a message: a phrase that no module declared would never be found."""

from collections.abc import Iterator
from types import ModuleType

import pytest

from services.router.screening import asked, reading
from services.router.screening.near import Pairs


def _looked_for(rules: ModuleType) -> Iterator[str]:
    """Every phrase in the module's own tables. The words of `NO_PERIL` are compared with single words as they come."""
    for name, value in vars(rules).items():
        if isinstance(value, Pairs):
            yield from value.asked
        elif isinstance(value, frozenset) and name not in {"OWN_WORDS", "NO_PERIL", *_OF_MATTERS}:
            yield from value


_OF_MATTERS = {"SENSITIVE", "SECRET", "ON_BEHALF", "PERHAPS", "_HELPED", "_LASTING", "OUT_OF_COMPETENCE"}


@pytest.mark.parametrize("rules", asked.RULES, ids=lambda rules: rules.__name__.rpartition(".")[2])
def test_every_phrase_of_a_rule_is_kept_of_a_message(rules: ModuleType) -> None:
    assert not set(_looked_for(rules)) - asked.phrases()


def test_each_phrase_is_found_where_it_stands_alone_and_behind_others() -> None:
    for phrase in sorted(asked.phrases()):
        assert phrase in reading.read([phrase]).grams
        late = reading.read([f"kuda {phrase} kuda"])
        assert late.grams.get(phrase, 1) == 1
        assert late.length == 2 + len(phrase.split())
