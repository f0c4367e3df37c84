"""`python -m services.notifier.tools.table`: the table of who hears what, as it stands in docs/hearing.md."""

from collections.abc import Iterator

from services.contracts.hearing.rows import Hears, Row, When
from services.contracts.hearing.table import ROWS

_HEARS: dict[Hears, str] = {
    "reporter": "reporter", "given": "each seat given work", "named": "the seat named", "lead": "whoever leads then",
    "leader": "leaders named by the city",
}  # fmt: skip
_WHEN: dict[When, str] = {
    "now": "at once", "quiet": "not in quiet hours", "digest": "at the list's hour", "never": "not at all",
}  # fmt: skip


def lines() -> Iterator[str]:
    """Markdown."""
    yield "| Row | Event | Who | When | If | Unless overtaken | After BERHENTI |"
    yield "|---|---|---|---|---|---|---|"
    for row in ROWS:
        when = f"{_WHEN[row.when]}{', always' if row.firm else ''}{', once' if row.once else ''}"
        when += f" ({row.at})" if row.at else ""
        when += "".join(f"; {channel}: {_WHEN[other]}" for channel, other in row.by.items())
        who = f"| `{row.id}` | `{row.event}` | {_HEARS[row.hears]} | {when}"
        yield f"{who} | {_said(row.case)} | {_said(row.holds)} | {_heard(row)} |"


def _heard(row: Row) -> str:
    return ("heard" if row.after_stop else "not heard") if row.hears == "reporter" else ""


def _said(name: str) -> str:
    return name.replace("_", " ")


if __name__ == "__main__":
    print("\n".join(lines()))  # a command's answer
