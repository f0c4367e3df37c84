"""docs/agencies.md names every command that an office can send, every refusal it can get and every update of a task."""

import re
from pathlib import Path
from typing import get_args

from services.contracts.commands import RefusalCode, SeatAction
from services.contracts.tasks import TaskUpdate

GUIDE = (Path(__file__).parents[2] / "docs" / "agencies.md").read_text(encoding="utf-8")


def _section(title: str) -> str:
    return GUIDE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def _first_column(section: str) -> set[str]:
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `") and "`do`" not in line]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_every_action_of_an_office_has_its_line_and_no_line_is_of_none() -> None:
    union = get_args(SeatAction)[0]
    actions = {get_args(action.model_fields["do"].annotation)[0] for action in get_args(union)}
    assert _first_column(_section("Commands")) == actions


def test_every_field_that_an_action_needs_is_named_in_its_line() -> None:
    rows = {line.split("`")[1]: line for line in _section("Commands").splitlines() if line.startswith("| `")}
    for action in get_args(get_args(SeatAction)[0]):
        do = get_args(action.model_fields["do"].annotation)[0]
        for name, field in action.model_fields.items():
            if name != "do":
                mark = "" if field.is_required() else "?"
                assert f"`{name}`{mark}" in rows[do], f"{do}: {name}"


def test_every_refusal_code_is_explained() -> None:
    assert _first_column(_section("Refusal codes")) == set(get_args(RefusalCode))


def test_every_update_of_a_task_is_named() -> None:
    named = set(re.findall(r"`(\w+)`", _section("The queue: whole tasks")))
    assert set(get_args(TaskUpdate)) <= named
