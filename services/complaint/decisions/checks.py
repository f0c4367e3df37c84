"""Honest closing: who may see a picture, the second seat's word, the audit."""

from datetime import datetime

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import pauses, refusals
from services.complaint.decisions import seats
from services.complaint.decisions.base import NOTHING, Decision
from services.complaint.state import Closed, Merged, Opened, Resolved, Screening, Working
from services.contracts.commands import Refusal

Closing = c.ClearEvidence | c.SignOff | c.EscalateSignOff | c.DrawAudit | c.RecordAudit


def decide(state: Opened, command: Closing, at: datetime) -> Decision:
    match command:
        case c.ClearEvidence():
            return clear(state, command)
        case c.SignOff():
            return sign_off(state, command, at)
        case c.EscalateSignOff():
            return escalate(state, command, at)
        case c.DrawAudit():
            return draw(state, command)
        case c.RecordAudit():
            return audit(state, command)


def clear(state: Opened | Merged, command: c.ClearEvidence) -> Decision:
    file = state.file
    if command.media not in file.media and command.media not in file.proofs:
        return refusals.NO_PICTURE
    if command.media in file.media and file.erased:
        return refusals.ERASED
    if command.audience == "public" and file.confidentiality == "secret":
        return refusals.SECRET_STAYS
    if file.cleared.get(command.media, "hidden") == command.audience:
        return NOTHING
    return (e.EvidenceCleared(media=command.media, audience=command.audience, seat=command.seat),)


def sign_off(state: Opened, command: c.SignOff, at: datetime) -> Decision:
    """An approval is followed by the resolution as it was submitted; a refusal by the work, with its clocks moved."""
    desk = seats.open_desk(state)
    if isinstance(desk, Refusal):
        return desk
    submission = desk.submission
    if submission is None:
        return refusals.NOTHING_SUBMITTED
    if submission.to != command.seat:
        return refusals.NOT_SIGNER
    moved = () if command.approved else pauses.ended(desk, at, signature=True)
    word = e.SignOffRecorded(
        seat=command.seat, submitted=submission.n, approved=command.approved, text=command.text, moved=moved
    )
    if not command.approved:
        return (word,)
    hold = desk.holds.get(submission.seat)
    return word, e.ComplaintResolved(
        seat=submission.seat,
        closure=submission.closure,
        text=command.resolution,
        evidence=submission.evidence,
        proof_link=submission.proof_link,
        referred_to=command.referred_to,
        without_proof=submission.without_proof,
        confirm_by=command.confirm_by,
        officer=command.officer,
        met=tuple(clock.name for clock in hold.clocks) if hold else (),
    )


def escalate(state: Opened, command: c.EscalateSignOff, at: datetime) -> Decision:
    """Only while the seat that was asked still owes its word and its time is over; once."""
    submission = state.desk.submission if isinstance(state, Working) else None
    if submission is None or submission.asked != command.asked or at < submission.due:
        return NOTHING
    if command.to in (submission.to, submission.seat):
        return NOTHING
    return (
        e.SignOffEscalated(
            seat=submission.to, to=command.to, due=command.due, rule=command.rule, policy=command.policy
        ),
    )


def draw(state: Opened, command: c.DrawAudit) -> Decision:
    """Once for each resolution."""
    if not isinstance(state, Resolved | Closed) or state.desk is None:
        return NOTHING
    if state.desk.round != command.round or command.round in state.desk.audits:
        return NOTHING
    return (e.AuditDrawn(round=command.round, share=command.share, policy=command.policy),)


def audit(state: Opened, command: c.RecordAudit) -> Decision:
    """The finding on the latest resolution that was drawn. A reporter's own SUDAH outlives it, a silent end doesn't."""
    desk = None if isinstance(state, Screening) else state.desk
    waiting = None if desk is None else max((n for n, done in desk.audits.items() if done is None), default=None)
    if desk is None or waiting is None:
        return refusals.NOT_DRAWN
    if command.seat == desk.lead:
        return refusals.OWN_WORK
    found = e.AuditRecorded(seat=command.seat, round=waiting, passed=command.passed, text=command.text)
    if command.passed or waiting != desk.round or not _still_open_to_doubt(state):
        return (found,)
    return found, e.ComplaintReopened(party="handling", round=desk.round + 1)


def _still_open_to_doubt(state: Opened) -> bool:
    return isinstance(state, Resolved) or (isinstance(state, Closed) and state.end not in (None, "confirmed"))
