"""Which seat a complaint about an official means, as far as place and words say. Asked for no other complaint."""

import re
from collections.abc import Iterable

from services.contracts.base import About
from services.contracts.city import City, Seat, SeatKind

_WORD = re.compile(r"[a-z0-9]+")
_OFFICE = frozenset({"dinas", "badan", "kantor", "bagian", "satuan", "perumda", "kota", "dan", "daerah"})
"""Words of an office's name that do not tell one office from another."""

_ABOUT: dict[SeatKind, About] = {"rt": "rt", "rw": "rw", "ward": "lurah", "district": "camat", "agency": "agency"}


def accused(
    city: City, about: About | None, *, district_code: str | None, ward_code: str | None, texts: Iterable[str] = ()
) -> str | None:
    """The seat, or None where nobody can say which: then everyone it may be is left out (`city.conflicts`)."""
    match about:
        case None | "rt" | "rw":
            return None
        case "lurah":
            return _seat(city, ward_code)
        case "camat":
            district = city.district_of(ward_code).code if ward_code in city.wards else district_code
            return _seat(city, district)
        case "mayor":
            return _leader(city)
        case "agency" | "official":
            return _named(city, texts)


def about_seat(city: City, seat: str) -> About:
    """What a complaint about this seat is about."""
    kind = city.seats[seat].kind
    if seat == _leader(city):
        return "mayor"
    return _ABOUT.get(kind, "official")


def _seat(city: City, code: str | None) -> str | None:
    found = city.territorial.get(code) if code is not None else None
    return found.id if found else None


def _leader(city: City) -> str | None:
    """The seat above all others. For the vice mayor too: nobody below the mayor looks into the mayor's deputy."""
    return next((seat.id for seat in city.seats.values() if seat.kind == "leader" and seat.superior is None), None)


def _named(city: City, texts: Iterable[str]) -> str | None:
    """The one office that the words name by its short name, or by every telling word of its name."""
    words = {word for text in texts for word in _WORD.findall(text.lower())}
    found = {seat.id for seat in city.seats.values() if seat.kind == "agency" and _is_named(seat, words)}
    return found.pop() if len(found) == 1 else None


def _is_named(seat: Seat, words: set[str]) -> bool:
    if set(seat.id.split("-")) <= words:
        return True
    telling = set(_WORD.findall(seat.office.lower())) - _OFFICE
    return bool(telling) and telling <= words
