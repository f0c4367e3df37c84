"""`/jabatan`: who holds which seat, since when and until when, and where nobody is. An administrator names holders."""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.contracts.city import Seat, SeatKind
from services.contracts.facts.seats import SeatHeld, Sitting
from services.contracts.tokens import Role
from services.reporting.desk import Desk
from services.reporting.forms import filling
from services.reporting.forms.parts import Field
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

READERS: tuple[Role, ...] = ("administrator", "coordinator", "leader", "auditor")

_NOBODY = Sitting()

_GROUP: dict[SeatKind, str] = {
    "leader": "lead", "assistant": "lead", "desk": "team", "screening": "team", "oversight": "team",
    "agency": "agency", "district": "area", "ward": "area", "rw": "area", "rt": "area",
}  # fmt: skip
GROUPS = (
    ("lead", later("Pimpinan dan asisten")), ("team", later("Meja, penyaring, pengawas")),
    ("agency", later("Dinas, badan dan perusahaan daerah")), ("area", later("Camat, lurah, RW dan RT")),
)  # fmt: skip

FIELDS: dict[str, tuple[Field, ...]] = {
    "hold_seat": (
        Field("name", later("Nama pejabat"), "text"),
        Field("since", later("Sejak"), "date", required=False, hint=later("Kosong: sejak sekarang.")),
        Field("until", later("Sampai dengan"), "date", required=False,
              hint=later("Hari terakhir. Sesudahnya jabatan kosong, kecuali ada yang ditetapkan lagi.")),
        Field("acting", later("Pelaksana tugas (Plt.)"), "check", required=False),
    ),
    "vacate_seat": (Field("since", later("Sejak"), "date", required=False, hint=later("Kosong: sejak sekarang.")),),
}  # fmt: skip


@dataclass(frozen=True)
class SeatView:
    """`kind`: the group of the list that it stands in. `holder` None: nobody was named (or the name can't be opened).
    `until`: the last day."""

    seat: str
    title: str
    office: str
    superior: str | None
    holder: str | None
    acting: bool
    since: datetime | None
    until: datetime | None
    vacant: bool
    unread: int
    unread_since: datetime | None
    kind: str

    @property
    def pressing(self) -> bool:
        """Nobody is there, or somebody will soon count as gone."""
        return self.vacant or self.unread > 0


@dataclass(frozen=True)
class SeatsView:
    answer: str
    seats: list[SeatView]


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        seats = await views(visit, desk, list(visit.who.city.seats.values()))
        vacant = sum(one.vacant for one in seats)
        answer = visit.tr(later("{count} jabatan, {vacant} kosong. Yang masuk ke jabatan kosong diteruskan ke atasan."))
        groups = [(kind, visit.tr(name)) for kind, name in GROUPS]
        view = SeatsView(answer.format(count=len(seats), vacant=vacant), seats)
        return Page("sitting.html", view, more={"groups": groups})

    async def one(visit: Visit) -> Page:
        return await _one(visit, desk)

    async def act(visit: Visit) -> Page | Response:
        return await _act(visit, desk)

    return [
        *pages.get("/jabatan", show, roles=READERS),
        *pages.get("/jabatan/{seat}", one, roles=READERS),
        *pages.post("/jabatan/{seat}/{do}", act, roles=("administrator",)),
    ]


async def views(visit: Visit, desk: Desk, seats: list[Seat]) -> list[SeatView]:
    """Names are opened in one go."""
    city, now = visit.who.city, desk.clock()
    known = desk.vacancies.known(city.id)
    held = [known.get(seat.id, _NOBODY).held for seat in seats]
    names = await desk.opener.open_many([
        (one.data.holder, one.causation, "holder")
        if one is not None and isinstance(one.data, SeatHeld) else (None, "", "")
        for one in held
    ])  # fmt: skip
    return [_view(visit, seat, known.get(seat.id, _NOBODY), name, now) for seat, name in zip(seats, names, strict=True)]


