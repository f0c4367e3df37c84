"""Own words that somebody drafts for whoever signs them."""

from pydantic import Field

from services.contracts.base import Stored, Token
from services.contracts.sealed import Sealed


class ReplyDrafted(Stored):
    """Nobody outside the offices hears of it until `seat` sends it."""

    number: int = Field(ge=1)
    by: Token
    seat: Token
    """Who is to sign it."""
    text: Sealed


class ReplyDraftDropped(Stored):
    number: int
    by: Token
    reason: Sealed | None = None


Event = ReplyDrafted | ReplyDraftDropped

TYPES: dict[str, type[Event]] = {
    "complaint.reply_drafted": ReplyDrafted,
    "complaint.reply_draft_dropped": ReplyDraftDropped,
}
