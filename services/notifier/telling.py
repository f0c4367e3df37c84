"""From a complaint's events to the words of a notice: loads, opens what is sealed, names the seats, fills a template.

Called when the message is about to go out, so that it tells how things stand then, and so that words of people rest
nowhere on the way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from services.complaint import events as e
from services.complaint.state import Closed, Desk, Merged, Opened, Resolved, Screening, State, Unopened, Working
from services.contracts.base import Confidentiality, Kind
from services.contracts.city import City
from services.contracts.envelope import Recorded
from services.contracts.intake import AskKind
from services.notifier import policy, shared, wanted_evidence
from services.notifier.sending import Rendered
from services.notifier.story import Happened, Last, Phase, Place, Story, What
from services.notifier.templates import ANSWERS, NOTICES, phrases

Event = Recorded[e.Event]


class Loader(Protocol):
    async def load(self, city: str, stream_id: str) -> tuple[State, list[Event]]: ...


class Opens(Protocol):
    async def open_many(self, items: Sequence[tuple[str | None, str, str]]) -> list[str | None]: ...


_TELL_APART: frozenset[AskKind] = frozenset({"which_complaint", "again_or_new"})
BEGINNING = 45
"""Characters of a complaint's first words by which its reporter knows it again."""
SAYS_SOMETHING = 8

PATIENCE_FOR_CLOCKS = 5.0
"""Seconds after a reopening within which its new due time is worth waiting for."""


