"""`P`, `assalamualaikum`, `pak` within a breath: one answer is enough.

Kept in memory only. What is forgotten with the process, or not known to its neighbour, costs one kind word too many.
"""

from collections import OrderedDict
from datetime import datetime, timedelta

from services.contracts.intake import AskKind

BREATH = timedelta(seconds=10)
ONCE = frozenset({"greeting", "thanks"})
"""What says the same each time, and changes nothing."""
_MOST = 10_000


class Breath:
    def __init__(self) -> None:
        self._answered: OrderedDict[tuple[str, AskKind], tuple[str, datetime]] = OrderedDict()

    def answered(self, conversation: str, kind: AskKind, key: str, at: datetime) -> bool:
        """Whether another message of this chat has just been answered so; else this one is.

        `key`: the message's; the one that was answered may come again, since what it set off may have failed.
        """
        if kind not in ONCE:
            return False
        before = self._answered.get((conversation, kind))
        if before is not None and before[0] != key and abs(at - before[1]) <= BREATH:
            return True
        self._answered[conversation, kind] = key, at
        self._answered.move_to_end((conversation, kind))
        while len(self._answered) > _MOST:
            self._answered.popitem(last=False)
        return False
