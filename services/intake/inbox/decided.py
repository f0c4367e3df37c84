"""Decisions as they stand in the inbox: what the door said once, it says for ever."""

import json
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from services.contracts.base import Confidentiality, Kind
from services.contracts.intake import AskKind
from services.intake.conversation import decisions as d
from services.intake.officers.orders import Order

_LEVELS: dict[Confidentiality, int] = {"normal": 0, "anonymous": 1, "secret": 2}


@dataclass(frozen=True, slots=True)
class Opening:
    """A complaint that begins with this message. `spans`: parts of the text that are its; empty: the whole."""

    complaint: str
    ticket: str
    confidentiality: Confidentiality
    first_level: str | None
    forwarder: str | None = None
    kind: Kind | None = None
    session: str | None = None
    spans: d.Spans = ()
    call: bool = False
    """The reporter says in the same words that he may be called."""
    urgent: bool = False
    """Its words may speak of a danger to life."""
    asks: AskKind | None = None
    """What is asked back as it opens."""


OfOne = Opening | d.Add | d.Done | d.NotDone | d.Cancel | d.Afterword
"""Decisions that are one command to one complaint."""


@dataclass(frozen=True, slots=True)
class Several:
    """One message, several complaints."""

    parts: tuple[OfOne, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """The answer to what we asked: the messages of `waiting` are carried out, then what the answer itself tells."""

    waiting: tuple[str, ...]
    then: Several | None = None


Stands = (
    OfOne | Several | Settled | d.Raise | d.MayCall | d.News | d.Affected | d.Forget | d.Hold | d.Tell | d.Nothing
    | Order
)  # fmt: skip

_NAMES: dict[type[Any], str] = {
    Opening: "open",
    d.Add: "add",
    d.Done: "done",
    d.NotDone: "not_done",
    d.Cancel: "withdraw",
    Several: "several",
    Settled: "settled",
    d.Raise: "raise",
    d.MayCall: "may_call",
    d.News: "news",
    d.Afterword: "afterword",
    d.Affected: "affected",
    d.Forget: "forget",
    d.Hold: "hold",
    d.Tell: "tell",
    d.Nothing: "nothing",
    Order: "officer",
}
_TYPES: dict[str, Any] = {name: type_ for type_, name in _NAMES.items()}


def to_row(decision: Stands) -> str:
    return json.dumps(_plain(decision))


def from_row(row: str) -> Stands:
    decision: Stands = _built(json.loads(row))
    return decision


def _plain(value: Any) -> Any:
    if isinstance(value, Order):
        return {"do": _NAMES[Order], "contact": value.contact, "seat": value.seat, "order": value.do}
    if is_dataclass(value) and not isinstance(value, type):
        return {"do": _NAMES[type(value)], **{f.name: _plain(getattr(value, f.name)) for f in fields(value)}}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _built(value: Any) -> Any:
    if isinstance(value, dict) and "contact" in value:
        return Order(value["contact"], value["seat"], str(value.get("order") or value["do"]))
    if isinstance(value, dict):
        return _TYPES[value["do"]](**{name: _built(one) for name, one in value.items() if name != "do"})
    return tuple(_built(one) for one in value) if isinstance(value, list) else value


def complaint_of(decision: Stands) -> str | None:
    """Where the message itself went to; a reply to it is about that complaint."""
    match decision:
        case Several():
            return decision.parts[0].complaint if decision.parts else None
        case Settled():
            return None if decision.then is None else complaint_of(decision.then)
        case d.Raise() | d.MayCall() | d.News():
            return decision.complaints[0]
        case d.Tell():
            return decision.complaints[0] if len(decision.complaints) == 1 else None
        case d.Forget() | d.Nothing() | d.Hold() | d.Affected() | Order():
            return None
        case _:
            return decision.complaint


def with_files(decision: Stands) -> tuple[str, ...]:
    """Where the message's files go, the message's own complaint first: what opens together may be shown by one
    picture, and which of them it shows is a person's to see."""
    own = complaint_of(decision)
    if own is None or isinstance(decision, d.Tell):
        return ()
    return tuple(dict.fromkeys((own, *(opening.complaint for opening in openings(decision)))))


def media_key(message_key: str, nth: int) -> str:
    """Of the files of a message in the `nth` complaint that they go to."""
    return message_key if nth == 0 else f"{message_key}.{nth}"


def openings(decision: Stands) -> tuple[Opening, ...]:
    match decision:
        case Opening():
            return (decision,)
        case Several():
            return tuple(part for part in decision.parts if isinstance(part, Opening))
        case _:
            return ()


def concerns(decision: Stands) -> tuple[str, ...]:
    """Every complaint that the message is carried out on."""
    match decision:
        case Several():
            return tuple(part.complaint for part in decision.parts)
        case Settled():
            return () if decision.then is None else concerns(decision.then)
        case d.Raise() | d.MayCall() | d.News():
            return decision.complaints
        case Opening() | d.Add() | d.Done() | d.NotDone() | d.Cancel() | d.Afterword():
            return (decision.complaint,)
        case _:
            return ()


def strictest(*levels: Confidentiality | None) -> Confidentiality:
    return max((level or "normal" for level in levels), key=lambda level: _LEVELS[level])
