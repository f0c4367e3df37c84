"""What every page that anyone may open answers, for its description (`services.web.openapi`)."""

from services.web.openapi import FORM, HTML, JSON, Answers, Table

TITLE = "Tuntas: public pages"
_PAGE = (HTML, JSON)
_AWAY: dict[int, tuple[str, ...]] = {503: _PAGE}

TABLE: Table = {
    ("GET", "/"): Answers("Start", {200: _PAGE, **_AWAY}),
    ("GET", "/lacak"): Answers(
        "A code as people type it", {200: _PAGE, 303: (), 422: _PAGE, **_AWAY}, query=("ticket",)
    ),
    ("GET", "/lacak/{ticket}"): Answers(
        "Progress of one report", {200: _PAGE, 404: _PAGE, 429: _PAGE, **_AWAY}, query=("kunci", "terkirim", "lang")
    ),
    ("GET", "/lacak/{ticket}/gambar/{media}"): Answers(
        "A picture that was cleared for everybody", {200: ("image/jpeg", "image/png"), 404: _PAGE, **_AWAY}
    ),
    ("GET", "/gambar/{name}"): Answers(
        "The same by its own name, as feeds want it", {200: ("image/jpeg",), 404: _PAGE, **_AWAY}
    ),
    ("GET", "/umum"): Answers("The cities here", {200: _PAGE, 303: (), **_AWAY}),
    ("GET", "/umum/{city}"): Answers(
        "What was shown to everybody: a list and counts by kelurahan", {200: _PAGE, 400: _PAGE, 404: _PAGE, **_AWAY},
        query=("kelurahan", "jenis", "keadaan", "halaman", "lang"),
    ),
    ("GET", "/login"): Answers("The login, or its token as JSON", {200: _PAGE, 303: (), **_AWAY}, query=("next",)),
    ("POST", "/login"): Answers(
        "Log in",
        {
            200: (JSON,), 303: (), 400: ("text/plain", HTML, JSON), 401: _PAGE, 403: _PAGE, 413: _PAGE, 429: _PAGE,
            **_AWAY,
        },
        FORM, ("user", "password", "next", "csrf"),
    ),
    ("GET", "/styleguide"): Answers("Every component of the pages", {200: _PAGE, **_AWAY}),
}  # fmt: skip
