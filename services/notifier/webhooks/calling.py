"""One call of an office's program: to a looked-at address, signed, with little patience and no interest in the answer.

Whoever registers an address must not be able to have us ask our own network: the name is resolved once, every address
that it has must be of the public internet, and the call goes to that very address. No redirect is followed.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from services.contracts.webhooks import Address, BadAddressError, checked, outside
from services.notifier.asking import rest

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 15.0
"""For name, connection, request and the answer's head; the body is not waited for."""
LONGEST_REST = 86_400.0

Resolve = Callable[[str, int], Awaitable[list[Address]]]


@dataclass(frozen=True, slots=True)
class Took:
    """2xx."""

    status: int


@dataclass(frozen=True, slots=True)
class Gone:
    """410: nobody wants these calls any more."""


@dataclass(frozen=True, slots=True)
class Failed:
    """`whole`: it says something of the program, not of this message. `seconds`: as long it asked us to wait."""

    why: str
    whole: bool
    seconds: float = 0


Called = Took | Gone | Failed


async def resolved(host: str, port: int) -> list[Address]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ipaddress.ip_address(one[4][0]) for one in found]


class Caller:
    def __init__(self, tls: ssl.SSLContext, *, inside: bool = False, resolve: Resolve = resolved,
                 whole: float = WHOLE_SECONDS) -> None:  # fmt: skip
        """`inside`: addresses of one's own network and plain http may be called, for development and tests."""
        self._tls = tls
        self._inside = inside
        self._resolve = resolve
        self._whole = whole

    async def call(self, url: str, headers: dict[str, str], body: bytes) -> Called:
        """Raises nothing that says something of the other side."""
        try:
            async with asyncio.timeout(self._whole):
                return await self._call(checked(url, inside=self._inside), headers, body)
        except BadAddressError as error:
            return Failed(f"address_{error}", whole=True)
        except TimeoutError:
            return Failed("timeout", whole=True)
        except socket.gaierror:
            return Failed("no_such_name", whole=True)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return Failed(type(error).__name__, whole=True)

    async def _call(self, url: str, headers: dict[str, str], body: bytes) -> Called:
        parts = urlsplit(url)
        assert parts.hostname is not None
        port = parts.port or (443 if parts.scheme == "https" else 80)
        addresses = await self._resolve(parts.hostname, port)
        if not addresses or (not self._inside and not all(outside(one) for one in addresses)):
            return Failed("address_inside" if addresses else "no_such_name", whole=True)
        pinned = f"[{addresses[0]}]" if addresses[0].version == 6 else str(addresses[0])
        target = httpx.URL(url).copy_with(host=pinned.strip("[]"), port=port)
        # The certificate is asked for, and must be of, the name that was registered. A client of its own for each
        # call: connections are pooled by address, and two names may share one.
        async with (
            httpx.AsyncClient(
                verify=self._tls, trust_env=False, follow_redirects=False,
                timeout=httpx.Timeout(None, connect=CONNECT_SECONDS),
            ) as client,
            client.stream(
                "POST", target, content=body,
                headers={"host": parts.netloc, "user-agent": "Tuntas-Webhooks/1", **headers},
                extensions={"sni_hostname": parts.hostname},
            ) as answer,
        ):  # fmt: skip
            return _read(answer)


def _read(answer: httpx.Response) -> Called:
    status = answer.status_code
    if 200 <= status < 300:
        return Took(status)
    if status == 410:
        return Gone()
    seconds = (rest(answer.headers.get("retry-after"), most=LONGEST_REST) or 0.0) if status in (429, 503) else 0.0
    # 401, 404 … may be the program's fault as a whole, too; then every message fails, and that counts as well.
    return Failed(f"http_{status}", whole=status >= 500 or status == 429, seconds=seconds)
