"""What a person reads at an address that is no page of ours, and where we failed; programs get the short answer of the
framework."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ExceptionHandler

from services.web import i18n
from services.web.frame import Frame
from services.web.headers import of_pages
from services.web.i18n import later

_NOTHING = later("Halaman ini tidak ada.")
_ONLY_FORMS = later("Alamat ini hanya menerima formulir. Buka halamannya lalu kirim lagi.")
_OUR_FAULT = later(
    "Ada yang rusak di pihak kami, dan sudah tercatat. Yang baru dikirim mungkin belum tersimpan: kembali, muat ulang "
    "halamannya, lalu periksa."
)


def handlers(frame: Frame) -> Mapping[int, ExceptionHandler]:
    """For 404 and 405 of the router itself, and for what nobody foresaw (500, which is raised on and so logged as
    before); a page's own problems are told by `services.web.pages`."""

    def shown(request: Request, sentence: str, status: int) -> Response:
        text = i18n.translations(i18n.language_of(request)).ugettext(sentence)
        return frame.render(request, "problem.html", {"sentence": text, "status": status}, status=status)

    async def tell(request: Request, error: Exception) -> Response:
        status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (404, None)
        if "text/html" not in request.headers.get("accept", ""):
            return PlainTextResponse("Not Found" if status == 404 else "Method Not Allowed", status, headers)
        page = shown(request, _NOTHING if status == 404 else _ONLY_FORMS, status)
        page.headers.update(headers or {})
        return page

    async def failed(request: Request, _error: Exception) -> Response:
        if "text/html" not in request.headers.get("accept", ""):
            return PlainTextResponse("Internal Server Error", 500)
        page = shown(request, _OUR_FAULT, 500)
        # The framework answers this one outside of every middleware.
        page.headers.update(of_pages(secure=frame.cookies.secure) | {"Cache-Control": "no-store"})
        return page

    return {404: tell, 405: tell, 500: failed}
