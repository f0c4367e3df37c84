"""What events of merged matters change in a card. Pure; None: the event means here what it means anywhere."""

from services.complaint import events as e
from services.contracts.changing import replace
from services.reporting.read_models.cases import holdings, working
from services.reporting.read_models.cases.card import Card


def fold(card: Card, data: e.Event) -> Card | None:
    match data:
        case e.ComplaintMerged():
            if card.phase == "merged":
                return replace(card, into=data.into)
            return replace(
                card, phase="merged", before=card.phase, kept=card.holdings, holdings={}, questions={}, alike=(),
                into=data.into, cluster=data.cluster or card.cluster,
            )  # fmt: skip
        case e.ComplaintUnmerged():
            apart = _apart(replace(card, holdings=card.kept), data)
            said = (data.was_into,) if data.why in ("ruling", "dissolved") else ()
            return replace(
                apart, phase=card.before or "screening", before=None, kept={}, into=None, confirm_by=None, closure=None,
                not_same=(*card.not_same, *said),
            )  # fmt: skip
        case e.MatterResolved():
            return replace(card, closure=data.closure, confirm_by=data.confirm_by)
        case e.MergeJoined():
            return replace(card, joined=card.joined + len(data.complaints), cluster=data.cluster or card.cluster)
        case e.MergeLeft():
            return replace(card, joined=card.joined - len(data.complaints))
        case e.MatterReopened():
            until = card.confirm_by if card.phase == "resolved" and card.ended is None else None
            return replace(
                card, phase="working", round=data.round, closure=None, without_proof=False, confirm_by=None,
                word_until=until,
            )  # fmt: skip
        case e.MatterClosed():
            return replace(working.over(card), phase="closed")
        case e.DuplicateDismissed():
            left = tuple(one for one in card.alike if one.complaint != data.of)
            return replace(card, alike=left, not_same=(*card.not_same, data.of))
        case e.AffectedCounted():
            return replace(card, affected=card.affected + 1)
        case _:
            return _own_end(card, data)


def _apart(card: Card, data: e.ComplaintUnmerged) -> Card:
    """What a leader or the lead asked of a seat goes on; the rest is over."""
    moved = {(one.seat, one.name, one.started) for one in data.moved or ()}
    kept = {
        seat: replace(held, clocks=tuple(k for k in held.clocks if (seat, k.name, k.started) in moved))
        for seat, held in card.holdings.items()
    }
    kept = holdings.moved(kept, data.moved or ())
    return replace(card, holdings=kept, subtasks=working.left_behind(card, kept), questions={}, plan=None)


def _own_end(card: Card, data: e.Event) -> Card | None:
    """The reporter's own end where the handling is, or goes on as, others' too."""
    alone = card.phase == "merged"
    match data:
        case e.ResolutionConfirmed() if alone or card.word_until is not None:
            return replace(card, end="confirmed", confirm_by=None, word_until=None)
        case e.ComplaintClosed() if alone or card.word_until is not None:
            return replace(card, end=data.end, confirm_by=None, word_until=None)
        case e.ComplaintWithdrawn() | e.EntryUndone() if alone or (card.open and card.joined):
            return replace(card, withdrawn=True, confirm_by=None if alone else card.confirm_by, word_until=None)
        case e.ComplaintReopened() if alone:
            return replace(card, end=None, confirm_by=None, closure=None, round=data.round)
        case _:
            return None
