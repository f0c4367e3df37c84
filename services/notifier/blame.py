"""Whom a provider means when it stops us: the account, or one message after all.

"No permission" is said of an account whose token was withdrawn, and of one comment under another's post, by the same
code. Whoever was stopped, and is stopped again after the account's other messages went out, is the message: it must not
hold up everybody for ever.
"""

import time
from collections.abc import Callable

MOST = 1000
"""Messages that are remembered; the oldest are forgotten first."""


class Blame:
    """Of one account. Times are seconds of `clock`, which only moves forward."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._stopped: dict[str, float] = {}
        self._well_at: float | None = None

    def went_well(self) -> None:
        """The provider took a message of this account."""
        self._well_at = self._clock()

    def stopped(self, notice: str) -> bool:
        """True: it is this message, for the account has worked since it was stopped before."""
        before = self._stopped.get(notice)
        if before is not None and self._well_at is not None and self._well_at > before:
            return True
        self._stopped[notice] = self._clock()
        if len(self._stopped) > MOST:
            del self._stopped[next(iter(self._stopped))]
        return False
