"""What a sender is given, and the few ends that sending can have. Senders translate their provider into these."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from services.contracts.city.template_forms import Use

Form = Literal["free", "template", "private", "public", "sms", "email"]
"""The rung of the ladder (`contracts.city.sending.Rung`) that a message goes by; a call is no message."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A notice in words. `line` says the same in one line without anything personal, for an approved template."""

    text: str
    line: str
    buttons: tuple[tuple[str, str], ...] = ()
    """Pairs of payload and label."""
    picture: str = ""
    """Address of one picture that everybody may see, to stand above the words where a channel can show it."""


def form_of(rendered: Rendered) -> Use:
    """The approved form that carries this outside the window: the one with two buttons where it asks SUDAH or BELUM."""
    return "closing" if len(rendered.buttons) == 2 else "news"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one person. `notice` comes back with the provider's receipts."""

    notice: str
    to: str
    form: Form
    ticket: str
    rendered: Rendered
    page: str = ""
    """Where the ticket can be followed."""
    city: str = ""
    """The city's name, as it signs."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took it and says which message of its own it is."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class WindowClosed:
    """This form is not allowed to this person now: the next rung of the ladder."""

    reason: str = "window_closed"
    code: str = ""


@dataclass(frozen=True, slots=True)
class Slow:
    """Too much at once. Not this message's fault: nothing was sent, no attempt counts.

    `whole`: everything from this number waits, else only what goes to this person. `away`: it can't be reached.
    """

    seconds: float
    whole: bool
    code: str
    away: bool = False


@dataclass(frozen=True, slots=True)
class Passing:
    """Certainly not sent, and likely to work later; counts as an attempt.

    `of_person`: it is said of this person's address, not of the provider, which is well.
    """

    code: str
    of_person: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """The city's own account is at fault (token, block): everything waits and an operator must look."""

    code: str


@dataclass(frozen=True, slots=True)
class NotReached:
    """This person can't be reached this way, for good. `reason` is our word for it.

    `everybody`: seconds for which the same would be said of anybody (a template that was paused).
    """

    reason: str
    code: str
    everybody: float = 0


@dataclass(frozen=True, slots=True)
class Lost:
    """No answer after it went out: sent or not, nobody knows. A receipt may tell."""

    code: str


Outcome = Accepted | WindowClosed | Slow | Passing | Stopped | NotReached | Lost


class Sender(Protocol):
    """A provider's API behind one door of a city. Raises nothing that says something of the message."""

    async def send(self, outgoing: Outgoing) -> Outcome: ...


def slowed(outcome: Outcome, status: int, after: float | None) -> Outcome:
    """With what the HTTP answer says beside its code: 429 is never the message's fault, and whoever asks us to wait for
    longer than we would have waited is heard."""
    if isinstance(outcome, Passing) and status == 429:
        return Slow(after or 10, whole=True, code=outcome.code)
    if isinstance(outcome, Slow) and after is not None and after > outcome.seconds:
        return Slow(after, outcome.whole, outcome.code, outcome.away)
    return outcome


def shortened(text: str, limit: int, size: Callable[[str], int] = len) -> str:
    """At most `limit` by `size`. The last paragraph stays whole: there stand the ticket and what to do next."""
    if size(text) <= limit:
        return text
    head, parted, tail = text.rpartition("\n\n")
    ending = f"…{parted}{tail}" if parted and size(tail) < limit // 2 else "…"
    kept = head if ending != "…" else text
    while kept and size(kept + ending) > limit:
        over = size(kept + ending) - limit
        kept = kept[: -max(1, over // 4)].rstrip()
    return kept + ending


def octets(text: str) -> int:
    return len(text.encode())
