"""Own words by draft, and proof of work in public."""

from typing import Annotated, Literal

from pydantic import Field

from services.contracts.actions.values import Text, WebLink
from services.contracts.base import Received, Token

Pictures = Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=10)]
PostText = Annotated[str, Field(min_length=1, max_length=1_000)]
"""What fits below a picture everywhere."""


class DraftReply(Received):
    """Words for whoever signs them; nothing is sent before that seat does."""

    do: Literal["draft_reply"]
    seat: Token
    text: Text


class SendDraft(Received):
    """By the seat that signs; `text` left out: as drafted."""

    do: Literal["send_draft"]
    number: int = Field(ge=1)
    text: Text | None = None


class DropDraft(Received):
    do: Literal["drop_draft"]
    number: int = Field(ge=1)
    reason: Text | None = None


class DraftProof(Received):
    """What the public is to see of the work: no person, no place nearer than the kelurahan, cleared pictures only."""

    do: Literal["draft_proof"]
    text: PostText | None = None
    """Left out: made by rule of what it was, where, and who did it."""
    pictures: Pictures = ()


class ApproveProof(Received):
    """By somebody else of the communication role. Posted at once to the city's accounts that are named."""

    do: Literal["approve_proof"]
    number: int = Field(ge=1)
    accounts: Annotated[tuple[Token, ...], Field(min_length=1, max_length=5)]


class DropProof(Received):
    """Not shown, or taken back where it was posted."""

    do: Literal["drop_proof"]
    number: int = Field(ge=1)
    reason: Text | None = None


class LinkProof(Received):
    """The office's own public post about the work."""

    do: Literal["link_proof"]
    link: WebLink


class ConfirmRemoval(Received):
    """Somebody looked: the post that only its own people can take away is gone. `account` left out: the office's own
    post, whose link was recorded."""

    do: Literal["confirm_removal"]
    number: int = Field(ge=1)
    account: Token | None = None
