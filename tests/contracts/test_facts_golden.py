"""Stored facts of the cities are pinned like the complaints' events: as they were written, they load for ever."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from services.contracts.envelope import Recorded
from services.contracts.facts import FACT_TYPES, ClusterClosed, ClusterGrown, ClusterOpened, ModelPutInForce
from services.contracts.facts import templates as template_facts
from services.contracts.facts.doors import DOOR_FACTS
from services.contracts.facts.live import LIVE_FACTS
from services.contracts.facts.places import PLACE_FACTS
from services.contracts.facts.seats import SEAT_FACTS

FACTS: dict[str, type[Any]] = {
    **FACT_TYPES, **DOOR_FACTS, **LIVE_FACTS, **SEAT_FACTS, **PLACE_FACTS,
    "city.cluster_opened": ClusterOpened, "city.cluster_grown": ClusterGrown, "city.cluster_closed": ClusterClosed,
    "city.model_put_in_force": ModelPutInForce, template_facts.TYPE: template_facts.TemplateReviewed,
}  # fmt: skip
HERE = Path(__file__).parents[1]
FILES = sorted(
    [*(HERE / "contracts" / "golden").glob("*.json"), *(HERE / "router" / "places" / "golden").glob("*.json")]
)


def _type(file: Path) -> str:
    """`city.seat_held.v1`; `city.seat_held.v1+whole`: with the fields that may be left out, or came later."""
    return file.stem.rpartition(".v")[0]


def _reader(file: Path) -> TypeAdapter[Recorded[Any]]:
    kind = FACTS[_type(file)]
    return TypeAdapter(Recorded[kind])  # type: ignore[valid-type]  # parametrised by a class known at run time only


def test_every_type_has_its_file() -> None:
    assert {_type(file) for file in FILES} == set(FACTS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_was_stored_loads_and_nothing_of_it_is_lost(file: Path) -> None:
    stored = file.read_bytes().strip()
    fact = _reader(file).validate_json(stored)
    assert isinstance(fact.data, FACTS[_type(file)])
    written = json.loads(fact.model_dump_json(by_alias=True, exclude_none=True))
    was = json.loads(stored)
    assert all(written[name] == was[name] for name in was if name != "data")
    assert {name: written["data"][name] for name in was["data"]} == was["data"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_field_of_a_later_version_is_ignored(file: Path) -> None:
    stored = json.loads(file.read_bytes())
    later = {**stored, "later": 1, "data": {**stored["data"], "later": {"x": 1}}}
    reader = _reader(file)
    assert reader.validate_json(json.dumps(later)) == reader.validate_json(file.read_bytes())
