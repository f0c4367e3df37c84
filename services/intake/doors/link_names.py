"""One name for one post, however its link is written. Pure.

A post has many addresses: `m.`, `www.` and app hosts, what a share button appends, a name that changed. What counts is
the platform's own id of the post where the address holds one. Forms seen at TikTok (`/@name/video/<id>`), X
(`/name/status/<id>`), Facebook (`/posts/<id>`, `/groups/<group>/posts|permalink/<id>`, `permalink.php?story_fbid=`,
`photo?fbid=`, `watch?v=`, `/reel/<id>`, `/videos/<id>`), Instagram (`/p/<code>`, `/reel/<code>`) and YouTube. Short
links (`vm.tiktok.com`, `fb.watch`, `t.co`) are not followed: each is a name of its own.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from services.intake.clean import clean

Platform = Literal["tiktok", "x", "facebook", "instagram", "youtube", "web"]

LONGEST = 2_000

_HOSTS: dict[str, Platform] = {
    "tiktok.com": "tiktok", "x.com": "x", "twitter.com": "x", "facebook.com": "facebook", "fb.com": "facebook",
    "fb.watch": "facebook", "instagram.com": "instagram", "youtube.com": "youtube", "youtu.be": "youtube",
}  # fmt: skip
_IDS: dict[Platform, tuple[str, ...]] = {
    "tiktok": (r"/(?:video|photo|live)/(\d+)",),
    "x": (r"/status(?:es)?/(\d+)",),
    "facebook": (r"/(?:posts|permalink|videos|reel|photos)/(?:[^/]+/)*?(pfbid\w+|\d{5,})(?:/|$)",),
    "instagram": (r"/(?:p|reel|reels|tv)/([\w-]+)",),
    "youtube": (r"/(?:shorts|live|embed)/([\w-]{6,})", r"^/([\w-]{11})$"),
    "web": (),
}
_QUERY: dict[Platform, tuple[str, ...]] = {"facebook": ("story_fbid", "fbid", "v"), "youtube": ("v",)}
_SHORT = ("vm.tiktok.com", "vt.tiktok.com", "fb.watch", "youtu.be")


@dataclass(frozen=True, slots=True)
class Named:
    """`key`: the same for every way of writing the post's address; `handle`: whose it is, where the address says so."""

    platform: Platform
    key: str
    url: str
    handle: str | None


def read(given: str) -> Named | None:
    """None: no address of a page."""
    text = clean(given).strip()
    if len(text) > LONGEST or re.search(r"\s", text):
        return None
    if not re.match(r"https?://", text, re.IGNORECASE):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    if "." not in host or parts.username is not None or not re.fullmatch(r"[a-z0-9.-]+", host):
        return None
    known = [name for address, name in _HOSTS.items() if host == address or host.endswith(f".{address}")]
    platform: Platform = known[0] if known else "web"
    post = None if host in _SHORT and platform != "youtube" else _post(platform, parts.path, parts.query)
    whole = f"{re.sub(r'^(?:www|m|mobile|web|mbasic)[.]', '', host)}{parts.path.rstrip('/')}"
    if platform == "web" and parts.query:
        whole = f"{whole}?{parts.query}"
    key = f"{platform}:{post}" if post else f"{platform}:{hashlib.sha256(whole.encode()).hexdigest()[:32]}"
    return Named(platform, key, text, _handle(platform, parts.path))


def _post(platform: Platform, path: str, query: str) -> str | None:
    for pattern in _IDS[platform]:
        if found := re.search(pattern, path):
            return found[1]
    asked = parse_qs(query[:LONGEST], max_num_fields=50)
    named = next((asked[name][0] for name in _QUERY.get(platform, ()) if asked.get(name)), None)
    return named if named and re.fullmatch(r"[\w-]{3,100}", named) else None


def _handle(platform: Platform, path: str) -> str | None:
    if platform == "tiktok" and (found := re.match(r"/@([\w.]{1,60})", path)):
        return found[1]
    if platform == "x" and (found := re.match(r"/(\w{1,30})/status", path)) and found[1] != "i":
        return found[1]
    return None
