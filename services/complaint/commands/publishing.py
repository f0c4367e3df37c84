"""Drafts of own words, and what is shown in public of work that was done."""

from dataclasses import dataclass
from typing import Literal

from services.complaint.commands.base import Command
from services.contracts.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReply(Command):
    by: str
    seat: str
    text: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDraft(Command):
    """`text`: as drafted or as its signer changed it, sealed for this event."""

    seat: str
    number: int
    text: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class DropDraft(Command):
    by: str
    number: int
    reason: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftProof(Command):
    by: str
    text: Sealed
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveProof(Command):
    """`accounts`: those of the city that it is posted to."""

    by: str
    number: int
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropProof(Command):
    """Before it is approved it is dropped; later every post of it is to be taken back."""

    by: str
    number: int
    reason: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkProof(Command):
    by: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPost(Command):
    """`post` None: it could not be posted, for `reason`."""

    number: int
    account: str
    post: Sealed | None
    link: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWithdrawal(Command):
    number: int
    account: str | None
    how: Literal["deleted", "marked", "by_hand", "unposted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmRemoval(Command):
    """Somebody looked: the post that had to be taken away by hand is gone."""

    by: str
    number: int
    account: str | None = None
