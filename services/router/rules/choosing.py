"""The seats by the city's rules: from top to bottom, for each part the first rule that fits and says it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from services.contracts.city import Agency, City, conflicts, handing
from services.contracts.city.rules import Part, Then
from services.router.rules.case import Case, Chosen
from services.router.rules.matching import Moment, Ready, district_of, fits, moment, ready, timely

DECLARED = "function."
"""Rule id of a lead that no rule named: the office that declares the function, `function.environment`."""


def choose(city: City, case: Case) -> Chosen | None:
    """None where only a person can say. Never a seat with a conflict, never one that the city does not have."""
    return book(city).choose(case)


def book(city: City) -> "Book":
    """The rules of this city, prepared once for as long as they are in force."""
    found = _BOOKS.get(city.id)
    if found is None or found.city is not city:
        found = _BOOKS[city.id] = Book(city)
    return found


@dataclass(slots=True)
class _Answer:
    lead: str | None = None
    supporting: tuple[str, ...] = ()
    territorial: str | None = None
    unit: str | None = None
    instruction: str | None = None
    person: bool = False
    by: dict[Part, str] = field(default_factory=dict)
    left_out: dict[str, None] = field(default_factory=dict)


class Book:
    """One city's rules, ready to be asked many times."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.rules: tuple[Ready, ...] = tuple(ready(city, rule) for rule in city.rules.rules)
        self._timed = tuple(one for one in self.rules if one.timed)

    def moment(self, case: Case) -> Moment | None:
        """None where no rule asks for it."""
        return moment(self.city, case.at) if self._timed and case.at is not None else None

    @cached_property
    def looks_at(self) -> tuple[str, ...]:
        """Fields of a case that can make a difference beside its function, place, and whose conduct it is about."""
        said = {name for one in self.rules for name in one.rule.when.said()}
        return tuple(
            name for name in ("category", "urgency", "kind", "confidentiality", "on_behalf", "door") if name in said
        )

    def times(self, now: Moment | None) -> tuple[bool, ...]:
        """Which conditions on time hold, for each rule that has one."""
        return tuple(timely(one.rule.when, now) for one in self._timed)

    def choose(self, case: Case, now: Moment | None = None) -> Chosen | None:
        """`now`: the case's moment, where the caller has worked it out."""
        district = district_of(self.city, case)
        now = now or self.moment(case)
        answer = _Answer()
        for one in self.rules:
            if fits(one, case, district, now):
                self._take(one.rule.id, one.rule.then, case, district, answer)
        if answer.lead is None:
            self._declared(case, district, answer)
        if answer.lead is None:
            return None
        return self._chosen(answer, case, district)

    def _chosen(self, answer: _Answer, case: Case, district: str | None) -> Chosen:
        lead = answer.lead
        assert lead is not None
        supporting = tuple(seat for seat in answer.supporting if seat != lead)
        territorial = answer.territorial if self.city.policy.tag_territorial else None
        if territorial == lead or territorial in supporting:
            territorial = None
        unit = answer.unit if self.city.unit(lead, answer.unit or "") else self._unit(lead, case, district)
        given = {"supporting": supporting, "territorial": territorial, "unit": answer.unit if unit else None}
        return Chosen(
            lead=lead,
            rule=answer.by["lead"],
            territorial=territorial,
            supporting=supporting,
            unit=unit,
            instruction=answer.instruction,
            person=answer.person,
            rules={part: by for part, by in answer.by.items() if part != "lead" and given.get(part, True)},
            left_out=tuple(answer.left_out),
        )

    def _take(self, rule: str, then: Then, case: Case, district: str | None, answer: _Answer) -> None:
        by = answer.by
        if then.lead is not None and "lead" not in by:
            answer.lead = next(self._usable(then.lead, case, district, answer), None)
            if answer.lead is not None:
                by["lead"] = rule
        if then.supporting is not None and "supporting" not in by:
            answer.supporting = tuple(dict.fromkeys(self._usable(then.supporting, case, district, answer)))
            by["supporting"] = rule
        if then.territorial is not None and "territorial" not in by:
            answer.territorial = next(self._usable(then.territorial, case, district, answer), None)
            if answer.territorial is not None or not then.territorial:
                by["territorial"] = rule
        if then.unit is not None and "unit" not in by:
            answer.unit, by["unit"] = then.unit, rule
        if then.instruction is not None and "instruction" not in by:
            answer.instruction, by["instruction"] = then.instruction, rule
        if then.person is not None and "person" not in by:
            answer.person, by["person"] = then.person, rule

    def _usable(self, names: Sequence[str], case: Case, district: str | None, answer: _Answer) -> Iterator[str]:
        for name in names:
            seat = self._seat(name, case, district)
            if seat is None or seat not in self.city.seats:
                continue
            if conflicts.conflict_free(self.city, case, seat):
                yield seat
            else:
                answer.left_out[seat] = None

    def _seat(self, name: str, case: Case, district: str | None) -> str | None:
        if name == "inspector":
            return self._inspector
        return handing.seat(
            self.city, name, district, case.ward_code, case.first_level, lambda: self.serving(case, district)
        )

    @cached_property
    def _inspector(self) -> str | None:
        return conflicts.inspector(self.city)

    def _declared(self, case: Case, district: str | None, answer: _Answer) -> None:
        """Two offices that declare the same without a rule between them leave it to a person."""
        serving = self.serving(case, district)
        if len(serving) != 1:
            return
        seat = serving[0].id
        if conflicts.conflict_free(self.city, case, seat):
            answer.lead, answer.by["lead"] = seat, f"{DECLARED}{case.function}"
        else:
            answer.left_out[seat] = None

    def serving(self, case: Case, district: str | None) -> list[Agency]:
        """The offices that declare this function for this place; one that names the place goes before one for all."""
        return handing.nearest(self.city, self._by_function.get(case.function, []), district, case.ward_code)

    @cached_property
    def _by_function(self) -> dict[str, list[Agency]]:
        found: dict[str, list[Agency]] = {}
        for agency in self.city.agencies:
            for function in agency.functions:
                found.setdefault(function, []).append(agency)
        return found

    def _unit(self, lead: str, case: Case, district: str | None) -> str | None:
        """The one unit of the office that declares this function here."""
        office = self._offices.get(lead)
        if office is None or not office.units:
            return None
        named = [unit for unit in office.units if case.function in unit.functions]
        near = [u for u in named if u.areas and self.city.covers(u.areas, district=district, ward=case.ward_code)]
        found = near or [unit for unit in named if not unit.areas]
        return found[0].id if len(found) == 1 else None

    @cached_property
    def _offices(self) -> dict[str, Agency]:
        return {agency.id: agency for agency in self.city.agencies}


_BOOKS: dict[str, Book] = {}
"""By city id; a new version is another city object, and replaces what stands here."""
