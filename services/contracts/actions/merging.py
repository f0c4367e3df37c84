"""What screeners and coordinators do where several complaints are one matter."""

from typing import Literal

from pydantic import Field

from services.contracts.actions.values import Text
from services.contracts.base import Id, Received


class Merge(Received):
    """This complaint is the same matter as `into` and is handled there from now on; ticket and end stay its own."""

    do: Literal["merge"]
    into: Id
    """The main complaint; one that is merged itself stands for its own main one."""
    reason: Text | None = None


class Unmerge(Received):
    """Not the same after all: back to where it stood, with clocks that start anew."""

    do: Literal["unmerge"]
    reason: Text | None = None


class Split(Received):
    """This complaint holds two matters: copies of these messages begin a complaint of their own. Merging that one into
    this undoes it."""

    do: Literal["split"]
    messages: tuple[int, ...] = Field(min_length=1, max_length=100)
    """`n` of the messages, as the complaint's course counts them."""
    pictures: tuple[int, ...] = Field(default=(), max_length=100)
    """`n` of pictures that came with other messages and show this matter too: they stand in both."""
    reason: Text | None = None


class Transcribe(Received):
    """What is said in a voice note or a film of the reporter's. The words are sealed for the reporter, and the proposal
    renews. Written again it corrects what stands there."""

    do: Literal["transcribe"]
    message: int = Field(ge=1)
    """`n` of the message, as the complaint's course counts it."""
    text: Text


class DismissDuplicate(Received):
    """The machine's proposal is wrong: `of` is another matter."""

    do: Literal["dismiss_duplicate"]
    of: Id


class DissolveCluster(Received):
    """On the main complaint of a surge: they are not one matter after all. Each stands alone again."""

    do: Literal["dissolve_cluster"]
