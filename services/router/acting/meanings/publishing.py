"""Own words by draft, and proof of work: public words are made by rule, and checked where a person wrote them."""

import re
from typing import assert_never

from services.complaint import commands as c
from services.contracts import commands as outside
from services.contracts.categories import label
from services.contracts.commands import Refusal
from services.router.acting import refusals
from services.router.acting.meanings.frame import Frame
from services.router.brief import place_name
from services.router.dossier import matter_of

Publishing = (
    outside.DraftReply | outside.SendDraft | outside.DropDraft | outside.DraftProof | outside.ApproveProof
    | outside.DropProof | outside.LinkProof | outside.ConfirmRemoval
)  # fmt: skip

_PERSONAL = re.compile(
    r"\d[\d\s.-]{6,}\d|@|\b(?:RT|RW)\b\W*\d|\bNIK\b|\b(?:no|nomor)\b\.?\s*(?:rumah\s*)?\d|\bgang\s+\w|"
    r"\b(?:bapak|ibu|pak|bu|sdr|saudara|nenek|kakek)\s+[A-Z]",
    re.IGNORECASE,
)
"""Numbers, addresses and forms of address: what nobody needs to read who was not there."""


def meaning(frame: Frame, action: Publishing) -> c.Command | Refusal:
    cause, seat = frame.cause, frame.seat
    match action:
        case outside.DraftReply():
            if action.seat not in frame.city.seats:
                return refusals.unknown_seat("seat")
            if not frame.conflict_free(action.seat):
                return refusals.conflict("seat")
            return c.DraftReply(cause=cause, by=seat, seat=action.seat, text=frame.sealed("text", action.text))
        case outside.SendDraft():
            # Without its words (no such draft) deciding refuses it anyway.
            words = action.text or frame.drafted or ""
            return c.SendDraft(cause=cause, seat=seat, number=action.number, text=frame.sealed("text", words))
        case outside.DropDraft():
            return c.DropDraft(cause=cause, by=seat, number=action.number, reason=frame.seal("reason", action.reason))
        case outside.DraftProof():
            if action.text is not None and too_personal(action.text):
                return refusals.TOO_PERSONAL
            text = action.text or by_rule(frame)
            return c.DraftProof(cause=cause, by=seat, text=frame.sealed("text", text), pictures=action.pictures)
        case outside.ApproveProof():
            ours = {one.id for one in frame.city.accounts if one.door is not None}
            if not set(action.accounts) <= ours:
                return refusals.ACCOUNT_UNKNOWN
            return c.ApproveProof(cause=cause, by=seat, number=action.number, accounts=action.accounts)
        case outside.DropProof():
            return c.DropProof(cause=cause, by=seat, number=action.number, reason=frame.seal("reason", action.reason))
        case outside.LinkProof():
            return c.LinkProof(cause=cause, by=seat, link=action.link)
        case outside.ConfirmRemoval():
            return c.ConfirmRemoval(cause=cause, by=seat, number=action.number, account=action.account)
        case _:
            assert_never(action)


def too_personal(text: str) -> bool:
    return _PERSONAL.search(text) is not None


def by_rule(frame: Frame) -> str:
    """What it was, where to the kelurahan, and whose work."""
    matter = matter_of(frame.state)
    if matter is None:
        return "Pekerjaan selesai."
    where = place_name(frame.city, matter.district_code, matter.ward_code)
    desk = getattr(frame.state, "desk", None)
    lead = frame.city.seats.get(desk.lead) if desk is not None and desk.lead else None
    by = f" Ditangani {lead.office}." if lead is not None else ""
    at = f" di {where}" if where else ""
    return f"Selesai: {label(matter.category)}{at}.{by} Terima kasih kepada warga yang melapor."
