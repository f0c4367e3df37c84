"""What a command leads to: events, nothing (it is so already), or a refusal. One small function per command."""

from datetime import datetime
from typing import assert_never

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint import seat_decisions as seats
from services.complaint.state import Closed, Resolved, Screening, State, Unopened, Working
from services.contracts.commands import Refusal

Decision = tuple[e.Event, ...] | Refusal

NOTHING: tuple[e.Event, ...] = ()

_LEVELS = {"normal": 0, "anonymous": 1, "secret": 2}


def decide(state: State, command: c.Command, at: datetime) -> Decision:  # one branch per command
    """Pure; `at` is our clock (UTC). A cause that has led to something already leads to nothing more."""
    if isinstance(command, c.OpenComplaint):
        return _open(state, command)
    if isinstance(state, Unopened):
        return refusals.UNKNOWN
    if command.cause in state.file.causes:
        return NOTHING
    match command:
        case c.AddMessage():
            return _add(state, command.party, command.message, at)
        case c.SayDone():
            return _say_done(state, command, at)
        case c.SayNotDone():
            return _say_not_done(state, command, at)
        case c.Withdraw():
            return _withdraw(state, command, at)
        case c.RaiseConfidentiality():
            return _raise_confidentiality(state, command, at)
        case c.EraseReporter():
            return NOTHING if command.party in state.file.erased else (e.ReporterErased(party=command.party),)
        case c.AttachEvidence():
            return _attach(state, command)
        case c.RefuseEvidence():
            return (e.EvidenceRefused(party=command.party, reason=command.reason),)
        case c.ProposeScreening():
            return _propose(state, command)
        case c.Screen():
            return _screen(state, command)
        case c.Assign():
            return _assign(state, command)
        case c.Instruct():
            return _instruct(state, command, at)
        case c.RuleNote():
            return _rule_note(state, command)
        case c.SendReply():
            return (e.ReplySent(seat=command.seat, text=command.text),)
        case c.BreachClock():
            return _breach(state, command, at)
        case c.CloseAtTerm():
            return _close_at_term(state, command, at)
        case c.RecordTold():
            return _told(state, command)
        case c.RecordUnreachable():
            return _unreachable(state, command)
        case _:
            return seats.decide(state, command)


def _open(state: State, command: c.OpenComplaint) -> Decision:
    match state:
        case Unopened():
            return (
                e.ComplaintReceived(
                    ticket=command.ticket,
                    reporter=command.reporter,
                    message=command.message,
                    confidentiality=command.confidentiality,
                    first_level=command.first_level,
                    forwarder=command.forwarder,
                ),
            )
        case Screening() | Working() | Resolved() | Closed():
            return NOTHING
        case _:
            assert_never(state)


def _add(state: Screening | Working | Resolved | Closed, party: str, message: e.Message, at: datetime) -> Decision:
    if party in state.file.erased:
        return refusals.ERASED
    if isinstance(state, Working) and state.desk.questions:
        asked = min(state.desk.questions.values())
        moved = tuple(
            e.MovedClock(
                name=clock.name,
                seat=clock.seat,
                started=clock.started,
                due=clock.due + (at - max(asked, clock.since)),
            )
            for hold in state.desk.holds.values()
            for clock in hold.clocks
            if not clock.breached
        )
        numbers = tuple(sorted(state.desk.questions))
        return (e.QuestionAnswered(numbers=numbers, party=party, message=message, moved=moved),)
    return (e.MessageAdded(party=party, message=message),)


def _say_done(state: Screening | Working | Resolved | Closed, command: c.SayDone, at: datetime) -> Decision:
    if isinstance(state, Resolved) and command.party not in state.file.erased:
        return (e.ResolutionConfirmed(party=command.party, message=command.message),)
    return _add(state, command.party, command.message, at)


def _say_not_done(state: Screening | Working | Resolved | Closed, command: c.SayNotDone, at: datetime) -> Decision:
    if command.party in state.file.erased:
        return refusals.ERASED
    match state:
        case Resolved():
            return _reopened(state.desk.round, command)
        case Closed() if state.desk is not None and state.end is not None:
            return _reopened(state.desk.round, command)
        case Screening() | Working() | Closed():
            return _add(state, command.party, command.message, at)
        case _:
            assert_never(state)


def _reopened(rounds: int, command: c.SayNotDone) -> Decision:
    return (e.ComplaintReopened(party=command.party, round=rounds + 1, message=command.message),)


def _withdraw(state: Screening | Working | Resolved | Closed, command: c.Withdraw, at: datetime) -> Decision:
    if command.party in state.file.erased:
        return refusals.ERASED
    match state:
        case Screening() | Working() | Resolved():
            return (e.ComplaintWithdrawn(party=command.party, message=command.message),)
        case Closed():
            return _add(state, command.party, command.message, at)
        case _:
            assert_never(state)


def _raise_confidentiality(
    state: Screening | Working | Resolved | Closed, command: c.RaiseConfidentiality, at: datetime
) -> Decision:
    if _LEVELS[command.level] > _LEVELS[state.file.confidentiality]:
        return (e.ConfidentialityRaised(level=command.level, by=command.by, message=command.message),)
    if command.message is not None and command.party is not None:
        return _add(state, command.party, command.message, at)
    return NOTHING


def _attach(state: Screening | Working | Resolved | Closed, command: c.AttachEvidence) -> Decision:
    if command.party in state.file.erased:
        return refusals.ERASED
    if command.media in state.file.media:
        return NOTHING
    return (
        e.EvidenceAttached(
            party=command.party,
            media=command.media,
            content_type=command.content_type,
            size=command.size,
            width=command.width,
            height=command.height,
            taken_place=command.taken_place,
        ),
    )


