"""A city's past complaints, read from a table: what can be learned from, and row by row what can't be and why.

Nothing is kept of the table but what the training makes of it (`training`): no row, no name, no number.
"""

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from services.contracts.city import City
from services.router.learning.columns import HEADINGS, Columns, columns
from services.router.learning.examples import Example
from services.router.learning.labels import Labels, Understood
from services.router.screening.words import tokens
from services.runtime.tables import Row, Unreadable, sheets

SHORTEST = 3
"""Words: less says nothing of a matter."""

_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d/%m/%y", "%d-%m-%y")
_MONTHS = {
    "januari": "January", "februari": "February", "maret": "March", "april": "April", "mei": "May", "juni": "June",
    "juli": "July", "agustus": "August", "september": "September", "oktober": "October", "november": "November",
    "desember": "December", "agu": "Aug", "agt": "Aug", "ags": "Aug", "okt": "Oct", "des": "Dec",
}  # fmt: skip
_NEVER_DECIDED = ("arsip", "tunda", "belum ter", "belum diver", "draft", "spam", "hoax", "hoaks")
"""What a status says of a report that no office was ever asked about."""


@dataclass(frozen=True, slots=True)
class Refused:
    row: int
    why: str


@dataclass
class History:
    file: str
    sheet: str
    columns: Columns
    rows: int = 0
    """Below the headings."""
    examples: list[Example] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    labels: dict[str, tuple[Understood | None, int]] = field(default_factory=dict)
    """What the label columns say → how it was understood, and in how many rows it stands."""

    @property
    def reasons(self) -> Counter[str]:
        """Why rows were refused, without what differs from row to row."""
        return Counter(one.why.partition(":")[0] for one in self.refused)

    def write_refused(self, path: Path) -> None:
        """As a table: number of the row, why. The words of a row stay in the file that they came from."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("row", "why"))
            writer.writerows((one.row, one.why) for one in self.refused)


def read(path: Path, city: City) -> History:
    """The first sheet that has the headings. `Unreadable` with a sentence if there is none."""
    seen: list[str] = []
    for name, rows in sheets(path):
        found = columns(rows)
        if found is not None:
            history = History(path.name, name, found)
            _take(history, [row for row in rows if row[0] > found.header], Labels(city))
            return history
        seen.append(name)
    raise Unreadable(
        f"{path.name}: no row names a column of words and a column of labels ({', '.join(seen) or 'nothing in it'}). "
        f"Words: {', '.join(HEADINGS['text'][:6])}, …; labels: {', '.join(HEADINGS['agency'][:4])}, …, kategori, "
        "function"
    )


def _take(history: History, rows: list[Row], labels: Labels) -> None:
    taken: dict[str, int] = {}
    for number, row in rows:
        history.rows += 1
        example = _example(history, row, labels)
        if isinstance(example, str):
            history.refused.append(Refused(number, example))
            continue
        before = taken.get(example.digest)
        if before is None:
            taken[example.digest] = len(history.examples)
            history.examples.append(example)
        elif history.examples[before].functions == example.functions:
            history.refused.append(Refused(number, "the same words stand in an earlier row"))
        else:
            history.refused.append(Refused(number, "the same words stand in an earlier row with another label"))


def _example(history: History, row: list[str], labels: Labels) -> Example | str:
    """The example, or why there is none."""
    cells = history.columns
    title, text = cells.cell(row, "title"), cells.cell(row, "text")
    function, agency, category = (cells.cell(row, name) for name in ("function", "agency", "category"))
    label = function or agency or category
    found = labels.understood(function, agency, category) if label else None
    if label:
        history.labels[label] = (found, history.labels.get(label, (None, 0))[1] + 1)
    if "rahasia" in cells.cell(row, "secrecy").casefold() or "secret" in cells.cell(row, "secrecy").casefold():
        return "secret: nothing is learned from what is to stay closed"
    status = cells.cell(row, "status").casefold()
    if any(sign in status for sign in _NEVER_DECIDED):
        return f"never decided: status {cells.cell(row, 'status')}"
    texts = tuple(part for part in ((title, text) if title not in text else (text,)) if part)
    if sum(len(list(tokens(part))) for part in texts) < SHORTEST:
        return f"fewer than {SHORTEST} words"
    if not label:
        return "no label"
    if found is None:
        return f"label unknown: {label}"
    return Example(texts, found.functions, 1.0, "history", moment(cells.cell(row, "date")))


def moment(text: str) -> datetime | None:
    """A date as tables write it, day first, month by number or by name; None where it can't be read. Only for order."""
    words = re.sub(r"[A-Za-z]+", lambda found: _MONTHS.get(found[0].casefold(), found[0]), text.strip())
    try:
        found = datetime.fromisoformat(words)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except ValueError:
        pass
    for part in (words, words.split(" ")[0], " ".join(words.split(" ")[:3])):
        for form in _DATES:
            try:
                return datetime.strptime(part, form).replace(tzinfo=UTC)
            except ValueError:
                continue
    return None
