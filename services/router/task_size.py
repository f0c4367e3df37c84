"""A task stays below the server's message size, however much was asked and given in it. Pure.

Offices may ask and hand out parts as often as they like, each with thousands of letters; a task that could not be
published would keep everything that comes later from its offices.
"""

from collections.abc import Sequence
from typing import TypeVar

from services.contracts.tasks import Task

T = TypeVar("T")

MOST = 700_000
"""Bytes of one task as JSON."""
FEW = 20
"""Texts of the longest kind that have room in any case: only behind that is a task measured."""
KEPT = 200
"""Of each kind, the newest, in a task that is too long."""
_CUTS = (2_000, 500, 100)
"""Letters of each text, tried one after the other."""


def within(task: Task, most: int = MOST) -> Task:
    """The task itself, or one that says as much as has room; what is open goes before what is over."""
    if len(task.questions) + len(task.instructions) + 2 * len(task.subtasks) <= FEW or _size(task) <= most:
        return task
    for cut in _CUTS:
        shorter = _cut(task, cut)
        if _size(shorter) <= most:
            return shorter
    return _cut(_newest(task), _CUTS[-1])


def _size(task: Task) -> int:
    return len(task.model_dump_json().encode())


def _cut(task: Task, most: int) -> Task:
    def short(text: str) -> str:
        return text if len(text) <= most else f"{text[: most - 1]}…"

    def maybe(text: str | None) -> str | None:
        return None if text is None else short(text)

    return Task.model_validate({
        **dict(task),
        "questions": [{**dict(one), "question": short(one.question)} for one in task.questions],
        "instructions": [{**dict(one), "text": short(one.text)} for one in task.instructions],
        "subtasks": [
            {**dict(one), "text": short(one.text), "answer": maybe(one.answer)} for one in task.subtasks
        ],
    })  # fmt: skip


def _newest(task: Task) -> Task:
    asked = [not (one.answered or one.lapsed) for one in task.questions]
    owed = [not one.answered for one in task.instructions]
    parts = [one.standing == "open" for one in task.subtasks]
    return Task.model_validate({
        **dict(task),
        "questions": _kept(task.questions, asked),
        "instructions": _kept(task.instructions, owed),
        "subtasks": _kept(task.subtasks, parts),
        "extensions": task.extensions[-KEPT:],
    })  # fmt: skip


def _kept(all_of_them: Sequence[T], still_open: Sequence[bool]) -> list[T]:
    """What is open before what is over, the newest before the older; in their order."""
    ranked = sorted(range(len(all_of_them)), key=lambda at: (still_open[at], at))[-KEPT:]
    return [all_of_them[at] for at in sorted(ranked)]
