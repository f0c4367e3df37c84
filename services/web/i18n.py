"""Languages of the pages: Indonesian is the source text, English a gettext catalogue read at start.

The catalogue is kept as a `.po` file and read by Babel when the service starts, so there is no build step to forget.
"""

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from starlette.requests import Request

DEFAULT = "id"
LANGUAGES: Mapping[str, str] = {"id": "Bahasa Indonesia", "en": "English"}
COOKIE = "tuntas_lang"
CATALOGUES = Path(__file__).parent / "locale"


def later(text: str) -> str:
    """Marks a source text for the catalogue where it stands; it is translated later, where it is shown."""
    return text


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language; the source language, and an unknown one, translate to themselves."""
    path = CATALOGUES / language / "LC_MESSAGES" / "tuntas.po"
    if language == DEFAULT or language not in LANGUAGES or not path.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def language_of(request: Request) -> str:
    """What the reader chose (`?lang=` now, else the cookie of an earlier choice), else Indonesian."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if wanted is not None and wanted in LANGUAGES:
            return wanted
    return DEFAULT
