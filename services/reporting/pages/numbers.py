"""`/saya/nomor`: the numbers from which a seat's holder works. JSON beside it, as everywhere.

`POST /saya/nomor` with `{"number"}` has a code sent; `POST /saya/nomor/<id>` with `{"code"}` confirms, with
`{"end": "1"}` ends it.
"""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from services.reporting.desk import Desk
from services.reporting.numbers import Outcome, normal
from services.web.i18n import later
from services.web.pages import Page, Pages, Visit

_NO_NUMBER = later("Tulis nomor WhatsApp, misalnya 0811…")
_TOO_MANY = later("Kode sudah beberapa kali diminta. Tunggu 15 menit, lalu coba lagi.")
_SENTENCES: dict[Outcome, str] = {
    "wrong": later("Kodenya belum cocok. Periksa lagi pesan terakhir dari nomor kota."),
    "void": later("Pendaftaran ini tidak berlaku lagi. Minta kode baru."),
    "taken": later("Nomor ini sudah terdaftar untuk jabatan lain."),
}


class Given(BaseModel):
    model_config = ConfigDict(extra="ignore", str_max_length=200)
    number: str = ""
    code: str = ""
    end: str = ""


@dataclass(frozen=True)
class NumberView:
    id: str
    number: str
    confirmed: bool
    since: datetime | None
    until: datetime


@dataclass(frozen=True)
class NumbersView:
    answer: str
    numbers: list[NumberView]
    error: str | None = None


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        return await _page(visit, desk)

    async def ask(visit: Visit) -> Page | Response:
        typed = (await _given(visit)).number
        number = normal(typed)
        if number is None:
            return await _page(visit, desk, visit.tr(_NO_NUMBER), 422, typed=typed)
        asked = await desk.numbers.ask(visit.who.city, visit.who.seat.id, "whatsapp", number)
        if asked is None:
            return await _page(visit, desk, visit.tr(_TOO_MANY), 429, typed=typed)
        return JSONResponse({"id": asked.id}, 201) if visit.as_json else RedirectResponse("/saya/nomor", 303)

    async def change(visit: Visit) -> Page | Response:
        given, name = await _given(visit), visit.request.path_params["contact"]
        if given.end:
            await desk.numbers.end(visit.who.city, visit.who.seat.id, name)
        else:
            outcome = await desk.numbers.confirm(visit.who.city, visit.who.seat.id, name, given.code)
            if outcome != "confirmed":
                return await _page(visit, desk, visit.tr(_SENTENCES[outcome]), 422, wrong=name)
        return JSONResponse({"ok": True}) if visit.as_json else RedirectResponse("/saya/nomor", 303)

    return [
        *pages.get("/saya/nomor", show),
        *pages.post("/saya/nomor", ask),
        *pages.post("/saya/nomor/{contact}", change),
    ]


async def _given(visit: Visit) -> Given:
    try:
        if visit.request.headers.get("content-type", "").startswith("application/json"):
            return Given.model_validate_json(await visit.request.body())
        return Given.model_validate(dict(await visit.request.form()))
    except ValidationError:
        return Given()


async def _page(
    visit: Visit, desk: Desk, error: str | None = None, status: int = 200, *, wrong: str = "number", typed: str = ""
) -> Page:
    """`wrong`: which field the error is about, `number` or the id of the number whose code did not fit."""
    found = await desk.numbers.of(visit.who.city, visit.who.seat.id)
    confirmed = sum(1 for one in found if one.confirmed_at is not None)
    answer = (
        visit.tr(later("Tugas jabatan ini dikabarkan ke WhatsApp, dan dapat dikerjakan dari sana."))
        if confirmed
        else visit.tr(later("Belum ada nomor yang terdaftar untuk jabatan ini."))
    )
    numbers = [
        NumberView(one.id, one.number, one.confirmed_at is not None, one.confirmed_at, one.code_until) for one in found
    ]
    return Page(
        "numbers.html", NumbersView(answer, numbers, error), status=status, more={"wrong": wrong, "typed": typed}
    )
