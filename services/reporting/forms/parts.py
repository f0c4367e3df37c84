"""What forms are made of, and who they are for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from services.contracts.city import City, SeatKind
from services.contracts.city.conflicts import conflict_free
from services.contracts.city.handing import Handed, may_hand_off
from services.reporting import labels
from services.reporting.read_models.cases.card import Card
from services.web.i18n import later
from services.web.staff import Staff

_TAKING: frozenset[SeatKind] = frozenset({"agency", "district", "ward", "leader", "assistant", "rt", "rw"})
"""Kinds of seats that work on complaints."""

Choices = Callable[[City, Card, Callable[[str], str]], list[tuple[str, str]]]


@dataclass(frozen=True)
class Field:
    """`kind` moment: a local date and time, read in the city's zone. files: chosen
    files, whose references stand in the value once they are uploaded, with spaces between them."""

    name: str
    label: str
    kind: Literal["area", "text", "moment", "date", "url", "number", "select", "ticket", "files", "check"] = "area"
    hint: str = ""
    required: bool = True
    choices: Choices | None = None


@dataclass(frozen=True)
class Form:
    do: str
    title: str
    button: str
    fields: tuple[Field, ...]
    may: Callable[[Staff, Card], bool]
    says: str = ""
    """What will happen, before it happens."""
    danger: bool = False
    listed: bool = True
    """Among the actions of the page; otherwise it stands beside what it is about."""


PICTURES = Field(
    "evidence", later("Gambar bukti"), "files", required=False,
    hint=later("Foto baru dari tempat ini. Gambar yang sudah pernah dipakai ditolak."),
)  # fmt: skip


def holder(staff: Staff, card: Card) -> bool:
    """While its resolution waits for a signature an office waits too."""
    return card.phase == "working" and card.closing.sign_off is None and staff.seat.id in card.holdings


def lead(staff: Staff, card: Card) -> bool:
    return card.phase == "working" and card.closing.sign_off is None and staff.seat.id == card.lead


def movable(staff: Staff, card: Card) -> bool:
    """Whether this seat may still give it away by itself."""
    return staff.seat.id not in card.bound and not (card.forced and staff.seat.id == card.lead)


def seats(city: City, card: Card, _tr: Callable[[str], str]) -> list[tuple[str, str]]:
    """Whoever may get a part of it: never a seat that the complaint is about."""
    return [
        (seat.id, seat.title)
        for seat in city.seats.values()
        if seat.kind in ("agency", "district", "ward", "leader")
        and (card.matter is None or conflict_free(city, card.matter, seat.id))
    ]


def within_reach(city: City, card: Card, _tr: Callable[[str], str]) -> list[tuple[str, str]]:
    """To whom the lead may hand it on, as the router decides it; whoever has it already is none of them."""
    giver, matter = card.lead, card.matter
    if giver is None or matter is None:
        return []
    handed = Handed(matter.function, matter.district_code, matter.ward_code)
    return [
        (seat.id, seat.title)
        for seat in city.seats.values()
        if seat.id != giver
        and seat.kind in _TAKING
        and conflict_free(city, matter, seat.id)
        and may_hand_off(city, city.rules, handed, giver, seat.id)
    ]


def of(words: Mapping[str, str]) -> Choices:
    return lambda _city, _card, tr: labels.choices(words, tr)
