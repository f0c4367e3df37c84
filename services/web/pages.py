"""How a page becomes a route: closed unless said otherwise, forms checked, JSON beside every page.

A handler gets a `Visit` and returns a `Page` (shown as HTML, or as JSON for `.json` or `Accept: application/json`),
or any response. `Problem` is what a handler raises when there is nothing to show.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from pydantic_core import to_jsonable_python
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from services.contracts.city import City
from services.contracts.tokens import Role
from services.runtime.failures import is_infrastructure
from services.web import bodies, csrf, i18n
from services.web.frame import SESSION_COOKIE, Frame
from services.web.i18n import later
from services.web.sessions import Sessions
from services.web.staff import Staff

_AWAY = later("Sistem sedang tidak terjangkau. Coba lagi sebentar lagi.")


@dataclass(frozen=True)
class Page:
    """What to show. `view` is the whole content, given to the template as `view` and to programs as JSON."""

    template: str
    view: Any
    status: int = 200
    city: City | None = None
    """Whose time is shown, when nobody is logged in."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What only the template needs (choices of a form)."""


class Problem(Exception):
    """Nothing to show: an HTTP status and one sentence for the reader."""

    def __init__(self, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.headers = dict(headers or {})


@dataclass(frozen=True)
class Visit:
    """One request with what every handler asks for."""

    request: Request
    staff: Staff | None
    as_json: bool

    @property
    def who(self) -> Staff:
        """The logged-in seat; only public handlers can be reached without one."""
        if self.staff is None:
            raise Problem(401, later("Silakan masuk dahulu."))
        return self.staff

    @property
    def language(self) -> str:
        return i18n.language_of(self.request)

    def tr(self, text: str) -> str:
        return i18n.translations(self.language).ugettext(text)


Handler = Callable[[Visit], Awaitable[Page | Response]]


def wants_json(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return request.url.path.endswith(".json") or ("application/json" in accept and "text/html" not in accept)


class Pages:
    """Makes routes. What is not `public` needs a login; `roles` narrows it to seats that have one of them."""

    def __init__(self, frame: Frame, sessions: Sessions, login: str = "/login") -> None:
        """`login`: where people log in."""
        self._frame = frame
        self._sessions = sessions
        self._login = login

    def get(self, path: str, handler: Handler, *, public: bool = False, roles: tuple[Role, ...] = ()) -> list[Route]:
        """The page's route and, before it, the same address with `.json`."""
        endpoint = self._endpoint(handler, public=public, roles=roles, form=False)
        beside = [] if path.endswith("/") else [Route(f"{path}.json", endpoint, methods=["GET"])]
        return [*beside, Route(path, endpoint, methods=["GET"])]

    def post(
        self, path: str, handler: Handler, *, public: bool = False, roles: tuple[Role, ...] = (),
        most: int = bodies.FORM, anyone: bool = False,
    ) -> list[Route]:  # fmt: skip
        """`most`: bytes that the body may have. `anyone`: acts for nobody who is logged in, so there is nothing that
        another site could borrow, and a phone that keeps no cookies is served, too."""
        endpoint = self._endpoint(handler, public=public or anyone, roles=roles, form=not anyone, most=most)
        return [Route(path, endpoint, methods=["POST"])]

    def _endpoint(
        self, handler: Handler, *, public: bool, roles: tuple[Role, ...], form: bool, most: int = bodies.FORM
    ) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            request = Request(request.scope, bodies.capped(request.receive, most))
            visit = Visit(request, None, wants_json(request))
            try:
                visit = replace(visit, staff=await self._staff(request))
                if not public:
                    self._admit(visit, roles)
                if form:
                    await self._prove(visit)
                answer = await handler(visit)
            except Problem as problem:
                return self._problem(visit, problem)
            except bodies.TooLargeError:
                return self._problem(visit, Problem(413, bodies.SENTENCE))
            except Exception as error:
                if not is_infrastructure(error):
                    raise
                return self._problem(visit, Problem(503, _AWAY, {"Retry-After": "2"}))
            return answer if isinstance(answer, Response) else self._show(visit, answer)

        return endpoint

    async def _staff(self, request: Request) -> Staff | None:
        cookie = request.cookies.get(SESSION_COOKIE)
        return await self._sessions.find(cookie, self._frame.clock()) if cookie else None

    @staticmethod
    def _admit(visit: Visit, roles: tuple[Role, ...]) -> None:
        if visit.staff is None:
            raise Problem(401, later("Silakan masuk dahulu."))
        if roles and not visit.staff.has(*roles):
            raise Problem(403, later("Halaman ini bukan untuk jabatan Anda."))

    @staticmethod
    async def _prove(visit: Visit) -> None:
        if not await csrf.proven(visit.request, visit.staff.csrf if visit.staff else None):
            raise Problem(403, later("Formulir ini sudah kedaluwarsa. Muat ulang halaman lalu coba lagi."))

    def _show(self, visit: Visit, page: Page) -> Response:
        if visit.as_json:
            return JSONResponse(to_jsonable_python(page.view), status_code=page.status)
        context = {"view": page.view, **page.more}
        return self._frame.render(
            visit.request, page.template, context, staff=visit.staff, city=page.city, status=page.status
        )

    def _problem(self, visit: Visit, problem: Problem) -> Response:
        """A person who is not logged in is led to the login and back; everybody else reads a sentence."""
        sentence = visit.tr(problem.sentence)
        if visit.as_json:
            return JSONResponse({"error": sentence}, status_code=problem.status, headers=problem.headers)
        if problem.status == 401 and visit.request.method == "GET":
            url = visit.request.url
            here = url.path + (f"?{url.query}" if url.query else "")
            return RedirectResponse(f"{self._login}?next={quote(here)}", status_code=303)
        response = self._frame.render(
            visit.request, "problem.html", {"sentence": sentence, "status": problem.status},
            staff=visit.staff, status=problem.status,
        )  # fmt: skip
        response.headers.update(problem.headers)
        return response
