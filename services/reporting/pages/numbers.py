"""`/saya/nomor`: the ways on which a seat's holder hears and works. JSON beside it, as everywhere.

`POST /saya/nomor` with `{"number"}` or `{"channel": "email", "number"}` has a code sent, with `{"channel": "telegram"}`
names a code to be said to the bot; `POST /saya/nomor/<id>` with `{"code"}` confirms, with `{"end": "1"}` ends it.
"""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from services.reporting.desk import Desk
from services.reporting.numbers import Outcome, normal, normal_mail
from services.web.i18n import later
from services.web.pages import Page, Pages, Visit

_NO_NUMBER = later("Tulis nomor WhatsApp, misalnya 0811…")
_NO_MAIL = later("Tulis alamat e-mail, misalnya nama@kantor.go.id.")
_TOO_MANY = later("Kode sudah beberapa kali diminta. Tunggu 15 menit, lalu coba lagi.")
_SENTENCES: dict[Outcome, str] = {
    "wrong": later("Kodenya belum cocok. Periksa lagi pesan terakhir dari nomor kota."),
    "void": later("Pendaftaran ini tidak berlaku lagi. Minta kode baru."),
}


class Given(BaseModel):
    model_config = ConfigDict(extra="ignore", str_max_length=200)
    number: str = ""
    channel: str = "whatsapp"
    code: str = ""
    end: str = ""


@dataclass(frozen=True)
class NumberView:
    id: str
    number: str
    confirmed: bool
    since: datetime | None
    until: datetime
    channel: str = "whatsapp"
    say: str | None = None
    """What is to be said to the bot."""


@dataclass(frozen=True)
class NumbersView:
    answer: str
    numbers: list[NumberView]
    error: str | None = None


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        return await _page(visit, desk)

    async def ask(visit: Visit) -> Page | Response:
        given = await _given(visit)
        number = _address(given)
        if number is None:
            return await _page(
                visit, desk, visit.tr(_NO_MAIL if given.channel == "email" else _NO_NUMBER), 422, typed=given.number
            )
        if given.channel not in _channels(visit):
            return await _page(visit, desk, visit.tr(later("Kota ini belum punya jalan itu.")), 422, typed=given.number)
        asked = await desk.numbers.ask(visit.who.city, visit.who.seat.id, given.channel, number)
        if asked is None:
            return await _page(visit, desk, visit.tr(_TOO_MANY), 429, typed=given.number)
        said = {} if asked.say is None else {"say": f"DAFTAR {asked.say}"}
        return JSONResponse({"id": asked.id, **said}, 201) if visit.as_json else RedirectResponse("/saya/nomor", 303)

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


def _address(given: Given) -> str | None:
    match given.channel:
        case "email":
            return normal_mail(given.number)
        case "telegram":
            return ""
        case _:
            return normal(given.number)


def _channels(visit: Visit) -> tuple[str, ...]:
    """Ways that the city has."""
    has = {door.channel for door in visit.who.city.doors if not door.external}
    return tuple(one for one in ("whatsapp", "telegram", "email") if one in has)


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
        visit.tr(later("Tugas jabatan ini dikabarkan ke jalan yang terdaftar; dari chat dapat langsung dikerjakan."))
        if confirmed
        else visit.tr(later("Belum ada jalan yang terdaftar untuk jabatan ini."))
    )
    numbers = [
        NumberView(
            one.id, one.number, one.confirmed_at is not None, one.confirmed_at, one.code_until, one.channel,
            None if one.say is None else f"DAFTAR {one.say}",
        )
        for one in found
    ]  # fmt: skip
    names = {"whatsapp": "WhatsApp", "telegram": "Telegram", "email": visit.tr(later("E-mail"))}
    bot = next((door.label for door in visit.who.city.doors if door.channel == "telegram"), "")
    more: dict[str, object] = {"wrong": wrong, "typed": typed}
    more |= {"channels": [(one, names[one]) for one in _channels(visit)], "names": names, "bot": bot}
    return Page("numbers.html", NumbersView(answer, numbers, error), status=status, more=more)
