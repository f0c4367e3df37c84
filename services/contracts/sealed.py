"""A sealed field as it stands in an event: AES-256-GCM, self-describing, opened only with its party's key.

`A256GCM.<key id>.<base64url(nonce || ciphertext || tag)>`: the algorithm's name is JWA's (RFC 7518 section 5.3), the
nonce has 12 bytes, the tag 16. Additional data is `key id \\n cause id \\n field`, so that a value moved to another
complaint, event or field does not open. The key id is `<owner>/<party>`: the owner is a complaint or a conversation.
"""

from typing import Annotated

from pydantic import StringConstraints

ALGORITHM = "A256GCM"

Sealed = Annotated[
    str,
    StringConstraints(pattern=r"^A256GCM\.[a-z2-7]{26}/(reporter:[1-9][0-9]*|concerned|handling)\.[A-Za-z0-9_-]+$"),
]


def key_id(owner: str, party: str) -> str:
    return f"{owner}/{party}"


def key_id_of(sealed: str) -> str:
    """Which key opens this value."""
    return sealed.split(".", 2)[1]


def additional_data(key: str, cause: str, field: str) -> bytes:
    return f"{key}\n{cause}\n{field}".encode()
