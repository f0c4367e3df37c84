"""All pages of this service as routes. Reporting passes `/lapor` and `/meja` on to here: people see one site."""

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Mount

from services.intake.pages import counter, desk, doors, link_in, own, posters, receipt, slips, web_form
from services.intake.pages.parts import Parts
from services.web import unknown
from services.web.frame import STATIC, Frame, Static
from services.web.headers import security_headers
from services.web.pages import Pages
from services.web.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ExceptionHandler

    from services.runtime.vault import Pool

TEMPLATES = Path(__file__).parent / "templates"


def mounted(parts: Parts, pool: "Pool") -> Mount:
    """Behind every other route. Security headers are for pages alone: a provider's webhook needs none."""
    secure = parts.public_url.startswith("https://")
    return Mount("", routes=routes(parts, pool), middleware=[security_headers(secure=secure)])


def routes(parts: Parts, pool: "Pool") -> list[BaseRoute]:
    """`pool`: the vault's database, where sessions of staff are looked up."""
    frame = Frame((TEMPLATES,), secure=parts.public_url.startswith("https://"), clock=parts.clock)
    pages = Pages(frame, Sessions(pool, parts.cities), login=f"{parts.public_url}/login")
    return [
        *receipt.routes(pages, parts),
        *own.routes(pages, parts),
        *posters.routes(pages, parts),
        *link_in.routes(pages, parts),
        *web_form.routes(pages, parts),
        *slips.routes(pages, parts),
        *counter.routes(pages, parts),
        *doors.routes(pages, parts, pool),
        *desk.routes(pages, parts),
        Mount("/static", Static(directory=STATIC)),
    ]


def problems(parts: Parts) -> "Mapping[int, ExceptionHandler]":
    """What people read at an address that none of these routes has."""
    return unknown.handlers(Frame((TEMPLATES,), secure=parts.public_url.startswith("https://"), clock=parts.clock))
