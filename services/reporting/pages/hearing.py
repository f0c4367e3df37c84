"""`/kabar`: who hears what, by which way and when, as the city has it in force; and what no city changes."""

from dataclasses import dataclass
from datetime import datetime

from starlette.routing import Route

from services.contracts.city import City
from services.contracts.hearing.rows import Hears, Row, When
from services.contracts.hearing.rules import Hearing
from services.contracts.hearing.table import BY_ID
from services.contracts.tokens import Role
from services.reporting import labels
from services.reporting.desk import Desk
from services.reporting.labels import Translate
from services.web.i18n import later
from services.web.pages import Page, Pages, Visit

READERS: tuple[Role, ...] = ("administrator", "coordinator")

HEARS: dict[Hears, str] = {
    "reporter": later("Pelapor"), "given": later("Jabatan yang diberi tugas"),
    "named": later("Jabatan yang disebut"), "lead": later("Penanggung jawab saat itu"), "leader": later("Pimpinan"),
}  # fmt: skip
WHEN: dict[When, str] = {
    "now": later("seketika, siang malam"), "quiet": later("di luar jam tenang"),
    "digest": later("dalam daftar pagi"), "never": later("tidak dikabarkan"),
}  # fmt: skip
TONE: dict[When, str] = {"now": "good", "quiet": "", "digest": "calm", "never": "wait"}

WALLS = (
    later("Laporan rahasia hanya dikabarkan kepada pelapornya dan yang menanganinya, berupa nomor dan langkahnya."),
    later("Pengaduan tentang seseorang atau kantornya tidak pernah dikabarkan kepada orang atau kantor itu."),
    later("Bahaya jiwa, bukti terima laporan, jawaban STATUS, dan kode sekali pakai tidak pernah menunggu."),
    later(
        "Pelapor yang menulis BERHENTI hanya mendengar jawaban atas pesannya sendiri, bahaya, dan yang wajib menurut "
        "hukum; MULAI mengembalikannya."
    ),
    later("Beberapa kabar tentang satu laporan yang menunggu pagi dikirim sebagai satu pesan."),
)


@dataclass(frozen=True)
class LineView:
    """`hears`, `when`: in words; `tone`: of the badge. `changed`: the city's own reason, where it differs."""

    id: str
    hears: str
    what: str
    when: str
    tone: str
    channels: list[str]
    firm: bool
    changed: str | None


@dataclass(frozen=True)
class HearingView:
    """`version` None: as the city's file says, nothing is in force yet. Times are the city's own."""

    answer: str
    version: int | None
    since: datetime | None
    quiet: str | None
    list_at: str
    list_daily: bool
    morning_at: str
    morning_to: list[str]
    walls: list[str]
    lines: list[LineView]


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        return Page("hearing.html", build(visit, desk))

    return pages.get("/kabar", show, roles=READERS)


def build(visit: Visit, desk: Desk) -> HearingView:
    city, tr = visit.who.city, visit.tr
    found = desk.rules.of(city.id)
    hearing = city.hearing if found is None or found.hearing is None else found.hearing
    return HearingView(
        answer=_answer(hearing, tr),
        version=None if found is None else found.version,
        since=None if found is None else found.since,
        quiet=None if hearing.quiet is None else _dotted(hearing.quiet.replace("-", "–")),
        list_at=f"{hearing.digest.at:%H.%M}",
        list_daily=hearing.digest.daily,
        morning_at=f"{hearing.morning.at:%H.%M}",
        morning_to=[labels.seat(city, seat) or seat for seat in hearing.morning.seats],
        walls=[tr(wall) for wall in WALLS],
        lines=[_line(city, hearing, row, tr) for row in hearing.table.values()],
    )


def _answer(hearing: Hearing, tr: Translate) -> str:
    if hearing.quiet is None:
        return tr(later("Tidak ada jam tenang: semua kabar dikirim saat itu juga."))
    start, _, end = _dotted(hearing.quiet).partition("-")
    return tr(later("Yang bisa menunggu tidak dikirim antara pukul {start} dan {end}.")).format(start=start, end=end)


def _line(city: City, hearing: Hearing, row: Row, tr: Translate) -> LineView:
    whys = [change.why for change in hearing.changes if change.row == row.id]
    return LineView(
        id=row.id,
        hears=tr(HEARS[row.hears]),
        what=tr(BY_ID[row.id].what),
        when=tr(WHEN[row.when]),
        tone=TONE[row.when],
        channels=[f"{_channel(city, channel)}: {tr(WHEN[when])}" for channel, when in row.by.items()],
        firm=row.firm,
        changed=whys[-1] if whys else None,
    )


def _channel(city: City, channel: str) -> str:
    return next((door.label for door in city.doors if door.channel == channel), channel)


def _dotted(hours: str) -> str:
    return hours.replace(":", ".")
