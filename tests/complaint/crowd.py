"""Lives that nobody would think of: whoever may holds, gives away, goes up, merges and finishes, in any order.

Unlike a list of commands drawn beforehand, each step looks at where the complaint stands, so that most of them count.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.decide import decide
from services.complaint.state import Desk, RunningClock, State, Working
from services.contracts.commands import Refusal

from .given import Life, another, assigned, assigning, cause, clock, matter, message, sealed

SEATS = ("dlh", "pupr", "perkim", "camat-contoh", "walikota", "sekda")
LADDER = ("sekda", "walikota")
H = sealed("handling")


@dataclass(frozen=True)
class Step:
    """What is drawn; whom it means depends on the complaint."""

    kind: str
    seat: int
    other: int
    number: int
    hours: int
    yes: bool


@dataclass(frozen=True)
class _Scene:
    life: Life
    step: Step
    desk: Desk | None

    @property
    def cause(self) -> str:
        return cause(f"step {len(self.life.events)} {self.step}")

    @property
    def seat(self) -> str:
        """Mostly somebody who has a part in it."""
        held = [] if self.desk is None else [*self.desk.holds] * 3
        return (held + list(SEATS))[self.step.seat % (len(held) + len(SEATS))]

    @property
    def other(self) -> str:
        return SEATS[self.step.other % len(SEATS)]

    @property
    def clock(self) -> RunningClock | None:
        found = [] if self.desk is None else [k for hold in self.desk.holds.values() for k in hold.clocks]
        return found[self.step.number % len(found)] if found else None

    def in_(self, **span: float) -> Any:
        return self.life.now + timedelta(**span)


def _hand_off(s: _Scene) -> c.Command:
    clocks = (clock(s.other, s.in_(hours=24)), clock(s.other, s.in_(days=14), "resolve"))
    to = e.Assignment(seat=s.other, role="lead", clocks=clocks)
    return c.HandOff(cause=s.cause, seat=s.seat, to=to, reason=H, most_bounces=3)


def _refuse_return(s: _Scene) -> c.Command:
    waiting = [] if s.desk is None else list(s.desk.returns)
    number = waiting[s.step.number % len(waiting)] if waiting else s.step.number
    return c.RefuseReturn(cause=s.cause, by="sekda", number=number, reason=H, policy=1)


def _assign(s: _Scene) -> c.Command:
    beside = tuple({s.seat} - {s.other})
    return c.Assign(cause=s.cause, by="person", assigning=assigning(s.life.now, s.other, beside))


def _breach(s: _Scene) -> c.Command | None:
    k = s.clock
    if k is None:
        return None
    return c.BreachClock(
        cause=s.cause, clock=k.name, seat=k.seat, started=k.started, superior="sekda", ladder=LADDER,
        escalates_at=s.in_(hours=1), vacant=s.step.yes,
    )  # fmt: skip


def _escalate(s: _Scene) -> c.Command | None:
    k = s.clock
    if k is None:
        return None
    return c.Escalate(
        cause=s.cause, clock=k.name, seat=k.seat, started=k.started, ladder=LADDER, next_at=s.in_(hours=1)
    )


def _resolve(s: _Scene) -> c.Command:
    asked = c.SignOffAsked(to=s.other, due=s.in_(days=1), rule="48h", policy=1, why=("flagged",))
    return c.Resolve(
        cause=s.cause, seat=s.seat, closure="fixed" if s.step.number > 1 else "explained", text=H,
        confirm_by=s.in_(days=10), sign_off=asked if s.step.yes else None,
    )  # fmt: skip


def _sign(s: _Scene) -> c.Command:
    waits = None if s.desk is None else s.desk.submission
    return c.SignOff(
        cause=s.cause, seat=s.seat if waits is None else waits.to, approved=s.step.yes, text=H, resolution=H,
        referred_to=None, officer=None, confirm_by=s.in_(days=10),
    )  # fmt: skip


def _ask_extension(s: _Scene) -> c.Command | None:
    k = s.clock
    if k is None:
        return None
    until = s.in_(days=30 * s.step.number)
    return c.AskExtension(cause=s.cause, seat=k.seat, clock=k.name, until=until, reason=H, superior="sekda")


def _wake(s: _Scene) -> c.Command | None:
    return None if s.desk is None or s.desk.plan is None else c.WakePlan(cause=s.cause, started=s.desk.plan.started)


def _late(s: _Scene) -> c.Command:
    """A place that became known late."""
    return c.Locate(cause=s.cause, matter=matter(), summary="x", assigning=None)


MOVES: dict[str, Callable[[_Scene], c.Command | None]] = {
    "hand off": _hand_off,
    "return": lambda s: c.ReturnAssignment(
        cause=s.cause, seat=s.seat, ground="not_our_function" if s.step.yes else "incomplete", reason=H, most_bounces=3
    ),
    "refuse the return": _refuse_return,
    "assign": _assign,
    "breach": _breach,
    "escalate": _escalate,
    "vacant": lambda s: c.ActForVacant(cause=s.cause, seat=s.seat, superior=s.other),
    "give a part": lambda s: c.GiveSubtask(cause=s.cause, by=s.seat, seat=s.other, text=H, due=s.in_(days=3)),
    "finish a part": lambda s: c.FinishSubtask(cause=s.cause, seat=s.seat, number=s.step.number, text=H),
    "decline a part": lambda s: c.DeclineSubtask(cause=s.cause, seat=s.seat, number=s.step.number, reason=H),
    "drop a part": lambda s: c.DropSubtask(cause=s.cause, by=s.seat, number=s.step.number, reason=H),
    "plan": lambda s: c.PlanWork(
        cause=s.cause, seat=s.seat, programme=H, text=H, wakes=s.in_(days=4), most_moves=2, coordinates=s.step.yes
    ),
    "wake": _wake,
    "ask": lambda s: c.AskReporter(
        cause=s.cause, seat=s.seat, question=H, remind_at=s.in_(days=1), lapse_at=s.in_(days=5)
    ),
    "lapse": lambda s: c.LapseQuestion(cause=s.cause, number=s.step.number),
    "answer": lambda s: c.AddMessage(cause=s.cause, party="reporter:1", message=message()),
    "resolve": _resolve,
    "sign": _sign,
    "sudah": lambda s: c.SayDone(cause=s.cause, party="reporter:1", message=message()),
    "belum": lambda s: c.SayNotDone(cause=s.cause, party="reporter:1", message=message()),
    "close": lambda s: c.CloseAtTerm(cause=s.cause),
    "instruct": lambda s: c.Instruct(cause=s.cause, by="walikota", seat=s.other, text=H, due=s.in_(days=2)),
    "answer a leader": lambda s: c.AnswerInstruction(cause=s.cause, seat=s.seat, number=s.step.number, text=H),
    "ask for time": _ask_extension,
    "rule on time": lambda s: c.RuleExtension(
        cause=s.cause,
        by="sekda",
        coordinates=True,
        number=s.step.number,
        reason=H,
        ruling="granted" if s.step.yes else "refused",
    ),
    "draw": lambda s: c.DrawAudit(cause=s.cause, round=1 if s.desk is None else s.desk.round, share=0.1, policy=1),
    "audit": lambda s: c.RecordAudit(cause=s.cause, seat="inspektorat", passed=s.step.yes, text=H),
    "merge": lambda s: c.Merge(cause=s.cause, itself=another(9), into=another(1), by="person", reason=H),
    "unmerge": lambda s: c.Unmerge(cause=s.cause, by="person"),
    "join": lambda s: c.JoinMerge(cause=s.cause, complaints=(another(s.step.number),)),
    "leave": lambda s: c.LeaveMerge(cause=s.cause, complaints=(another(s.step.number),)),
    "belum of another": lambda s: c.ReopenMatter(cause=s.cause, complaint=another(s.step.number)),
    "locate": _late,
    "screen again": lambda s: c.Screen(
        cause=s.cause, matter=matter(), summary="x", assigning=assigning(s.life.now, s.other, ())
    ),
}

_OFTEN = ("hand off", "return", "refuse the return", "vacant", "merge", "unmerge", "give a part", "instruct")
_KINDS = sorted([*MOVES, *_OFTEN])
"""What lives of offices are about comes twice as often."""


def drawn(seed: int, length: int = 40) -> list[Step]:
    """Always the same for one seed. Lists that a search draws are mostly too short for two rules to meet."""
    draw = random.Random(seed)  # no secret
    return [
        Step(
            kind=draw.choice(_KINDS), seat=draw.randrange(30), other=draw.randrange(6), number=draw.randint(1, 3),
            hours=draw.choice((0, 0, 1, 5, 30, 200)), yes=draw.random() < 0.5,
        )
        for _ in range(length)
    ]  # fmt: skip


def lived(steps: list[Step], look: Callable[[State, c.Command, Life], None] = lambda *_: None) -> Life:
    """`look` after each step that led to something: the state before it, the command, the life."""
    life = assigned()
    for step in steps:
        life.later(hours=step.hours)
        before = life.state
        desk = before.desk if isinstance(before, Working) else None
        command = MOVES[step.kind](_Scene(life, step, desk))
        if command is None or isinstance(decide(before, command, life.now), Refusal):
            continue
        life.when(command)
        look(before, command, life)
    return life
