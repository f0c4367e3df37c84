"""`/lapor…`, `/meja…`: intake's pages, passed on as they are, so that people see one site under one address.

Behind a proxy that sends these paths to intake itself nobody comes by here.
"""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass

import httpx
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from services.web import bodies
from services.web.frame import Frame
from services.web.i18n import language_of, later, translations

PATHS = ("/lapor", "/lapor/{rest:path}", "/meja", "/meja/{rest:path}")
_AWAY = later(
    "Halaman ini sedang tidak terjangkau, dan yang baru Anda kirim BELUM tersimpan. Kembali ke halaman sebelumnya dan "
    "kirim lagi sebentar lagi; isian Anda masih ada di sana."
)
_HOPS = frozenset({
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
    "upgrade", "host",
})  # fmt: skip
"""Headers of one connection only (RFC 9110, section 7.6.1)."""


@dataclass(frozen=True)
class Doors:
    """`url`: intake's, as this service reaches it."""

    client: httpx.AsyncClient
    url: str
    frame: Frame

    def routes(self) -> list[BaseRoute]:
        return [Route(path, self._pass, methods=["GET", "POST"]) for path in PATHS]

    async def _pass(self, request: Request) -> Response:
        try:
            answer = await self._asked(request)
        except (httpx.HTTPError, ClientDisconnect):
            sentence = translations(language_of(request)).ugettext(_AWAY)
            page = self.frame.render(request, "problem.html", {"sentence": sentence, "status": 503}, status=503)
            page.headers["Retry-After"] = "2"
            return page
        response = StreamingResponse(_body(answer), answer.status_code)
        response.raw_headers = [
            (name, value) for name, value in answer.headers.raw if name.decode("latin-1").lower() not in _HOPS
        ]
        return response

    async def _asked(self, request: Request) -> httpx.Response:
        query = f"?{request.url.query}" if request.url.query else ""
        raw = request.scope.get("raw_path") or request.url.path.encode()
        headers = [(name, value) for name, value in request.headers.raw if name.decode("latin-1") not in _HOPS]
        if request.client is not None:
            headers.append((b"x-forwarded-for", request.client.host.encode()))
        body = _sent(request) if request.method == "POST" else None
        asked = self.client.build_request(
            request.method, self.url + raw.decode("latin-1").partition("?")[0] + query, headers=headers, content=body
        )
        return await self.client.send(asked, stream=True)


async def _sent(request: Request) -> AsyncIterator[bytes]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > bodies.FILES + bodies.FORM:  # intake says so itself, before that
            return
        yield chunk


async def _body(answer: httpx.Response) -> AsyncIterator[bytes]:
    async with aclosing(answer):
        async for chunk in answer.aiter_raw():
            yield chunk
