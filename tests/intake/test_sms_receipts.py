"""An SMS gateway's receipts: signed, in the form that the city configured, anything else refused or passed over."""

import hashlib
import hmac
import json

import pytest

from services.contracts.city.gateways import SmsGateway
from services.contracts.intake import DeliveryReceipt
from services.intake.channels.sms.webhook import SmsWebhook

HOOK = SmsWebhook(
    SmsGateway(receipt_secret="contoh", id_at="message.id", code_at="error", codes={"E12": "invalid_number"})
)
NOTICE = "a" * 26


def signed(body: bytes, secret: str = "contoh") -> dict[str, str]:  # noqa: S107
    return {"x-signature": f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"}


def test_only_what_the_gateway_signed_is_believed() -> None:
    body = b"{}"
    assert HOOK.unproven(signed(body), body) is None
    for headers, code in (
        ({}, "not_signed"), (signed(body, "other"), "wrong_signature"), (signed(b"{ }"), "wrong_signature"),
        ({"x-signature": "é"}, "wrong_signature"),
    ):  # fmt: skip
        refused = HOOK.unproven(headers, body)
        assert refused is not None
        assert refused.code == code
    nobody = SmsWebhook(SmsGateway())
    assert nobody.unproven(signed(body, ""), body) is not None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"message": {"id": 7}, "reference": NOTICE, "status": "DELIVERED"}, ("7", NOTICE, "delivered", None)),
        ({"reference": NOTICE, "status": "sent"}, (NOTICE, NOTICE, "sent", None)),
        ({"reference": NOTICE, "status": "undelivered", "error": "E12"},
         (NOTICE, NOTICE, "failed", "invalid_number")),
        ({"reference": NOTICE, "status": "failed", "error": "E99"}, (NOTICE, NOTICE, "failed", "E99")),
        ({"reference": NOTICE, "status": "queued"}, None),
        ({"status": "sent"}, None),
        ("text", None),
    ],
)  # fmt: skip
def test_what_a_receipt_says(said: object, expected: tuple[str, str, str, str | None] | None) -> None:
    found = HOOK.translate(json.dumps([said]).encode())
    read = [(one.id, one.notice, one.status, one.code) for one in found if isinstance(one, DeliveryReceipt)]
    assert read == ([] if expected is None else [expected])
    assert len(found) == len(read)
