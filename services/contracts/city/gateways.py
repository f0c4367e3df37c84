"""How a city's SMS gateway and mail server are reached: what an operator writes down for each."""

from typing import Literal

from pydantic import Field

from services.contracts.base import Stored

SmsMeaning = Literal[
    "invalid_number", "blocked", "refused", "no_credit", "unauthorized", "too_fast", "passing", "expired"
]
"""What a gateway's own code can mean to us."""


class SmsGateway(Stored):
    """Any gateway that takes one message per HTTP POST. Without `url` the city sends no SMS."""

    url: str = ""
    token: str = ""
    """Sent as `Authorization: Bearer …`."""
    sender: str = ""
    """The name or number that people see."""
    body: Literal["json", "form"] = "json"
    fields: dict[str, str] = {"to": "{to}", "text": "{text}", "reference": "{reference}", "from": "{sender}"}
    """The request's fields, with `{to}` (international, `+62…`), `{text}`, `{reference}` (ours) and `{sender}`."""
    id_at: str = "id"
    """Where the answer has the gateway's id of the message; steps separated by dots."""
    code_at: str = "error.code"
    """Where an answer or a receipt has the gateway's error code."""
    codes: dict[str, SmsMeaning] = {}
    """The gateway's codes; one that is not named counts by its HTTP status."""
    per_second: float = Field(default=5, gt=0)
    receipt_secret: str = ""
    """Signs its receipts (`X-Signature: sha256=<hex HMAC of the body>`). To intake."""


class MailServer(Stored):
    """A submission server (RFC 6409). Without `host` the city sends no e-mail."""

    host: str = ""
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = ""
    sender: str = ""
    """`From`, and where answers and bounces go."""
    per_second: float = Field(default=5, gt=0)
