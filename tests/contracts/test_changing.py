"""Our `replace` does what the library's does, for every type of state that is folded."""

import dataclasses
import inspect
from dataclasses import dataclass
from typing import Any

import pytest

from services.complaint import state
from services.contracts.changing import put, replace
from services.reporting.read_models.cases import card, closing, holdings, parts

KINDS = [
    kind
    for module in (state, card, closing, holdings, parts)
    for _, kind in inspect.getmembers(module, dataclasses.is_dataclass)
    if isinstance(kind, type) and kind.__module__ == module.__name__
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_can_be_changed_alone_and_the_others_stay(kind: type[Any]) -> None:
    names = [field.name for field in dataclasses.fields(kind)]
    if not names:
        return
    one = kind(**{name: f"value of {name}" for name in names})
    for name in names:
        changed = replace(one, **{name: "another"})
        assert type(changed) is kind
        assert {n: getattr(changed, n) for n in names} == {n: getattr(one, n) for n in names} | {name: "another"}
        assert getattr(one, name) == f"value of {name}"
    assert replace(one) == one


@dataclass(frozen=True, slots=True)
class Small:
    only: int


@dataclass(frozen=True)
class Loose:
    only: int


def test_a_field_that_there_is_not_is_an_error() -> None:
    with pytest.raises(KeyError):
        replace(Small(1), other=2)  # type: ignore[call-arg]


def test_a_type_without_slots_is_refused() -> None:
    with pytest.raises((TypeError, AttributeError)):
        replace(Loose(1), only=2)


def test_what_was_only_just_made_is_changed_in_place() -> None:
    one = Small(1)
    assert put(one, only=2) is one
    assert one == Small(2)
    with pytest.raises(KeyError):
        put(one, other=2)  # type: ignore[call-arg]
