"""A circuit breaker for one account: after failures in a row nothing more is sent, then one probe at a time.

More of the same to a provider that is down only makes more of which nobody knows whether it went out. The probe is
whatever comes first in the order of turns, so a message about danger is the first that is tried.
"""

from collections.abc import Callable


class Breaker:
    """Times are seconds of `clock`, which only moves forward."""

    def __init__(
        self, clock: Callable[[], float], *, failures: int = 5, first: float = 2.0, longest: float = 120.0
    ) -> None:
        self._clock = clock
        self._failures = failures
        self._first = first
        self._longest = longest
        self._in_row = 0
        self._open_for = 0.0
        self._until = 0.0
        self._probing: float | None = None

    @property
    def is_open(self) -> bool:
        return self._open_for > 0

    @property
    def wait(self) -> float:
        """Seconds until something may be sent; 0: now. While a probe is out everybody else waits for what it says."""
        if not self.is_open:
            return 0.0
        now = self._clock()
        if self._probing is not None and now - self._probing < self._longest:
            return 0.5
        return max(0.0, self._until - now)

    def admit(self) -> bool:
        """Called right before sending. False: not now (`wait` says how long)."""
        if not self.is_open:
            return True
        if self.wait > 0:
            return False
        self._probing = self._clock()
        return True

    def not_tried(self) -> None:
        """What was admitted was not sent after all: somebody else may be the probe."""
        self._probing = None

    def went_well(self) -> None:
        """The provider answers, whatever it said of the message."""
        self._in_row, self._open_for, self._probing = 0, 0.0, None

    def failed(self) -> None:
        """No answer, or one that says that the provider itself is in trouble."""
        self._in_row += 1
        if self._probing is not None or (not self.is_open and self._in_row >= self._failures):
            self._open_for = min(self._open_for * 2 or self._first, self._longest)
            self._until = self._clock() + self._open_for
            self._probing = None
