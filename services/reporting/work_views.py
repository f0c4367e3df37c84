"""The hand-off ledger and the parts of the work as pages and programs get them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.complaint.ledger import Entry, charged, ledger
from services.reporting import labels
from services.reporting.read_models.cases.card import Card
from services.reporting.reading import Step
from services.reporting.sentences import Teller
from services.web.i18n import later


@dataclass(frozen=True)
class HeldView:
    """`holder` None: the coordinators. `until` None: it is so still. `seconds`: how long, up to now if it goes on."""

    holder: str | None
    title: str
    why: str
    why_text: str
    since: datetime
    until: datetime | None
    seconds: int
    lasted: str
    charged: bool


@dataclass(frozen=True)
class SpentView:
    """All the time of one holder."""

    holder: str | None
    title: str
    seconds: int
    lasted: str


@dataclass(frozen=True)
class LedgerView:
    """Waiting for the reporter stands in `entries` and in nobody's `totals`."""

    entries: list[HeldView]
    totals: list[SpentView]


@dataclass(frozen=True)
class PartView:
    number: int
    seat: str
    title: str
    due: datetime
    standing: str
    standing_text: str
    tone: str


_TONE = {"open": "wait", "done": "good", "declined": "bad", "dropped": ""}


def book(steps: Sequence[Step], tell: Teller, now: datetime) -> LedgerView:
    entries = ledger(step.event for step in steps)
    return LedgerView(
        [_held(entry, tell, now) for entry in entries],
        [
            SpentView(holder, _who(holder, tell), round(span.total_seconds()), lasted(span.total_seconds(), tell))
            for holder, span in charged(entries, now).items()
        ],
    )


def parts(card: Card, tell: Teller) -> list[PartView]:
    return [
        PartView(
            number, one.seat, tell.seat(one.seat), one.due, one.standing, tell.tr(labels.SUBTASK[one.standing]),
            _TONE[one.standing],
        )
        for number, one in card.subtasks.items()
    ]  # fmt: skip


def _held(entry: Entry, tell: Teller, now: datetime) -> HeldView:
    seconds = entry.lasted(now).total_seconds()
    return HeldView(
        entry.holder, _who(entry.holder, tell), entry.why, tell.tr(labels.HELD[entry.why]), entry.since, entry.until,
        round(seconds), lasted(seconds, tell), entry.charged,
    )  # fmt: skip


def _who(holder: str | None, tell: Teller) -> str:
    return tell.tr(later("Koordinator")) if holder is None else tell.seat(holder)


def lasted(seconds: float, tell: Teller) -> str:
    """`3 hari 4 jam`, `25 menit`."""
    minutes = round(seconds / 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return tell.tr(later("{days} hari {hours} jam")).format(days=days, hours=hours)
    if hours:
        return tell.tr(later("{hours} jam {minutes} menit")).format(hours=hours, minutes=minutes % 60)
    return tell.tr(later("{minutes} menit")).format(minutes=minutes)
