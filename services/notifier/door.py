"""A sender with the pace of its account: what may go out now, and why not."""

import time
from dataclasses import dataclass, field

from services.contracts.city.sending import Rung
from services.notifier.breaker import Breaker
from services.notifier.ladder import Shut
from services.notifier.pace import Pace
from services.notifier.sending import Accepted, Lost, NotReached, Outcome, Passing, Sender, Slow, Stopped


@dataclass(frozen=True, slots=True)
class Door:
    """One of a city's numbers, pages, accounts or gateways."""

    sender: Sender
    pace: Pace
    channel: str = "whatsapp"
    breaker: Breaker = field(default_factory=lambda: Breaker(time.monotonic))
    shut: dict[Rung, tuple[str, float]] = field(default_factory=dict)
    """Rungs that the provider refuses to everybody for a while: reason, and until when by the monotonic clock."""

    @property
    def paused(self) -> float:
        """Seconds for which everything from this account waits."""
        return max(self.pace.paused, self.breaker.wait)

    def away(self) -> Shut | None:
        left = self.paused
        return Shut("account_away", left, waits=True) if left > 0 else None

    def refuses(self, rung: Rung) -> Shut | None:
        reason, until = self.shut.get(rung, ("", 0.0))
        left = until - time.monotonic()
        return Shut(reason, left) if left > 0 else None

    def heard(self, rung: Rung, to: str, outcome: Outcome) -> None:
        """What an answer says of the account."""
        match outcome:
            case Lost() | Passing() | Slow(away=True):
                self.breaker.failed()
            case Slow(whole=False):
                self.breaker.went_well()
                self.pace.hold(to, outcome.seconds)
            case NotReached(everybody=seconds) if seconds > 0:
                self.breaker.went_well()
                self.shut[rung] = (outcome.reason, time.monotonic() + seconds)
            case Accepted() | Slow() | Stopped() | NotReached():
                self.breaker.went_well()
            case _:
                self.breaker.went_well()
