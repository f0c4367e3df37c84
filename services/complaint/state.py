"""What decisions need to know of a complaint, and how each event changes it. Everything else is a read model."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from services.complaint import events as e
from services.contracts.base import Confidentiality, End, Kind
from services.contracts.envelope import Recorded


@dataclass(frozen=True, slots=True)
class RunningClock:
    """`started` is the `n` of the event that started it: complaint, name, seat and `started` identify a clock."""

    name: e.ClockName
    seat: str
    started: int
    since: datetime
    due: datetime
    breached: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """A seat's part in the complaint, with its clocks that still run."""

    role: e.Role
    clocks: tuple[RunningClock, ...] = ()
    accepted: bool = False
    finish_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A proposed performance note."""

    seat: str
    superior: str | None
    explained: bool = False
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Instruction:
    seat: str
    given: int
    """`n` of the event that gave it."""
    answered: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """What is known of a complaint in every phase after it was received."""

    ticket: str
    city: str
    n: int
    causes: frozenset[str]
    """Every cause that led to an event: the same command again yields nothing."""
    confidentiality: Confidentiality
    first_level: str | None = None
    media: frozenset[str] = frozenset()
    erased: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    """Notices that a provider took."""
    given_up: frozenset[str] = frozenset()
    """Notices that did not get through; a provider may say so after it had taken one."""
    unreachable: bool = False
    """The last notice did not get through, and nothing was heard of the reporter since."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The offices' work on a screened complaint."""

    matter: e.Matter
    round: int = 1
    holds: dict[str, Hold] = field(default_factory=dict)
    questions: dict[int, datetime] = field(default_factory=dict)
    """Open ones, with when each was asked; while there is one, clocks pause."""
    asked: int = 0
    instructions: dict[int, Instruction] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)

    @property
    def lead(self) -> str | None:
        return next((seat for seat, hold in self.holds.items() if hold.role == "lead"), None)

    @property
    def kind(self) -> Kind:
        return self.matter.kind


@dataclass(frozen=True, slots=True)
class Unopened:
    """Nothing has happened yet."""


@dataclass(frozen=True, slots=True)
class Screening:
    """Received; nobody has decided yet what it is and whose."""

    file: File
    proposal: e.ScreeningProposed | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """With the offices. `desk.lead` is None after the lead returned it, until a coordinator rules."""

    file: File
    desk: Desk


@dataclass(frozen=True, slots=True)
class Resolved:
    """The office says it is done; the reporter has the word."""

    file: File
    desk: Desk
    closure: str
    confirm_by: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """`end` None: withdrawn by the reporter. `desk` None: withdrawn before it was screened."""

    file: File
    desk: Desk | None
    end: End | None


State = Unopened | Screening | Working | Resolved | Closed
Opened = Screening | Working | Resolved | Closed

INITIAL: State = Unopened()


class ImpossibleHistoryError(Exception):
    """Events in an order that no decision allows: the log was written by something else."""


def evolve(state: State, event: Recorded[e.Event]) -> State:
    """The state after `event`. Total over every history that `decide` allows."""
    data = event.data
    if isinstance(data, e.ComplaintReceived):
        return Screening(
            File(
                ticket=data.ticket,
                city=event.city,
                n=event.n,
                causes=frozenset((event.causation,)),
                confidentiality=data.confidentiality,
                first_level=data.first_level,
            )
        )
    if isinstance(state, Unopened):
        raise ImpossibleHistoryError(f"{event.type} before anything was received")
    file = replace(state.file, n=event.n, causes=state.file.causes | {event.causation})
    state = replace(state, file=file)
    return _after(state, event.n, event.at, data)


