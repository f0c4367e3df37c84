"""Commands as people give them, and lives that went that far."""

from datetime import timedelta

from services.complaint import commands as c
from services.complaint import events as e

from .given import (
    Life,
    assigned,
    assigning,
    cause,
    matter,
    message,
    received,
    resolved,
    sealed,
)

HANDLING = sealed("handling")


def names(events: tuple[e.Event, ...]) -> list[str]:
    return [type(event).__name__ for event in events]


def add(name: str = "more") -> c.AddMessage:
    return c.AddMessage(cause=cause(name), party="reporter:1", message=message())


def done(name: str = "done") -> c.SayDone:
    return c.SayDone(cause=cause(name), party="reporter:1", message=message())


def not_done(name: str = "not done") -> c.SayNotDone:
    return c.SayNotDone(cause=cause(name), party="reporter:1", message=message())


def ask(seat: str = "dlh", name: str = "ask") -> c.AskReporter:
    return c.AskReporter(cause=cause(name), seat=seat, question=HANDLING)


def accept(seat: str = "dlh", **changes: object) -> c.Accept:
    return c.Accept(cause=cause(f"accept {seat} {changes}"), seat=seat, **changes)  # type: ignore[arg-type]


def screen(life: Life, **changes: object) -> c.Screen:
    return c.Screen(
        cause=cause("screen"),
        matter=matter(**changes),
        summary="Ringkas",
        assigning=assigning(life.now),
        notes=HANDLING,
    )


def instruct(life: Life, seat: str = "pdam") -> c.Instruct:
    return c.Instruct(
        cause=cause("instruct"), by="walikota", seat=seat, text=HANDLING, due=life.now + timedelta(hours=6)
    )


def breach(seat: str, started: int = 4) -> c.BreachClock:
    return c.BreachClock(
        cause=cause(f"breach {seat}"), clock="first_response", seat=seat, started=started, superior="sekda"
    )


def asked() -> Life:
    life = assigned()
    life.when(ask())
    return life


def breached() -> Life:
    life = assigned().later(hours=25)
    life.when(breach("camat-contoh"))
    return life


def erased() -> Life:
    life = assigned()
    life.when(c.EraseReporter(cause=cause("erase"), party="reporter:1"))
    return life


def returned() -> Life:
    life = assigned()
    life.when(c.ReturnAssignment(cause=cause("return"), seat="dlh", ground="not_our_function", reason=HANDLING))
    return life


def closed_silent() -> Life:
    life = resolved().later(days=15)
    life.when(c.CloseAtTerm(cause=cause("term")))
    return life


def received_secret() -> Life:
    life = received()
    life.when(c.RaiseConfidentiality(cause=cause("secret"), level="secret", by="reporter:1"))
    return life


def confirmed() -> Life:
    life = resolved()
    life.when(done())
    return life.later(days=20)


def told() -> Life:
    life = received()
    life.when(
        c.RecordTold(cause=cause("told"), party="reporter:1", notice="n1", about=1, template="ack", channel="whatsapp")
    )
    return life


def with_picture() -> Life:
    life = received()
    life.when(c.AttachEvidence(cause=cause("pic"), party="reporter:1", media="m1", content_type="image/jpeg", size=10))
    return life
