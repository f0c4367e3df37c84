"""How a city's mailbox is read: what an operator writes down for it."""

from typing import Literal

from pydantic import Field

from services.contracts.base import Stored


class MailBox(Stored):
    """An IMAP server (RFC 3501). Without `host` nothing is fetched; mail may still be handed in (`tuntas mail`)."""

    host: str = ""
    port: int = 993
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    password: str = ""
    folder: str = "INBOX"
    addresses: tuple[str, ...] = ()
    """The city's own addresses: mail from them is our own coming back."""
    authserv: str = ""
    """The id under which the city's server writes `Authentication-Results` (RFC 8601); empty: it refuses forged senders
    by itself."""
    seconds: float = Field(default=20, gt=0)
    """Between two visits."""
