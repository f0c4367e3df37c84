"""Login and logout with local accounts. Programs use the same addresses with JSON.

`GET /login` (JSON) → `{"csrf": …}` and the same value as cookie; `POST /login` with `{"user", "password"}` and the
value in `X-CSRF-Token` → `{"city", "seat", "title", "roles", "csrf"}`; that `csrf` goes with every later POST.
"""

import hmac
import json
import math
from collections.abc import Mapping

import asyncpg
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from services.contracts.city import City
from services.web import accounts, csrf, limits, passwords, roles
from services.web.frame import SESSION_COOKIE, Frame
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit
from services.web.sessions import Sessions

HOME = "/papan"
_TOO_MANY = later("Terlalu banyak percobaan. Tunggu sebentar lalu coba lagi.")
_WRONG = later("Nama pengguna atau kata sandi salah.")


def _own_address(target: str | None) -> str:
    """Where to go after login: an address of ours, never another site's (`//host`, `/\\host`)."""
    if target and target.startswith("/") and not target.startswith(("//", "/\\")) and "\n" not in target:
        return target
    return HOME


class Login:
    """`first`: `<city>:<seat>` → the password that provisioning made up for an account that nobody has used yet."""

    def __init__(
        self, frame: Frame, sessions: Sessions, pool: asyncpg.Pool, cities: Mapping[str, City],
        first: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self._frame = frame
        self._sessions = sessions
        self._pool = pool
        self._cities = cities
        self._first = first or {}

    def routes(self, pages: Pages) -> list[Route]:
        return [
            *pages.get("/login", self.show, public=True),
            *pages.post("/login", self.enter, public=True),
            *pages.post("/logout", self.leave),
            *pages.get("/saya", self.whoami),
        ]

    async def show(self, visit: Visit) -> Page | Response:
        target = _own_address(visit.request.query_params.get("next"))
        if visit.as_json:
            token = visit.staff.csrf if visit.staff else visit.request.cookies.get(csrf.COOKIE) or csrf.fresh()
            response = JSONResponse({"csrf": token})
            self._frame.cookies.put(response, csrf.COOKIE, token, hidden=False)
            return response
        if visit.staff:
            return RedirectResponse(target, status_code=303)
        return self._form(target)

    async def enter(self, visit: Visit) -> Page | Response:
        """Raises Problem 429 with `Retry-After` while the account or the address has to wait."""
        user, password, target = await self._given(visit)
        try:
            city, seat = accounts.split(user)
        except accounts.UnknownSeat:
            city, seat = "", user.strip().lower()[:80]
        client = visit.request.client
        address = client.host if client else "unknown"
        wait = await limits.take(self._pool, city, seat, address, self._frame.clock())
        if wait:
            seconds = str(math.ceil(wait.total_seconds()))
            raise Problem(429, _TOO_MANY, {"Retry-After": seconds})
        if not await self._fits(city, seat, password):
            if visit.as_json:
                raise Problem(401, _WRONG)
            return self._form(target, error=_WRONG, user=user, status=401)
        await limits.succeeded(self._pool, city, seat, address)
        return await self._entered(visit, city, seat, target)

    async def _fits(self, city: str, seat: str, password: str) -> bool:
        if city not in self._cities or seat not in self._cities[city].seats:
            return await passwords.check(None, password)
        if not await passwords.check(await self._sessions.password(city, seat), password):
            return await self._opens(city, seat, password)
        return True

    async def _opens(self, city: str, seat: str, password: str) -> bool:
        """The first login of a seat makes its account: hashing hundreds at once beforehand would take seconds."""
        first = self._first.get(f"{city}:{seat}")
        if not first or not hmac.compare_digest(first.encode(), password.encode()):
            return False
        if await accounts.begin(self._pool, city, seat, await passwords.prepare(password)):
            return True
        # Another login of the same moment has made it.
        return await passwords.check(await self._sessions.password(city, seat), password)

    async def _entered(self, visit: Visit, city: str, seat: str, target: str) -> Response:
        old = visit.request.cookies.get(SESSION_COOKIE)
        cookie, token = await self._sessions.open(city, seat, old, self._frame.clock())
        holder = self._cities[city].seats[seat]
        response: Response
        if visit.as_json:
            response = JSONResponse({
                "city": city, "seat": seat, "title": holder.title, "roles": list(holder.roles), "csrf": token,
            })  # fmt: skip
        else:
            response = RedirectResponse(target, status_code=303)
        self._frame.cookies.put(response, SESSION_COOKIE, cookie, hidden=True)
        self._frame.cookies.put(response, csrf.COOKIE, token, hidden=False)
        return response

    async def leave(self, visit: Visit) -> Response:
        await self._sessions.close(visit.request.cookies.get(SESSION_COOKIE, ""))
        response = JSONResponse({"left": True}) if visit.as_json else RedirectResponse("/login", status_code=303)
        self._frame.cookies.clear(response, SESSION_COOKIE)
        self._frame.cookies.clear(response, csrf.COOKIE)
        return response

    async def whoami(self, visit: Visit) -> Page:
        staff = visit.who
        return Page("me.html", {
            "city": staff.city.id, "seat": staff.seat.id, "title": staff.seat.title, "office": staff.seat.office,
            "roles": sorted(staff.roles), "area": list(staff.area), "holder": staff.holder,
        }, more={
            "roles": [visit.tr(roles.ROLES[one]) for one in sorted(staff.roles)],
            "area": [roles.area(staff.city, one) for one in staff.area],
        })  # fmt: skip

    @staticmethod
    def _form(target: str, error: str | None = None, user: str = "", status: int = 200) -> Page:
        return Page("login.html", {"next": target, "error": error, "user": user}, status=status)

    @staticmethod
    async def _given(visit: Visit) -> tuple[str, str, str]:
        if visit.request.headers.get("content-type", "").startswith("application/json"):
            try:
                body = json.loads(await visit.request.body())
            except ValueError:
                raise Problem(400, later("Isi permintaan bukan JSON.")) from None
            source = body if isinstance(body, dict) else {}
        else:
            source = dict(await visit.request.form())
        user, password, target = (source.get(name) for name in ("user", "password", "next"))
        return (
            user[:200] if isinstance(user, str) else "",
            password[:1000] if isinstance(password, str) else "",
            _own_address(target if isinstance(target, str) else None),
        )
