"""From a notice to an officer to its words. Answers come sealed with it; what comes to a seat is read from the log."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from services.complaint import events as e
from services.complaint.state import State, Unopened, Working
from services.contracts.categories import label
from services.contracts.city import City
from services.contracts.envelope import Recorded
from services.contracts.mornings import Morning, SeatList
from services.contracts.officers import HOLDER, OfficerAnswer
from services.notifier import policy
from services.notifier.delivery.rows import Notice
from services.notifier.story import Place
from services.notifier.telling import Loader, Opens, Told
from services.notifier.templates import morning, officer_answers, seat_lists
from services.notifier.templates import officers as templates
from services.notifier.templates.officers import Seen

CODE, ANSWER, PREFIX, WEBHOOK = "officer_code", "officer", "seat.", "officer_webhook"
LEADERS, LIST = "day.morning", "day.list"

_KINDS = {
    "complaint": "Pengaduan", "suggestion": "Saran", "criticism": "Kritik", "question": "Pertanyaan",
    "assistance_request": "Permintaan bantuan",
}  # fmt: skip
_FRONT = {"normal": "", "urgent": "Mendesak. ", "danger": "BAHAYA JIWA. "}


def for_officers(notice: Notice) -> bool:
    return notice.party == HOLDER or notice.template == ANSWER


class OfficerTeller:
    def __init__(
        self, loader: Loader, opener: Opens, cities: Mapping[str, City], public_url: str, clock: Callable[[], datetime]
    ) -> None:
        self._loader = loader
        self._opener = opener
        self._cities = cities
        self._public_url = public_url.rstrip("/")
        self._clock = clock

    async def words(self, notice: Notice) -> Told | None:
        """None: overtaken. Raises what loading and opening raise."""
        city = self._cities[notice.city]
        place = _place(city)
        if notice.template == ANSWER:
            return await self._answer(notice, place)
        seat, _, detail = (notice.detail or "").partition(":")
        title = city.seats[seat].title if seat in city.seats else "Petugas"
        if notice.template == CODE:
            given = await self._open(detail, notice.owner, "code")
            return None if given is None else Told(city.name, templates.code(place, title, given))
        if notice.template == WEBHOOK:
            page = f"{self._public_url}/webhook"
            return Told(city.name, templates.webhook_off(title, page, gone=detail == "gone"))
        if notice.template in (LEADERS, LIST):
            return self._day(notice, city)
        found = await self._about(notice, city)
        return None if found is None else Told(found[1].ticket, templates.NOTICES[found[0]](found[1]))

    async def together(self, notices: Sequence[Notice]) -> Told | None:
        """What waited for the seat's list: one message, a few lines for each. None: nothing of it is true any more."""
        city = self._cities[notices[0].city]
        own = next((notice for notice in notices if notice.template == LIST), None)
        about = [await self._about(notice, city) for notice in notices if notice is not own]
        found = [one for one in about if one is not None]
        if own is not None:
            return self._day(own, city, seat_lists.rows(found) if found else "")
        if len(found) < 2:
            return Told(found[0][1].ticket, templates.NOTICES[found[0][0]](found[0][1])) if found else None
        return Told(city.name, seat_lists.together(found[0][1].title, found))

    def _day(self, notice: Notice, city: City, waited: str = "") -> Told:
        """What was counted when it was planned."""
        seat, _, counted = (notice.detail or "").partition(":")
        title = city.seats[seat].title if seat in city.seats else "Petugas"
        found = Morning.model_validate_json(counted)
        if notice.template == LEADERS:
            return Told(city.name, morning.five_lines(city, title, found, f"{self._public_url}/papan"))
        mine = found.lists.get(seat, SeatList())
        return Told(city.name, morning.seat_list(city, title, mine, self._clock(), waited))

    async def _answer(self, notice: Notice, place: Place) -> Told | None:
        cause, _, sealed = (notice.detail or "").partition(":")
        opened = await self._open(sealed, cause, "detail")
        if opened is None:
            return None
        said = OfficerAnswer.model_validate_json(opened)
        ticket = said.tasks[0].ticket if len(said.tasks) == 1 else place.name
        return Told(ticket, officer_answers.answer(place, said, self._clock()))

    async def _about(self, notice: Notice, city: City) -> tuple[str, Seen] | None:
        """The notice's name, and what it tells of; None: overtaken, or not for this seat."""
        seat, _, about = (notice.detail or "").partition(":")
        [complaint] = notice.asked or ("",)
        state, events = await self._loader.load(notice.city, complaint)
        event = next((event for event in events if event.n == int(about)), None)
        name = notice.template.removeprefix(PREFIX)
        if event is None or isinstance(state, Unopened) or policy.still_told(name, seat, event, state, city):
            return None
        return name, await self._seen(city, seat, complaint, state, event)

    async def _seen(self, city: City, seat: str, complaint: str, state: State, event: Recorded[e.Event]) -> Seen:
        assert not isinstance(state, Unopened)
        now, data = self._clock(), event.data
        due = _due(state, seat)
        secret = state.file.confidentiality == "secret"
        words, field, by, at = _spoken(data)
        opened = None if secret or words is None else await self._open(words, event.causation, field)
        ticket = state.file.ticket
        return Seen(
            place=_place(city),
            title=city.seats[seat].title if seat in city.seats else "Petugas",
            ticket=ticket,
            complaint=complaint,
            summary="" if secret else _summary(city, state),
            now=now,
            page=f"{self._public_url}/laporan/{ticket}",
            due=due,
            late=due is not None and due <= now,
            words=opened,
            by=city.seats[by].title if by is not None and by in city.seats else None,
            when=at,
        )

    async def _open(self, sealed: str, cause: str, field: str) -> str | None:
        return (await self._opener.open_many([(sealed or None, cause, field)]))[0]


def _place(city: City) -> Place:
    return Place(city.name, city.zone, city.emergency_number, city.name)


def _spoken(data: e.Event) -> tuple[str | None, Literal["text", "reason"], str | None, datetime | None]:
    """Sealed words to the seat, their field, who speaks, and the date that is named."""
    match data:
        case e.InstructionGiven() | e.SubtaskGiven():
            return data.text, "text", data.by, data.due
        case e.SeatsMentioned():
            return data.text, "text", data.by, None
        case e.ExtensionAsked():
            return data.reason, "reason", data.seat, data.until
        case e.ClockBreached():
            return None, "text", data.seat, data.due
        case e.Escalated():
            return None, "text", data.seat, None
        case _:
            return None, "text", None, None


def _due(state: State, seat: str) -> datetime | None:
    """What the seat must do next, by when."""
    hold = state.desk.holds.get(seat) if isinstance(state, Working) else None
    if hold is None:
        return None
    first = [clock.due for clock in hold.clocks if clock.name == "first_response"]
    return min(first) if first else min((clock.due for clock in hold.clocks), default=None)


def _summary(city: City, state: State) -> str:
    """One line made by rule, no word of anybody."""
    desk = getattr(state, "desk", None)
    if desk is None:
        return ""
    matter: e.Matter = desk.matter
    ward = city.wards.get(matter.ward_code or "")
    where = f" di Kelurahan {ward.name}" if ward is not None else ""
    return f"{_FRONT[matter.urgency]}{_KINDS[matter.kind]}: {label(matter.category)}{where}."
