"""What a card knows of drafted replies and of work that is shown in public. Pure."""

from dataclasses import replace

from services.complaint import events as e
from services.reporting.read_models.cases.card import Card
from services.reporting.read_models.cases.parts import Drafted, Shown

PUBLISHING = (
    e.ReplyDrafted
    | e.ReplyDraftDropped
    | e.ProofDrafted
    | e.ProofApproved
    | e.ProofDropped
    | e.ProofPosted
    | e.ProofNotPosted
    | e.ProofLinked
    | e.ProofWithdrawn
    | e.ProofRemoved
)


def fold(card: Card, data: PUBLISHING | e.ReplySent) -> Card:
    match data:
        case e.ReplyDrafted():
            return replace(card, drafts={**card.drafts, data.number: Drafted(data.by, data.seat)})
        case e.ReplyDraftDropped():
            return _over(card, data.number)
        case e.ReplySent():
            return card if data.draft is None else _over(card, data.draft)
        case e.ProofDrafted():
            return _with(card, data.number, Shown(data.by, data.round, pictures=data.pictures))
        case e.ProofLinked():
            return _with(card, data.number, Shown(data.by, data.round, "linked", link=data.link))
        case _ if data.number not in card.publications:
            return card
        case e.ProofApproved():
            return _with(card, data.number, replace(card.publications[data.number], standing="approved"))
        case e.ProofDropped():
            return _with(card, data.number, replace(card.publications[data.number], standing="dropped"))
        case e.ProofPosted():
            proof = card.publications[data.number]
            return _with(card, data.number, replace(
                proof, standing="posted", posted={**proof.posted, data.account: data.link or ""}
            ))  # fmt: skip
        case e.ProofNotPosted():
            return card
        case e.ProofWithdrawn():
            proof = card.publications[data.number]
            left = (*proof.by_hand, data.account or "") if data.how == "by_hand" else proof.by_hand
            return _with(card, data.number, replace(proof, standing="withdrawn", by_hand=left))
        case e.ProofRemoved():
            proof = card.publications[data.number]
            left = tuple(one for one in proof.by_hand if one != (data.account or ""))
            return _with(card, data.number, replace(proof, by_hand=left))


def _over(card: Card, number: int) -> Card:
    if number not in card.drafts:
        return card
    return replace(card, drafts={**card.drafts, number: replace(card.drafts[number], over=True)})


def _with(card: Card, number: int, proof: Shown) -> Card:
    return replace(card, publications={**card.publications, number: proof})
