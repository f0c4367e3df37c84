"""Who gets a complaint: the city's rules, in order, the first that fits decides. Readable aloud in a meeting."""

from collections.abc import Callable
from dataclasses import dataclass

from services.contracts.base import OUT_OF_COMPETENCE, About, Function, Urgency
from services.contracts.city import City, Seat
from services.contracts.conflicts import conflict_free

MAYORS_INSPECTOR = "inspektorat"
SECRETARY = "sekda"

_FIRE_BRIGADE_FOR = frozenset({"fire", "animal_rescue"})
_LURAH_FINDS_THE_HOUSE = frozenset({"neighbour_in_need", "unfit_house", "social_aid", "street_people"})


@dataclass(frozen=True)
class Case:
    """What the rules look at."""

    category: str
    function: Function
    urgency: Urgency = "normal"
    district_code: str | None = None
    ward_code: str | None = None
    about: About | None = None
    first_level: str | None = None
    """The seat that the door belongs to."""
    against: str | None = None
    """The seat complained about, where it is known which."""


@dataclass(frozen=True)
class Chosen:
    lead: str
    rule: str
    territorial: str | None = None
    supporting: tuple[str, ...] = ()

    @property
    def seats(self) -> tuple[str, ...]:
        return (self.lead, *self.supporting, *((self.territorial,) if self.territorial else ()))


def choose(city: City, case: Case) -> Chosen | None:
    """The seats by the first rule that fits; None where only a person can say."""
    for rule in RULES:
        chosen = rule(city, case)
        if chosen is not None:
            return _without_conflicts(city, case, chosen)
    return None


def _without_conflicts(city: City, case: Case, chosen: Chosen) -> Chosen | None:
    """A lead with a conflict leaves it to a person; others are left out."""
    if not conflict_free(city, case, chosen.lead):
        return None
    territorial = chosen.territorial if chosen.territorial and conflict_free(city, case, chosen.territorial) else None
    supporting = tuple(seat for seat in chosen.supporting if conflict_free(city, case, seat))
    return Chosen(chosen.lead, chosen.rule, territorial, supporting)


def with_lead(city: City, case: Case, lead: str, supporting: tuple[str, ...] = ()) -> Chosen:
    """A person's choice of the lead, with the territorial seat that the rules put beside it."""
    by_rule = choose(city, case)
    territorial = by_rule.territorial if by_rule else None
    others = tuple(seat for seat in dict.fromkeys(supporting) if seat != lead)
    if territorial in (lead, *others) or (territorial is not None and not conflict_free(city, case, territorial)):
        territorial = None
    return Chosen(lead, "ruling", territorial, others)


def _about_the_mayor(_: City, case: Case) -> Chosen | None:
    """Nobody below the mayor can look into the mayor but the Inspektorat."""
    return Chosen(MAYORS_INSPECTOR, "about_mayor") if case.about == "mayor" else None


def _about_an_official(_: City, case: Case) -> Chosen | None:
    return Chosen(MAYORS_INSPECTOR, "about_official") if case.about == "official" else None


def _about_a_camat(_: City, case: Case) -> Chosen | None:
    return Chosen(SECRETARY, "about_camat") if case.about == "camat" else None


def _about_a_lurah(city: City, case: Case) -> Chosen | None:
    """One level above: the camat of the place; without a place the door's first level, if it is a camat."""
    if case.about != "lurah":
        return None
    camat = _camat(city, case) or (case.first_level if _is(city, case.first_level, "district") else None)
    return Chosen(camat or SECRETARY, "about_lurah")


def _about_rt_or_rw(city: City, case: Case) -> Chosen | None:
    """One level above: the lurah of the place; no other seat hears of it. The camat if the kelurahan is unknown."""
    if case.about not in ("rt", "rw"):
        return None
    seat = _lurah(city, case) or _camat(city, case) or case.first_level
    return Chosen(seat, "about_rt_rw") if seat else None


def _out_of_competence(city: City, case: Case) -> Chosen | None:
    """A life at risk is the city's matter whoever owns the wire; all else a person tells where to turn."""
    if case.function not in OUT_OF_COMPETENCE or case.urgency != "danger":
        return None
    rescue = _office(city, "disaster_fire", prefer="bpbd")
    return _placed(city, case, rescue, "danger_elsewhere") if rescue else None


def _danger(city: City, case: Case) -> Chosen | None:
    """Rescue first; the office whose matter it is supports."""
    if case.urgency != "danger":
        return None
    if case.function in ("women_children", "health"):
        return None  # their own office is the rescue
    rescue = _office(city, "disaster_fire", prefer="damkar" if case.category in _FIRE_BRIGADE_FOR else "bpbd")
    if rescue is None:
        return None
    own = _office(city, case.function)
    supporting = (own.id,) if own is not None and case.function != "disaster_fire" else ()
    return _placed(city, case, rescue, "danger", supporting)


def _first_level(city: City, case: Case) -> Chosen | None:
    """A sub-district with a number of its own takes what comes in there first, and passes on what it can't do."""
    if case.first_level is None:
        return None
    lurah = _lurah(city, case)
    return Chosen(case.first_level, "first_level", lurah if city.policy.tag_territorial else None)


def _village_matter(city: City, case: Case) -> Chosen | None:
    """What kelurahan and kecamatan do themselves."""
    if case.function != "village_ward":
        return None
    seat = _lurah(city, case) or _camat(city, case)
    return Chosen(seat, "territorial") if seat else None


def _fire_brigade(city: City, case: Case) -> Chosen | None:
    if case.category not in _FIRE_BRIGADE_FOR:
        return None
    brigade = _office(city, "disaster_fire", prefer="damkar")
    return _placed(city, case, brigade, "fire_brigade") if brigade else None


def _by_function(city: City, case: Case) -> Chosen | None:
    """The first office of the city file that has the function, and the camat or lurah of the place beside it."""
    office = _office(city, case.function)
    return _placed(city, case, office, f"function.{case.function}") if office else None


Rule = Callable[[City, Case], Chosen | None]

RULES: tuple[Rule, ...] = (
    _about_the_mayor,
    _about_an_official,
    _about_a_camat,
    _about_a_lurah,
    _about_rt_or_rw,
    _out_of_competence,
    _danger,
    _first_level,
    _village_matter,
    _fire_brigade,
    _by_function,
)


def _placed(city: City, case: Case, office: Seat, rule: str, supporting: tuple[str, ...] = ()) -> Chosen:
    territorial = None
    if city.policy.tag_territorial:
        territorial = _lurah(city, case) if case.category in _LURAH_FINDS_THE_HOUSE else None
        territorial = territorial or _camat(city, case)
    return Chosen(office.id, rule, territorial, supporting)


def _office(city: City, function: Function, prefer: str | None = None) -> Seat | None:
    offices = [seat for seat in city.seats.values() if seat.kind == "agency" and function in seat.functions]
    return next((seat for seat in offices if seat.id == prefer), offices[0] if offices else None)


def _seat_of(city: City, code: str | None) -> str | None:
    seat = city.territorial.get(code) if code is not None else None
    return seat.id if seat else None


def _camat(city: City, case: Case) -> str | None:
    code = case.district_code
    if code is None and case.ward_code in city.wards:
        code = city.district_of(case.ward_code).code
    return _seat_of(city, code)


def _lurah(city: City, case: Case) -> str | None:
    return _seat_of(city, case.ward_code)


def _is(city: City, seat: str | None, kind: str) -> bool:
    return seat is not None and seat in city.seats and city.seats[seat].kind == kind
