"""The reporter's side: opens, adds, confirms, reopens, withdraws, hides, is forgotten."""

from datetime import datetime
from typing import assert_never

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import pauses, refusals
from services.complaint.decisions.base import LEVELS, NOTHING, Decision
from services.complaint.state import Closed, Merged, Opened, Resolved, Screening, State, Unopened, Working

REPORTER = "reporter:1"
"""The one who is asked."""


def open_(state: State, command: c.OpenComplaint) -> Decision:
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
                    split_from=command.split_from,
                    kind=command.kind,
                    session=command.session,
                    handle=command.handle,
                    reachable=command.reachable,
                    urgent=command.urgent,
                    past=command.past,
                ),
            )
        case Screening() | Working() | Resolved() | Closed() | Merged():
            return NOTHING
        case _:
            assert_never(state)


def add(state: Opened, party: str, message: e.Message, at: datetime) -> Decision:
    if party in state.file.erased:
        return refusals.ERASED
    if isinstance(state, Working) and state.desk.questions and message.form != "removed":
        numbers = tuple(sorted(state.desk.questions))
        moved = pauses.ended(state.desk, at, questions=numbers)
        return (e.QuestionAnswered(numbers=numbers, party=party, message=message, moved=moved),)
    return (e.MessageAdded(party=party, message=message),)


def say_done(state: Opened, command: c.SayDone, at: datetime) -> Decision:
    shared = state.file.shared
    asked = isinstance(state, Resolved) and shared.ended is None
    if (asked or shared.word_until is not None) and command.party not in state.file.erased:
        return (e.ResolutionConfirmed(party=command.party, message=command.message),)
    return add(state, command.party, command.message, at)


def say_not_done(state: Opened, command: c.SayNotDone, at: datetime) -> Decision:
    if command.party in state.file.erased:
        return refusals.ERASED
    if state.file.shared.ended == "withdrawn":
        return add(state, command.party, command.message, at)
    match state:
        case Resolved():
            return _reopened(state.desk.round, command)
        case Working() if state.file.shared.quiet:
            # Another reporter of the matter was faster: it is being worked on again already.
            return _reopened(state.desk.round - 1, command)
        case Closed() if state.desk is not None and state.end is not None:
            return _reopened(state.desk.round, command)
        case Screening() | Working() | Closed():
            return add(state, command.party, command.message, at)
        case _:
            assert_never(state)


def _reopened(rounds: int, command: c.SayNotDone) -> Decision:
    return (e.ComplaintReopened(party=command.party, round=rounds + 1, message=command.message),)


def withdraw(state: Opened, command: c.Withdraw, at: datetime) -> Decision:
    if command.party in state.file.erased:
        return refusals.ERASED
    if state.file.shared.ended is not None:
        return add(state, command.party, command.message, at)
    match state:
        case Screening() | Working() | Resolved():
            return (e.ComplaintWithdrawn(party=command.party, message=command.message),)
        case Closed():
            return add(state, command.party, command.message, at)
        case _:
            assert_never(state)


def raise_confidentiality(state: Opened, command: c.RaiseConfidentiality, at: datetime) -> Decision:
    if LEVELS[command.level] > LEVELS[state.file.confidentiality]:
        return (e.ConfidentialityRaised(level=command.level, by=command.by, message=command.message),)
    if command.message is not None and command.party is not None:
        return add(state, command.party, command.message, at)
    return NOTHING


def attach(state: Opened | Merged, command: c.AttachEvidence) -> Decision:
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


def erase(state: Opened | Merged, command: c.EraseReporter, at: datetime) -> Decision:
    """What he was asked nobody will answer: the work goes on at once, its clocks later by what they have waited."""
    if command.party in state.file.erased:
        return NOTHING
    gone = e.ReporterErased(party=command.party)
    numbers = tuple(state.desk.questions) if isinstance(state, Working) and command.party == REPORTER else ()
    if not numbers or not isinstance(state, Working):
        return (gone,)
    return gone, e.QuestionLapsed(numbers=numbers, moved=pauses.ended(state.desk, at, questions=numbers))


def note(command: c.RefuseEvidence | c.RecordConcerned) -> Decision:
    """What intake writes down in any phase."""
    if isinstance(command, c.RecordConcerned):
        return (e.ConcernedRecorded(name=command.name, place=command.place),)
    return (e.EvidenceRefused(party=command.party, reason=command.reason),)
