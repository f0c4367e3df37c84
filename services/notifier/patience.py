"""How long the notifier waits for what, before it looks again or takes it for lost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds."""

    queue: float = 6
    """A queued notice that OUTBOUND does not hold any more is published again after this."""
    lease: float = 90
    """A claimed one without an outcome is unknown after this; longer than the provider's time limit."""
    silent: float = 180
    """An unknown one that no receipt came for is sent again after this, if others' receipts came meanwhile …"""
    hold: float = 3600
    """… and after this in any case: told twice is a smaller harm than never told."""
    fact: float = 10
    taken: float = 30
    """What an adapter has in its queue is looked after for the first time after this, or at once by its receipt."""
    pauses: tuple[float, ...] = (5, 30, 120, 600, 1800, 3600)
    """After each attempt that counts; when they are used up the person was not reached."""
    stopped: float = 60
    in_place: float = 5
    """How long a message waits in hand while its number is paused, before it waits in the table."""
