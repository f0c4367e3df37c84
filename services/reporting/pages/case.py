"""`/laporan/<ticket>`: one complaint, the answer first, then every step; forms for whoever may act."""

import asyncio
import secrets

from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.contracts import tickets
from services.contracts.commands import ShowContact
from services.reporting import reading, sight
from services.reporting.desk import Desk
from services.reporting.forms import filling, table
from services.reporting.forms.filling import FormView
from services.reporting.forms.parts import Form
from services.reporting.pages.related import related
from services.reporting.pictures import clearing
from services.reporting.pictures.gallery import PLAYED
from services.reporting.read_models.cases import queries as cases
from services.reporting.read_models.cases.card import Card
from services.reporting.uploading import MOST, NotTaken
from services.web import bodies, channels, ranges
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit
from services.web.staff import Staff


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        return await page(visit, desk, await desk.card(visit))

    async def act(visit: Visit) -> Page | Response:
        return await _act(visit, desk)

    async def picture(visit: Visit) -> Response:
        return await _picture(visit, desk)

    return [
        *pages.get("/laporan/{ticket}", show),
        *pages.get("/laporan/{ticket}/gambar/{media}", picture),
        *pages.post("/laporan/{ticket}/{do}", act, most=bodies.FILES),
    ]


async def page(
    visit: Visit, desk: Desk, card: Card, *, tried: FormView | None = None, problem: str | None = None,
    status: int = 200,
) -> Page:  # fmt: skip
    """`tried`: a form that came back with what is wrong; `problem`: the sentence above everything."""
    staff = visit.who
    view = await desk.case(visit, card, await reading.steps(desk.pool, card.complaint))
    shown = [
        tried if tried is not None and tried.do == form.do
        else filling.view(form, staff, card, visit.tr, command=secrets.token_hex(12))
        for form in table.allowed(staff, card)
    ]  # fmt: skip
    return Page("case.html", view, status=status, more={
        "command": secrets.token_hex(12),
        "forms": shown, "problem": problem, "done": visit.request.query_params.get("done"),
        "related": await related(visit, desk, card),
        "screens": card.phase == "screening" and staff.has("screener", "coordinator"),
    })  # fmt: skip


async def _act(visit: Visit, desk: Desk) -> Page | Response:
    card, staff = await desk.card(visit), visit.who
    form = table.BY_NAME.get(visit.request.path_params["do"])
    if form is None or not form.may(staff, card):
        raise Problem(403, later("Tindakan ini bukan untuk jabatan Anda, atau tidak pada keadaan laporan sekarang."))
    sent = await visit.request.form()
    values = {name: value for name, value in sent.items() if isinstance(value, str)}
    command = values.get("command") or secrets.token_hex(12)
    try:
        values |= await _uploaded(desk, staff, form, sent)
    except NotTaken as problem:
        sentence = visit.tr(problem.sentence).format(name=problem.name)
        tried = filling.view(form, staff, card, visit.tr, command=command, values=values)
        return await page(visit, desk, card, tried=tried, problem=sentence, status=422)
    named = await _named(visit, desk, form, values)
    filled = filling.read(form.do, form.fields, staff.city, named, visit.tr)
    if filled.action is None:
        tried = filling.view(form, staff, card, visit.tr, command=command, values=values, errors=filled.errors)
        apart = [text for name, text in filled.errors if name not in {one.name for one in form.fields}]
        return await page(visit, desk, card, tried=tried, problem="; ".join(apart) or None, status=422)
    await clearing.before(desk, staff, card, filled.action)
    reply = await desk.acting.act(staff, command, card.complaint, filled.action)
    if reply.refusal is not None:
        if reply.refusal.field == "evidence":
            values["evidence"] = ""  # other pictures are wanted
        command = secrets.token_hex(12)  # a refused one keeps its answer
        tried = filling.view(form, staff, card, visit.tr, command=command, values=values)
        return await page(visit, desk, card, tried=tried, problem=reply.refusal.message, status=409)
    if isinstance(filled.action, ShowContact):
        await until(desk, card.complaint, reply.n or 0)
        shown = await desk.reveals.show(await desk.card(visit), filled.action.number)
        return Page("contact.html", shown, more={"channel": channels.named(shown.channel, visit.tr)})
    await clearing.after(desk, card, filled.action)
    await until(desk, card.complaint, reply.n or 0)
    if form.do == "clear_evidence":
        where = "saring" if values.get("back") == "saring" else "laporan"
        return RedirectResponse(f"/{where}/{card.ticket}#gambar", status_code=303)
    return RedirectResponse(f"/laporan/{card.ticket}?done={form.do}#langkah-{reply.n}", status_code=303)


async def _uploaded(desk: Desk, staff: Staff, form: Form, sent: FormData) -> dict[str, str]:
    """The files of a form, handed in: field → their references. Those of an earlier try come back as they are."""
    found: dict[str, str] = {}
    for one in form.fields:
        if one.kind != "files":
            continue
        files = [file for file in sent.getlist(one.name) if isinstance(file, UploadFile) and file.size]
        if len(files) > MOST:
            raise NotTaken(later("Paling banyak 8 berkas sekaligus; {name} tidak ikut."), files[MOST].filename or "?")
        kept = [value for value in sent.getlist(f"{one.name}_kept") if isinstance(value, str)]
        found[one.name] = " ".join([*kept, *[await desk.uploads.send(staff.city.id, file) for file in files]])
    return found


async def _picture(visit: Visit, desk: Desk) -> Response:
    """A picture, opened for whoever may see it now; its address is worth nothing to anybody else, or later."""
    card, media = await desk.card(visit), visit.request.path_params["media"]
    picture = card.closing.pictures.get(media)
    if picture is None or not sight.sees_picture(visit.who, card, picture):
        raise Problem(404, later("Gambar ini tidak ada, atau tidak untuk jabatan Anda."))
    opened = await desk.pictures.open(card, media, picture)
    if opened is None:
        raise Problem(404, later("Gambar ini sudah dihapus."))
    shown = opened.content_type.startswith("image/") or opened.content_type in PLAYED
    asked = visit.request.headers.get("range")
    return ranges.answer(opened.content, opened.content_type, asked, "inline" if shown else "attachment")


async def _named(visit: Visit, desk: Desk, form: Form, values: dict[str, str]) -> dict[str, str]:
    """Tickets that a form names, as the complaints that commands know; one that is none, or not for this seat, stays
    as it was typed and is refused as a field."""
    named = dict(values)
    for one in form.fields:
        ticket = tickets.read(values.get(one.name, "")) if one.kind == "ticket" else None
        other = await cases.by_ticket(desk.pool, ticket) if ticket else None
        if other is not None and sight.may_see(visit.who, other):
            named[one.name] = other.complaint
    return named


async def until(desk: Desk, complaint: str, n: int, seconds: float = 1.5) -> None:
    """Wait a moment for the tables to show what was just done; the page is shown anyway after that."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while loop.time() < end and await cases.standing(desk.pool, complaint) < n:
        await asyncio.sleep(0.04)
