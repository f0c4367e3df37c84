"""All pages as routes. Public are the start, tracking, login and the styleguide; everything else needs a login."""

from collections.abc import Mapping
from pathlib import Path

import asyncpg
import httpx
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ExceptionHandler

from services.contracts.city import City
from services.reporting import surface
from services.reporting.desk import Desk
from services.reporting.open311 import routes as open311
from services.reporting.pages import accounts as account_pages
from services.reporting.pages import (
    board,
    calls,
    case,
    commands,
    contacts,
    hearing,
    lists,
    live,
    numbers,
    official,
    public,
    published,
    rules,
    screening,
    sitting,
    texts,
    webhooks,
)
from services.reporting.pages.doors import Doors
from services.web import openapi, styleguide, unknown
from services.web.frame import STATIC, Clock, Frame, Static
from services.web.login import Login
from services.web.pages import Pages
from services.web.sessions import Sessions

TEMPLATES = Path(__file__).parent / "pages" / "templates"

PUBLIC = frozenset(
    {"/static", openapi.ADDRESS.removesuffix(".json")} | {path for _, path in surface.TABLE} | open311.PUBLIC
)
"""Paths (with their `.json`) that anyone may open. A test asks every other one and expects to be turned away."""


def routes(
    desk: Desk, staff_pool: asyncpg.Pool, cities: Mapping[str, City], clock: Clock, *, secure: bool,
    first_passwords: Mapping[str, str], intake: tuple[httpx.AsyncClient, str] | None = None,
    public_url: str = "http://127.0.0.1:8080",
) -> list[BaseRoute]:  # fmt: skip
    """`staff_pool`: the database with accounts and sessions. `secure`: cookies go over https only. `intake`: a
    client and the address that intake's pages are passed on from."""
    frame = Frame((TEMPLATES,), secure=secure, clock=clock)
    sessions = Sessions(staff_pool, cities)
    pages = Pages(frame, sessions)
    made: list[BaseRoute] = [
        *Login(frame, sessions, staff_pool, cities, first_passwords).routes(pages),
        *board.routes(pages, desk),
        *screening.routes(pages, desk),
        *lists.routes(pages, desk),
        *rules.routes(pages, desk),
        *hearing.routes(pages, desk),
        *texts.routes(pages, desk),
        *live.routes(pages, desk),
        *official.routes(pages, desk),
        *account_pages.routes(pages, desk),
        *contacts.routes(pages, desk),
        *sitting.routes(pages, desk),
        *case.routes(pages, desk),
        *numbers.routes(pages, desk),
        *calls.routes(pages, desk),
        *webhooks.routes(pages, desk),
        *commands.routes(pages, desk),
        *public.routes(pages, desk),
        *published.routes(pages, desk),
        *(Doors(*intake, frame).routes() if intake else ()),
        *styleguide.routes(pages, clock),
        *open311.Open311(desk, public_url).routes(),
        Mount("/static", Static(directory=STATIC)),
    ]
    named = {path for _, path in surface.TABLE}
    public_ones = [one for one in made if isinstance(one, Route) and one.path.removesuffix(".json") in named]
    return [openapi.endpoint(surface.TITLE, surface.TABLE, public_ones), *made]


def problems(clock: Clock, *, secure: bool) -> Mapping[int, ExceptionHandler]:
    """What people read at an address that none of these routes has."""
    return unknown.handlers(Frame((TEMPLATES,), secure=secure, clock=clock))
