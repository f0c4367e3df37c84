"""Decisions as they stand in the inbox: what the door said once, it says for ever."""

import json
from dataclasses import dataclass
from typing import Any

from services.contracts.base import Confidentiality, Kind
from services.intake.conversation import rules
from services.intake.officers.orders import Order

_LEVELS: dict[Confidentiality, int] = {"normal": 0, "anonymous": 1, "secret": 2}


@dataclass(frozen=True, slots=True)
class Opening:
    """A complaint that begins with this message."""

    complaint: str
    ticket: str
    confidentiality: Confidentiality
    first_level: str | None
    forwarder: str | None = None
    kind: Kind | None = None
    session: str | None = None


OfOne = Opening | rules.Add | rules.Done | rules.NotDone | rules.Cancel
"""Decisions that are one command to one complaint."""

Stands = OfOne | rules.Raise | rules.Forget | rules.Tell | rules.Nothing | Order

_NAMES: dict[type[Stands], str] = {
    Opening: "open",
    rules.Add: "add",
    rules.Done: "done",
    rules.NotDone: "not_done",
    rules.Cancel: "withdraw",
    rules.Raise: "raise",
    rules.Forget: "forget",
    rules.Tell: "tell",
    rules.Nothing: "nothing",
    Order: "officer",
}
_TYPES = {name: type_ for type_, name in _NAMES.items()}


def to_row(decision: Stands) -> str:
    fields = {name: getattr(decision, name) for name in type(decision).__dataclass_fields__}
    return json.dumps({"do": _NAMES[type(decision)], **fields})


def from_row(row: str) -> Stands:
    fields: dict[str, Any] = json.loads(row)
    type_: Any = _TYPES[fields.pop("do")]
    decision: Stands = type_(**{k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()})
    return decision


def complaint_of(decision: Stands) -> str | None:
    """Where the message itself went to; a reply to it is about that complaint."""
    match decision:
        case Opening() | rules.Add() | rules.Done() | rules.NotDone() | rules.Cancel():
            return decision.complaint
        case rules.Raise():
            return decision.complaints[0]
        case rules.Tell():
            return decision.complaints[0] if len(decision.complaints) == 1 else None
        case rules.Forget() | rules.Nothing() | Order():
            return None


def strictest(*levels: Confidentiality | None) -> Confidentiality:
    return max((level or "normal" for level in levels), key=lambda level: _LEVELS[level])
