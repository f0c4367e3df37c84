"""However much offices ask and hand out, the task of a complaint can be published."""

from datetime import timedelta

import pytest

from services.contracts import streams
from services.contracts.tasks import Brief, Task, TaskInstruction, TaskQuestion, TaskSubtask
from services.router.task_size import FEW, MOST, within
from tests.complaint.given import COMPLAINT, MONDAY

LONG = "\N{WAVING HAND SIGN}" * 8_000


def task(questions: int = 0, subtasks: int = 0, instructions: int = 0, text: str = LONG) -> Task:
    due = MONDAY + timedelta(days=1)
    return Task(
        complaint=COMPLAINT, n=9, city="bengkulu", seat="dlh", ticket="BKL-4K7QT9M2-X", update="changed", state="open",
        role="lead", brief=Brief(summary="x", wording=LONG, concerned_place=LONG), at=MONDAY,
        questions=tuple(TaskQuestion(number=n, question=text, answered=n != 3) for n in range(1, questions + 1)),
        subtasks=tuple(
            TaskSubtask(
                number=n, by="dlh", seat="pupr", text=text, answer=text, due=due, standing="open" if n == 2 else "done"
            )
            for n in range(1, subtasks + 1)
        ),
        instructions=tuple(
            TaskInstruction(number=n, by="walikota", text=text, due=due, answered=n != 1)
            for n in range(1, instructions + 1)
        ),
    )  # fmt: skip


def size(one: Task) -> int:
    return len(one.model_dump_json().encode())


@pytest.mark.parametrize(
    "given", [task(), task(FEW), task(subtasks=FEW // 2), task(instructions=FEW), task(900, 300, 300, text="Kapan?")]
)
def test_what_has_room_stays_as_it_is(given: Task) -> None:
    assert within(given) is given
    assert size(given) < streams.MAX_MESSAGE


@pytest.mark.parametrize(
    ("questions", "subtasks", "instructions"), [(40, 0, 0), (0, 40, 0), (0, 0, 40), (300, 300, 300), (1_500, 600, 1)]
)
def test_what_has_none_says_less_and_keeps_what_is_open(questions: int, subtasks: int, instructions: int) -> None:
    given = task(questions, subtasks, instructions)
    shown = within(given)
    assert size(shown) <= MOST
    assert [one.number for one in shown.questions if not one.answered] == ([3] if questions else [])
    assert [one.number for one in shown.subtasks if one.standing == "open"] == ([2] if subtasks else [])
    assert [one.number for one in shown.instructions if not one.answered] == ([1] if instructions else [])
    numbers = [one.number for one in shown.questions]
    assert numbers == sorted(numbers)
    assert shown.brief == given.brief
    assert all(one.question.endswith("…") for one in shown.questions)
    if questions and questions <= 300:
        assert len(shown.questions) == questions, "shorter words go before fewer"
