"""What a wall is given to post, and the few ends that posting can have. Walls translate their provider into these."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Post:
    text: str
    pictures: tuple[bytes, ...] = ()
    links: tuple[str, ...] = ()
    """Where anybody can open them, for a provider that fetches them itself."""


@dataclass(frozen=True, slots=True)
class Posted:
    """`post`: the provider's id, with which it can be taken back."""

    post: str
    link: str | None


@dataclass(frozen=True, slots=True)
class NotPosted:
    """Certainly not there, and trying again changes nothing. `reason` is our word for it."""

    reason: str


class NotNowError(Exception):
    """Certainly not done; worth trying again later."""


class LostError(Exception):
    """No answer after it went out: done or not, nobody knows."""


class Wall(Protocol):
    """One public account. Every method may raise NotNowError and LostError."""

    async def post(self, post: Post) -> Posted | NotPosted: ...

    async def find(self, post: Post) -> Posted | None:
        """A post of these words that stands there: after a lost answer. None also where the provider can't tell."""

    async def withdraw(self, post: str, text: str) -> str:
        """`deleted`, `marked` (it now says `text`), or `by_hand`. Harmless to repeat."""
