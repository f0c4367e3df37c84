"""The way to a reporter's contact. Who lives beside the reporter never gets it."""

from datetime import timedelta

from services.complaint import commands as c
from services.contracts import commands as outside
from services.contracts.commands import Refusal
from services.router.acting import refusals
from services.router.acting.meanings.frame import Frame
from services.router.neighbours import is_neighbour

Contact = outside.AskContact | outside.RuleContact | outside.ShowContact


def meaning(frame: Frame, action: Contact) -> c.Command | Refusal:
    match action:
        case outside.AskContact():
            if is_neighbour(frame.city, frame.seat):
                return refusals.NOT_FOR_NEIGHBOURS
            reason = frame.sealed("reason", action.reason)
            return c.AskContact(cause=frame.cause, seat=frame.seat, ground=action.ground, reason=reason)
        case outside.RuleContact():
            policy = frame.city.policy
            return c.RuleContact(
                cause=frame.cause,
                by=frame.seat,
                number=action.number,
                granted=action.granted,
                # Minutes to dial a number, whatever speed the demo's working days run at.
                until=frame.at + timedelta(minutes=policy.contact_minutes),
                policy=policy.version,
                protects=frame.protects,
                reason=frame.seal("reason", action.reason),
            )
        case outside.ShowContact():
            return c.ShowContact(cause=frame.cause, seat=frame.seat, number=action.number)
