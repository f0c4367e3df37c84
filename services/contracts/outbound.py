"""What waits to be sent: `outbound.<city>.<channel>`."""

from typing import Literal

from services.contracts.base import Moment, Stored, Token


class OutboundNotice(Stored):
    """For a built-in sender: the id only. Contact and words are fetched when it sends, so an erasure still counts."""

    version: Literal[1] = 1
    notice: str
    city: Token
    channel: Token


class OutboundMessage(Stored):
    """For an external adapter: the whole message, kept 24 hours at most. Answer with a `DeliveryReceipt`.

    `notice` is the id to give back in the receipt; `to` is the sender's `address` (or `person`) as the adapter gave it;
    sending the same notice twice is the adapter's to avoid.
    """

    version: Literal[1] = 1
    notice: str
    city: Token
    channel: Token
    door: Token
    to: str
    reply_to: str | None
    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    """Pairs of payload and label; a channel without buttons writes the labels out."""
    expires_at: Moment
