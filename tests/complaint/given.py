"""Given / when / then for complaints: events so far, one command, and what it must lead to."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.decide import decide
from services.complaint.evolve import evolve
from services.complaint.state import INITIAL, State
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.contracts.ids import derive

COMPLAINT = derive(b"test", "complaint", "1")
MONDAY = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
TYPE_OF = {cls: name for name, cls in e.TYPES.items()}


def cause(name: str) -> str:
    return derive(b"test", "cause", name)


def another(number: int) -> str:
    """The id of another complaint."""
    return derive(b"test", "complaint", f"other {number}")


def sealed(party: str = "reporter:1") -> str:
    """A value of a seal's form; deciding never opens one."""
    return f"A256GCM.{COMPLAINT}/{party}.AAAA"


def message(**changes: object) -> e.Message:
    fields: dict[str, object] = {"channel": "whatsapp", "door": "hotline", "form": "text", "text": sealed()}
    return e.Message.model_validate(fields | changes)


def recorded(n: int, event: e.Event, by: str, at: datetime = MONDAY, actor: str = "service:test") -> Recorded[e.Event]:
    return Recorded[e.Event](
        id=derive(b"test", "event", str(n)),
        complaint=COMPLAINT,
        n=n,
        type=TYPE_OF[type(event)],
        schema=1,
        city="bengkulu",
        at=at,
        actor=actor,
        causation=by,
        data=event,
    )


@dataclass
class Life:
    """A complaint as it grows: `when` decides, applies what came out and remembers it."""

    now: datetime = MONDAY
    state: State = INITIAL
    events: list[Recorded[e.Event]] = field(default_factory=list)
    last: tuple[e.Event, ...] = ()

    def when(self, command: c.Command) -> tuple[e.Event, ...]:
        out = decide(self.state, command, self.now)
        assert not isinstance(out, Refusal), f"refused: {out.message}"
        self.last = out
        for event in out:
            fact = recorded(len(self.events) + 1, event, command.cause, self.now)
            self.events.append(fact)
            self.state = evolve(self.state, fact)
        return out

    def refuses(self, command: c.Command) -> Refusal:
        out = decide(self.state, command, self.now)
        assert isinstance(out, Refusal), f"led to {out}"
        return out

    def later(self, **span: float) -> "Life":
        self.now += timedelta(**span)
        return self


def opening(name: str = "first") -> c.OpenComplaint:
    return c.OpenComplaint(
        cause=cause(name),
        ticket="BKL-00000000-0",
        reporter="reporter:1",
        message=message(),
        confidentiality="normal",
    )


def matter(**changes: object) -> e.Matter:
    fields: dict[str, object] = {
        "kind": "complaint",
        "category": "garbage",
        "function": "environment",
        "district_code": "17.71.02",
        "ward_code": "17.71.02.1001",
        "urgency": "normal",
        "confidentiality": "normal",
    }
    return e.Matter.model_validate(fields | changes)


def proposal(based_on: int = 1, /, **changes: object) -> e.ScreeningProposed:
    return e.ScreeningProposed(
        matter=matter(**changes),
        confidence=0.9,
        summary="Sampah menumpuk, Kelurahan Contoh",
        abstains=False,
        based_on=based_on,
        model="rules-1",
        policy=1,
    )


def clock(seat: str, due: datetime, name: e.ClockName = "first_response") -> e.Clock:
    return e.Clock(name=name, seat=seat, due=due, rule="24h", policy=1)


def assigning(now: datetime, lead: str = "dlh", supporting: tuple[str, ...] = ("camat-contoh",)) -> c.Assigning:
    due = now + timedelta(hours=24)
    roles: list[tuple[str, e.Role]] = [(lead, "lead"), *((seat, "territorial") for seat in supporting)]
    return c.Assigning(
        assignments=tuple(e.Assignment(seat=seat, role=role, clocks=(clock(seat, due),)) for seat, role in roles),
        rule="function",
        policy=1,
    )


def received() -> Life:
    life = Life()
    life.when(opening())
    return life


def assigned(**changes: object) -> Life:
    life = received()
    proposed = proposal(1, **changes)
    life.when(c.ProposeScreening(cause=cause("propose"), proposal=proposed, straight=assigning(life.now)))
    return life


def resolved(closure: str = "fixed", **changes: object) -> Life:
    life = assigned(**changes).later(hours=2)
    life.when(resolving(life, closure=closure))
    return life


def resolving(life: Life, **changes: object) -> c.Resolve:
    fields: dict[str, object] = {
        "cause": cause(f"resolve {len(life.events)}"),
        "seat": "dlh",
        "closure": "fixed",
        "text": sealed("handling"),
        "evidence": ("picture",),
        "confirm_by": life.now + timedelta(days=14),
    }
    return c.Resolve(**(fields | changes))  # type: ignore[arg-type]  # fields by name, as the tables give them
