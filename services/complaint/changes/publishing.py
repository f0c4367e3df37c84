"""How drafts and proofs change a complaint's file; in any phase."""

from dataclasses import replace

from services.complaint.events import leading, proofs, replies
from services.complaint.state import Draft, File, Proof

PUBLISHING = (
    replies.ReplyDrafted
    | replies.ReplyDraftDropped
    | proofs.ProofDrafted
    | proofs.ProofApproved
    | proofs.ProofDropped
    | proofs.ProofPosted
    | proofs.ProofNotPosted
    | proofs.ProofLinked
    | proofs.ProofWithdrawn
    | proofs.ProofRemoved
)


def changed(file: File, data: replies.Event | proofs.Event) -> File:
    match data:
        case replies.ReplyDrafted():
            return replace(file, drafts={**file.drafts, data.number: Draft(data.by, data.seat)})
        case replies.ReplyDraftDropped():
            return _over(file, data.number)
        case proofs.ProofDrafted():
            return _with(file, data.number, Proof(data.by, data.round, data.pictures))
        case proofs.ProofLinked():
            return _with(file, data.number, Proof(data.by, data.round, (), "approved", link=data.link))
        case proofs.ProofApproved():
            proof = file.publications[data.number]
            return _with(file, data.number, replace(proof, standing="approved", accounts=data.accounts))
        case proofs.ProofDropped():
            return _with(file, data.number, replace(file.publications[data.number], standing="dropped"))
        case proofs.ProofPosted():
            proof = file.publications[data.number]
            return _with(file, data.number, replace(proof, posted={**proof.posted, data.account: data.post}))
        case proofs.ProofNotPosted():
            proof = file.publications[data.number]
            return _with(file, data.number, replace(proof, failed=proof.failed | {data.account}))
        case proofs.ProofWithdrawn():
            return _withdrawn(file, data)
        case proofs.ProofRemoved():
            proof = file.publications[data.number]
            return _with(file, data.number, replace(proof, by_hand=proof.by_hand - {data.account}))


def sent(file: File, data: leading.ReplySent) -> File:
    """The draft that a reply was made of is over."""
    return file if data.draft is None else _over(file, data.draft)


def _withdrawn(file: File, data: proofs.ProofWithdrawn) -> File:
    proof = file.publications[data.number]
    gone = proof.withdrawn if data.account is None else proof.withdrawn | {data.account}
    over = data.account is None or gone >= proof.posted.keys()
    standing = "withdrawn" if over else proof.standing
    by_hand = proof.by_hand | {data.account} if data.how == "by_hand" else proof.by_hand
    return _with(file, data.number, replace(proof, withdrawn=gone, standing=standing, by_hand=by_hand))


def _with(file: File, number: int, proof: Proof) -> File:
    return replace(file, publications={**file.publications, number: proof})


def _over(file: File, number: int) -> File:
    return replace(file, drafts={**file.drafts, number: replace(file.drafts[number], over=True)})
