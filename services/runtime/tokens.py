"""Staff tokens: what the login knows about who acts, signed for one command (Ed25519, RFC 8032).

`base64url(payload).base64url(signature)`, without padding. The signing key is the login's alone; who checks holds the
public key.
"""

import base64
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import ValidationError

from services.contracts.tokens import StaffToken


class TokenInvalid(Exception):
    """Not signed by our login, changed since, or for another command."""


class TokenExpired(Exception):
    """Was valid, is too old."""


def make_keys() -> tuple[str, str]:
    """A new pair for provisioning: signing key and public key, base64url."""
    key = Ed25519PrivateKey.generate()
    return _encode(key.private_bytes_raw()), _encode(key.public_key().public_bytes_raw())


def sign(signing_key: str, token: StaffToken) -> str:
    payload = token.model_dump_json().encode()
    return f"{_encode(payload)}.{_encode(Ed25519PrivateKey.from_private_bytes(_decode(signing_key)).sign(payload))}"


def verify(public_key: str, text: str, *, command: str, at: datetime) -> StaffToken:
    """The token, if it was signed by us for this command id and is valid at `at`; `TokenInvalid` or `TokenExpired`."""
    try:
        payload, signature = (_decode(part) for part in text.split("."))
        Ed25519PublicKey.from_public_bytes(_decode(public_key)).verify(signature, payload)
        token = StaffToken.model_validate_json(payload)
    except (InvalidSignature, ValidationError, ValueError) as error:
        raise TokenInvalid("not a token of ours") from error
    if token.command != command:
        raise TokenInvalid("signed for another command")
    if not token.issued_at <= token.expires_at:
        raise TokenInvalid("expires before it begins")
    if at >= token.expires_at:
        raise TokenExpired(f"since {token.expires_at:%Y-%m-%d %H:%M:%S} UTC")
    return token


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
