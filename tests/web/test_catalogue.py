"""Every sentence of the pages has its English, and the words of the time are the city's."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from services.contracts.hearing.table import ROWS
from services.reporting.categories import CATEGORIES
from services.router.screening.categories import CATEGORIES as SCREENED
from services.web import moments
from services.web.i18n import CATALOGUES, translations
from services.web.limits import Allowance

SOURCES = (Path("services/web"), Path("services/reporting"), Path("services/intake/pages"))
KEYWORDS = {"_": None, "later": None, "ngettext": (1, 2)}


def _sentences() -> set[str]:
    found = set()
    for source in SOURCES:
        mapping = [("**.py", "python"), ("**.html", "jinja2")]
        for _, _, message, _, _ in extract_from_dir(source, mapping, keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else str(next(iter(message))))
    return found | {row.what for row in ROWS}


def _first(text: str | list[str] | tuple[str, ...] | None) -> str:
    """The singular."""
    return text if isinstance(text, str) else (text or ("",))[0]


def _catalogue() -> dict[str, str]:
    with (CATALOGUES / "en" / "LC_MESSAGES" / "tuntas.po").open("rb") as file:
        read = read_po(BytesIO(file.read()), locale="en")
    return {_first(m.id): _first(m.string) for m in read if m.id}


def test_every_sentence_of_the_pages_has_its_english() -> None:
    english = _catalogue()
    assert {text for text in _sentences() if not english.get(text)} == set()


def test_the_catalogue_holds_no_sentence_that_no_page_says() -> None:
    assert set(_catalogue()) - _sentences() == set()


def test_a_translation_fills_in_the_same_names() -> None:
    shape = re.compile(r"\{\w+\}|%\(\w+\)[sd]")
    for source, english in _catalogue().items():
        assert set(shape.findall(source)) == set(shape.findall(english)), source


def test_an_unknown_language_reads_the_source() -> None:
    assert translations("xx").ugettext("Papan") == "Papan"
    assert translations("en").ugettext("Papan") == "Board"


def test_the_pages_know_every_matter_that_screening_knows() -> None:
    assert {one.id: (one.label, one.function) for one in SCREENED} == {
        name: (one.label, one.function) for name, one in CATEGORIES.items()
    }


MONDAY = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)


def test_a_moment_is_told_in_the_citys_own_time() -> None:
    assert moments.short(MONDAY, MONDAY, ZoneInfo("Asia/Jakarta"), "id") == "09.10 WIB"
    assert moments.short(MONDAY, MONDAY, ZoneInfo("Asia/Makassar"), "id") == "10.10 WITA"
    assert moments.short(MONDAY, MONDAY + timedelta(days=1), ZoneInfo("Asia/Jakarta"), "id") == "Senin 09.10 WIB"
    assert moments.exact(MONDAY, ZoneInfo("Asia/Jakarta"), "id") == "Senin, 23 November 2026 09.10 WIB"


def test_pauses_double_from_a_second_up_to_a_quarter_of_an_hour() -> None:
    rule = Allowance(free=5)
    assert [rule.pause(n).total_seconds() for n in (0, 5, 6, 7, 8, 16, 60)] == [0, 0, 1, 2, 4, 900, 900]
