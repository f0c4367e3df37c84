"""`/webhook`: offices' own programs that are called with each new state of a task.

`POST /webhook` with `{"seat", "url"}` registers one and shows its secret once; `POST /webhook/<id>/<do>` with do one of
`uji` (a test call), `putar` (a new secret), `hidupkan`, `matikan`, `hapus`. JSON beside it, as everywhere.
"""

from dataclasses import asdict, dataclass
from typing import Any

from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from services.contracts.tokens import Role
from services.contracts.webhooks import BadAddressError
from services.reporting import labels
from services.reporting.desk import Desk
from services.reporting.webhooks import MOST, NO_SECRET, Fresh, Registered, TooManyError, Webhooks
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

REGISTERS: tuple[Role, ...] = ("administrator",)
SEES: tuple[Role, ...] = ("administrator", "agency_head", "ops")

_BAD: dict[str, str] = {
    "not_https": later("Alamatnya harus dimulai dengan https://."),
    "no_host": later("Alamatnya tidak lengkap."),
    "with_password": later("Alamat tidak boleh memuat nama pengguna atau kata sandi."),
    "inside": later("Alamat di jaringan sendiri tidak boleh dipanggil."),
    "too_long": later("Alamatnya terlalu panjang."),
}
_OUTCOMES: dict[str, str] = {
    "timeout": later("tidak menjawab dalam 15 detik"),
    "no_such_name": later("nama servernya tidak ditemukan"),
    "address_inside": later("alamatnya menunjuk ke jaringan sendiri"),
    "ConnectError": later("tidak dapat dihubungi"),
    "http_410": later("menjawab 410: tidak mau dipanggil lagi"),
}


@dataclass(frozen=True)
class HookView:
    hook: Registered
    title: str
    outcome: str | None
    test: str | None


@dataclass(frozen=True)
class HooksView:
    answer: str
    hooks: list[HookView]
    fresh: Fresh | None = None
    error: str | None = None


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        return await _page(visit, desk)

    async def add(visit: Visit) -> Page | Response:
        given = await _given(visit)
        try:
            fresh = await _store(desk).add(
                visit.who.city, given.get("seat", ""), given.get("url", ""), visit.who.seat.id
            )
        except BadAddressError as error:
            return await _page(visit, desk, error=visit.tr(_BAD[str(error)]))
        except KeyError:
            return await _page(visit, desk, error=visit.tr(later("Pilih jabatan yang ada.")))
        except TooManyError:
            text = visit.tr(later("Satu jabatan paling banyak punya {most} alamat."))
            return await _page(visit, desk, error=text.format(most=MOST))
        if visit.as_json:
            return JSONResponse(asdict(fresh), 201)
        return await _page(visit, desk, fresh=fresh)

    async def act(visit: Visit) -> Page | Response:
        return await _act(visit, desk)

    return [
        *pages.get("/webhook", show, roles=SEES),
        *pages.post("/webhook", add, roles=REGISTERS),
        *pages.post("/webhook/{webhook}/{do}", act, roles=("administrator", "agency_head")),
    ]


def _store(desk: Desk) -> Webhooks:
    if desk.webhooks is None:
        raise Problem(404, later("Halaman ini tidak ada."))
    return desk.webhooks


async def _given(visit: Visit) -> dict[str, str]:
    if visit.request.headers.get("content-type", "").startswith("application/json"):
        try:
            read: Any = await visit.request.json()
        except ValueError:
            read = {}
    else:
        read = await visit.request.form()
    pairs = read.items() if hasattr(read, "items") else ()
    return {name: value.strip() for name, value in pairs if isinstance(value, str)}


def _seats(visit: Visit) -> tuple[str, ...] | None:
    """A head sees his own office's; who runs the system sees all."""
    return None if visit.who.has("administrator", "ops") else (visit.who.seat.id,)


async def _act(visit: Visit, desk: Desk) -> Page | Response:
    city, do = visit.who.city.id, visit.request.path_params["do"]
    name, store = visit.request.path_params["webhook"], _store(desk)
    if name not in {one.id for one in await store.of(city, _seats(visit))}:
        raise Problem(404, later("Alamat ini tidak ada, atau bukan milik jabatan Anda."))
    if do in ("putar", "hapus") and not visit.who.has(*REGISTERS):
        raise Problem(403, later("Ini pekerjaan pengelola sistem."))
    match do:
        case "uji":
            await store.test(city, name)
        case "hidupkan":
            await store.enable(city, name)
        case "matikan":
            await store.disable(city, name)
        case "hapus":
            await store.remove(city, name)
        case "putar":
            fresh = await store.rotate(city, name)
            if visit.as_json:
                return JSONResponse(asdict(fresh) if fresh else {}, 200)
            return await _page(visit, desk, fresh=fresh)
        case _:
            raise Problem(404, later("Halaman ini tidak ada."))
    return JSONResponse({"ok": True}) if visit.as_json else RedirectResponse("/webhook", 303)


async def _page(visit: Visit, desk: Desk, *, error: str | None = None, fresh: Fresh | None = None) -> Page:
    city, found = visit.who.city, await _store(desk).of(visit.who.city.id, _seats(visit))
    hooks = [
        HookView(
            one, labels.seat(city, one.seat) or one.seat, _outcome(visit, one.last_outcome),
            _outcome(visit, one.test_outcome),
        )
        for one in found
    ]  # fmt: skip
    waiting = sum(one.disabled_why == NO_SECRET for one in found)
    off = sum(not one.enabled and one.disabled_why != NO_SECRET for one in found)
    failing = sum(one.enabled and one.failing_since is not None for one in found)
    if off:
        answer = visit.tr(later("{count} alamat mati: programnya tidak menerima kabar tugas.")).format(count=off)
    elif failing:
        answer = visit.tr(later("{count} alamat sedang gagal dan dicoba lagi.")).format(count=failing)
    elif waiting:
        answer = visit.tr(later("{count} alamat dari berkas kota menunggu kuncinya dibuat.")).format(count=waiting)
    elif found:
        answer = visit.tr(later("Semua alamat menerima kabar tugas."))
    else:
        answer = visit.tr(later("Belum ada program kantor yang dipanggil."))
    seats = sorted((title, seat) for seat in city.seats if (title := labels.seat(city, seat)))
    more: dict[str, object] = {
        "registers": visit.who.has(*REGISTERS),
        "acts": visit.who.has("administrator", "agency_head"),
        "seats": [(seat, title) for title, seat in seats],
    }
    return Page("webhooks.html", HooksView(answer, hooks, fresh, error), status=422 if error else 200, more=more)


def _outcome(visit: Visit, code: str | None) -> str | None:
    if code is None:
        return None
    if code == "ok" or code.startswith("http_2"):
        return visit.tr(later("diterima"))
    if code in _OUTCOMES:
        return visit.tr(_OUTCOMES[code])
    if code.startswith("http_"):
        return visit.tr(later("menjawab {status}")).format(status=code.removeprefix("http_"))
    return visit.tr(later("gagal ({why})")).format(why=code)
