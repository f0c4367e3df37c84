"""Proof that a webhook comes from Meta: Graph API, "Webhooks: Getting started", "Validating payloads" and
"Verification requests"."""

import hmac

HEADER = "x-hub-signature-256"
_PREFIX = "sha256="


def signed(app_secret: str, raw: bytes) -> str:
    """The header's value for a body: `sha256=` and HMAC-SHA-256 in lower-case hexadecimal over the bytes as sent."""
    return _PREFIX + hmac.digest(app_secret.encode(), raw, "sha256").hex()


def is_signed(app_secret: str, raw: bytes, header: str | None) -> bool:
    """Compared in constant time. An empty secret signs nothing."""
    if not app_secret or header is None or not header.isascii():
        return False
    return hmac.compare_digest(signed(app_secret, raw), header)


def challenge(verify_token: str, mode: str | None, token: str | None, value: str | None) -> str | None:
    """What to answer to `hub.mode`, `hub.verify_token` and `hub.challenge`; None: refuse."""
    if mode != "subscribe" or token is None or value is None or not verify_token:
        return None
    return value if hmac.compare_digest(verify_token.encode(), token.encode("utf-8", "replace")) else None
