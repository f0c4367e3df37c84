"""`POST /api/commands`: what a logged-in program does, in the contract's own form.

`{"id"?, "complaint" or "ticket"?, "expected_n"?, "action": {"do": …}}` with the session's cookie and `X-CSRF-Token` →
`contracts.commands.CommandReply`; 200 when it was done, 409 with a refusal, 503 when nobody answered in time.
"""

import secrets

from pydantic import Field, ValidationError
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.contracts import tickets
from services.contracts.base import Id, Received
from services.contracts.commands import CommandId, CommandReply, Refusal, RefusalCode, ShowContact, StaffAction
from services.reporting import sight
from services.reporting.desk import Desk
from services.reporting.pictures import clearing
from services.reporting.read_models.cases import queries as cases
from services.web.pages import Pages, Visit

_STATUS: dict[RefusalCode, int] = {
    "unavailable": 503, "too_many": 429, "invalid": 422, "not_allowed": 403, "not_yours": 403,
    "token_invalid": 403, "token_expired": 403, "unknown_complaint": 404,
}  # fmt: skip


class Wanted(Received):
    id: CommandId | None = None
    """Yours; the same id is the same command. Left out: made here, so that a repeat is a new command."""
    complaint: Id | None = None
    ticket: str | None = Field(default=None, max_length=40)
    expected_n: int | None = Field(default=None, ge=1)
    action: StaffAction


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def act(visit: Visit) -> Response:
        try:
            wanted = Wanted.model_validate_json(await visit.request.body())
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            return _refused("", "invalid", str(first["msg"]), ".".join(str(part) for part in first["loc"]))
        command = wanted.id or secrets.token_hex(12)
        if isinstance(wanted.action, ShowContact):
            # The reply has no room for a contact: the one look would be spent for nothing.
            return _refused(command, "not_allowed", "Kontak hanya ditampilkan pada halaman laporan.", "action")
        complaint = wanted.complaint
        if wanted.ticket is not None:
            ticket = tickets.read(wanted.ticket)
            card = await cases.by_ticket(desk.pool, ticket) if ticket else None
            if card is None or not sight.may_see(visit.who, card):
                return _refused(command, "unknown_complaint", "Laporan dengan kode ini tidak ada.", "ticket")
            complaint = card.complaint
        about = await cases.by_id(desk.pool, complaint) if complaint else None
        if about is not None:
            await clearing.before(desk, visit.who, about, wanted.action)
        reply = await desk.acting.act(visit.who, command, complaint, wanted.action, wanted.expected_n)
        if about is not None and reply.refusal is None:
            await clearing.after(desk, about, wanted.action)
        return _answer(reply)

    return pages.post("/api/commands", act)


def _refused(command: str, code: RefusalCode, message: str, field: str) -> Response:
    return _answer(CommandReply(id=command, refusal=Refusal(code=code, message=message, field=field)))


def _answer(reply: CommandReply) -> Response:
    status = 200 if reply.refusal is None else _STATUS.get(reply.refusal.code, 409)
    return JSONResponse(reply.model_dump(mode="json"), status_code=status)
