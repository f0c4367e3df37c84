"""Own words by draft, and proof of work: who signs, what may be shown, and that nothing stands that does not hold."""

from typing import Literal, assert_never

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.decisions import leading
from services.complaint.decisions.base import NOTHING, Decision
from services.complaint.state import Closed, Desk, Merged, Opened, Proof, Resolved
from services.contracts.commands import Refusal

Publishing = (
    c.SendReply | c.DraftReply | c.SendDraft | c.DropDraft | c.DraftProof | c.ApproveProof | c.DropProof | c.LinkProof
    | c.RecordPost | c.RecordWithdrawal | c.ConfirmRemoval | c.MentionSeats
)  # fmt: skip


def decide(state: Opened | Merged, command: Publishing) -> Decision:
    """In any phase: what is said to the reporter, and what is said of the work."""
    match command:
        case c.SendReply():
            return (e.ReplySent(seat=command.seat, text=command.text),)
        case c.DraftReply():
            number = len(state.file.drafts) + 1
            return (e.ReplyDrafted(number=number, by=command.by, seat=command.seat, text=command.text),)
        case c.SendDraft():
            return _send(state, command)
        case c.DropDraft():
            return _drop_draft(state, command)
        case c.DraftProof():
            return _draft(state, command)
        case c.ApproveProof():
            return _approve(state, command)
        case c.DropProof():
            return _drop(state, command)
        case c.LinkProof():
            return _link(state, command)
        case c.RecordPost() | c.RecordWithdrawal():
            return _record(state, command)
        case c.ConfirmRemoval():
            return _removed(state, command)
        case c.MentionSeats():
            return leading.mention(state, command)
        case _:
            assert_never(command)


def _send(state: Opened | Merged, command: c.SendDraft) -> Decision:
    """Only whose name stands below it."""
    draft = state.file.drafts.get(command.number)
    if draft is None:
        return refusals.NO_DRAFT
    if draft.seat != command.seat:
        return refusals.DRAFT_OF_ANOTHER
    if draft.over:
        return refusals.DRAFT_OVER
    return (e.ReplySent(seat=command.seat, text=command.text, draft=command.number, drafted_by=draft.by),)


def _drop_draft(state: Opened | Merged, command: c.DropDraft) -> Decision:
    draft = state.file.drafts.get(command.number)
    if draft is None:
        return refusals.NO_DRAFT
    if command.by not in (draft.by, draft.seat):
        return refusals.DRAFT_OF_ANOTHER
    if draft.over:
        return NOTHING
    return (e.ReplyDraftDropped(number=command.number, by=command.by, reason=command.reason),)


def _finished(state: Opened | Merged) -> Desk | Refusal:
    """Only what was said to be done is shown, and nothing of a secret matter."""
    if state.file.confidentiality == "secret":
        return refusals.SECRET_NOT_SHOWN
    if not isinstance(state, Resolved | Closed) or state.desk is None or (isinstance(state, Closed) and not state.end):
        return refusals.NOTHING_TO_SHOW
    return state.desk


def _draft(state: Opened | Merged, command: c.DraftProof) -> Decision:
    desk = _finished(state)
    if isinstance(desk, Refusal):
        return desk
    if not _shown(state, command.pictures):
        return refusals.PICTURE_NOT_CLEARED
    number = len(state.file.publications) + 1
    return (
        e.ProofDrafted(
            number=number, by=command.by, text=command.text, pictures=command.pictures, round=desk.round
        ),
    )  # fmt: skip


def _shown(state: Opened | Merged, pictures: tuple[str, ...]) -> bool:
    """Of offices, and looked at by a person."""
    return all(one in state.file.proofs and state.file.cleared.get(one) == "public" for one in pictures)


def _approve(state: Opened | Merged, command: c.ApproveProof) -> Decision:
    proof = state.file.publications.get(command.number)
    if proof is None or proof.link:
        return refusals.NO_PROOF
    desk = _finished(state)
    if isinstance(desk, Refusal):
        return desk
    if proof.standing != "drafted":
        return NOTHING if proof.standing == "approved" else refusals.PROOF_OVER
    if proof.by == command.by:
        return refusals.OWN_PROOF
    if proof.round != desk.round or not _shown(state, proof.pictures):
        return refusals.PICTURE_NOT_CLEARED if proof.round == desk.round else refusals.PROOF_OVER
    return (e.ProofApproved(number=command.number, by=command.by, accounts=command.accounts),)


def _drop(state: Opened | Merged, command: c.DropProof) -> Decision:
    proof = state.file.publications.get(command.number)
    if proof is None:
        return refusals.NO_PROOF
    if proof.standing in ("dropped", "withdrawn"):
        return NOTHING
    return (e.ProofDropped(number=command.number, by=command.by, reason=command.reason),)


def _link(state: Opened | Merged, command: c.LinkProof) -> Decision:
    desk = _finished(state)
    if isinstance(desk, Refusal):
        return desk
    if any(one.link == command.link and one.round == desk.round for one in state.file.publications.values()):
        return NOTHING
    number = len(state.file.publications) + 1
    return (e.ProofLinked(number=number, by=command.by, link=command.link, round=desk.round),)


def _record(state: Opened | Merged, command: c.RecordPost | c.RecordWithdrawal) -> Decision:
    """What became of it at the provider, once for each account."""
    proof = state.file.publications.get(command.number)
    if proof is None:
        return refusals.NO_PROOF
    if isinstance(command, c.RecordPost):
        if command.account in proof.posted or command.account in proof.failed:
            return NOTHING
        if command.post is None:
            return (e.ProofNotPosted(number=command.number, account=command.account, reason=command.reason),)
        return (
            e.ProofPosted(number=command.number, account=command.account, post=command.post, link=command.link),
        )  # fmt: skip
    if _gone(proof, command.account):
        return NOTHING
    why: Literal["reopened", "taken_back"] = "taken_back" if proof.standing == "dropped" else "reopened"
    return (e.ProofWithdrawn(number=command.number, account=command.account, how=command.how, why=why),)


def _removed(state: Opened | Merged, command: c.ConfirmRemoval) -> Decision:
    proof = state.file.publications.get(command.number)
    if proof is None:
        return refusals.NO_PROOF
    if command.account not in proof.by_hand:
        return refusals.NOTHING_BY_HAND
    return (e.ProofRemoved(number=command.number, account=command.account, by=command.by),)


def _gone(proof: Proof, account: str | None) -> bool:
    return proof.standing == "withdrawn" if account is None else account in proof.withdrawn
