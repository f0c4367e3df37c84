"""The frame around every page: templates, language, the city's time, cookies."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from services.contracts.city import City
from services.web import bars, csrf, i18n, moments
from services.web.staff import Staff

HERE = Path(__file__).parent
STATIC = HERE / "static"
SESSION_COOKIE = "tuntas_session"
_YEAR = int(timedelta(days=365).total_seconds())
_WITHOUT_CITY = ZoneInfo("Asia/Jakarta")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Cookies:
    """Sets and clears our cookies; over https they are `Secure` and never leave it."""

    secure: bool

    def put(self, response: Response, name: str, value: str, *, hidden: bool, seconds: int | None = None) -> None:
        """`hidden`: not readable by scripts. Without `seconds` it goes with the browser's session."""
        response.set_cookie(
            name, value, max_age=seconds, path="/", secure=self.secure, httponly=hidden,
            samesite="lax" if name != csrf.COOKIE else "strict",
        )  # fmt: skip

    def clear(self, response: Response, name: str) -> None:
        response.delete_cookie(name, path="/", secure=self.secure)


def _digest_of_static() -> str:
    """Changes with any file in static/, so that browsers may keep them for a year."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class Frame:
    """Renders templates. `folders` are searched after our own; `extra` are globals that a service adds."""

    def __init__(
        self, folders: tuple[Path, ...] = (), *, secure: bool = False, clock: Clock = utc_now,
        extra: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.cookies = Cookies(secure)
        self.clock = clock
        loader = ChoiceLoader([FileSystemLoader(folder) for folder in (HERE / "templates", *folders)])
        self._environments = {language: self._environment(language, loader) for language in i18n.LANGUAGES}
        for environment in self._environments.values():
            environment.globals.update(extra or {})

    @staticmethod
    def _environment(language: str, loader: ChoiceLoader) -> Environment:
        environment = Environment(
            loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )  # fmt: skip
        found = i18n.translations(language)
        environment.install_gettext_translations(found, newstyle=True)  # type: ignore[attr-defined]
        environment.globals.update(
            language=language, languages=i18n.LANGUAGES, bars=bars,
            static=f"/static/{{}}?v={_digest_of_static()}".format, tr=found.ugettext,
        )  # fmt: skip
        return environment

    def render(
        self, request: Request, template: str, context: Mapping[str, Any], *, staff: Staff | None = None,
        city: City | None = None, status: int = 200,
    ) -> HTMLResponse:  # fmt: skip
        """The page, in the reader's language and the city's time; keeps the language that was chosen by address."""
        language = i18n.language_of(request)
        city = city or (staff.city if staff else None)
        zone = city.zone if city else _WITHOUT_CITY
        now = self.clock()
        token = staff.csrf if staff else request.cookies.get(csrf.COOKIE) or csrf.fresh()
        html = self._environments[language].get_template(template).render({
            "request_path": request.url.path, "staff": staff, "city": city, "now": now, "csrf_token": token,
            "zone": now.astimezone(zone).tzname(),
            "exact": partial(moments.exact, zone=zone, language=language),
            "short": partial(moments.short, now=now, zone=zone, language=language),
            "relative": partial(moments.relative, now=now, language=language),
            "day": partial(moments.day, zone=zone, language=language),
            **context,
        })  # fmt: skip
        response = HTMLResponse(html, status_code=status)
        if staff is None:
            self.cookies.put(response, csrf.COOKIE, token, hidden=False)
        if request.query_params.get("lang") in i18n.LANGUAGES:
            self.cookies.put(response, i18n.COOKIE, language, hidden=True, seconds=_YEAR)
        return response


class Static(StaticFiles):
    """Our few files; their address changes with their content, so they may be kept."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
