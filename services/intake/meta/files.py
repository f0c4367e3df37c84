"""Files that Meta names by address: attachments of Messenger and Instagram, pictures of comments.

An address comes from a signed webhook, and is followed only to hosts that we know.
"""

from urllib.parse import urlsplit

import httpx

from services.intake.evidence.fetching import FileGoneError, body_of

PROVIDER_HOSTS = ("fbsbx.com", "facebook.com", "fbcdn.net", "cdninstagram.com", "whatsapp.net")
"""Where Meta keeps files: these and their subdomains."""


def allowed(url: str, base: str) -> bool:
    """`base`: the API's own address, whose host counts too."""
    wanted, ours = urlsplit(url), urlsplit(base)
    if (wanted.scheme, wanted.netloc) == (ours.scheme, ours.netloc):
        return True
    host = wanted.hostname or ""
    return wanted.scheme == "https" and any(host == one or host.endswith(f".{one}") for one in PROVIDER_HOSTS)


class MetaFiles:
    """Errors of the provider other than "gone" come as OSError: try again later."""

    def __init__(self, base: str, most_bytes: int, client: httpx.AsyncClient) -> None:
        self._base = base
        self._most = most_bytes
        self._client = client

    async def download(self, city: str, url: str) -> bytes:  # noqa: ARG002  # an address carries its own right
        if not allowed(url, self._base):
            raise FileGoneError("no address that we may follow")
        return await body_of(self._client, url, self._most)
