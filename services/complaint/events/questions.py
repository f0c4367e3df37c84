"""Questions that nobody answers: a reminder, once, and an end to the waiting."""

from services.complaint.events.values import MovedClock
from services.contracts.base import Party, Stored


class QuestionReminded(Stored):
    numbers: tuple[int, ...]
    party: Party = "reporter:1"


class QuestionLapsed(Stored):
    """The term for an answer is over and work goes on without it; a later word of the reporter is a message."""

    numbers: tuple[int, ...]
    party: Party = "reporter:1"
    moved: tuple[MovedClock, ...] = ()
    """The clocks that had paused, later by the time that was waited."""


Event = QuestionReminded | QuestionLapsed

TYPES: dict[str, type[Event]] = {
    "complaint.question_reminded": QuestionReminded,
    "complaint.question_lapsed": QuestionLapsed,
}
