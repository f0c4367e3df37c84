"""What would have been sent for a life that was: each event asked as the planner asks it.

Pure: the complaint's events, a city with its table, and the clock of the log itself. No contact is looked at: by which
way somebody came stands in the first message, when he was last heard of in the log, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from services.complaint import events as e
from services.complaint.evolve import evolve
from services.complaint.state import INITIAL, State
from services.contracts.city import FORMS, City
from services.contracts.envelope import Recorded
from services.contracts.hearing.rows import When
from services.contracts.hearing.rules import Hearing
from services.contracts.hearing.timing import goes_out
from services.notifier import ladder, policy
from services.notifier.ladder import Known, Step
from services.notifier.planning import AWAKE

Event = Recorded[e.Event]


@dataclass(frozen=True, slots=True)
class WouldSend:
    """`who`: `reporter:1` or `seat:<id>`. `way`: channel and first rung, as far as the log tells. `goes` None: not at
    all, and `why_not` says why; else when, and `waits` why not at once."""

    ticket: str
    complaint: str
    n: int
    event: str
    at: datetime
    who: str
    what: str
    row: str
    way: str | None
    goes: datetime | None
    waits: str | None = None
    why_not: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: v.isoformat() if isinstance(v, datetime) else v for name, v in asdict(self).items()}


def would_send(city: City, hearing: Hearing, events: Sequence[Event], *, sends_to: frozenset[str]) -> list[WouldSend]:
    """Every notice of a complaint's life. `sends_to`: seats that have a confirmed number."""
    life = _Life(city, hearing, tuple(events), sends_to)
    return [one for event in events for one in life.of(event)]


class _Life:
    def __init__(self, city: City, hearing: Hearing, events: tuple[Event, ...], sends_to: frozenset[str]) -> None:
        self._city = city
        self._hearing = hearing
        self._events = events
        self._sends_to = sends_to
        self._once: set[tuple[str, str]] = set()
        self._states: list[State] = []
        state = INITIAL
        for event in events:
            state = evolve(state, event)
            self._states.append(state)

    def _at(self, when: datetime, least: int) -> State:
        """As the complaint stood then, `least` events in at any rate."""
        known = max(least, sum(1 for event in self._events if event.at <= when))
        return self._states[known - 1]

    def of(self, event: Event) -> Iterator[WouldSend]:
        yield from (self._reporter(event, planned) for planned in policy.for_reporter(event))
        for told in policy.for_seats(event):
            yield self._seat(event, told)

    def _reporter(self, event: Event, planned: policy.Planned) -> WouldSend:
        came = self._came(planned.party)
        channel, heard = came if came is not None else ("none", None)
        when = self._hearing.table[planned.row].on(channel)
        begins = planned.at or event.at
        goes = goes_out(when, self._hearing, self._city.zone, begins, seat=False) if when != "never" else None
        waits = "quiet hours" if goes is not None else None
        awake = heard is not None and event.at - heard < AWAKE
        if goes is not None and (awake or policy.danger(self._at(event.at, event.n))):
            goes, waits = None, None
        at = goes or begins
        waits = waits or ("its moment" if planned.at is not None else None)
        why_not = self._not_told(event, planned, when, came, at)
        return self._made(
            event,
            planned.party,
            planned.template,
            planned.row,
            self._way(channel, heard, at, event.n),
            at,
            waits,
            why_not,
        )

    def _not_told(
        self, event: Event, planned: policy.Planned, when: When, came: tuple[str, datetime | None] | None, at: datetime
    ) -> str | None:
        if when == "never":
            return "this city does not tell it on this channel"
        if came is None:
            return "no way back: it was entered without a contact"
        if planned.of == policy.ONCE and (planned.template, planned.party) in self._once:
            return "told once already"
        self._once.add((planned.template, planned.party))
        if policy.unwanted(planned.template, event, self._at(at, event.n)):
            return "the reporter asked for no more news"
        if not policy.still_said(planned.template, event, self._at(at, event.n)):
            return "overtaken by the time it would go out"
        return None

    def _seat(self, event: Event, told: policy.Told) -> WouldSend:
        state = self._at(event.at, event.n)
        seat = policy.lead_of(state) or told.seat if told.seat == policy.LEAD else told.seat
        when = self._hearing.table[told.row].when
        begins = max(told.at or event.at, event.at)
        goes = goes_out(when, self._hearing, self._city.zone, begins, seat=True) if when != "never" else None
        waits = ("its list" if when == "digest" else "quiet hours") if goes is not None else None
        if goes is not None and policy.danger(state):
            goes, waits = None, None
        at = goes or begins
        waits = waits or ("its moment" if told.at is not None and told.at > event.at else None)
        why_not = "this city does not tell it" if when == "never" else None
        why_not = why_not or policy.still_told(told.template, seat, event, self._at(at, event.n), self._city)
        why_not = _WALLS.get(why_not or "", why_not)
        if why_not is None and seat not in self._sends_to:
            why_not = "the seat has no confirmed number; it reads its queue"
        return self._made(event, f"seat:{seat}", told.template, told.row, None, at, waits, why_not)

    def _made(  # noqa: PLR0917  # one row of a table
        self, event: Event, who: str, what: str, row: str, way: str | None, at: datetime, waits: str | None,
        why_not: str | None,
    ) -> WouldSend:  # fmt: skip
        ticket: str = getattr(getattr(self._states[-1], "file", None), "ticket", "")
        return WouldSend(
            ticket, event.complaint, event.n, event.type, event.at, who, what, row, None if why_not else way,
            None if why_not else at, None if why_not else waits, why_not,
        )  # fmt: skip

    def _came(self, party: str) -> tuple[str, datetime | None] | None:
        """Channel of the party's first message, and the latest one: as far as they stand in the log."""
        channel, heard = None, None
        for event in self._events:
            data = event.data
            message = data.message if isinstance(data, e.ComplaintReceived | e.MessageAdded) else None
            mine = getattr(data, "party", None) or getattr(data, "reporter", None)
            if message is not None and mine == party:
                channel, heard = channel or message.channel, event.at
        return None if channel is None or channel in FORMS else (channel, heard)

    def _way(self, channel: str, heard: datetime | None, at: datetime, n: int) -> str:
        rules = self._city.policy.sending
        before = [event.at for event in self._events if event.n <= n and isinstance(event.data, e.MessageAdded)]
        last = max([*before, *([self._events[0].at] if heard is not None else [])], default=None)
        known = Known(channel=channel, heard=None if last is None else at - last)
        step = ladder.climb(
            rules.ladder(channel), known, {}, {}, private_reply=timedelta(days=rules.private_reply_days)
        )
        return f"{channel}: {step.rung}" if isinstance(step, Step) else channel


_WALLS = {
    "accused": "it is about the seat itself, or about somebody in its line",
    "not_handling": "the complaint is secret and the seat does not handle it",
    "overtaken": "overtaken by the time it would go out",
}
