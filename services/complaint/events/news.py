"""What a person wants to hear of his complaint: no news any more, news again; and his last word on how it went."""

from services.complaint.events.values import Message
from services.contracts.base import Party, Stored


class NewsStopped(Stored):
    """BERHENTI: nothing of what offices do is told unasked from here on. What answers the person's own word, and what
    law or a danger demands, still is."""

    party: Party
    message: Message | None = None
    """None where it was said once for several complaints: the words stand in the first of them."""
    again: bool = False
    """It was so already."""


class NewsResumed(Stored):
    """MULAI."""

    party: Party
    message: Message | None = None


class AfterwordGiven(Stored):
    """What the person said to the one question after SUDAH. Nothing opens by it."""

    party: Party
    message: Message
    score: int | None = None
    """1 (very dissatisfied) to 5 (very satisfied), where the words give one."""


Event = NewsStopped | NewsResumed | AfterwordGiven

TYPES: dict[str, type[Event]] = {
    "complaint.news_stopped": NewsStopped,
    "complaint.news_resumed": NewsResumed,
    "complaint.afterword_given": AfterwordGiven,
}
