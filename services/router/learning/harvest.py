"""People's decisions out of the log, with the words that they decided on.

The words are opened with the reporters' keys and live in memory while a model is made of them; who was erased is gone,
here as everywhere. Reading twice keeps the first pass small: a label per complaint, no words; then only the complaints
that will be learned from are loaded.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.complaint.aggregate import COMPLAINT
from services.contracts.city import City
from services.contracts.subjects import complaint as subject_of
from services.router import words_in_clear
from services.router.dossier import Dossier
from services.router.learning.courses import READ, Course, Label
from services.router.learning.examples import Example
from services.runtime.log import Log

MOST = 20_000
"""Decisions learned from, the newest: a city's last years; older ones say how things were then."""

_AT_ONCE = 200


@dataclass
class Harvest:
    """`examples` are in the order in which they were decided."""

    complaints: int = 0
    decided: int = 0
    unreadable: int = 0
    """Decided, but without words: a picture alone, or the reporter's key is gone."""
    sequence: int = 0
    """Of the last event read."""
    examples: list[Example] = field(default_factory=list)


async def harvest(log: Log, keys: words_in_clear.KeySource, city: City, most: int = MOST) -> Harvest:
    """Everything decided in this city up to now. `log`: COMPLAINTS. `log.Unavailable`, `vault.Unavailable`."""
    found = Harvest()
    courses = await _courses(log, city, found)
    labels = [(label, complaint, course) for complaint, course in courses.items() if (label := course.label)]
    labels.sort(key=lambda item: (item[0].at, item[1]))
    found.complaints, found.decided = len(courses), len(labels)
    labels = labels[-most:]
    for start in range(0, len(labels), _AT_ONCE):
        part = labels[start : start + _AT_ONCE]
        texts = await _texts(log, keys, city.id, [(complaint, course.words_until) for _, complaint, course in part])
        for (label, _, _), said in zip(part, texts, strict=True):
            if said:
                found.examples.append(_example(label, said))
            else:
                found.unreadable += 1
    return found


async def _courses(log: Log, city: City, found: Harvest) -> dict[str, Course]:
    courses: dict[str, Course] = {}
    seats = city.seats
    async for page in log.pages(f"complaint.{city.id}.*.*"):
        for entry in page:
            complaint = entry.subject.rpartition(".")[2]
            course = courses.get(complaint)
            if course is None:
                course = courses[complaint] = Course()
            if entry.type in READ:
                course.add(COMPLAINT.decode(entry.type, entry.schema, entry.body), seats)
        found.sequence = page[-1].sequence
    return courses


async def _texts(
    log: Log, keys: words_in_clear.KeySource, city: str, wanted: Sequence[tuple[str, int]]
) -> list[tuple[str, ...]]:
    """What each reporter said before event `until` of the complaint."""

    async def sealed(complaint: str, until: int) -> list[words_in_clear.Item]:
        entries = await log.load(subject_of(city, complaint))
        events = [COMPLAINT.decode(entry.type, entry.schema, entry.body) for entry in entries[: until - 1]]
        items = words_in_clear.said(Dossier(city, complaint, events))
        return [item for item in items if item[2] == "text"]

    items = await asyncio.gather(*(sealed(complaint, until) for complaint, until in wanted))
    opened = await words_in_clear.keys_for(keys, [item for one in items for item in one])
    return [words_in_clear.heard(opened, one).texts for one in items]


def _example(label: Label, texts: tuple[str, ...]) -> Example:
    return Example(texts, label.functions, label.weight, label.source, label.at)
