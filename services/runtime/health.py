"""Health: is this process alive, and does it do its work? Judged by lag and by loops that turn, not by ping."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from services.runtime import figures


@dataclass(frozen=True, slots=True)
class Check:
    """How one part stands. `detail`: figures only, nothing personal."""

    ok: bool
    detail: dict[str, Any] = field(default_factory=dict)


class Health:
    """Parts register a check; the routes ask them all."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._checks: dict[str, Callable[[], Check]] = {}
        self.stopping = False

    def add(self, name: str, check: Callable[[], Check]) -> None:
        self._checks[name] = check

    def state(self) -> tuple[bool, dict[str, Any]]:
        """Ready, and the whole picture as JSON."""
        checks: dict[str, Any] = {}
        ready = not self.stopping
        for name, check in self._checks.items():
            try:
                found = check()
            except Exception as error:  # noqa: BLE001 - a check that breaks says so instead of hiding the others
                found = Check(False, {"error": type(error).__qualname__})
            ready = ready and found.ok
            checks[name] = {"ok": found.ok, **found.detail}
        return ready, {
            "service": self._service,
            "ready": ready,
            "stopping": self.stopping,
            "checks": checks,
            "figures": figures.snapshot(),
        }

    def routes(self) -> list[Route]:
        """`GET /health/live` (the loop answers) and `GET /health/ready` (200 or 503)."""
        return [Route("/health/live", self._live), Route("/health/ready", self._ready)]

    async def _live(self, _request: Request) -> JSONResponse:
        return JSONResponse({"service": self._service, "live": True})

    async def _ready(self, _request: Request) -> JSONResponse:
        ready, picture = self.state()
        return JSONResponse(picture, status_code=200 if ready else 503)
