"""How a resolution that waits for a signature, and the audit of one, change the offices' side of a complaint."""

from datetime import datetime

from services.complaint import events as e
from services.complaint.changes import clocks as clock_changes
from services.complaint.changes import desk as desk_changes
from services.complaint.state import Desk, Submission
from services.contracts.changing import replace

Changing = e.ResolutionSubmitted | e.SignOffEscalated | e.SignOffRecorded | e.AuditDrawn | e.AuditRecorded


def changed(desk: Desk, n: int, at: datetime, data: Changing) -> Desk:
    match data:
        case e.ResolutionSubmitted():
            return _submitted(desk, data, n, at)
        case e.SignOffEscalated():
            if desk.submission is None:
                return desk
            return replace(desk, submission=replace(desk.submission, to=data.to, asked=n, due=data.due))
        case e.SignOffRecorded():
            return replace(clock_changes.moved(desk, data.moved), submission=None)
        case e.AuditDrawn():
            return replace(desk, audits={**desk.audits, data.round: None})
        case e.AuditRecorded():
            return replace(desk, audits={**desk.audits, data.round: data.passed})


def _submitted(desk: Desk, data: e.ResolutionSubmitted, n: int, at: datetime) -> Desk:
    submission = Submission(
        n=n,
        since=at,
        seat=data.seat,
        to=data.to,
        asked=n,
        due=data.due,
        closure=data.closure,
        evidence=data.evidence,
        proof_link=data.proof_link,
        without_proof=data.without_proof,
    )
    met = desk_changes.meets(desk, data.seat, data.met)
    return replace(met, submission=submission, days=data.days or desk.days)