def _after(state: Opened, n: int, at: datetime, data: e.Event) -> State:  # one branch per event
    match data:
        case e.ComplaintReceived():
            return state
        case e.MessageAdded() | e.EvidenceRefused() | e.ConcernedRecorded() | e.ReplySent():
            return _heard(state) if isinstance(data, e.MessageAdded) else state
        case e.EvidenceAttached():
            return _with(state, media=state.file.media | {data.media})
        case e.ReporterErased():
            return _with(state, erased=state.file.erased | {data.party})
        case e.ConfidentialityRaised():
            return _with(state, confidentiality=data.level)
        case e.ReporterTold():
            return _with(state, told=state.file.told | {data.notice}, unreachable=False)
        case e.ReporterUnreachable():
            return _with(state, given_up=state.file.given_up | {data.notice}, unreachable=True)
        case e.ScreeningProposed():
            return replace(state, proposal=data) if isinstance(state, Screening) else state
        case e.ComplaintScreened():
            screened = _with(state, confidentiality=data.matter.confidentiality)
            old = _desk(screened)
            desk = Desk(data.matter) if old is None else replace(old, matter=data.matter)
            return Working(screened.file, desk)
        case e.ComplaintWithdrawn():
            heard = _heard(state)
            return Closed(heard.file, _desk(heard), end=None)
        case e.ComplaintClosed():
            return Closed(state.file, _desk(state), end=data.end)
        case e.ResolutionConfirmed():
            heard = _heard(state)
            return Closed(heard.file, _desk(heard), end="confirmed")
        case _:
            return _worked(state, n, at, data)


Worked = (
    e.ComplaintAssigned | e.AssignmentAccepted | e.ProgressReported | e.PlaceVisited | e.QuestionAsked
    | e.QuestionAnswered | e.AssignmentReturned | e.LeadHandedOff | e.InstructionGiven | e.InstructionAnswered
    | e.ClockBreached | e.BreachExplained | e.NoteRuled | e.ComplaintResolved | e.ComplaintReopened
)  # fmt: skip


def _worked(state: Opened, n: int, at: datetime, data: Worked) -> State:  # likewise
    desk = _desk(state)
    if desk is None:
        raise ImpossibleHistoryError(f"{type(data).__name__} before screening")
    file = state.file
    match data:
        case e.ComplaintAssigned():
            return Working(file, replace(desk, holds=_assigned(desk, data, n, at)))
        case e.AssignmentAccepted():
            hold = replace(_met(desk.holds[data.seat], data.met), accepted=True, finish_by=data.finish_by)
            return _at_desk(state, replace(desk, holds={**desk.holds, data.seat: hold}))
        case e.ProgressReported() | e.PlaceVisited():
            return _at_desk(state, _meets(desk, data.seat, data.met))
        case e.QuestionAsked():
            met = _meets(desk, data.seat, data.met)
            return _at_desk(state, replace(met, questions={**desk.questions, data.number: at}, asked=data.number))
        case e.QuestionAnswered():
            left = {number: when for number, when in desk.questions.items() if number not in data.numbers}
            return _at_desk(_heard(state), replace(_moved(desk, data.moved), questions=left))
        case e.AssignmentReturned():
            return _at_desk(state, replace(desk, holds={s: h for s, h in desk.holds.items() if s != data.seat}))
        case e.LeadHandedOff():
            kept = {s: h for s, h in desk.holds.items() if s not in (data.seat, data.to.seat)}
            return _at_desk(state, replace(desk, holds={data.to.seat: _hold(desk, data.to, n, at), **kept}))
        case e.InstructionGiven():
            return _at_desk(state, _instructed(desk, data, n, at))
        case e.InstructionAnswered():
            done = replace(desk.instructions[data.number], answered=True)
            desk = replace(desk, instructions={**desk.instructions, data.number: done})
            return _at_desk(state, _clock_gone(desk, data.seat, done.given))
        case e.ClockBreached():
            return _at_desk(state, _breached(desk, data))
        case e.BreachExplained():
            note = replace(desk.notes[data.note], explained=True)
            return _at_desk(state, replace(desk, notes={**desk.notes, data.note: note}))
        case e.NoteRuled():
            note = replace(desk.notes[data.note], ruled=True)
            return _at_desk(state, replace(desk, notes={**desk.notes, data.note: note}))
        case e.ComplaintResolved():
            stopped = {seat: replace(hold, clocks=()) for seat, hold in desk.holds.items()}
            return Resolved(file, replace(desk, holds=stopped, questions={}), data.closure, data.confirm_by)
        case e.ComplaintReopened():
            return Working(_heard(state).file, replace(desk, round=data.round))
        case _:
            assert_never(data)