class TooEarly(Exception):
    """What the notice has to tell is about to be decided: come again in `seconds`."""

    def __init__(self, seconds: float = 1.0) -> None:
        super().__init__(f"come again in {seconds:g} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Told:
    ticket: str
    rendered: Rendered
    confidentiality: Confidentiality = "normal"
    page: str = ""
    city: str = ""


class Teller:
    def __init__(
        self, loader: Loader, opener: Opens, cities: dict[str, City], public_url: str, clock: Callable[[], datetime]
    ) -> None:
        self._loader = loader
        self._opener = opener
        self._cities = cities
        self._public_url = public_url.rstrip("/")
        self._clock = clock

    async def notice(self, city: str, door: str, complaint: str, template: str, about: int) -> Told | None:
        """None: overtaken, there is nothing to say any more. Raises `TooEarly`, and what loading and opening raise."""
        state, events = await self._loader.load(city, complaint)
        event = next((event for event in events if event.n == about), None)
        if event is None or isinstance(state, Unopened) or not policy.still_said(template, event, state):
            return None
        if template == wanted_evidence.TEMPLATE and not wanted_evidence.missing(state, events):
            return None
        main = await self._main(city, state, event.data)
        story = self._story(city, door, complaint, state, main)
        if _waits_for_clocks(event, story):
            raise TooEarly
        if template in ("where", wanted_evidence.TEMPLATE) and (left := self._pause_left(city, event, story.now)) > 0:
            raise TooEarly(left)
        told, among = (event, events) if main is None else (main.about(event.data) or event, main.events)
        if told is not event and main is not None and not policy.still_true(template, told.data, main.state):
            return None
        speaks = _asked(told, among) or told
        opened = await self._opener.open_many([
            (sealed, speaks.causation, field)
            for sealed, field in (
                (_sealed(speaks.data), _field(speaks.data)),
                (getattr(speaks.data, "referred_to", None), "referred_to"),
                (getattr(speaks.data, "programme", None), "programme"),
            )
        ])  # fmt: skip
        happened = happening(self._cities[city], told, among if told is not event else events)
        if isinstance(event.data, e.MatterResolved):
            happened = replace(happened, when=event.data.confirm_by)
        if isinstance(event.data, e.ComplaintAssigned | e.LeadHandedOff | e.ReturnRefused):
            story = replace(story, due=_promised(event.data) or story.due)
        happened = replace(happened, words=opened[0], referred_to=opened[1], programme=opened[2])
        story = replace(story, happened=happened)
        words = NOTICES[template](story)
        return Told(story.ticket, words, story.confidentiality, story.page, story.place.name)

    def _pause_left(self, city: str, event: Event, now: datetime) -> float:
        """Seconds. People send a matter in several messages: nobody is asked for what he is about to write."""
        return self._cities[city].policy.settle_seconds / 3 - (now - event.at).total_seconds()

    async def answer(
        self, city: str, door: str, kind: AskKind, complaints: Sequence[str], detail: str | None = None
    ) -> Told:
        """`detail`: cause and sealed code, as the ask carried it."""
        stories: list[Story] = []
        for complaint in complaints[:10]:
            state, events = await self._loader.load(city, complaint)
            if isinstance(state, Unopened) or policy.REPORTER in state.file.erased:
                continue
            main = await self._main(city, state)
            story = self._story(city, door, complaint, state, main)
            said = events if main is None else sorted((*events, *main.for_others), key=lambda event: event.at)
            story = replace(story, last=await self._last(city, said)) if not stories else story
            stories.append(replace(story, began=await self._began(events)) if kind in _TELL_APART else story)
        place = self._place(city, door)
        if detail is not None:
            cause, _, sealed = detail.partition(":")
            place = replace(place, code=(await self._opener.open_many([(sealed, cause, "detail")]))[0])
        rendered = ANSWERS[kind](place, stories)
        return Told(stories[0].ticket if stories else self._cities[city].name, rendered)

    async def _began(self, events: Sequence[Event]) -> str | None:
        """What the reporter wrote first, as far as it says anything."""
        for event in events[:8]:
            if isinstance(event.data, e.ComplaintReceived | e.MessageAdded) and event.data.message.text is not None:
                [clear] = await self._opener.open_many([(event.data.message.text, event.causation, "text")])
                if clear is not None and len(clear) > SAYS_SOMETHING:
                    return phrases.one_line(clear, BEGINNING)
        return None

    async def _main(self, city: str, state: State, data: e.Event | None = None) -> shared.Main | None:
        """The complaint that a merged one is, or when `data` came from it was, handled under."""
        if not isinstance(state, Merged):
            return None
        into = data.main if isinstance(data, e.MatterAdvanced | e.MatterResolved) else state.into
        return shared.main_of(*await self._loader.load(city, into))

    async def _last(self, city: str, events: Sequence[Event]) -> Last | None:
        """The latest words of an office to the reporter."""
        for event in reversed(events):
            what = _WHAT.get(event.type)
            if what is None:
                continue
            words = (await self._opener.open_many([(_sealed(event.data), event.causation, _field(event.data))]))[0]
            if words is not None:
                return Last(_title(self._cities[city], _seat(event.data)), words, event.at, what)
        return None

    def _place(self, city: str, door: str) -> Place:
        known = self._cities[city]
        label = next((d.label for d in known.doors if d.id == door), known.name)
        return Place(known.name, known.zone, known.emergency_number, label)

    def _story(
        self,
        city: str,
        door: str,
        complaint: str,
        state: Opened | Merged,
        main: shared.Main | None,
    ) -> Story:
        now = self._clock()
        phase, lead, due, overdue = _stand(state, now)
        if main is not None and phase in ("working", "resolved"):
            there = _stand(main.state, now)
            if phase == "working" and there[0] in ("screening", "working", "leaderless", "planned"):
                phase, lead, due, overdue = there
            lead = lead or there[1]
        return Story(
            place=self._place(city, door),
            complaint=complaint,
            ticket=state.file.ticket,
            confidentiality=shared.most_closed(state.file.confidentiality, main),
            phase=phase,
            now=now,
            page=f"{self._public_url}/lacak/{state.file.ticket}",
            kind=_kind(state),
            lead=None if lead is None else _title(self._cities[city], lead),
            due=due,
            overdue=overdue,
            others=isinstance(state, Merged) or bool(state.file.shared.joined),
            about_mayor=_about_mayor(state),
        )


_WHAT: dict[str, What] = {
    "complaint.question_asked": "question",
    "complaint.replied": "reply",
    "complaint.progressed": "progress",
    "complaint.visited": "visit",
    "complaint.planned": "plan",
    "complaint.resolved": "resolution",
}


def _waits_for_clocks(event: Event, story: Story) -> bool:
    young = (story.now - event.at).total_seconds() < PATIENCE_FOR_CLOCKS
    return isinstance(event.data, e.ComplaintReopened) and story.lead is not None and story.due is None and young


def _about_mayor(state: State) -> bool:
    desk = getattr(state, "desk", None)
    return isinstance(desk, Desk) and desk.matter.about == "mayor"


def _kind(state: State) -> Kind:
    if isinstance(state, Merged):
        return "complaint" if state.matter is None else state.matter.kind
    desk = getattr(state, "desk", None)
    return desk.matter.kind if isinstance(desk, Desk) else "complaint"


def _stand(state: Opened | Merged, now: datetime) -> tuple[Phase, str | None, datetime | None, bool]:
    """Phase, lead's seat, what is due when, and whether that has passed."""
    match state:
        case Screening():
            return "screening", None, None, False
        case Merged():
            return _stand_of_merged(state)
        case Resolved():
            return "resolved", state.desk.lead, state.confirm_by, False
        case Closed():
            return ("withdrawn" if state.end is None else "closed"), None, None, False
        case Working():
            lead = state.desk.lead
            if lead is None:
                return "leaderless", None, None, False
            due = _due(state.desk, lead)
            if state.desk.questions:
                return "waiting", lead, due, False
            if state.desk.plan is not None:
                return "planned", lead, state.desk.plan.wakes, False
            return "working", lead, due, due is not None and due <= now


def _stand_of_merged(state: Merged) -> tuple[Phase, str | None, datetime | None, bool]:
    """Where its own reporter stands; who works on it is the main complaint's to say."""
    if state.ended is not None:
        return ("withdrawn" if state.ended == "withdrawn" else "closed"), None, None, False
    if state.asked is not None:
        return "resolved", None, state.asked.until, False
    return "working", None, None, False


def _due(desk: Desk, lead: str) -> datetime | None:
    """What the reporter may wait for next: the first response, else the promised or ruled end."""
    hold = desk.holds[lead]
    first = [clock.due for clock in hold.clocks if clock.name == "first_response"]
    if first:
        return min(first)
    if hold.finish_by is not None:
        return hold.finish_by
    ends = [clock.due for clock in hold.clocks if clock.name == "resolve"]
    return min(ends) if ends else None


def _promised(data: e.ComplaintAssigned | e.LeadHandedOff | e.ReturnRefused) -> datetime | None:
    """The first response that this event itself set, if it still lies where it was set."""
    assignments = data.assignments if isinstance(data, e.ComplaintAssigned) else (data.to,)
    due = [c.due for a in assignments if a.role == "lead" for c in a.clocks if c.name == "first_response"]
    return min(due) if due else None


def _title(city: City, seat: str | None) -> str:
    known = None if seat is None else city.seats.get(seat)
    return known.title if known is not None else "Petugas"


def _seat(data: e.Event) -> str | None:
    seat: str | None = getattr(data, "seat", None)
    return seat


def _sealed(data: e.Event) -> str | None:
    """The office's words."""
    match data:
        case e.QuestionAsked():
            return data.question
        case e.ProgressReported() | e.PlaceVisited() | e.ReplySent() | e.ComplaintResolved() | e.WorkPlanned():
            return data.text
        case _:
            return None


def _asked(event: Event, events: Sequence[Event]) -> Event | None:
    """The last of the questions that a reminder is about."""
    if not isinstance(event.data, e.QuestionReminded):
        return None
    last = max(event.data.numbers, default=0)
    return next((x for x in events if isinstance(x.data, e.QuestionAsked) and x.data.number == last), None)


def _field(data: e.Event) -> str:
    return "question" if isinstance(data, e.QuestionAsked) else "text"


def happening(city: City, event: Event, events: Sequence[Event]) -> Happened:
    """The event in plain values, without what is sealed."""
    data = event.data
    base = Happened(
        seat=_title(city, _seat(data)),
        earlier=sum(1 for other in events if other.type == event.type and other.n < event.n),
    )
    match data:
        case e.ScreeningProposed():
            return replace(base, **_where(city, events))
        case e.ComplaintAssigned():
            lead = next((a.seat for a in data.assignments if a.role == "lead"), None)
            beside = tuple(_title(city, a.seat) for a in data.assignments if a.role != "lead")
            return replace(base, to=_title(city, lead), beside=beside)
        case e.AssignmentAccepted():
            return replace(base, when=data.finish_by)
        case e.ProgressReported():
            return replace(base, when=data.expected_end, pictures=len(data.evidence))
        case e.AssignmentReturned():
            return replace(base, ground=data.ground)
        case e.LeadHandedOff():
            return replace(base, to=_title(city, data.to.seat))
        case e.ExtensionRuled():
            seat = next((clock.seat for clock in data.moved), None)
            return replace(base, seat=_title(city, seat), to=_title(city, data.by), when=data.until)
        case e.ReturnRefused():
            return replace(base, to=_title(city, data.by))
        case e.WorkPlanned():
            return replace(base, when=data.wakes, earlier=data.moves)
        case e.QuestionReminded():
            asked = _asked(event, events)
            question = asked.data if asked is not None else None
            if not isinstance(question, e.QuestionAsked):
                return base
            return replace(base, seat=_title(city, question.seat), when=question.lapse_at)
        case e.ClockBreached():
            superior = None if data.superior is None else _title(city, data.superior)
            return replace(base, when=data.due, to=superior, clock=data.clock)
        case e.ComplaintResolved():
            return replace(base, when=data.confirm_by, closure=data.closure, link=data.proof_link)
        case e.ComplaintReopened():
            return replace(base, round=data.round)
        case e.ConfidentialityRaised():
            return replace(base, level=data.level)
        case e.AccountLost():
            return replace(base, account=next((d.label for d in city.doors if d.id == data.door), None))
        case _:
            return base


def _where(city: City, events: Sequence[Event]) -> dict[str, Any]:
    """What the last proposal says of the place: names between which the reporter may choose, or that it is outside."""
    last = next(event.data for event in reversed(events) if isinstance(event.data, e.ScreeningProposed))
    found = last.whereabouts
    if found is None:
        return {}
    wards = [city.wards[c.ward_code].name for c in found.candidates if c.ward_code in city.wards]
    return {"places": tuple(wards[:3]) if len(wards) > 1 else (), "outside": found.how == "outside"}