def _view(visit: Visit, seat: Seat, sitting: Sitting, name: str | None, now: datetime) -> SeatView:
    holding = sitting.held.data if sitting.held is not None else None
    named = holding if isinstance(holding, SeatHeld) else None
    superior = visit.who.city.seats.get(seat.superior) if seat.superior else None
    return SeatView(
        seat=seat.id, title=seat.title, office=seat.office, superior=superior.title if superior else None,
        holder=name, acting=named is not None and named.acting, since=named.since if named else sitting.vacated,
        until=named.until - timedelta(seconds=1) if named is not None and named.until else None,
        vacant=sitting.vacant(now), unread=sitting.unread.unread if sitting.unread else 0,
        unread_since=sitting.unread.unread_since if sitting.unread else None, kind=_GROUP[seat.kind],
    )  # fmt: skip


async def _one(
    visit: Visit, desk: Desk, *, problem: str | None = None, values: dict[str, str] | None = None, status: int = 200,
    errors: list[tuple[str, str]] | None = None,
) -> Page:  # fmt: skip
    [view] = await views(visit, desk, [_seat(visit)])
    return Page("seat.html", view, status=status, more={
        "names": visit.who.has("administrator"), "fields": FIELDS, "command": secrets.token_hex(12),
        "problem": problem, "errors": errors or [], "values": values or {},
        "done": visit.request.query_params.get("done"),
    })  # fmt: skip


def _seat(visit: Visit) -> Seat:
    seat = visit.who.city.seats.get(visit.request.path_params["seat"])
    if seat is None:
        raise Problem(404, later("Jabatan ini tidak ada di kota ini."))
    return seat


async def _act(visit: Visit, desk: Desk) -> Page | Response:
    seat, do = _seat(visit), visit.request.path_params["do"]
    if do not in FIELDS:
        raise Problem(404, later("Halaman ini tidak ada."))
    sent = await visit.request.form()
    values = {name: value for name, value in sent.items() if isinstance(value, str)}
    filled = _filled(visit, seat, do, values)
    if filled.action is None:
        return await _one(visit, desk, errors=filled.errors, values=values | {"do": do}, status=422)
    command = values.get("command") or secrets.token_hex(12)
    reply = await desk.acting.act(visit.who, command, None, filled.action)
    if reply.refusal is not None:
        return await _one(visit, desk, problem=reply.refusal.message, values=values | {"do": do}, status=409)
    await _until(desk, visit.who.city.id, seat.id, reply.n or 0)
    return RedirectResponse(f"/jabatan/{seat.id}?done={do}", status_code=303)


def _filled(visit: Visit, seat: Seat, do: str, values: dict[str, str]) -> filling.Filled:
    """Days of the city: the first from its beginning, the last to its end."""
    given: dict[str, object] = {"do": do, "seat": seat.id}
    errors: list[tuple[str, str]] = []
    for one in FIELDS[do]:
        text = values.get(one.name, "").strip()
        if one.kind == "check":
            given[one.name] = bool(text)
        elif not text and one.required:
            errors.append((one.name, visit.tr(later("{label}: belum diisi")).format(label=visit.tr(one.label))))
        elif text and one.kind == "date":
            try:
                day = datetime.fromisoformat(text).replace(tzinfo=visit.who.city.zone)
            except ValueError:
                errors.append((one.name, visit.tr(later("Tulis tanggal: {label}")).format(label=visit.tr(one.label))))
            else:
                given[one.name] = day + timedelta(days=1) if one.name == "until" else day
        elif text:
            given[one.name] = text
    names = {one.name: one.label for one in FIELDS[do]}
    return filling.Filled(None, errors) if errors else filling.checked(given, visit.tr, names)


async def _until(desk: Desk, city: str, seat: str, n: int, seconds: float = 2.0) -> None:
    """Wait a moment for the fact to come by; the page is shown anyway after that."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while loop.time() < end and desk.vacancies.known(city).get(seat, _NOBODY).n < n:
        await asyncio.sleep(0.05)
