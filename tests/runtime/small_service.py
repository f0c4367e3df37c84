"""The smallest service: follows COMPLAINTS, answers an agency's commands, has one page. Run by a test as a process."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from services.contracts import subjects
from services.contracts.commands import AgencyCommand, CommandReply
from services.runtime import commands
from services.runtime.follow import Delivery
from services.runtime.process import run_service
from services.runtime.service import Needs, Service


async def build(service: Service) -> None:
    seen: list[str] = []
    asked: list[str] = []

    async def note(delivery: Delivery) -> None:
        seen.append(delivery.subject)

    async def reply(request: commands.Request[AgencyCommand]) -> CommandReply:
        asked.append(request.body.id)
        if request.body.id == "slow":
            await service.stop.wait()  # told to end while the command is in hand
            await asyncio.sleep(0.3)
        if request.body.id == "breaks":
            raise LookupError("a sentence that a person wrote")
        return CommandReply(id=request.body.id, n=len(request.tokens))

    async def page(_request: Request) -> JSONResponse:
        return JSONResponse({"seen": len(seen), "asked": asked, "cities": sorted(service.cities)})

    service.follow(subjects.COMPLAINTS, "router", note)
    service.answer("command.*.agency.*", AgencyCommand, reply)
    service.routes(Route("/seen", page))


if __name__ == "__main__":
    run_service(
        "router",
        build,
        needs=Needs(
            streams=(subjects.COMPLAINTS, subjects.CITY),
            consumers=((subjects.COMPLAINTS, "router"),),
            vault_tables=("vault.data_key",),
        ),
    )
