"""What an action of an office or a person means for the complaint: the complaint's own command, with its words sealed.

Pure but for sealing: seats, places and rules are looked up in the city, due times are worked out.
"""

from services.complaint import commands as c
from services.contracts import commands as outside
from services.contracts.commands import Refusal
from services.router.acting import refusals
from services.router.acting.meanings import (
    calling,
    checks,
    contact,
    leading,
    live,
    merging,
    publishing,
    screening,
    seats,
    work,
)
from services.router.acting.meanings.frame import Frame

ComplaintAction = (
    outside.SeatAction
    | outside.Screen
    | outside.Assign
    | outside.Instruct
    | outside.Mention
    | outside.Reply
    | outside.RuleNote
    | outside.RaiseConfidentiality
    | outside.EraseReporter
    | merging.Sharing
    | outside.RuleExtension
    | outside.RefuseReturn
    | outside.ClearEvidence
    | outside.SignOff
    | outside.Audit
    | publishing.Publishing
    | contact.Contact
    | outside.AnswerOnAir
    | outside.UndoEntry
    | outside.RecordCall
)


def meaning(frame: Frame, action: ComplaintAction) -> c.Command | Refusal:
    match action:
        case outside.Screen():
            return screening.screen(frame, action)
        case outside.Assign():
            return screening.assign(frame, action)
        case outside.Instruct():
            if action.seat not in frame.city.seats:
                return refusals.unknown_seat("seat")
            if not frame.conflict_free(action.seat):
                return refusals.conflict("seat")
            text = frame.sealed("text", action.text)
            return c.Instruct(cause=frame.cause, by=frame.seat, seat=action.seat, text=text, due=action.due)
        case outside.Mention():
            return leading.mention(frame, action)
        case outside.Reply():
            return c.SendReply(cause=frame.cause, seat=frame.seat, text=frame.sealed("text", action.text))
        case outside.RuleNote():
            text = frame.sealed("text", action.text)
            return c.RuleNote(
                cause=frame.cause, by=frame.seat, note=action.note, ruling=action.ruling, text=text,
                coordinates=frame.coordinates,
            )  # fmt: skip
        case outside.RaiseConfidentiality():
            return c.RaiseConfidentiality(cause=frame.cause, level=action.level, by=f"seat:{frame.seat}")
        case outside.EraseReporter():
            return c.EraseReporter(cause=frame.cause, party=action.party)
        case outside.Merge() | outside.Unmerge() | outside.DismissDuplicate() | outside.Split() | outside.Transcribe():
            return merging.meaning(frame, action)
        case (
            outside.AskExtension() | outside.RuleExtension() | outside.RefuseReturn() | outside.GiveSubtask()
            | outside.FinishSubtask() | outside.DeclineSubtask() | outside.DropSubtask() | outside.PlanWork()
            | outside.Dispose()
        ):  # fmt: skip
            return work.meaning(frame, action)
        case outside.ClearEvidence():
            return checks.clear(frame, action)
        case outside.SignOff():
            return checks.sign_off(frame, action)
        case (
            outside.DraftReply() | outside.SendDraft() | outside.DropDraft() | outside.DraftProof()
            | outside.ApproveProof() | outside.DropProof() | outside.LinkProof() | outside.ConfirmRemoval()
        ):  # fmt: skip
            return publishing.meaning(frame, action)
        case outside.Audit():
            return checks.audit(frame, action)
        case outside.AskContact() | outside.RuleContact() | outside.ShowContact():
            return contact.meaning(frame, action)
        case outside.AnswerOnAir() | outside.UndoEntry():
            return live.meaning(frame, action)
        case outside.RecordCall():
            return calling.record(frame, action)
        case _:
            return seats.seat_action(frame, action)
