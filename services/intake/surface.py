"""What every route of this service answers, for its description (`services.web.openapi`)."""

from services.web.openapi import BYTES, FORM, HTML, JSON, JSON_BODY, SVG, Answers, Table

TITLE = "Tuntas: doors"
_PAGE = (HTML, JSON)
_REPORT = (
    "key", "text", "ward", "place", "latitude", "longitude", "contact", "kind", "confidentiality", "files",
    "files_kept",
)  # fmt: skip
_SAID = ("say", "text", "once", "files", "files_kept")
_LOGIN: dict[int, tuple[str, ...]] = {303: (), 401: (JSON,), 403: _PAGE}
_AWAY: dict[int, tuple[str, ...]] = {503: _PAGE}
_BROKEN: dict[int, tuple[str, ...]] = {400: ("text/plain", HTML, JSON)}
_SENT: dict[int, tuple[str, ...]] = {303: (), 403: _PAGE, 404: _PAGE, 413: _PAGE, 422: _PAGE, **_AWAY, **_BROKEN}
_PROBLEMS: dict[int, tuple[str, ...]] = {401: (JSON,), 413: (JSON,), 503: (JSON,)}


def _page(summary: str, *statuses: int, query: tuple[str, ...] = ()) -> Answers:
    return Answers(summary, {**dict.fromkeys((200, *statuses), _PAGE), **_AWAY}, query=query)


def _staff(summary: str, *statuses: int, query: tuple[str, ...] = ()) -> Answers:
    return Answers(summary, {**dict.fromkeys((200, *statuses), _PAGE), **_LOGIN, **_AWAY}, query=query)


TABLE: Table = {
    ("GET", "/webhooks/{city}/{channel}"): Answers(
        "A provider's handshake", {200: ("text/plain",), 403: (JSON,), 404: (JSON,)}
    ),
    ("POST", "/webhooks/{city}/{channel}"): Answers(
        "What a provider calls us with; signed", {200: (JSON,), 400: (JSON,), 404: (JSON,), **_PROBLEMS}, JSON_BODY
    ),
    ("POST", "/media"): Answers(
        "A file of an adapter, an agency or the console",
        {201: (JSON,), 400: (JSON,), 415: (JSON,), 422: (JSON,), **_PROBLEMS}, BYTES, token=True,
    ),
    ("GET", "/media/{reference}"): Answers(
        "A picture of a task, for the agency that holds it",
        {200: ("image/*", "application/pdf", "video/*", "audio/*"), 401: (JSON,), 404: (JSON,), 503: (JSON,)},
        token=True,
    ),
    ("POST", "/entries"): Answers(
        "What a moderator takes down on air", {201: (JSON,), 400: (JSON,), 422: (JSON,), **_PROBLEMS}, JSON_BODY,
        token=True,
    ),
    ("POST", "/links"): Answers(
        "A post of elsewhere that staff paste", {200: (JSON,), 201: (JSON,), 400: (JSON,), 422: (JSON,), **_PROBLEMS},
        JSON_BODY, token=True,
    ),
    ("POST", "/mail/{city}"): Answers(
        "A letter that a mail server hands in", {200: (JSON,), 400: (JSON,), **_PROBLEMS}, BYTES, token=True
    ),
    ("POST", "/open311"): Answers(
        "A report of an Open311 client, handed in by the pages",
        {201: (JSON,), 400: (JSON,), 403: (JSON,), 422: (JSON,), 429: (JSON,), **_PROBLEMS}, JSON_BODY, token=True,
    ),
    ("GET", "/open311/tokens/{token}"): Answers(
        "Whether such a report has its ticket", {200: (JSON,), 401: (JSON,), 404: (JSON,), 503: (JSON,)}, token=True
    ),
    ("GET", "/lapor"): Answers("To which city", {200: _PAGE, 303: (), **_AWAY}),
    ("GET", "/lapor/{city}"): _page("The form", 404, query=("tempat",)),
    ("POST", "/lapor/{city}"): Answers("A report", {200: _PAGE, **_SENT}, FORM, _REPORT),
    ("GET", "/lapor/{city}/peta.svg"): Answers(
        "Map of the kelurahan", {200: (SVG,), 404: _PAGE, **_AWAY}, query=("lat", "lon")
    ),
    ("GET", "/lapor/{city}/terima/{key}"): _page("Its ticket; 202 while it is made", 202, 404, query=("ditolak",)),
    ("GET", "/lapor/{city}/saya/{key}"): _page("The reporter's own page", 404),
    ("POST", "/lapor/{city}/saya/{key}"): Answers(
        "SUDAH, BELUM, more words, files, a code for a chat", {200: _PAGE, **_SENT}, FORM, _SAID
    ),
    ("GET", "/lapor/{city}/poster"): _page("A poster for every kelurahan", 404),
    ("GET", "/lapor/{city}/poster/semua"): _page("All of them", 404),
    ("GET", "/lapor/{city}/poster/{ward}"): _page("One of them", 404),
    ("GET", "/meja"): _staff("The desk"),
    ("POST", "/meja"): Answers(
        "An entry for somebody", {201: (JSON,), 202: (JSON,), **_SENT, 401: _PAGE}, FORM,
        (*_REPORT, "name", "concerned_name", "concerned_place", "forwarder", "csrf"),
    ),
    ("GET", "/meja/siap"): Answers("Who is logged in", {200: (JSON,), **_LOGIN, **_AWAY}),
    ("GET", "/meja/pintu"): _staff("How the doors stand"),
    ("GET", "/meja/petugas"): _staff("An officer reports himself"),
    ("POST", "/meja/petugas"): Answers(
        "Such a report", {201: (JSON,), 202: (JSON,), **_SENT, 401: _PAGE}, FORM,
        (*_REPORT, "concerned_name", "concerned_place", "csrf"),
    ),
    ("GET", "/meja/slip/{key}"): _staff("The slip", 202, 404, query=("kertas", "ditolak")),
    ("GET", "/meja/cari"): _staff("A code, typed or scanned", 422, query=("tiket",)),
    ("GET", "/meja/laporan/{ticket}"): _staff("Where it stands", 404),
    ("POST", "/meja/laporan/{ticket}"): Answers(
        "What the person says at the counter", {**_SENT, 401: _PAGE}, FORM, (*_SAID, "csrf")
    ),
    ("GET", "/meja/tautan"): _staff("The form for a link"),
    ("POST", "/meja/tautan"): Answers("A link", {200: _PAGE, **_SENT, 401: _PAGE}, FORM, ("csrf",)),
}  # fmt: skip
