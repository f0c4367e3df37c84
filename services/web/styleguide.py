"""Every component on one page, to be looked at after each change of the stylesheet."""

from datetime import timedelta

from starlette.routing import Route

from services.web import bars
from services.web.frame import Clock
from services.web.pages import Page, Pages, Visit


def routes(pages: Pages, clock: Clock) -> list[Route]:
    async def show(_visit: Visit) -> Page:
        now = clock()
        parts = (bars.Part("terbuka", 9, "open"), bars.Part("terlambat", 3, "late"))
        return Page("styleguide.html", {
            "tomorrow": now + timedelta(hours=26), "soon": now + timedelta(hours=2), "past": now - timedelta(hours=3),
            "bar": bars.bar(parts, 20),
        })  # fmt: skip

    return pages.get("/styleguide", show, public=True)
