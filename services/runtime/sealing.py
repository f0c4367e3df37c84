"""Sealing: AES-256-GCM with the key of a party, bound to the event and the field it belongs to.

The form is `contracts.sealed`. Nonces are random, 96 bits (NIST SP 800-38D section 8.2.2 allows 2^32 of them a key; a
party of one complaint needs hundreds).
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.contracts.sealed import ALGORITHM, Sealed, additional_data, key_id

_NONCE = 12


class Unsealable(Exception):
    """Not sealed by this key, or for another event or field, or damaged."""


@dataclass(frozen=True)
class DataKey:
    """The key of one party of one owner (a complaint or a conversation). Its bytes never show in `repr`."""

    owner: str
    party: str
    secret: bytes = field(repr=False)

    @cached_property
    def id(self) -> str:
        return key_id(self.owner, self.party)

    @cached_property
    def cipher(self) -> AESGCM:
        return AESGCM(self.secret)

    def encrypt(self, clear: bytes, context: bytes) -> bytes:
        """nonce + ciphertext + tag."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self.cipher.encrypt(nonce, clear, context)

    def decrypt(self, sealed: bytes, context: bytes) -> bytes:
        try:
            return self.cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], context)
        except (InvalidTag, ValueError) as error:
            raise Unsealable(self.id) from error


def seal(key: DataKey, cause: str, field: str, clear: str | bytes) -> Sealed:
    """`cause` is the event's `causation`, `field` the name of the field in its data."""
    raw = clear.encode() if isinstance(clear, str) else clear
    sealed = key.encrypt(raw, additional_data(key.id, cause, field))
    return f"{ALGORITHM}.{key.id}.{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"


def unseal(key: DataKey, cause: str, field: str, sealed: str) -> str:
    """The clear text; `Unsealable` if key, event or field is not the one it was sealed for."""
    return unseal_bytes(key, cause, field, sealed).decode()


def unseal_bytes(key: DataKey, cause: str, field: str, sealed: str) -> bytes:
    try:
        algorithm, named, body = sealed.split(".", 2)
        raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except ValueError as error:
        raise Unsealable("not a sealed value") from error
    if algorithm != ALGORITHM or named != key.id:
        raise Unsealable(f"needs {named}")
    return key.decrypt(raw, additional_data(key.id, cause, field))


class MasterKey:
    """Wraps every other key. Kept in a file beside nothing else: who has it and the vault can read everything."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != 32:
            raise ValueError("a master key has 32 bytes")
        self._secret = secret
        self._cipher = AESGCM(secret)

    @classmethod
    def load(cls, path: Path) -> "MasterKey":
        """From a file of 32 bytes in base64."""
        return cls(base64.b64decode(path.read_text().strip(), validate=True))

    @property
    def fingerprint(self) -> str:
        """Eight characters that tell two master keys apart and say nothing of them."""
        return hashlib.sha256(b"tuntas master key\n" + self._secret).hexdigest()[:8]

    def wrap(self, name: str, secret: bytes) -> bytes:
        """Bound to `name`: a wrapped key moved to another row does not unwrap."""
        nonce = secrets.token_bytes(_NONCE)
        return b"\x01" + nonce + self._cipher.encrypt(nonce, secret, f"wrap\n{name}".encode())

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        try:
            if wrapped[:1] != b"\x01":
                raise Unsealable(f"{name}: unknown form of wrapping")
            return self._cipher.decrypt(wrapped[1 : 1 + _NONCE], wrapped[1 + _NONCE :], f"wrap\n{name}".encode())
        except InvalidTag as error:
            raise Unsealable(f"{name}: wrapped by another master key") from error

    def derived(self, purpose: str) -> DataKey:
        """A key of our own for what belongs to no party, such as parked messages (HKDF, RFC 5869)."""
        secret = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"tuntas {purpose}".encode()).derive(
            self._secret
        )
        return DataKey(owner="master", party=purpose, secret=secret)
