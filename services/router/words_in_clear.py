"""What people wrote, opened for rules or for the office that may read it: one query of the vault for many."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from services.complaint.events import (
    ComplaintAssigned,
    ComplaintScreened,
    ConcernedRecorded,
    Event,
    InstructionGiven,
    QuestionAsked,
    SignOffRecorded,
    SubtaskDeclined,
    SubtaskDone,
    SubtaskDropped,
    SubtaskGiven,
    WorkPlanned,
)
from services.contracts.envelope import Recorded
from services.contracts.sealed import key_id_of
from services.router.dossier import Dossier, messages_of
from services.router.places import Pin
from services.runtime.sealing import DataKey, Unsealable, unseal

Item = tuple[str, str, str]
"""Sealed value, cause, field."""
Keys = dict[tuple[str, str], DataKey]


class KeySource(Protocol):
    async def keys(self, wanted: Sequence[tuple[str, str]]) -> Keys: ...


@dataclass(frozen=True, slots=True)
class Heard:
    """What the reporter said so far, as far as it can still be read."""

    texts: tuple[str, ...]
    pins: tuple[Pin, ...]


async def keys_for(source: KeySource, items: Iterable[Item]) -> Keys:
    wanted = {_pair(sealed) for sealed, _, _ in items}
    return await source.keys(sorted(wanted)) if wanted else {}


def opened(keys: Keys, item: Item) -> str | None:
    """None: its key was destroyed."""
    sealed, cause, field = item
    key = keys.get(_pair(sealed))
    if key is None:
        return None
    try:
        return unseal(key, cause, field, sealed)
    except Unsealable:
        return None


def said(dossier: Dossier) -> list[Item]:
    """Sealed texts and places of the reporter's messages."""
    items: list[Item] = []
    for event, message in messages_of(dossier.events):
        if message.text is not None:
            items.append((message.text, event.causation, "text"))
        if message.place is not None:
            items.append((message.place, event.causation, "place"))
    return items


def heard(keys: Keys, items: Iterable[Item]) -> Heard:
    texts: list[str] = []
    pins: list[Pin] = []
    for item in items:
        clear = opened(keys, item)
        if clear is None:
            continue
        if item[2] == "text":
            texts.append(clear)
        else:
            pins.append(_pin(clear))
    return Heard(tuple(texts), tuple(pins))


def for_offices(dossier: Dossier) -> dict[str, Item]:
    """Sealed words that belong into a task, by name: cleared wording, the person concerned, instructions, questions."""
    items: dict[str, Item] = {}
    for event in dossier.events:
        items.update(_of_event(event))
    return items


def _of_event(event: Recorded[Event]) -> dict[str, Item]:
    data, cause = event.data, event.causation
    match data:
        case ComplaintScreened():
            return _some(("wording", data.wording, cause, "wording"))
        case ConcernedRecorded():
            return _some(("concerned_name", data.name, cause, "name"), ("concerned_place", data.place, cause, "place"))
        case ComplaintAssigned():
            return _some(("instruction", data.instruction, cause, "instruction"))
        case InstructionGiven():
            return _some((f"instruction.{data.number}", data.text, cause, "text"))
        case SignOffRecorded():
            return _some(("sign_off", data.text, cause, "text"))
        case QuestionAsked():
            return _some((f"question.{data.number}", data.question, cause, "question"))
        case SubtaskGiven():
            return _some((f"subtask.{data.number}", data.text, cause, "text"))
        case SubtaskDone():
            return _some((f"subtask.{data.number}.answer", data.text, cause, "text"))
        case SubtaskDeclined() | SubtaskDropped():
            return _some((f"subtask.{data.number}.answer", data.reason, cause, "reason"))
        case WorkPlanned():
            return _some(("programme", data.programme, cause, "programme"))
        case _:
            return {}


def _some(*found: tuple[str, str | None, str, str]) -> dict[str, Item]:
    return {name: (sealed, cause, field) for name, sealed, cause, field in found if sealed is not None}


def _pair(sealed: str) -> tuple[str, str]:
    owner, _, party = key_id_of(sealed).partition("/")
    return owner, party


def _pin(clear: str) -> Pin:
    place = json.loads(clear)
    return Pin(place["latitude"], place["longitude"], place.get("label"))
