"""What a city shows in public of work that was done: drafted, approved, posted, taken back when it was not done."""

from typing import Literal

from pydantic import Field

from services.contracts.base import Stored, Token
from services.contracts.sealed import Sealed


class ProofDrafted(Stored):
    """Nothing personal: place to the kelurahan, pictures that a person cleared for the public."""

    number: int = Field(ge=1)
    by: Token
    text: Sealed
    pictures: tuple[str, ...] = ()
    round: int
    """The resolution that it shows."""


class ProofApproved(Stored):
    """By a communication role; from here on it is posted to these accounts of the city."""

    number: int
    by: Token
    accounts: tuple[Token, ...]


class ProofDropped(Stored):
    """Before it was posted."""

    number: int
    by: Token
    reason: Sealed | None = None


class ProofPosted(Stored):
    number: int
    account: Token
    post: Sealed
    """The provider's id of the post, which an account is needed for."""
    link: str | None = None
    """Where anybody sees it."""


class ProofNotPosted(Stored):
    number: int
    account: Token
    reason: str


class ProofLinked(Stored):
    """The office's own post about the work."""

    number: int = Field(ge=1)
    by: Token
    link: str
    round: int


class ProofWithdrawn(Stored):
    """The work turned out not to be done, or somebody takes it back.

    `deleted`: the post is gone; `marked`: it now says that it does not hold; `by_hand`: no way of ours reaches it, its
    office has to; `unposted`: it never went out.
    """

    number: int
    account: Token | None = None
    """None: an office's own post, or one that was never posted."""
    how: Literal["deleted", "marked", "by_hand", "unposted"]
    why: Literal["reopened", "taken_back"] = "reopened"


class ProofRemoved(Stored):
    """A person saw to it that what no way of ours reaches (`by_hand`) stands there no more."""

    number: int
    account: Token | None = None
    """As in the withdrawal."""
    by: Token


Event = (
    ProofDrafted
    | ProofApproved
    | ProofDropped
    | ProofPosted
    | ProofNotPosted
    | ProofLinked
    | ProofWithdrawn
    | ProofRemoved
)

TYPES: dict[str, type[Event]] = {
    "complaint.proof_drafted": ProofDrafted,
    "complaint.proof_approved": ProofApproved,
    "complaint.proof_dropped": ProofDropped,
    "complaint.proof_posted": ProofPosted,
    "complaint.proof_not_posted": ProofNotPosted,
    "complaint.proof_linked": ProofLinked,
    "complaint.proof_withdrawn": ProofWithdrawn,
    "complaint.proof_removed": ProofRemoved,
}
