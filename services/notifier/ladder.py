"""Which way a notice goes, and which next after that failed: a pure function, readable as a table.

The city's policy names the rungs for each channel (`contracts.city.sending`): free text while the provider's window is
open, an approved template, a private reply to a comment (once, within a week), a public one (ticket and step only),
SMS, e-mail, the desk's call list. A rung is passed over because it does not fit this person, because it was tried, or
because it is shut now: no money left, no quota, an account that can't be used. What is shut for a while is waited for
where nothing else is left; the call list is only for whom no message can reach. It ends in a fact, never in nothing.

WhatsApp, Messenger and Instagram let a business write freely for 24 hours after a person's last message.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from services.contracts.base import Confidentiality
from services.contracts.city.sending import Rung

WINDOW = timedelta(hours=24)

MARGIN = timedelta(minutes=10)
"""The provider counts by its own clock and by when the message was sent; near the end the next rung is surer."""

WINDOWED = frozenset({"whatsapp", "facebook", "instagram"})
"""Channels on which free text needs a window."""

REFUSED = frozenset({"opted_out"})
"""After these nobody tries another way: the person does not want to hear."""

OF_THE_RUNG = frozenset(
    {
        "window_closed", "private_used", "not_available", "comment_too_old", "template_refused", "template_missing",
        "template_paused", "template_disabled", "message_refused", "picture_refused",
    }
)  # fmt: skip
"""Reasons that end one rung; every other ends all rungs of that way."""

Way = Literal["own", "sms", "email", "call"]

WAY: Mapping[Rung, Way] = {
    "free": "own", "template": "own", "private": "own", "public": "own", "sms": "sms", "email": "email", "call": "call",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the person and the talk."""

    channel: str
    heard: timedelta | None
    """Since the person's last message; None: never (entered at a desk)."""
    comment: bool = False
    """The address is a comment, not a chat."""
    confidentiality: Confidentiality = "normal"
    reaches: frozenset[Way] = frozenset({"own"})
    """Ways that the city has and that lead to this person."""
    urgent: bool = False
    waited: timedelta = timedelta(0)
    """Since the notice was planned."""
    adapter: bool = False
    """Somebody else's program serves the channel, and knows its windows."""


@dataclass(frozen=True, slots=True)
class Shut:
    """A rung that can't be used now. `seconds` until it is worth looking again.

    `waits`: it is waited for, as long as `patience` allows; else the next rung is looked at first.
    """

    reason: str
    seconds: float
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    rung: Rung
    why: str
    """Why no rung above it; `first` where there is none."""


@dataclass(frozen=True, slots=True)
class Wait:
    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class NoWay:
    """Nobody and nothing is left. `reason` is the last that was said against a rung."""

    reason: str


def climb(
    rungs: Sequence[Rung],
    known: Known,
    tried: Mapping[Rung, str],
    shut: Mapping[Rung, Shut],
    *,
    patience: timedelta = timedelta(minutes=60),
    private_reply: timedelta = timedelta(days=7),
) -> Step | Wait | NoWay:
    """`tried`: rungs that failed for good, with our reason. `patience`: how long what `waits` is waited for."""
    over = next((reason for reason in tried.values() if reason in REFUSED), None)
    if over is not None:
        return NoWay(over)
    why, later = "first", list[Shut]()
    for rung in rungs:
        spent = _spent(rung, tried) or _unfit(rung, known, private_reply)
        if spent is not None:
            why = why if spent == "none" else spent
            continue
        if rung == "call" and later:
            break
        door = shut.get(rung)
        if door is None:
            return Step(rung, why)
        if door.waits and not known.urgent and known.waited < patience:
            return Wait(door.seconds, door.reason)
        why = door.reason
        later.append(door)
    if later:
        soonest = min(later, key=lambda door: door.seconds)
        return Wait(soonest.seconds, soonest.reason)
    return NoWay("no_way" if why == "first" else why)


def _spent(rung: Rung, tried: Mapping[Rung, str]) -> str | None:
    if rung in tried:
        return tried[rung]
    ended = (r for r, reason in tried.items() if WAY[r] == WAY[rung] and reason not in OF_THE_RUNG)
    return next((tried[r] for r in ended), None)


def _unfit(rung: Rung, known: Known, private_reply: timedelta) -> str | None:
    """Why this rung can't lead to this person; `none`: it is merely not of this kind of talk, which says nothing."""
    if WAY[rung] not in known.reaches:
        return "none" if WAY[rung] != "own" else "no_sender"
    match rung:
        case "free" if known.comment:
            return "none"
        case "free" if known.channel in WINDOWED and not known.adapter and not _heard_within(known, WINDOW - MARGIN):
            return "window_closed" if known.heard is not None else "never_heard"
        case "private" | "public" if not known.comment:
            return "none"
        case "private" if known.heard is not None and known.heard > private_reply - MARGIN:
            return "comment_too_old"
        case "public" if known.confidentiality == "secret":
            return "not_in_public"
        case _:
            return None


def _heard_within(known: Known, span: timedelta) -> bool:
    return known.heard is not None and known.heard <= span
