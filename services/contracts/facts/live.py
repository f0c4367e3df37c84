"""Facts about a LIVE session: kind `live`, id of the session. While it goes on officials stand by and act at once."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from pydantic import TypeAdapter

from services.contracts.base import Id, Moment, Stored, Token
from services.contracts.envelope import Recorded
from services.contracts.sealed import Sealed

LIVE = "live"
"""The kind of these facts in subjects, and the channel of what a moderator enters."""

LONGEST = timedelta(hours=8)
"""A session that nobody ended counts as over after this: clocks in minutes are for people who stand by."""

Platform = Literal["tiktok", "instagram", "facebook", "youtube", "x", "radio", "other"]


class LivePlanned(Stored):
    """`city.live_planned`: who hosts it, where, when, and which seats stand by."""

    platform: Platform
    host: Token
    title: Sealed | None = None
    """Sealed for `handling` of the session's id."""
    planned_for: Moment
    roster: tuple[Token, ...]
    by: Token


class LiveRosterSet(Stored):
    """`city.live_roster_set`: the whole roster from here on; who checked in stays checked in."""

    roster: tuple[Token, ...]
    by: Token


class LiveCheckedIn(Stored):
    """`city.live_checked_in`: somebody at the seat stands by."""

    seat: Token


class LiveStarted(Stored):
    """`city.live_started`: on air."""

    by: Token


class LiveEnded(Stored):
    """`city.live_ended`: off the air. Complaints of the session go on; new clocks count in the usual hours."""

    by: Token


LiveFact = LivePlanned | LiveRosterSet | LiveCheckedIn | LiveStarted | LiveEnded

LIVE_FACTS: dict[
    str, type[LivePlanned] | type[LiveRosterSet] | type[LiveCheckedIn] | type[LiveStarted] | type[LiveEnded]
] = {
    "city.live_planned": LivePlanned,
    "city.live_roster_set": LiveRosterSet,
    "city.live_checked_in": LiveCheckedIn,
    "city.live_started": LiveStarted,
    "city.live_ended": LiveEnded,
}

Phase = Literal["none", "planned", "on_air", "over"]


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its facts make it. `present`: seat and since when somebody there stands by."""

    id: Id = ""
    n: int = 0
    plan: LivePlanned | None = None
    cause: Id = ""
    """Of the plan: what its title is sealed under."""
    roster: tuple[str, ...] = ()
    present: dict[str, datetime] = field(default_factory=dict)
    started: datetime | None = None
    ended: datetime | None = None

    @property
    def phase(self) -> Phase:
        if self.plan is None:
            return "none"
        if self.ended is not None:
            return "over"
        return "planned" if self.started is None else "on_air"

    def on_air(self, at: datetime) -> bool:
        """Does it go on at this moment?"""
        return self.phase == "on_air" and self.started is not None and at - self.started < LONGEST

    def after(self, data: LiveFact, *, session: str, n: int, at: datetime, cause: str) -> "Session":
        match data:
            case LivePlanned():
                return Session(session, n, plan=data, cause=cause, roster=data.roster)
            case LiveRosterSet():
                return replace(self, n=n, roster=data.roster)
            case LiveCheckedIn():
                return replace(self, n=n, present={data.seat: at, **self.present})
            case LiveStarted():
                return replace(self, n=n, started=at)
            case LiveEnded():
                return replace(self, n=n, ended=at)


_READERS: dict[str, TypeAdapter[Recorded[LiveFact]]] = {
    name: TypeAdapter(Recorded[cls])  # type: ignore[valid-type]  # parametrised by a class known at run time only
    for name, cls in LIVE_FACTS.items()
}


def read(event_type: str, body: bytes) -> Recorded[LiveFact] | None:
    """A fact of a session as it was stored; None: it is another's."""
    reader = _READERS.get(event_type)
    return None if reader is None else reader.validate_json(body)


class Sessions:
    """Every session that was ever planned, in memory."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, Session]] = {}

    def take(self, event_type: str, body: bytes) -> None:
        """The next fact; those of something else are left alone."""
        fact = read(event_type, body)
        if fact is not None:
            _, before = self._known.get(fact.complaint, (fact.city, Session()))
            after = before.after(fact.data, session=fact.complaint, n=fact.n, at=fact.at, cause=fact.causation)
            self._known[fact.complaint] = fact.city, after

    def __contains__(self, session: str) -> bool:
        return session in self._known

    def of(self, city: str, session: str | None) -> Session | None:
        """The session, if that city has one of this id."""
        known = None if session is None else self._known.get(session)
        return known[1] if known is not None and known[0] == city else None

    def all_of(self, city: str) -> list[Session]:
        """The latest planned first."""
        found = [session for of, session in self._known.values() if of == city and session.plan is not None]
        return sorted(found, key=lambda one: one.plan.planned_for if one.plan else _NEVER, reverse=True)

    def on_air(self, city: str, at: datetime, platform: str | None = None) -> Session | None:
        """The one that goes on now, there; of several the one that began last."""
        going = [
            one
            for one in self.all_of(city)
            if one.on_air(at) and one.plan is not None and platform in (None, one.plan.platform)
        ]
        return max(going, key=lambda one: one.started or _NEVER, default=None)


_NEVER = datetime.min.replace(tzinfo=UTC)
