"""What the commands of the seats lead to: the work itself, from acceptance to resolution."""

from datetime import datetime
from typing import assert_never

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.decisions.base import NOTHING, Decision
from services.complaint.state import Closed, Desk, Hold, Opened, Resolved, Screening, Working
from services.contracts.commands import Refusal

SeatCommand = c.Accept | c.ReportProgress | c.AskReporter | c.ReturnAssignment | c.HandOff | c.Resolve

_IDEAS = ("suggestion", "criticism")


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


def decide(state: Opened, command: SeatCommand) -> Decision:
    """What only a seat with a part in the complaint may do."""
    desk = open_desk(state)
    if isinstance(desk, Refusal):
        return desk
    hold = desk.holds.get(command.seat)
    return refusals.NOT_YOURS if hold is None else _held(desk, hold, command)


def _held(desk: Desk, hold: Hold, command: SeatCommand) -> Decision:
    match command:
        case c.Accept():
            return _accept(hold, command)
        case c.ReportProgress():
            return _progress(hold, command)
        case c.AskReporter():
            return (
                e.QuestionAsked(
                    number=desk.asked + 1,
                    seat=command.seat,
                    question=command.question,
                    officer=command.officer,
                    met=_first_response(hold),
                ),
            )
        case c.ReturnAssignment():
            return (
                e.AssignmentReturned(
                    seat=command.seat,
                    ground=command.ground,
                    reason=command.reason,
                    officer=command.officer,
                    met=_first_response(hold),
                ),
            )
        case c.HandOff():
            return _hand_off(hold, command)
        case c.Resolve():
            return _resolve(desk, hold, command)
        case _:
            assert_never(command)


def _first_response(hold: Hold) -> tuple[e.ClockName, ...]:
    """What a first real response stops: the clock, if it still runs."""
    return tuple(clock.name for clock in hold.clocks if clock.name == "first_response")


def _accept(hold: Hold, command: c.Accept) -> Decision:
    """Acceptance with a date is a real response; "siap" alone is written down and stops no clock."""
    if hold.accepted and hold.finish_by == command.finish_by and command.note is None:
        return ()
    met = _first_response(hold) if command.finish_by is not None else ()
    return (
        e.AssignmentAccepted(
            seat=command.seat, finish_by=command.finish_by, note=command.note, officer=command.officer, met=met
        ),
    )


def _progress(hold: Hold, command: c.ReportProgress) -> Decision:
    shows = bool(command.evidence) or command.expected_end is not None
    return (
        e.ProgressReported(
            seat=command.seat,
            text=command.text,
            evidence=command.evidence,
            expected_end=command.expected_end,
            officer=command.officer,
            met=_first_response(hold) if shows else (),
        ),
    )


def visit(state: Opened, command: c.RecordVisit) -> Decision:
    """Any seat may go and look."""
    desk = open_desk(state)
    if isinstance(desk, Refusal):
        return desk
    hold = desk.holds.get(command.seat)
    return (
        e.PlaceVisited(
            seat=command.seat,
            text=command.text,
            evidence=command.evidence,
            officer=command.officer,
            met=() if hold is None else _first_response(hold),
        ),
    )


def _hand_off(hold: Hold, command: c.HandOff) -> Decision:
    if hold.role != "lead":
        return refusals.NOT_LEAD
    if command.to.seat == command.seat:
        return refusals.SAME_SEAT
    return (
        e.LeadHandedOff(
            seat=command.seat,
            to=command.to,
            reason=command.reason,
            officer=command.officer,
            met=_first_response(hold),
        ),
    )


def _resolve(desk: Desk, hold: Hold, command: c.Resolve) -> Decision:
    if hold.role != "lead":
        return refusals.NOT_LEAD
    if command.closure == "withdrawn":
        return refusals.CLASS_OF_REPORTER
    if command.closure in ("adopted", "not_adopted") and desk.matter.kind not in _IDEAS:
        return refusals.CLASS_FOR_IDEAS
    if command.closure == "explained" and command.service_off:
        return refusals.SERVICE_OFF
    if command.closure == "other_authority" and command.referred_to is None:
        return refusals.REFERRED_WHERE
    return (
        e.ComplaintResolved(
            seat=command.seat,
            closure=command.closure,
            text=command.text,
            evidence=command.evidence,
            proof_link=command.proof_link,
            referred_to=command.referred_to,
            without_proof=command.closure == "fixed" and not command.evidence and command.proof_link is None,
            confirm_by=command.confirm_by,
            officer=command.officer,
            met=tuple(clock.name for clock in hold.clocks),
        ),
    )


def close_at_term(state: Opened, command: c.CloseAtTerm, at: datetime) -> Decision:
    shared = state.file.shared
    if isinstance(state, Working) and shared.word_until is not None:
        # The handling was reopened by another reporter of the matter; this one's term is his own.
        if at < shared.word_until:
            return NOTHING
        return (e.ComplaintClosed(end="unreachable" if state.file.unreachable else "silent"),)
    if not isinstance(state, Resolved):
        return NOTHING
    if shared.ended is not None:
        return (e.MatterClosed(),) if at >= state.confirm_by else NOTHING
    if command.end is not None:
        return (e.ComplaintClosed(end=command.end),)
    if at < state.confirm_by:
        return NOTHING
    return (e.ComplaintClosed(end="unreachable" if state.file.unreachable else "silent"),)
