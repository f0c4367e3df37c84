"""GeoReport's two forms: JSON, and XML by the Spark convention (a list is an element of elements). Pure.

GeoReport v2 "Format Support" and "Encoding": `text/xml; charset=utf-8` with an XML declaration, `application/json`.
"""

import json
import re
from typing import Any
from xml.sax.saxutils import escape

from starlette.responses import Response

_ITEMS = {
    "services": "service", "service_requests": "request", "errors": "error", "attributes": "attribute",
    "values": "value", "endpoints": "endpoint", "formats": "format",
}  # fmt: skip
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Bad(Exception):
    """An error that GeoReport names: HTTP status and a description."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


def answer(root: str, value: Any, form: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """`root`: the outermost XML element, which JSON does without."""
    if form == "xml":
        body = '<?xml version="1.0" encoding="UTF-8"?>\n' + _element(root, value) + "\n"
        return Response(body, status, headers, "text/xml; charset=utf-8")
    return Response(json.dumps(value, ensure_ascii=False), status, headers, "application/json; charset=utf-8")


def error(bad: Bad, form: str) -> Response:
    headers = {"retry-after": "5"} if bad.status in (429, 503) else None
    found = [{"code": bad.status, "description": bad.description}]
    return answer("errors", found, form, bad.status, headers)


def _element(name: str, value: Any) -> str:
    if value is None:
        return f"<{name}/>"
    if isinstance(value, dict):
        return f"<{name}>{''.join(_element(key, inner) for key, inner in value.items())}</{name}>"
    if isinstance(value, list):
        return f"<{name}>{''.join(_element(_ITEMS[name], inner) for inner in value)}</{name}>"
    if isinstance(value, bool):
        return f"<{name}>{str(value).lower()}</{name}>"
    return f"<{name}>{escape(_NOT_XML.sub('', str(value)))}</{name}>"
