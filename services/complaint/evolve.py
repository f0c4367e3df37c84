"""How each event changes what is known of a complaint."""

from datetime import datetime

from services.complaint import events as e
from services.complaint.changes import clocks as clock_changes
from services.complaint.changes import closing as closing_changes
from services.complaint.changes import contact as contact_changes
from services.complaint.changes import desk as desk_changes
from services.complaint.changes import merging as merging_changes
from services.complaint.changes import news as news_changes
from services.complaint.changes import publishing as publishing_changes
from services.complaint.changes import told as told_changes
from services.complaint.changes import work as work_changes
from services.complaint.events import (
    accounts,
    checks,
    clocks,
    extending,
    leading,
    live,
    moving,
    planning,
    questions,
    reporter,
    screening,
    subtasks,
    told,
    work,
)
from services.complaint.state import (
    Closed,
    Desk,
    File,
    Merged,
    Opened,
    Resolved,
    Screening,
    State,
    Unopened,
    Working,
)
from services.contracts.base import Confidentiality, given
from services.contracts.changing import replace
from services.contracts.envelope import Recorded

Ordinary = (
    clocks.Event | reporter.Event | screening.Event | work.Event | leading.Event | told.Event | questions.Event
    | live.Event | accounts.Event | moving.Event | extending.Event | subtasks.Event | planning.Event | checks.Event
)  # fmt: skip
"""Every event but those that any phase takes alike: of merging, of the reporter's contact and wishes."""


WORK_ALONE = (e.ScreeningProposed, e.ComplaintScreened, e.ComplaintAssigned)
"""Most of the log, and none of what is asked for first: of messages, merging, contact, news or publishing."""


class ImpossibleHistoryError(Exception):
    """Events in an order that no decision allows: the log was written by something else."""


def evolve(state: State, event: Recorded[e.Event]) -> State:
    """The state after `event`. Total over every history that `decide` allows."""
    data = event.data
    if isinstance(data, e.ComplaintReceived):
        file = File(
            ticket=data.ticket,
            city=event.city,
            n=event.n,
            causes=frozenset((event.causation,)),
            confidentiality=data.confidentiality,
            first_level=data.first_level,
            spoken=frozenset((event.n,)),
            voices=frozenset((event.n,)) if _to_hear(data.message) else frozenset(),
            session=data.session,
            unreachable=data.reachable is False,
        )
        return Screening(file) if data.past is None else Closed(file, None, "elsewhere")
    if isinstance(state, Unopened):
        raise ImpossibleHistoryError(f"{event.type} before anything was received")
    file = replace(
        state.file,
        n=event.n,
        causes=state.file.causes | {event.causation},
        proofs=_proofs(state, data),
        brought=_brought(state, event.n, data),
        lost=_lost(state, data),
    )
    if isinstance(data, WORK_ALONE):
        state = replace(state, file=file)
        return (
            _after_merged(state, event.n, event.at, data)
            if isinstance(state, Merged)
            else _after(state, event.n, event.at, data)
        )
    if isinstance(data, e.ComplaintSplit):
        return replace(state, file=replace(file, split_off=file.split_off | {frozenset(data.messages)}))
    message = given(data, "message")
    if isinstance(message, e.Message) and message.transcribes is None:
        file = replace(file, spoken=file.spoken | {event.n})
        if _to_hear(message):
            file = replace(file, voices=file.voices | {event.n})
    if isinstance(data, e.ResolutionConfirmed):
        file = news_changes.confirmed(file, data.party)
    state = replace(state, file=file)
    if isinstance(data, merging_changes.SHARING):
        return merging_changes.shared(state, event.n, event.at, data)
    if isinstance(data, contact_changes.CONTACT):
        return replace(state, file=contact_changes.changed(state.file, data))
    if isinstance(data, news_changes.NEWS):
        return replace(state, file=news_changes.changed(state.file, data))
    if isinstance(data, publishing_changes.PUBLISHING):
        return replace(state, file=publishing_changes.changed(state.file, data))
    if isinstance(data, e.ReplySent):
        return replace(state, file=publishing_changes.sent(state.file, data))
    if isinstance(state, Merged):
        return _after_merged(state, event.n, event.at, data)
    return _after(state, event.n, event.at, data)


