"""`/` and `/lacak/<ticket>`: anyone with the code follows the progress, through a role that sees no more than that.

Nothing here touches the vault or the staff's tables.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import asyncpg
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.contracts import tickets
from services.contracts.city import City
from services.reporting import labels
from services.reporting.desk import Desk
from services.web import keys, moments
from services.web.guessing import address_of
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

_FIND = "select * from reporting.tracking where ticket = $1"
_PICTURES = "select city, shown_before, shown_after from reporting.tracking_picture where ticket = $1"
_STEPS = "select n, type, at, seat from reporting.tracking_step where ticket = $1 order by n"
_TOO_MANY = later("Terlalu banyak kode yang tidak ada dicoba dari jaringan ini. Tunggu sebentar, lalu coba lagi.")

PROGRESS: Mapping[str, str] = {
    "complaint.received": later("Laporan Anda diterima"),
    "complaint.screened": later("Laporan sudah diperiksa"),
    "complaint.assigned": later("Diteruskan kepada {seat}"),
    "complaint.accepted": later("{seat} menerima tugas"),
    "complaint.progressed": later("{seat} melaporkan kemajuan"),
    "complaint.visited": later("{seat} meninjau tempatnya"),
    "complaint.question_asked": later("{seat} bertanya kepada Anda"),
    "complaint.question_answered": later("Anda menjawab pertanyaan"),
    "complaint.handed_off": later("Dialihkan kepada {seat}"),
    "complaint.return_refused": later("Diputuskan: tetap ditangani {seat}"),
    "complaint.planned": later("{seat} menjadwalkan pekerjaannya"),
    "complaint.plan_woke": later("Tanggal rencana tiba; giliran {seat}"),
    "complaint.extension_ruled": later("{seat} memutus permintaan tambahan waktu"),
    "complaint.question_reminded": later("Anda diingatkan akan pertanyaan petugas"),
    "complaint.question_lapsed": later("Dilanjutkan tanpa jawaban atas pertanyaan"),
    "complaint.replied": later("{seat} membalas Anda"),
    "complaint.resolved": later("{seat} menyatakan selesai"),
    "complaint.confirmed": later("Anda menyatakan selesai"),
    "complaint.reopened": later("Anda menyatakan belum selesai; dibuka lagi"),
    "complaint.reopened_by_audit": later("Pemeriksaan menemukan pekerjaan belum benar; dibuka lagi"),
    "complaint.answered_on_air": later("Dijawab dalam siaran langsung"),
    "complaint.closed": later("Laporan berakhir"),
    "complaint.withdrawn": later("Laporan dicabut"),
    "complaint.merged": later("Ditangani bersama laporan lain tentang hal yang sama"),
    "complaint.unmerged": later("Ditangani tersendiri lagi"),
    "complaint.matter_advanced": later("Ada kabar pada penanganannya"),
    "complaint.matter_resolved": later("{seat} menyatakan selesai"),
}


@dataclass(frozen=True)
class ProgressView:
    type: str
    at: datetime
    text: str


@dataclass(frozen=True)
class TrackingView:
    ticket: str
    city: str
    answer: str
    phase: str
    ended: str | None
    received_at: datetime
    due: datetime | None
    expected_end: datetime | None
    before: str | None
    """Address of the picture before the work, if a person cleared it for everybody; `after` likewise."""
    after: str | None
    steps: list[ProgressView]


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def start(_visit: Visit) -> Page:
        return Page("start.html", {"ticket": "", "error": None})

    async def find(visit: Visit) -> Page | Response:
        typed = visit.request.query_params.get("ticket", "")
        ticket = tickets.read(typed)
        if ticket is None:
            error = visit.tr(later("Kode ini tidak cocok. Periksa lagi hurufnya, contohnya BKL-4K7QT9M2-X."))
            return Page("start.html", {"ticket": typed[:40], "error": error}, status=422 if typed else 200)
        return RedirectResponse(f"/lacak/{ticket}", status_code=303)

    async def track(visit: Visit) -> Page:
        view, city = await build(visit, desk)
        return Page("tracking.html", view, city=city, more=_own(visit, city))

    async def picture(visit: Visit) -> Response:
        return await _picture(visit, desk)

    async def copy(visit: Visit) -> Response:
        """For providers that fetch a picture themselves: named by a keyed hash, there while it is cleared. Two names:
        before and after in one, for the message that says it is done."""
        fit = await _copy(visit, desk, visit.request.path_params["name"].split("-"))
        if fit is None:
            raise Problem(404, later("Gambar ini tidak ada."))
        return Response(fit, media_type="image/jpeg", headers={"Content-Disposition": "inline"})

    return [
        *pages.get("/gambar/{name}", copy, public=True),
        *pages.get("/lacak/{ticket}/gambar/{media}", picture, public=True),
        *pages.get("/", start, public=True),
        *pages.get("/lacak", find, public=True),
        *pages.get("/lacak/{ticket}", track, public=True),
    ]


def _own(visit: Visit, city: City) -> dict[str, object]:
    """For whoever comes by the link that the reporter got: what can be said goes to intake, which knows the key."""
    asked = visit.request.query_params
    key = keys.read(asked.get("kunci"))
    if key is None:
        return {"own": None, "sent": False, "once": ""}
    return {"own": f"/lapor/{city.id}/saya/{key}", "sent": asked.get("terkirim") is not None, "once": keys.fresh()}


async def build(visit: Visit, desk: Desk) -> tuple[TrackingView, City]:
    """Raises Problem 404 for a code that is none, and 429 for who asked for too many of those."""
    ticket, address = tickets.read(visit.request.path_params["ticket"]), address_of(visit.request)
    if ticket is not None and (seconds := desk.guesses.wait(address)):
        raise Problem(429, _TOO_MANY, {"Retry-After": str(seconds)})
    found = await desk.public.fetchrow(_FIND, ticket) if ticket else None
    row = dict(found) if found else None
    city = desk.cities.get(row["city"]) if row else None
    if ticket is not None and row is None:
        desk.guesses.missed(address)
    if row is None or city is None:
        raise Problem(404, later("Laporan dengan kode ini tidak ada. Periksa lagi kodenya."))
    pictures = await desk.public.fetchrow(_PICTURES, ticket)
    steps = [dict(one) for one in await desk.public.fetch(_STEPS, ticket)]
    when = partial(moments.short, now=desk.clock(), zone=city.zone, language=visit.language)
    view = TrackingView(
        ticket=row["ticket"], city=city.name,
        answer=_answer(visit, row, city, steps[-1]["at"] if steps else row["received_at"], when),
        phase=row["phase"], ended=row["ended"], received_at=row["received_at"], due=row["due"],
        expected_end=row["expected_end"], before=_address(ticket, pictures, "shown_before"),
        after=_address(ticket, pictures, "shown_after"),
        steps=[ProgressView(one["type"], one["at"], _text(visit, one, city)) for one in steps],
    )  # fmt: skip
    return view, city


def _address(ticket: str | None, pictures: asyncpg.Record | None, name: str) -> str | None:
    return f"/lacak/{ticket}/gambar/{pictures[name]}" if pictures is not None and pictures[name] else None


async def _picture(visit: Visit, desk: Desk) -> Response:
    """A copy made for everybody (`pictures.serving.Shown`), as long as the tables say that everybody may see it."""
    ticket, media = tickets.read(visit.request.path_params["ticket"]), visit.request.path_params["media"]
    found = await desk.public.fetchrow(_PICTURES, ticket) if ticket else None
    content = None
    if found is not None and media in (found["shown_before"], found["shown_after"]):
        content = await desk.shown.get(found["city"], media)
    if content is None:
        raise Problem(404, later("Gambar ini tidak ada."))
    kind = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
    return Response(content, media_type=kind, headers={"Content-Disposition": "inline"})


async def _copy(visit: Visit, desk: Desk, names: Sequence[str]) -> bytes | None:
    """None unless every picture named is there for everybody."""
    # 6 MB that most processes never need: few pictures are ever asked for by a feed.
    from services.reporting.pictures.feed import fit_for_feeds, side_by_side  # noqa: PLC0415

    if len(names) > 2:
        return None
    found = [content for name in names if (content := await desk.shown.named(name)) is not None]
    if len(found) < len(names):
        return None
    if len(found) == 1:
        return await asyncio.to_thread(fit_for_feeds, found[0])
    named = visit.tr(later("Sebelum")), visit.tr(later("Sesudah"))
    return await asyncio.to_thread(side_by_side, found[0], found[1], named)


def _text(visit: Visit, step: Mapping[str, object], city: City) -> str:
    seat = step["seat"]
    who = labels.seat(city, str(seat)) if seat else visit.tr(later("Kantor yang bertugas"))
    return visit.tr(PROGRESS[str(step["type"])]).format(seat=who)


def _answer(visit: Visit, row: Mapping[str, object], city: City, last: datetime, when: "partial[str]") -> str:
    tr = visit.tr
    lead = labels.seat(city, str(row["lead"])) if row["lead"] else tr(later("Kantor yang bertugas"))
    due = row["due"]
    match row["phase"]:
        case "screening":
            return tr(later("Laporan Anda sedang diperiksa untuk diteruskan."))
        case "working" if row["asks_reporter"]:
            text = later("{lead} menunggu jawaban Anda. Balas lewat percakapan tempat Anda melapor.")
            return tr(text).format(lead=lead)
        case "working" if row["planned"] and isinstance(due, datetime):
            text = later("Belum selesai: pekerjaannya dijadwalkan {lead} untuk {due}.")
            return tr(text).format(lead=lead, due=when(due))
        case "working" if isinstance(due, datetime):
            return tr(later("Ditangani {lead}; tanggapan paling lambat {due}.")).format(lead=lead, due=when(due))
        case "working":
            return tr(later("Ditangani {lead}; kabar terakhir {last}.")).format(lead=lead, last=when(last))
        case "resolved":
            return tr(later("{lead} menyatakan selesai. Balas SUDAH bila benar, BELUM bila belum.")).format(lead=lead)
        case _:
            return tr(labels.END[str(row["ended"] or "withdrawn")])
