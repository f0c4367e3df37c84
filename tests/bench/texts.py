"""Complaints as people could write them, made of parts; every one names its kelurahan and matter clearly."""

import itertools
from collections.abc import Iterator

from services.contracts.city import City

_MATTERS = (
    "Sampah menumpuk di kelurahan {ward}, sudah {days} hari tidak diangkut, bau sekali",
    "Min lampu jalan mati di kelurahan {ward} sudah {days} hari, gelap",
    "Got mampet di kelurahan {ward}, sudah {days} hari, air meluap ke jalan",
    "Jalan berlubang di kelurahan {ward}, sudah {days} hari belum ditambal, banyak motor jatuh",
    "Air PDAM mati di kelurahan {ward} sudah {days} hari pak",
)


def complaints(city: City) -> Iterator[str]:
    """Without end; the same order every time."""
    wards = [ward.name for ward in city.wards.values()]
    for number in itertools.count():
        matter = _MATTERS[number % len(_MATTERS)]
        yield matter.format(ward=wards[(number // len(_MATTERS)) % len(wards)], days=2 + number % 9)
