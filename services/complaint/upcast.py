"""Old schemas made current: one pure step per type and schema, from the stored JSON of one to that of the next."""

from collections.abc import Callable, Mapping
from typing import Any

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: Mapping[tuple[str, int], Step] = {}
"""(type, schema it reads) → its envelope and data one schema later. Empty while every type is at its first schema."""


def to_current(
    event_type: str, schema: int, stored: dict[str, Any], steps: Mapping[tuple[str, int], Step] = STEPS
) -> dict[str, Any]:
    """The stored event after every step from `schema` on. A missing step is an error: old events load for ever."""
    while (event_type, schema) in steps:
        stored = {**steps[event_type, schema](stored), "schema": schema + 1}
        schema += 1
    return stored
