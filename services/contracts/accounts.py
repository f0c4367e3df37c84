"""What a built-in channel's provider says beside messages and receipts: a person's id changed, somebody named the
city's own account, or something is up with it. They come in by the door, `intake.<city>.<channel>`; adapters don't
send them.
"""

from typing import Literal

from pydantic import Field

from services.contracts.base import Moment, Received, Token

Level = Literal["info", "warning", "critical"]
Topic = Literal["account", "number", "quality", "limit", "template", "security", "delivery", "other"]


class PersonMoved(Received):
    """The provider vouches that one person, until now `was`, is now `person` (its scoped id, never given to another)
    or has the number `address`, or both. What was theirs may be somebody else's from now on."""

    type: Literal["moved"]
    version: Literal[1] = 1
    id: str = Field(min_length=1, max_length=300)
    was: tuple[str, ...] = Field(min_length=1, max_length=4)
    person: str | None = Field(default=None, min_length=1, max_length=300)
    address: str | None = Field(default=None, min_length=1, max_length=300)
    at: Moment | None = None


class Mentioned(Received):
    """Somebody named the account under media of their own (Instagram): what was said is to be asked for. `account`: as
    the provider knows it; `comment` None: it was in the caption."""

    type: Literal["mentioned"]
    version: Literal[1] = 1
    id: str = Field(min_length=1, max_length=300)
    door: Token | None = None
    account: str = Field(pattern=r"^[0-9]{1,40}$")
    media: str = Field(pattern=r"^[0-9]{1,40}$")
    comment: str | None = Field(default=None, pattern=r"^[0-9]{1,40}$")
    at: Moment | None = None


class TemplateWord(Received):
    """The provider's words about an approved form. `event`: `APPROVED`, `REJECTED`, `PAUSED` …"""

    name: str = Field(min_length=1, max_length=512)
    language: str = Field(min_length=1, max_length=20)
    event: str = Field(min_length=1, max_length=60)
    reason: str | None = Field(default=None, max_length=300)


class AccountNotice(Received):
    """For whoever runs the installation: nothing of a citizen stands in it."""

    type: Literal["notice"]
    version: Literal[1] = 1
    id: str = Field(min_length=1, max_length=300)
    door: Token | None = None
    """The number or account meant; None: the whole account."""
    topic: Topic
    level: Level
    code: str = Field(min_length=1, max_length=100)
    """The provider's own word for it, such as `message_template_status_update:REJECTED`."""
    sentence: str | None = Field(default=None, max_length=1_000)
    at: Moment | None = None
    template: TemplateWord | None = None
    """Which form it is about, where it is about one."""
