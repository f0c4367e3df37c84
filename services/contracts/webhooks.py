"""Signed webhooks as the Standard Webhooks specification has them (standardwebhooks.com, "Signature scheme"), and which
addresses one may go to. Pure: secrets and time come from outside, names are resolved by whoever sends.
"""

import base64
import binascii
import hmac
import ipaddress
import json
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

PREFIX = "whsec_"
SECRET_BYTES = 32
"""Between the 24 and 64 that the specification asks for."""
LONGEST_ADDRESS = 500

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_INSIDE_IPV6 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
"""NAT64 (RFC 6052, RFC 8215): the last four bytes are an IPv4 address that nobody looked at."""


class BadAddressError(ValueError):
    """Nothing may be sent there. The text is one of `not_https`, `no_host`, `with_password`, `inside`, `too_long`."""


def secret_of(raw: bytes) -> str:
    return PREFIX + base64.b64encode(raw).decode()


def raw_of(secret: str) -> bytes:
    """Raises ValueError for what is none."""
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("not a webhook secret") from error


def signature(secret: str, name: str, at: int, body: bytes) -> str:
    """`v1,<base64>`: HMAC-SHA-256 over `<id>.<timestamp>.<body>`."""
    mac = hmac.digest(raw_of(secret), f"{name}.{at}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(mac).decode()}"


def headers(secrets: Sequence[str], name: str, at: datetime, body: bytes) -> dict[str, str]:
    """Of one attempt. `name` stays the same for every attempt of a message, the time does not. Several secrets while
    one takes the place of another: whoever holds either can check."""
    second = int(at.timestamp())
    return {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(second),
        "webhook-signature": " ".join(signature(secret, name, second, body) for secret in secrets),
    }


def payload(type_: str, at: datetime, data: bytes) -> bytes:
    """`{"type", "timestamp", "data"}` (the specification's "Payload structure"); `data` is JSON already."""
    head = json.dumps({"type": type_, "timestamp": at.isoformat()}, separators=(",", ":"))
    return head[:-1].encode() + b',"data":' + data + b"}"


def checked(address: str, *, inside: bool = False) -> str:
    """The address as it is kept; raises BadAddressError. `inside`: http and addresses of one's own network may be, for
    development and tests. A name is not resolved here: where it leads is looked at before each sending."""
    address = address.strip()
    if len(address) > LONGEST_ADDRESS:
        raise BadAddressError("too_long")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise BadAddressError("no_host") from error
    if parts.scheme != "https" and not (inside and parts.scheme == "http"):
        raise BadAddressError("not_https")
    if parts.username is not None or parts.password is not None:
        raise BadAddressError("with_password")
    if not host or parts.fragment or not address.isprintable() or " " in address:
        raise BadAddressError("no_host")
    if not inside:
        if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
            raise BadAddressError("inside")
        try:
            literal = ipaddress.ip_address(host)
        except ValueError:
            return address
        if not outside(literal):
            raise BadAddressError("inside")
    return address


def outside(address: Address) -> bool:
    """Whether it is one of the public internet, whatever it is wrapped in."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return outside(inner)
        if any(address in net for net in _INSIDE_IPV6):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
