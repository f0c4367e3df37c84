"""No event has a field in which a person's words, name, place or contact could stand in clear."""

import types
import typing
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from services.complaint.events import TYPES

CLEAR_TEXT = {
    "ticket", "reporter", "party", "channel", "door", "text_blob", "seat", "seats", "from_seat", "lead", "to", "by",
    "first_level",
    "forwarder", "media", "evidence", "content_type", "category", "district_code", "ward_code", "summary", "reasons",
    "model", "rule", "rules", "left_out", "unit", "misassigned", "against", "calendar", "notice", "template",
    "superior", "proof_link",
    # Keyed hashes of complaints, clusters and persons; our own words.
    "complaint", "complaints", "into", "was_into", "main", "cluster", "of", "other", "who", "why",
    "moved_from", "split_from",
    "session",
    "rung", "notices",
    "drafted_by", "account", "accounts", "pictures", "link",
}  # fmt: skip
"""Seats, codes, our own vocabulary. (`reason` of `reporter_unreachable` is our word for a provider's code.)"""


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        yield from (inner for found in _classes(field.annotation) for inner in _models(found))


def _classes(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from _classes(inner)


def _is_clear_text(annotation: object, metadata: list[object]) -> bool:
    if any("A256GCM" in str(item) for item in [annotation, *metadata]):
        return False
    if typing.get_origin(annotation) in (typing.Union, types.UnionType, tuple):
        return any(_is_clear_text(inner, []) for inner in typing.get_args(annotation))
    if typing.get_origin(annotation) is typing.Annotated:
        return _is_clear_text(typing.get_args(annotation)[0], [])
    return annotation is str


_OUR_REASON = frozenset({"complaint.reporter_unreachable", "complaint.call_wanted", "complaint.proof_not_posted"})


@pytest.mark.parametrize("event_type", TYPES)
def test_every_text_of_a_person_is_sealed(event_type: str) -> None:
    clear = {
        name
        for model in _models(TYPES[event_type])
        for name, field in model.model_fields.items()
        if _is_clear_text(field.annotation, list(field.metadata))
    }
    known = CLEAR_TEXT | ({"reason"} if event_type in _OUR_REASON else set())
    assert clear <= known
