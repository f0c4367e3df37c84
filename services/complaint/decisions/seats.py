"""What the commands of the seats lead to: the work itself, from acceptance to resolution."""

from datetime import datetime

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.decisions import ending
from services.complaint.decisions.base import NOTHING, Decision
from services.complaint.state import Closed, Desk, Hold, Opened, Resolved, Screening, Working
from services.contracts.commands import Refusal

_IDEAS = ("suggestion", "criticism")

IN_CHARGE = ("lead", "superior")
"""A superior acts for a lead who does not, or for a vacant seat."""


def desk_of(state: Opened) -> Desk | Refusal:
    """The offices' work, open or over."""
    if isinstance(state, Screening):
        return refusals.NOT_SCREENED
    return refusals.ALREADY_CLOSED if state.desk is None else state.desk


def open_desk(state: Opened) -> Desk | Refusal:
    """The offices' work, while it goes on."""
    desk = desk_of(state)
    if isinstance(desk, Refusal) or isinstance(state, Working):
        return desk
    return refusals.ALREADY_CLOSED if isinstance(state, Closed) else refusals.NOT_OPEN


def first_response(hold: Hold) -> tuple[e.ClockName, ...]:
    """What a first real response stops: the clock, if it still runs."""
    return tuple(clock.name for clock in hold.clocks if clock.name == "first_response")


def accept(hold: Hold, command: c.Accept) -> Decision:
    """Acceptance with a date is a real response; "siap" alone is written down and stops no clock."""
    if hold.accepted and hold.finish_by == command.finish_by and command.note is None:
        return ()
    met = first_response(hold) if command.finish_by is not None else ()
    return (
        e.AssignmentAccepted(
            seat=command.seat, finish_by=command.finish_by, note=command.note, officer=command.officer, met=met
        ),
    )


def progress(hold: Hold, command: c.ReportProgress) -> Decision:
    shows = bool(command.evidence) or command.expected_end is not None
    return (
        *flagged(command),
        e.ProgressReported(
            seat=command.seat,
            text=command.text,
            evidence=command.evidence,
            expected_end=command.expected_end,
            officer=command.officer,
            met=first_response(hold) if shows else (),
        ),
    )


def ask(desk: Desk, hold: Hold, command: c.AskReporter) -> Decision:
    return (
        e.QuestionAsked(
            number=desk.asked + 1,
            seat=command.seat,
            question=command.question,
            officer=command.officer,
            met=first_response(hold),
            days=command.days,
            remind_at=command.remind_at,
            lapse_at=command.lapse_at,
        ),
    )


def visit(state: Opened, command: c.RecordVisit) -> Decision:
    """Any seat may go and look."""
    desk = open_desk(state)
    if isinstance(desk, Refusal):
        return desk
    hold = desk.holds.get(command.seat)
    return (
        *flagged(command),
        e.PlaceVisited(
            seat=command.seat,
            text=command.text,
            evidence=command.evidence,
            officer=command.officer,
            met=() if hold is None else first_response(hold),
        ),
    )


def resolve(desk: Desk, hold: Hold, command: c.Resolve) -> Decision:
    if hold.role not in IN_CHARGE:
        return refusals.NOT_LEAD
    if command.closure == "withdrawn":
        return refusals.CLASS_OF_REPORTER
    if command.closure in ("adopted", "not_adopted") and desk.matter.kind not in _IDEAS:
        return refusals.CLASS_FOR_IDEAS
    if command.closure == "fixed" and any(subtask.standing == "open" for subtask in desk.subtasks.values()):
        return refusals.SUBTASKS_OPEN
    if command.closure == "explained" and command.service_off:
        return refusals.SERVICE_OFF
    if command.closure == "other_authority" and command.referred_to is None:
        return refusals.REFERRED_WHERE
    without_proof = command.closure == "fixed" and not command.evidence and command.proof_link is None
    if command.sign_off is not None:
        asked = command.sign_off
        return *flagged(command), e.ResolutionSubmitted(
            seat=command.seat,
            closure=command.closure,
            text=command.text,
            evidence=command.evidence,
            proof_link=command.proof_link,
            referred_to=command.referred_to,
            without_proof=without_proof,
            officer=command.officer,
            met=first_response(hold),
            to=asked.to,
            why=asked.why,
            due=asked.due,
            rule=asked.rule,
            policy=asked.policy,
            days=command.days,
        )
    return *flagged(command), e.ComplaintResolved(
        seat=command.seat,
        closure=command.closure,
        text=command.text,
        evidence=command.evidence,
        proof_link=command.proof_link,
        referred_to=command.referred_to,
        without_proof=without_proof,
        confirm_by=command.confirm_by,
        officer=command.officer,
        met=tuple(clock.name for clock in hold.clocks),
    )


def flagged(command: c.ReportProgress | c.RecordVisit | c.FinishSubtask | c.Resolve) -> tuple[e.Event, ...]:
    """What speaks against the evidence, told before what it was given for."""
    if not command.marks:
        return ()
    return (e.EvidenceFlagged(seat=command.seat, marks=command.marks, policy=command.policy),)


def close_at_term(state: Opened, command: c.CloseAtTerm, at: datetime) -> Decision:
    shared = state.file.shared
    if isinstance(state, Working) and shared.word_until is not None:
        # The handling was reopened by another reporter of the matter; this one's term is his own.
        if at < shared.word_until:
            return NOTHING
        return (e.ComplaintClosed(end=ending.without_a_word(state.file)),)
    if not isinstance(state, Resolved):
        return NOTHING
    if shared.ended is not None:
        return (e.MatterClosed(),) if at >= state.confirm_by else NOTHING
    if command.end is not None:
        return (e.ComplaintClosed(end=command.end),)
    if at < state.confirm_by:
        return NOTHING
    return (e.ComplaintClosed(end=ending.without_a_word(state.file)),)
