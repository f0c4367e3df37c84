"""A sender with the pace of its account: what may go out now, and why not."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import get_args

from services.contracts.city.sending import Rung
from services.contracts.city.template_forms import Use
from services.notifier.blame import Blame
from services.notifier.breaker import Breaker
from services.notifier.ladder import Shut
from services.notifier.pace import Pace
from services.notifier.sending import Accepted, Lost, NotReached, Outcome, Passing, Sender, Slow, Stopped

HANDS = 8
"""Messages of an account that may be chosen and not on their way yet. Where this machine is the slow one, those who are
chosen too early would stand before a danger."""


@dataclass(frozen=True, slots=True)
class Door:
    """One of a city's numbers, pages, accounts or gateways."""

    sender: Sender
    pace: Pace
    channel: str = "whatsapp"
    breaker: Breaker = field(default_factory=lambda: Breaker(time.monotonic))
    blame: Blame = field(default_factory=Blame)
    hands: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(HANDS))
    """Those who are chosen and not sent yet; see `HANDS`."""
    shut: dict[tuple[Rung, Use], tuple[str, float]] = field(default_factory=dict)
    """Rungs and approved forms that the provider refuses to everybody for a while: reason, and until when by the
    monotonic clock."""

    @property
    def paused(self) -> float:
        """Seconds for which everything from this account waits."""
        return max(self.pace.paused, self.breaker.wait)

    def away(self) -> Shut | None:
        left = self.paused
        return Shut("account_away", left, waits=True) if left > 0 else None

    def refuses(self, rung: Rung, use: Use = "news") -> Shut | None:
        reason, until = self.shut.get((rung, use), ("", 0.0))
        left = until - time.monotonic()
        return Shut(reason, left) if left > 0 else None

    def judged(self, notice: str, outcome: Outcome) -> Outcome:
        """What an answer means after all that this account was answered before."""
        if isinstance(outcome, Accepted):
            self.blame.went_well()
        if isinstance(outcome, Stopped) and self.blame.stopped(notice):
            return Passing(outcome.code, of_person=True)
        return outcome

    def heard(self, rung: Rung, to: str, outcome: Outcome, use: Use = "news") -> None:
        """What an answer says of the account. `use`: the approved form that was tried."""
        match outcome:
            case Lost() | Passing(of_person=False) | Slow(away=True):
                self.breaker.failed()
            case Slow(whole=False):
                self.breaker.went_well()
                self.pace.hold(to, outcome.seconds)
            case NotReached(everybody=seconds) if seconds > 0:
                self.breaker.went_well()
                self.closes(rung, outcome, (use,))
            case Accepted() | Slow() | Stopped() | NotReached():
                self.breaker.went_well()
            case _:
                self.breaker.went_well()

    def closes(self, rung: Rung, outcome: NotReached, uses: Sequence[Use] = get_args(Use)) -> None:
        """What was said of one message holds for everybody's. A receipt does not say of which form it speaks."""
        for use in uses:
            self.shut[rung, use] = (outcome.reason, time.monotonic() + outcome.everybody)
