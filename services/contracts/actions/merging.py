"""What screeners and coordinators do where several complaints are one matter."""

from typing import Literal

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


class DismissDuplicate(Received):
    """The machine's proposal is wrong: `of` is another matter."""

    do: Literal["dismiss_duplicate"]
    of: Id


class DissolveCluster(Received):
    """On the main complaint of a surge: they are not one matter after all. Each stands alone again."""

    do: Literal["dissolve_cluster"]
