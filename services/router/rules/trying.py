"""A dry run: what other rules would have done with complaints that were given out, beside what today's rules do."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field

from services.contracts.city import City
from services.router.rules.case import Case, Chosen
from services.router.rules.choosing import Book
from services.router.rules.history import Routed
from services.router.rules.matching import Moment, moment

EXAMPLES = 3
"""Tickets named for each change."""

PERSON = "a person decides"


@dataclass(slots=True)
class Change:
    """A number of complaints whose seats would be others. `was` and `would`: lead, and what stands beside it."""

    was: str
    would: str
    rule: str
    count: int = 0
    tickets: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tried:
    """`never`: rules that spoke for none of the complaints. `recorded_differs`: given out otherwise than today's rules
    say, because a person ruled or older rules did."""

    looked_at: int = 0
    changed: int = 0
    recorded_differs: int = 0
    changes: list[Change] = field(default_factory=list)
    used: dict[str, int] = field(default_factory=dict)
    never: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def tried(today: City, wanted: City, complaints: Iterable[Routed]) -> Tried:
    """Both sets of rules over the same complaints, each at the moment at which it was given out."""
    by_today, by_wanted = _remembering(Book(today)), _remembering(Book(wanted))
    found = Tried()
    changes: dict[tuple[str, str, str], Change] = {}
    used: Counter[str] = Counter()
    for one in complaints:
        now = moment(today, one.case.at) if one.case.at is not None else None
        was, would = by_today(one.case, now), by_wanted(one.case, now)
        found.looked_at += 1
        for rule in _spoke(would):
            used[rule] += 1
        if was is None or (was.lead, was.territorial, was.supporting) != (one.lead, one.territorial, one.supporting):
            found.recorded_differs += 1
        before, after = _seats(was), _seats(would)
        if before == after:
            continue
        found.changed += 1
        key = before, after, would.rule if would is not None else ""
        change = changes.setdefault(key, Change(*key))
        change.count += 1
        if len(change.tickets) < EXAMPLES:
            change.tickets.append(one.ticket)
    found.changes = sorted(changes.values(), key=lambda change: (-change.count, change.was, change.would))
    found.used = dict(used.most_common())
    found.never = [rule.id for rule in wanted.rules.rules if rule.id not in used]
    return found


def _remembering(book: Book) -> Callable[[Case, Moment | None], Chosen | None]:
    """Complaints repeat: what the rules look at is the same for thousands of them."""
    known: dict[tuple[object, ...], Chosen | None] = {}

    def choose(case: Case, now: Moment | None) -> Chosen | None:
        key = (
            case.function, case.district_code, case.ward_code, case.about, case.first_level, case.against,
            book.times(now), *[getattr(case, name) for name in book.looks_at],
        )  # fmt: skip
        if key not in known:
            known[key] = book.choose(case, now)
        return known[key]

    return choose


def _spoke(chosen: Chosen | None) -> set[str]:
    return set() if chosen is None else {chosen.rule, *chosen.rules.values()}


def _seats(chosen: Chosen | None) -> str:
    """`dlh/kebersihan + camat-gading-cempaka (bpbd)`: lead and unit, territorial seat, supporting ones."""
    if chosen is None:
        return PERSON
    text = chosen.lead if chosen.unit is None else f"{chosen.lead}/{chosen.unit}"
    if chosen.territorial:
        text += f" + {chosen.territorial}"
    if chosen.supporting:
        text += f" ({', '.join(chosen.supporting)})"
    return f"{text}, after a person looked" if chosen.person else text
