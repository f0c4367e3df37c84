"""The work of the seats that hold a complaint."""

from typing import assert_never

from services.complaint import commands as c
from services.complaint.events import Matter
from services.complaint.state import Merged, Screening, Unopened
from services.contracts import commands as outside
from services.contracts.city.handing import Handed, may_hand_off
from services.contracts.commands import Refusal
from services.router.acting import refusals
from services.router.acting.meanings.frame import Frame
from services.router.clocks import terms
from services.router.dossier import matter_of

Ordinary = (
    outside.Accept | outside.Progress | outside.Visit | outside.AskReporter | outside.Return | outside.HandOff
    | outside.Resolve | outside.AnswerInstruction | outside.ExplainBreach
)  # fmt: skip


def seat_action(frame: Frame, action: Ordinary) -> c.Command | Refusal:
    cause, seat, officer = frame.cause, frame.seat, frame.seal("officer", frame.officer)
    match action:
        case outside.Accept():
            note = frame.seal("note", action.note)
            return c.Accept(cause=cause, seat=seat, officer=officer, finish_by=action.finish_by, note=note)
        case outside.Progress():
            return c.ReportProgress(
                cause=cause,
                seat=seat,
                officer=officer,
                text=frame.sealed("text", action.text),
                evidence=action.evidence,
                expected_end=action.expected_end,
                marks=frame.found.marks,
                policy=frame.found.policy,
            )
        case outside.Visit():
            text = frame.sealed("text", action.text)
            return c.RecordVisit(
                cause=cause,
                seat=seat,
                officer=officer,
                text=text,
                evidence=action.evidence,
                marks=frame.found.marks,
                policy=frame.found.policy,
            )
        case outside.AskReporter():
            question = frame.sealed("question", action.question)
            return c.AskReporter(
                cause=cause,
                seat=seat,
                officer=officer,
                question=question,
                days=frame.days,
                remind_at=terms.remind_at(frame.city, frame.at),
                lapse_at=terms.lapse_at(frame.city, frame.at, frame.scale),
            )
        case outside.Return():
            reason = frame.sealed("reason", action.reason)
            return c.ReturnAssignment(
                cause=cause,
                seat=seat,
                officer=officer,
                ground=action.ground,
                reason=reason,
                most_bounces=frame.city.policy.most_bounces,
            )
        case outside.HandOff():
            return hand_off(frame, action, officer)
        case outside.Resolve():
            return c.Resolve(
                cause=cause,
                seat=seat,
                officer=officer,
                closure=action.closure,
                text=frame.sealed("text", action.text),
                confirm_by=terms.confirm_by(frame.city, frame.at, frame.scale),
                evidence=action.evidence,
                proof_link=action.proof_link,
                referred_to=frame.seal("referred_to", action.referred_to),
                service_off=frame.service_off,
                marks=frame.found.marks,
                policy=frame.found.policy,
                sign_off=frame.found.sign_off,
                days=None if frame.found.sign_off is None else frame.days,
            )
        case outside.AnswerInstruction():
            text = frame.sealed("text", action.text)
            return c.AnswerInstruction(cause=cause, seat=seat, officer=officer, number=action.number, text=text)
        case outside.ExplainBreach():
            text = frame.sealed("text", action.text)
            return c.ExplainBreach(cause=cause, seat=seat, officer=officer, note=action.note, text=text)
        case _:
            assert_never(action)


def hand_off(frame: Frame, action: outside.HandOff, officer: str | None) -> c.Command | Refusal:
    if action.to not in frame.city.seats:
        return refusals.unknown_seat("to")
    if not frame.conflict_free(action.to):
        return refusals.conflict("to")
    matter = matter_of(frame.state)
    if matter is not None and not may_hand_off(
        frame.city, frame.city.rules, _handed(frame, matter), frame.seat, action.to
    ):
        return refusals.NOT_YOUR_LINE
    desk = None if isinstance(frame.state, Unopened | Screening | Merged) else frame.state.desk
    kind = "complaint" if desk is None else desk.kind
    to = terms.assignment(frame.city, action.to, "lead", kind, at=frame.at, scale=frame.scale, live=frame.live)
    reason, most = frame.sealed("reason", action.reason), frame.city.policy.most_bounces
    return c.HandOff(cause=frame.cause, seat=frame.seat, officer=officer, to=to, reason=reason, most_bounces=most)


def _handed(frame: Frame, matter: Matter) -> Handed:
    first = None if isinstance(frame.state, Unopened) else frame.state.file.first_level
    return Handed(matter.function, matter.district_code, matter.ward_code, first)
