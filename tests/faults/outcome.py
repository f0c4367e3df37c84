"""What one fault led to, as a row of the table."""

from collections.abc import Iterable
from dataclasses import dataclass, field


class CannotHappenHere(Exception):
    """This machine can't make the fault happen; the text says why. That is no pass."""


@dataclass
class Outcome:
    """`lost` and `doubled` count acknowledged messages, events, notices, tasks; `problems` are sentences about them.

    A property that is broken without a loss (a gap, a difference from the rebuild) stands in `problems` alone and
    fails the fault just as well.
    """

    fault: str
    times: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: str | None = None
    parts: list["Outcome"] = field(default_factory=list)
    """Where one fault is several, each with figures of its own."""

    @property
    def holds(self) -> bool:
        return not (self.lost or self.doubled or self.problems or self.skipped)

    def loses(self, what: str, which: Iterable[object]) -> None:
        """Each of `which` was acknowledged and is not there."""
        missing = sorted(str(one) for one in which)
        if missing:
            self.lost += len(missing)
            self.problems.append(f"{len(missing)} {what}: {_some(missing)}")

    def doubles(self, what: str, which: Iterable[object]) -> None:
        twice = sorted(str(one) for one in which)
        if twice:
            self.doubled += len(twice)
            self.problems.append(f"{len(twice)} {what}: {_some(twice)}")

    def breaks(self, what: str, which: Iterable[object] = ()) -> None:
        """A property that counts as neither lost nor doubled."""
        cases = sorted(str(one) for one in which)
        self.problems.append(f"{what}: {_some(cases)}" if cases else what)

    def row(self) -> dict[str, object]:
        """For `--json`: five fields always, and why there is no answer where there is none."""
        row: dict[str, object] = {
            "fault": self.fault, "times": self.times, "acknowledged": self.acknowledged,
            "lost": self.lost, "doubled": self.doubled,
        }  # fmt: skip
        if self.parts:
            row["parts"] = [part.row() for part in self.parts]
        if self.skipped is not None:
            row["skipped"] = self.skipped
        if self.problems:
            row["problems"] = self.problems
        return row


def must_hold(outcome: Outcome) -> None:
    assert outcome.holds, "\n".join([*outcome.problems, *outcome.notes])
    assert outcome.acknowledged, "nothing was acknowledged, so nothing was proven"


def _some(cases: list[str], limit: int = 5) -> str:
    shown = ", ".join(cases[:limit])
    return shown if len(cases) <= limit else f"{shown}, …"