def _propose(state: Screening | Working | Resolved | Closed, command: c.ProposeScreening) -> Decision:
    """A proposal that comes after a person has decided, or that says nothing new, leads to nothing."""
    if not isinstance(state, Screening):
        return NOTHING
    proposal = command.proposal
    if command.straight is None:
        before = state.proposal
        return NOTHING if before is not None and before.based_on == proposal.based_on else (proposal,)
    screened = e.ComplaintScreened(matter=proposal.matter, by="machine", summary=proposal.summary)
    return proposal, screened, _assigned(command.straight, "machine")


def _screen(state: Screening | Working | Resolved | Closed, command: c.Screen) -> Decision:
    if not isinstance(state, Screening | Working):
        return refusals.NOT_OPEN
    if not _one_lead(command.assigning):
        return refusals.NO_LEAD_TWICE
    proposed = state.proposal.matter if isinstance(state, Screening) and state.proposal else None
    kept = max(command.matter.confidentiality, state.file.confidentiality, key=_LEVELS.__getitem__)
    matter = e.Matter.model_validate({**command.matter.model_dump(), "confidentiality": kept})
    screened = e.ComplaintScreened(
        matter=matter,
        by="person",
        summary=command.summary,
        wording=command.wording,
        notes=command.notes,
        corrected=proposed is not None and proposed != matter,
    )
    assigned = _assigned(command.assigning, "person")
    if command.concerned_name is None and command.concerned_place is None:
        return screened, assigned
    concerned = e.ConcernedRecorded(name=command.concerned_name, place=command.concerned_place)
    return screened, concerned, assigned


def _assign(state: Screening | Working | Resolved | Closed, command: c.Assign) -> Decision:
    match state:
        case Working():
            if not _one_lead(command.assigning):
                return refusals.NO_LEAD_TWICE
            return (_assigned(command.assigning, command.by),)
        case Screening():
            return refusals.NOT_SCREENED
        case Resolved() | Closed():
            return refusals.NOT_OPEN
        case _:
            assert_never(state)


def _one_lead(assigning: c.Assigning) -> bool:
    seats_named = [a.seat for a in assigning.assignments]
    leads = sum(a.role == "lead" for a in assigning.assignments)
    return leads == 1 and len(set(seats_named)) == len(seats_named)


def _assigned(assigning: c.Assigning, by: e.Decider) -> e.ComplaintAssigned:
    return e.ComplaintAssigned(
        assignments=assigning.assignments,
        by=by,
        rule=assigning.rule,
        policy=assigning.policy,
        instruction=assigning.instruction,
        reason=assigning.reason,
    )


def _instruct(state: Screening | Working | Resolved | Closed, command: c.Instruct, at: datetime) -> Decision:
    match state:
        case Working():
            if command.due <= at:
                return refusals.DUE_PASSED
            number = len(state.desk.instructions) + 1
            return (
                e.InstructionGiven(number=number, by=command.by, seat=command.seat, text=command.text, due=command.due),
            )
        case Screening():
            return refusals.NOT_SCREENED
        case Resolved() | Closed():
            return refusals.NOT_OPEN
        case _:
            assert_never(state)


def _rule_note(state: Screening | Working | Resolved | Closed, command: c.RuleNote) -> Decision:
    desk = None if isinstance(state, Screening) else state.desk
    note = None if desk is None else desk.notes.get(command.note)
    if note is None:
        return refusals.NO_NOTE
    if note.superior is not None and note.superior != command.by:
        return refusals.NOT_SUPERIOR
    if note.ruled:
        return refusals.NOTE_RULED
    return (e.NoteRuled(note=command.note, by=command.by, ruling=command.ruling, text=command.text),)


def _breach(state: Screening | Working | Resolved | Closed, command: c.BreachClock, at: datetime) -> Decision:
    """Only a clock that still runs, is due and does not wait for the reporter; once."""
    if not isinstance(state, Working) or state.desk.questions:
        return NOTHING
    hold = state.desk.holds.get(command.seat)
    if hold is None:
        return NOTHING
    for clock in hold.clocks:
        if (clock.name, clock.started) == (command.clock, command.started) and not clock.breached and clock.due <= at:
            note = len(state.desk.notes) + 1 if command.clock == "first_response" else None
            return (
                e.ClockBreached(
                    clock=clock.name,
                    seat=clock.seat,
                    started=clock.started,
                    due=clock.due,
                    note=note,
                    superior=None if note is None else command.superior,
                ),
            )
    return NOTHING


def _close_at_term(state: Screening | Working | Resolved | Closed, command: c.CloseAtTerm, at: datetime) -> Decision:
    if not isinstance(state, Resolved):
        return NOTHING
    if command.end is not None:
        return (e.ComplaintClosed(end=command.end),)
    if at < state.confirm_by:
        return NOTHING
    return (e.ComplaintClosed(end="unreachable" if state.file.unreachable else "silent"),)


def _told(state: Screening | Working | Resolved | Closed, command: c.RecordTold) -> Decision:
    if command.notice in state.file.told:
        return NOTHING
    return (
        e.ReporterTold(
            party=command.party,
            notice=command.notice,
            about=command.about,
            template=command.template,
            channel=command.channel,
        ),
    )


def _unreachable(state: Screening | Working | Resolved | Closed, command: c.RecordUnreachable) -> Decision:
    if command.notice in state.file.given_up:
        return NOTHING
    return (
        e.ReporterUnreachable(
            party=command.party,
            notice=command.notice,
            about=command.about,
            channel=command.channel,
            reason=command.reason,
        ),
    )
