"""Who may see which complaint, and whose words in it. Pure rules; every page asks here.

Handlers (offices, camat, lurah) see what they hold, or what a seat right below them holds, and never the reporter's
own words. Words of the offices (`handling`) are opened for those who work on the matter or answer for it.
"""

from services.contracts.city import City
from services.contracts.city.conflicts import may_know
from services.contracts.sealed import key_id_of
from services.contracts.tokens import Role
from services.reporting.read_models.cases.card import Card
from services.reporting.read_models.cases.closing import Picture
from services.web.staff import Staff

WHOLE_CITY: tuple[Role, ...] = (
    "screener", "coordinator", "clerk", "leader", "aide", "communication", "auditor", "data_protection",
)  # fmt: skip
HANDLING: tuple[Role, ...] = ("screener", "coordinator", "clerk", "leader")
HANDLING_UNLESS_SECRET: tuple[Role, ...] = ("aide", "communication")
"""Nothing of a secret complaint is ever published, so that whoever publishes has no need of its words."""
CONCERNED: tuple[Role, ...] = ("screener", "coordinator", "clerk", "leader")
REPORTER: tuple[Role, ...] = ("screener", "clerk")
"""They take complaints in, so they read them whatever the confidentiality."""
REPORTER_UNLESS_CONFIDENTIAL: tuple[Role, ...] = ("coordinator", "leader", "aide")


def answers_for(city: City, seat: str, other: str) -> bool:
    """Whether `seat` is `other` or its direct superior."""
    known = city.seats.get(other)
    return seat == other or (known is not None and known.superior == seat)


def holds(staff: Staff, card: Card) -> bool:
    return card.city == staff.city.id and any(answers_for(staff.city, staff.seat.id, seat) for seat in card.holdings)


def sees_all(staff: Staff) -> bool:
    return staff.has(*WHOLE_CITY)


def may_see(staff: Staff, card: Card) -> bool:
    """Another city's complaint never; one about oneself or one's superiors neither; a handler only what is, or was
    answered for, at its desk."""
    if card.city != staff.city.id:
        return False
    if card.matter is not None and not may_know(staff.city, card.matter, staff.seat.id):
        return False
    return (sees_all(staff) and _in_area(staff, card)) or holds(staff, card) or asked_to_look(staff, card)


def asked_to_look(staff: Staff, card: Card) -> bool:
    """Whoever is asked to sign, and an auditor where chance has drawn the complaint."""
    if card.city != staff.city.id:
        return False
    signing = card.closing.sign_off is not None and card.closing.sign_off.to == staff.seat.id
    return signing or (card.closing.audit is not None and staff.has("auditor"))


def sees_picture(staff: Staff, card: Card, picture: Picture) -> bool:
    """What offices show is theirs to see; of a reporter's pictures handlers see those that somebody cleared for them.

    Whoever clears must see them all.
    """
    if picture.of == "office":
        return _reads_offices(staff, card)
    if picture.party in card.erased:
        return False
    if staff.has(*REPORTER, "coordinator"):
        return True
    if picture.audience != "hidden":
        return _reads_offices(staff, card)
    return card.confidentiality == "normal" and staff.has(*REPORTER_UNLESS_CONFIDENTIAL)


def clears(staff: Staff, card: Card, picture: Picture) -> bool:
    return staff.has("screener", "coordinator", "communication") and sees_picture(staff, card, picture)


def _in_area(staff: Staff, card: Card) -> bool:
    if not staff.area:
        return True
    code = (card.matter.ward_code or card.matter.district_code) if card.matter else None
    return code is not None and any(code.startswith(area) for area in staff.area)


def _reads_offices(staff: Staff, card: Card) -> bool:
    """What offices wrote and showed, for who works on it or answers for it."""
    if holds(staff, card) or staff.has(*HANDLING) or asked_to_look(staff, card):
        return True
    return card.confidentiality != "secret" and staff.has(*HANDLING_UNLESS_SECRET)


def is_neighbour(staff: Staff) -> bool:
    """The head of an RT or RW lives beside the reporter: category and progress, no words, no pictures."""
    return staff.seat.kind in ("rt", "rw")


def opens(staff: Staff, card: Card, sealed: str, *, of_wish: bool = False) -> bool:
    """Whether this sealed value may be opened for this seat. `of_wish`: it is why somebody wants the contact."""
    if is_neighbour(staff):
        return False
    party = key_id_of(sealed).partition("/")[2]
    if party == "handling":
        return _reads_offices(staff, card) or (of_wish and staff.has("data_protection"))
    if party == "concerned":
        return holds(staff, card) or staff.has(*CONCERNED)
    return staff.has(*REPORTER) or (card.confidentiality == "normal" and staff.has(*REPORTER_UNLESS_CONFIDENTIAL))
