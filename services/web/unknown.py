"""What a person reads at an address that is no page of ours; programs get the short answer of the framework."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ExceptionHandler

from services.web import i18n
from services.web.frame import Frame
from services.web.i18n import later

_NOTHING = later("Halaman ini tidak ada.")
_ONLY_FORMS = later("Alamat ini hanya menerima formulir. Buka halamannya lalu kirim lagi.")


def handlers(frame: Frame) -> Mapping[int, ExceptionHandler]:
    """For 404 and 405 of the router itself; a page's own problems are told by `services.web.pages`."""

    async def tell(request: Request, error: Exception) -> Response:
        status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (404, None)
        if "text/html" not in request.headers.get("accept", ""):
            return PlainTextResponse("Not Found" if status == 404 else "Method Not Allowed", status, headers)
        sentence = i18n.translations(i18n.language_of(request)).ugettext(_NOTHING if status == 404 else _ONLY_FORMS)
        page = frame.render(request, "problem.html", {"sentence": sentence, "status": status}, status=status)
        page.headers.update(headers or {})
        return page

    return {404: tell, 405: tell}
