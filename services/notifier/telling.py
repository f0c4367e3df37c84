"""From a complaint's events to the words of a notice: loads, opens what is sealed, names the seats, fills a template.

Called when the message is about to go out, so that it tells how things stand then, and so that words of people rest
nowhere on the way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from services.complaint import events as e
from services.complaint.state import Merged, Opened, State, Unopened
from services.contracts.base import Confidentiality
from services.contracts.city import City
from services.contracts.envelope import Recorded
from services.contracts.intake import AskKind
from services.notifier import policy, shared, wanted_evidence
from services.notifier.happening import asked_about, field_of, happening, sealed_words, seat_of, title_of
from services.notifier.pair import before_and_after
from services.notifier.sending import Rendered
from services.notifier.standing import about_mayor, kind_of, promised, stand
from services.notifier.story import Last, Place, Story, What
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


class NotWanted(Exception):
    """The reporter asked for no more news, and this is some."""


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


AFTER_A_PAUSE: frozenset[AskKind] = frozenset({"which_lamp"})
"""Questions of ours that wait, as the one for the place does, until the person has written what he is writing."""


def _told_more(events: Sequence[Event]) -> bool:
    """A further message, and by the newest proposal no place that is still to be asked for."""
    proposals = [event.data for event in events if isinstance(event.data, e.ScreeningProposed)]
    placeless = bool(proposals) and proposals[-1].whereabouts is not None and proposals[-1].whereabouts.ask
    return not placeless and any(isinstance(event.data, e.MessageAdded) for event in events)


class Teller:
    def __init__(
        self,
        loader: Loader,
        opener: Opens,
        cities: dict[str, City],
        public_url: str,
        clock: Callable[[], datetime],
        *,
        pair_at: Callable[[str, str, str], str] | None = None,
    ) -> None:
        """`pair_at`: city and two pictures → where anybody can open both, side by side, while they are cleared."""
        self._pair_at = pair_at
        self._loader = loader
        self._opener = opener
        self._cities = cities
        self._public_url = public_url.rstrip("/")
        self._clock = clock

    async def notice(self, city: str, door: str, complaint: str, template: str, about: int) -> Told | None:
        """None: overtaken, there is nothing to say any more. Raises `TooEarly`, `NotWanted`, and what loading and
        opening raise."""
        state, events = await self._loader.load(city, complaint)
        event = next((event for event in events if event.n == about), None)
        if event is not None and policy.unwanted(template, event, state):
            raise NotWanted
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
        speaks = asked_about(told, among) or told
        opened = await self._opener.open_many([
            (sealed, speaks.causation, field)
            for sealed, field in (
                (sealed_words(speaks.data), field_of(speaks.data)),
                (getattr(speaks.data, "referred_to", None), "referred_to"),
                (getattr(speaks.data, "programme", None), "programme"),
            )
        ])  # fmt: skip
        happened = happening(self._cities[city], told, among if told is not event else events)
        if isinstance(event.data, e.MatterResolved):
            happened = replace(happened, when=event.data.confirm_by)
        if isinstance(event.data, e.ComplaintAssigned | e.LeadHandedOff | e.ReturnRefused):
            story = replace(story, due=promised(event.data) or story.due)
        pair = before_and_after(state, events, event.data)
        if pair is not None and self._pair_at is not None:
            happened = replace(happened, pair=self._pair_at(city, *pair))
        happened = replace(happened, words=opened[0], referred_to=opened[1], programme=opened[2])
        story = replace(story, happened=happened)
        words = NOTICES[template](story)
        return Told(story.ticket, words, story.confidentiality, story.page, story.place.name)

    def _pause_left(self, city: str, event: Event, now: datetime) -> float:
        """Seconds. People send a matter in several messages: nobody is asked for what he is about to write."""
        return self._cities[city].policy.settle_seconds / 3 - (now - event.at).total_seconds()

    async def answer(
        self, city: str, door: str, kind: AskKind, complaints: Sequence[str], detail: str | None = None
    ) -> Told | None:
        """`detail`: cause and sealed code, as the ask carried it. None: what is asked back was said meanwhile."""
        stories: list[Story] = []
        for complaint in complaints[:10]:
            state, events = await self._loader.load(city, complaint)
            if isinstance(state, Unopened) or policy.REPORTER in state.file.erased:
                continue
            if kind in AFTER_A_PAUSE and _told_more(events):
                return None
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
            words = (await self._opener.open_many([(sealed_words(event.data), event.causation, field_of(event.data))]))[
                0
            ]
            if words is not None:
                return Last(title_of(self._cities[city], seat_of(event.data)), words, event.at, what)
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
        phase, lead, due, overdue = stand(state, now)
        if main is not None and phase in ("working", "resolved"):
            there = stand(main.state, now)
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
            kind=kind_of(state),
            lead=None if lead is None else title_of(self._cities[city], lead),
            due=due,
            overdue=overdue,
            others=isinstance(state, Merged) or bool(state.file.shared.joined),
            about_mayor=about_mayor(state),
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
