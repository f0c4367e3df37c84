"""Stored JSON is pinned: every type in every schema, as the first version wrote it, loads and is written so today."""

import json
from pathlib import Path

import pytest

from services.complaint import upcast
from services.complaint.aggregate import COMPLAINT, UnknownEvent
from services.complaint.events import SCHEMA, TYPES

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(GOLDEN.glob("*.json"))


def _name(file: Path) -> tuple[str, int]:
    """`complaint.closed.v1`; `complaint.closed.v1+why`: the same schema with a field that came later."""
    event_type, _, schema = file.stem.rpartition(".v")
    return event_type, int(schema.partition("+")[0])


def test_every_type_has_a_file_for_every_schema_it_ever_had() -> None:
    wanted = {(event_type, schema) for event_type, last in SCHEMA.items() for schema in range(1, last + 1)}
    assert {_name(file) for file in FILES} == wanted
    assert set(TYPES) == set(SCHEMA)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_was_stored_loads_and_the_current_schema_is_written_the_same(file: Path) -> None:
    event_type, schema = _name(file)
    stored = file.read_bytes().strip()
    event = COMPLAINT.decode(event_type, schema, stored)
    assert isinstance(event.data, TYPES[event_type])
    if schema == SCHEMA[event_type]:
        assert COMPLAINT.encode(event) == stored


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_field_of_a_later_version_is_ignored(file: Path) -> None:
    event_type, schema = _name(file)
    stored = json.loads(file.read_bytes())
    later = {**stored, "later": 1, "data": {**stored["data"], "later": {"x": 1}}}
    event = COMPLAINT.decode(event_type, schema, json.dumps(later).encode())
    assert event == COMPLAINT.decode(event_type, schema, file.read_bytes())


def test_a_type_or_schema_of_a_later_version_is_an_error_not_a_guess() -> None:
    with pytest.raises(UnknownEvent):
        COMPLAINT.decode("complaint.teleported", 1, b"{}")
    with pytest.raises(UnknownEvent):
        COMPLAINT.decode("complaint.closed", SCHEMA["complaint.closed"] + 1, b"{}")


def test_an_old_schema_walks_every_step_to_the_current_one() -> None:
    steps = {
        ("complaint.closed", 1): lambda old: {**old, "data": {"how": old["data"]["end"]}},
        ("complaint.closed", 2): lambda old: {**old, "data": {"ended": old["data"]["how"]}},
    }
    old = {"type": "complaint.closed", "schema": 1, "data": {"end": "silent"}}
    assert upcast.to_current("complaint.closed", 1, old, steps) == {
        "type": "complaint.closed",
        "schema": 3,
        "data": {"ended": "silent"},
    }
    assert old["data"] == {"end": "silent"}
