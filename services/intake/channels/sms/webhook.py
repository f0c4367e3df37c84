"""What an SMS gateway says of messages that we sent: a signed POST in a form that a city configures.

`X-Signature: sha256=<hex HMAC-SHA-256 of the body>` under the gateway's `receipt_secret`. The body is one object or a
list of them: `id` (where `id_at` says), `reference` (ours), `status` (`sent`, `delivered`, `failed`) and for a failure
the gateway's code (where `code_at` says), which the city's `codes` translate.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from services.contracts.city.gateways import SmsGateway
from services.contracts.intake import DeliveryReceipt
from services.intake.doors.provider_json import Translated, opened
from services.intake.doors.webhook import Unproven

HEADER = "x-signature"
_STATUS = {"sent": "sent", "delivered": "delivered", "failed": "failed", "undelivered": "failed", "rejected": "failed"}


@dataclass(frozen=True, slots=True)
class SmsWebhook:
    gateway: SmsGateway

    def challenge(self, query: Mapping[str, str]) -> str | None:  # noqa: ARG002  # gateways know no handshake
        return None

    def unproven(self, headers: Mapping[str, str], raw: bytes) -> Unproven | None:
        """Compared in constant time. An empty secret proves nothing."""
        given = headers.get(HEADER)
        if given is None:
            return Unproven("not_signed", "The header X-Signature is missing.")
        secret = self.gateway.receipt_secret.encode()
        expected = f"sha256={hmac.new(secret, raw, hashlib.sha256).hexdigest()}"
        if not secret or not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
            return Unproven("wrong_signature", "X-Signature is not the HMAC-SHA-256 of the body as agreed.")
        return None

    def translate(self, raw: bytes) -> list[Translated]:
        """What says nothing of a message that we sent concerns nobody."""
        return opened(raw, lambda body: [r for one in _each(body) if (r := self._receipt(one)) is not None])

    def _receipt(self, one: Any) -> DeliveryReceipt | None:
        if not isinstance(one, dict):
            return None
        status = _STATUS.get(str(one.get("status", "")).lower())
        reference = one.get("reference")
        given = _at(one, self.gateway.id_at) or reference
        code = _at(one, self.gateway.code_at)
        try:
            return DeliveryReceipt.model_validate(
                {
                    "type": "receipt", "id": given, "notice": reference, "status": status,
                    "code": None if code is None else self.gateway.codes.get(code, code),
                }
            )  # fmt: skip
        except ValidationError:
            return None

    def answer(self, stored: Sequence[Translated]) -> dict[str, object]:
        return {"stored": len(stored)}


def _each(body: Any) -> list[Any]:
    return body if isinstance(body, list) else [body]


def _at(body: Any, path: str) -> str | None:
    """What stands behind `a.b`, as text."""
    for step in path.split("."):
        body = body.get(step) if isinstance(body, dict) else None
    return None if body is None or isinstance(body, dict | list) else str(body)