def _to_hear(message: e.Message) -> bool:
    return message.form in ("voice", "video") and message.media > 0


def _after_merged(state: Merged, n: int, at: datetime, data: Ordinary) -> State:
    """What concerns the work that the complaint brought along changes that, where it lies."""
    found = merging_changes.after(state, n, at, data)
    if found is not None:
        return found
    before = _after(state.before, n, at, data)
    return replace(state, before=before) if isinstance(before, Screening | Working) else state


def _after(state: Opened, n: int, at: datetime, data: Ordinary) -> State:  # one branch per event
    match data:  # the commonest first
        case e.ScreeningProposed():
            return clock_changes.proposed(state, data, n, at) if isinstance(state, Screening) else state
        case e.ComplaintScreened():
            screened = _with(state, confidentiality=data.matter.confidentiality)
            old = _desk(screened)
            desk = Desk(data.matter) if old is None else replace(old, matter=data.matter)
            return Working(screened.file, desk)
        case e.ComplaintAssigned():
            return _worked(state, n, at, data)
        case e.ComplaintReceived():
            return state
        case e.MessageAdded() | e.EvidenceRefused() | e.ConcernedRecorded() | e.ReplySent() | e.AccountLost():
            speaks = isinstance(data, e.MessageAdded) and data.message.transcribes is None
            return _heard(state) if speaks else state
        case e.SeatsMentioned():
            return state
        case e.EvidenceAttached():
            return _with(state, media=state.file.media | {data.media})
        case e.EvidenceCleared():
            cleared = {**state.file.cleared, data.media: data.audience}
            return replace(state, file=replace(state.file, cleared=cleared))
        case e.EvidenceFlagged():
            return state
        case e.ReporterErased():
            return replace(state, file=told_changes.erased(state.file, data.party))
        case e.ConfidentialityRaised():
            return _with(state, confidentiality=data.level)
        case e.ReporterTold() | e.CallWanted() | e.ReporterCalled() | e.ReporterUnreachable():
            return replace(state, file=told_changes.changed(state.file, data))
        case e.ClockBreached() if isinstance(state, Screening):
            return replace(state, clock=None if state.clock is None else replace(state.clock, breached=True))
        case e.AnsweredOnAir():
            settled = _desk(state) if data.settles else None
            return state if settled is None else _at_desk(state, work_changes.over(settled))
        case e.EntryUndone():
            return merging_changes.own_end(state, "withdrawn") or Closed(state.file, _desk(state), end=None)
        case e.ComplaintWithdrawn():
            heard = _heard(state)
            return merging_changes.own_end(heard, "withdrawn") or Closed(heard.file, _desk(heard), end=None)
        case e.ComplaintClosed():
            return merging_changes.own_end(state, data.end) or Closed(state.file, _desk(state), end=data.end)
        case e.ResolutionConfirmed():
            heard = _heard(state)
            return merging_changes.own_end(heard, "confirmed") or Closed(heard.file, _desk(heard), end="confirmed")
        case _:
            return _worked(state, n, at, data)


Worked = (
    e.ComplaintAssigned | e.AssignmentAccepted | e.ProgressReported | e.PlaceVisited
    | e.QuestionAnswered | e.InstructionGiven | e.InstructionAnswered | e.ClockBreached | e.BreachExplained
    | e.NoteRuled | e.Escalated | e.ClocksRecomputed | e.ComplaintResolved | e.ComplaintReopened
    | work_changes.Changing | closing_changes.Changing
)  # fmt: skip


