"""Pictures, signatures, audits."""

from services.complaint import commands as c
from services.complaint import refusals as of_complaint
from services.contracts import commands as outside
from services.contracts.commands import Refusal
from services.router.acting.meanings.frame import Frame
from services.router.clocks import terms


def clear(frame: Frame, action: outside.ClearEvidence) -> c.Command:
    return c.ClearEvidence(cause=frame.cause, seat=frame.seat, media=action.media, audience=action.audience)


def sign_off(frame: Frame, action: outside.SignOff) -> c.Command | Refusal:
    """The submitted words are sealed anew: a seal is bound to the event that it stands in."""
    submitted = frame.submitted
    if submitted is None:
        return of_complaint.NOTHING_SUBMITTED
    return c.SignOff(
        cause=frame.cause,
        seat=frame.seat,
        approved=action.approved,
        text=frame.sealed("text", action.text),
        resolution=frame.sealed("text", submitted.text),
        referred_to=frame.seal("referred_to", submitted.referred_to),
        officer=frame.seal("officer", submitted.officer),
        confirm_by=terms.confirm_by(frame.city, frame.at, frame.scale),
    )


def audit(frame: Frame, action: outside.Audit) -> c.Command:
    return c.RecordAudit(
        cause=frame.cause, seat=frame.seat, passed=action.passed, text=frame.sealed("text", action.text)
    )
