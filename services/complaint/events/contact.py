"""May the reporter be called, and who was shown how: his own word, a wish with a reason, a second person's word.

The contact itself stands in no event. What a seat was shown is logged beside the vault as well (`vault.reveal_log`).
"""

from typing import Literal

from services.complaint.events.values import Message
from services.contracts.base import Moment, Party, Stored, Token
from services.contracts.sealed import Sealed

ContactGround = Literal["call", "danger", "law"]
"""`call`: the reporter allowed it. Without that only a life at risk, or a duty by law."""


class ContactAllowed(Stored):
    """BOLEH HUBUNGI: offices may ask how to reach the reporter."""

    party: Party
    message: Message | None = None
    """None where the same words answered an open question: they stand in the answer."""


class ContactDisallowed(Stored):
    """The reporter took it back: what was granted on his word and not yet shown is not shown any more."""

    party: Party
    message: Message | None = None


class ContactAsked(Stored):
    number: int
    """1, 2 … within the complaint."""
    seat: Token
    party: Party
    ground: ContactGround
    reason: Sealed


class ContactRuled(Stored):
    """The second person's word."""

    number: int
    by: Token
    granted: bool
    reason: Sealed | None = None
    until: Moment | None = None
    """Granted: shown once, until then."""
    policy: int | None = None


class ContactShown(Stored):
    number: int
    seat: Token
    party: Party


Event = ContactAllowed | ContactDisallowed | ContactAsked | ContactRuled | ContactShown

TYPES: dict[str, type[Event]] = {
    "complaint.contact_allowed": ContactAllowed,
    "complaint.contact_disallowed": ContactDisallowed,
    "complaint.contact_asked": ContactAsked,
    "complaint.contact_ruled": ContactRuled,
    "complaint.contact_shown": ContactShown,
}