def _worked(state: Opened, n: int, at: datetime, data: Worked) -> State:  # likewise
    desk = _desk(state)
    if desk is None:
        raise ImpossibleHistoryError(f"{type(data).__name__} before screening")
    desk = clock_changes.acted(desk, clock_changes.actor_of(data))
    file = state.file
    match data:
        case e.ComplaintAssigned():
            # Where a person decided anew who is responsible, what was submitted before is not to be signed any more.
            # The machine only adds whose place it turned out to be.
            waits = desk.submission if data.by == "machine" else None
            return Working(file, replace(work_changes.assigned(desk, data, n, at), submission=waits))
        case e.AssignmentAccepted():
            held = desk_changes.stopped(desk.holds[data.seat], data.met)
            hold = replace(held, accepted=True, finish_by=data.finish_by)
            return _at_desk(state, replace(desk, holds={**desk.holds, data.seat: hold}))
        case e.ProgressReported() | e.PlaceVisited():
            return _at_desk(state, desk_changes.meets(desk, data.seat, data.met))
        case e.QuestionAnswered():
            left = {number: when for number, when in desk.questions.items() if number not in data.numbers}
            return _at_desk(_heard(state), replace(clock_changes.moved(desk, data.moved), questions=left))
        case e.InstructionGiven():
            return _at_desk(state, desk_changes.instructed(desk, data, n, at))
        case e.InstructionAnswered():
            done = replace(desk.instructions[data.number], answered=True)
            desk = replace(desk, instructions={**desk.instructions, data.number: done})
            return _at_desk(state, desk_changes.clock_gone(desk, data.seat, done.given))
        case e.ClockBreached():
            return _at_desk(state, clock_changes.breached(desk, data))
        case e.BreachExplained():
            note = replace(desk.notes[data.note], explained=True)
            noted = replace(desk, notes={**desk.notes, data.note: note})
            return _at_desk(state, clock_changes.excused(noted, note))
        case e.NoteRuled():
            note = replace(desk.notes[data.note], ruled=True, gone=data.ruling == "struck")
            noted = replace(desk, notes={**desk.notes, data.note: note})
            return _at_desk(state, clock_changes.excused(noted, note) if note.gone else noted)
        case e.Escalated():
            return _at_desk(state, clock_changes.escalated(desk, data))
        case e.ClocksRecomputed():
            return _at_desk(state, clock_changes.recomputed(desk, data))
        case e.ComplaintResolved():
            file = told_changes.unasked(merging_changes.asked_anew(file))
            desk = work_changes.over(desk_changes.led_by(desk, data.seat))
            return Resolved(file, desk, data.closure, data.confirm_by)
        case e.ComplaintReopened():
            # By an auditor nothing was heard of the reporter.
            file = _heard(state).file if data.party.startswith("reporter:") else file
            return Working(merging_changes.anew(file), replace(desk, round=data.round))
        case e.ResolutionSubmitted() | e.SignOffEscalated() | e.SignOffRecorded() | e.AuditDrawn() | e.AuditRecorded():
            return _at_desk(state, closing_changes.changed(desk, n, at, data))
        case _:
            return _at_desk(state, work_changes.changed(desk, n, at, data))


def _with(
    state: Opened,
    *,
    media: frozenset[str] | None = None,
    confidentiality: Confidentiality | None = None,
) -> Opened:
    old = state.file
    return replace(
        state,
        file=replace(
            old,
            media=old.media if media is None else media,
            confidentiality=old.confidentiality if confidentiality is None else confidentiality,
        ),
    )


def _lost(state: Opened | Merged, data: e.Event) -> dict[str, tuple[datetime, bool]]:
    lost = state.file.lost
    return {**lost, data.door: (data.since, data.suspect)} if isinstance(data, e.AccountLost) else lost


def _brought(state: Opened | Merged, n: int, data: e.Event) -> dict[int, str]:
    brought = state.file.brought
    return {**brought, n: data.media} if isinstance(data, e.EvidenceAttached) else brought


def _proofs(state: Opened | Merged, data: e.Event) -> dict[str, int]:
    shown: tuple[str, ...] | None = given(data, "evidence")
    if not shown:
        return state.file.proofs
    desk = None if isinstance(state, Merged) else _desk(state)
    return {**state.file.proofs, **dict.fromkeys(shown, desk.round if desk is not None else 1)}


def _heard(state: Opened) -> Opened:
    """Who writes to us can be reached."""
    file = told_changes.heard(state.file)
    return state if file is state.file else replace(state, file=file)


def _desk(state: Opened) -> Desk | None:
    return None if isinstance(state, Screening) else state.desk


def _at_desk(state: Opened, desk: Desk) -> Opened:
    return Working(state.file, desk) if isinstance(state, Screening) else replace(state, desk=desk)
