"""Tables as cities keep them: CSV in whatever encoding and separator, XLSX, XLS and ODS. Every cell comes as text."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
LARGEST = 200 * 1024 * 1024
"""Bytes: a city's complaints of ten years are a tenth of that."""

_SEPARATORS = (",", ";", "\t", "|")
_LONGEST_CELL = 1_000_000
_SHORT = 60
"""Characters up to which a cell that spans rows is said of each of them."""

Row = tuple[int, list[str]]
"""Number as a spreadsheet shows it (from 1; in a CSV the line at which the row ends), and the cells."""


class Unreadable(Exception):
    """The file is no table that can be read; the text says why."""


def sheets(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """Every sheet by name with its rows; a CSV is one sheet. Empty rows are left out. `Unreadable`."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable(f"{path.name} has {size:,} bytes; at most {LARGEST:,} are read")
        if path.suffix.lower() in SPREADSHEETS:
            yield from _spreadsheet(path)
        else:
            yield path.name, _csv(path.read_bytes(), path.name)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}") from error


def _spreadsheet(path: Path) -> Iterator[tuple[str, list[Row]]]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                # Without the empty rows above the table kept, numbers would not be those that people see.
                sheet = book.get_sheet_by_name(name)
                cells = sheet.to_python(skip_empty_area=False)
                _fill(cells, sheet.merged_cell_ranges or ())
                rows = [(number, [_text(cell) for cell in row]) for number, row in enumerate(cells, start=1)]
                yield name, [(number, row) for number, row in rows if any(row)]
    except CalamineError as error:
        raise Unreadable(f"{path.name} is no spreadsheet: {error}") from error


def _fill(cells: list[list[Any]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """What stands once for several rows (a day, a name, a place) stands in each of them. A story that takes several
    rows is told once, and a cell that spans columns is a title, which stays where it begins."""
    for (top, left), (bottom, _) in merged:
        if top < len(cells) and left < len(cells[top]) and len(_text(cells[top][left])) <= _SHORT:
            for row in cells[top + 1 : bottom + 1]:
                if left < len(row) and row[left] == "":
                    row[left] = cells[top][left]


def _text(cell: object) -> str:
    match cell:
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() | date():
            return cell.isoformat()
        case _:
            return str(cell).strip()


def _csv(content: bytes, name: str) -> list[Row]:
    text = decoded(content)
    if "\0" in text:
        raise Unreadable(f"{name} is no text")
    separator = None
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        # What Excel writes above a table to tell itself the separator.
        separator, text = first.strip()[4], "\n" + rest
    csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or separated_by(text))
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise Unreadable(f"{name}: {error}") from error
    return [(number, row) for number, row in rows if any(row)]


def decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 with or without their mark, else Windows-1252, in which every old Excel of the region writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def separated_by(text: str) -> str:
    """The separator by which most rows at the beginning have the same number of columns, at least two; else a comma."""

    def regularity(separator: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        try:
            for row, _ in zip(csv.reader(io.StringIO(text, newline=""), delimiter=separator), range(100), strict=False):
                widths[len(row)] += len(row) > 1
        except csv.Error:
            return 0, 0
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return times, width

    return max(_SEPARATORS, key=regularity)