def _with(
    state: Opened,
    *,
    media: frozenset[str] | None = None,
    erased: frozenset[str] | None = None,
    told: frozenset[str] | None = None,
    given_up: frozenset[str] | None = None,
    confidentiality: Confidentiality | None = None,
    unreachable: bool | None = None,
) -> Opened:
    old = state.file
    return replace(
        state,
        file=replace(
            old,
            media=old.media if media is None else media,
            erased=old.erased if erased is None else erased,
            told=old.told if told is None else told,
            given_up=old.given_up if given_up is None else given_up,
            confidentiality=old.confidentiality if confidentiality is None else confidentiality,
            unreachable=old.unreachable if unreachable is None else unreachable,
        ),
    )


def _heard(state: Opened) -> Opened:
    """Who writes to us can be reached."""
    return _with(state, unreachable=False) if state.file.unreachable else state


def _desk(state: Opened) -> Desk | None:
    return None if isinstance(state, Screening) else state.desk


def _at_desk(state: Opened, desk: Desk) -> Opened:
    return Working(state.file, desk) if isinstance(state, Screening) else replace(state, desk=desk)


def _hold(desk: Desk, assignment: e.Assignment, n: int, at: datetime) -> Hold:
    """A leader's instruction outlives a new assignment; every other clock starts anew or goes on."""
    clocks = tuple(RunningClock(c.name, c.seat, n, at, c.due) for c in assignment.clocks)
    before = desk.holds.get(assignment.seat)
    if before is None:
        return Hold(assignment.role, clocks)
    if not clocks:
        return replace(before, role=assignment.role)
    return Hold(assignment.role, (*clocks, *_instructions(before)))


def _assigned(desk: Desk, data: e.ComplaintAssigned, n: int, at: datetime) -> dict[str, Hold]:
    """The named seats, and whoever else still owes a leader an answer."""
    holds = {a.seat: _hold(desk, a, n, at) for a in data.assignments}
    owing = {
        seat: replace(hold, role="supporting", clocks=_instructions(hold))
        for seat, hold in desk.holds.items()
        if seat not in holds and _instructions(hold)
    }
    return {**holds, **owing}


def _instructions(hold: Hold) -> tuple[RunningClock, ...]:
    return tuple(clock for clock in hold.clocks if clock.name == "instruction")


def _met(hold: Hold, met: tuple[e.ClockName, ...]) -> Hold:
    return replace(hold, clocks=tuple(c for c in hold.clocks if c.name not in met)) if met else hold


def _meets(desk: Desk, seat: str, met: tuple[e.ClockName, ...]) -> Desk:
    return replace(desk, holds={**desk.holds, seat: _met(desk.holds[seat], met)}) if met else desk


def _moved(desk: Desk, moved: tuple[e.MovedClock, ...]) -> Desk:
    due = {(m.seat, m.name, m.started): m.due for m in moved}
    return replace(
        desk,
        holds={
            seat: replace(
                hold, clocks=tuple(replace(c, due=due.get((seat, c.name, c.started), c.due)) for c in hold.clocks)
            )
            for seat, hold in desk.holds.items()
        },
    )


def _instructed(desk: Desk, data: e.InstructionGiven, n: int, at: datetime) -> Desk:
    hold = desk.holds.get(data.seat, Hold("supporting"))
    hold = replace(hold, clocks=(*hold.clocks, RunningClock("instruction", data.seat, n, at, data.due)))
    return replace(
        desk,
        holds={**desk.holds, data.seat: hold},
        instructions={**desk.instructions, data.number: Instruction(data.seat, n)},
    )


def _clock_gone(desk: Desk, seat: str, started: int) -> Desk:
    hold = desk.holds.get(seat)
    if hold is None:
        return desk
    clocks = tuple(c for c in hold.clocks if c.started != started)
    return replace(desk, holds={**desk.holds, seat: replace(hold, clocks=clocks)})


def _breached(desk: Desk, data: e.ClockBreached) -> Desk:
    hold = desk.holds[data.seat]
    clocks = tuple(
        replace(c, breached=True) if (c.name, c.started) == (data.clock, data.started) else c for c in hold.clocks
    )
    notes = desk.notes if data.note is None else {**desk.notes, data.note: Note(data.seat, data.superior)}
    return replace(desk, holds={**desk.holds, data.seat: replace(hold, clocks=clocks)}, notes=notes)
