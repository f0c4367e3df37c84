"""Questions without an answer: one reminder for all that are open, and an end to the waiting for each."""

from datetime import datetime

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import pauses
from services.complaint.decisions.base import NOTHING, Decision
from services.complaint.state import Opened, Working


def remind(state: Opened, command: c.RemindReporter, at: datetime) -> Decision:
    if not isinstance(state, Working):
        return NOTHING
    asked = state.desk.questions.get(command.number)
    if asked is None or asked.remind_at is None or at < asked.remind_at:
        return NOTHING
    numbers = tuple(sorted(number for number, q in state.desk.questions.items() if q.remind_at is not None))
    return (e.QuestionReminded(numbers=numbers),)


def lapse(state: Opened, command: c.LapseQuestion, at: datetime) -> Decision:
    if not isinstance(state, Working):
        return NOTHING
    asked = state.desk.questions.get(command.number)
    if asked is None or asked.lapse_at is None or at < asked.lapse_at:
        return NOTHING
    numbers = (command.number,)
    return (e.QuestionLapsed(numbers=numbers, moved=pauses.ended(state.desk, at, questions=numbers)),)
