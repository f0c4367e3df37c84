"""Who gets a complaint: the city's rules decide (`rules/`), or a person does."""

from dataclasses import replace

from services.contracts.city import City
from services.contracts.city.conflicts import conflict_free
from services.router.rules.case import Case, Chosen, case_of
from services.router.rules.choosing import book, choose

__all__ = ["Case", "Chosen", "case_of", "choose", "with_lead"]

RULING = "ruling"


def with_lead(city: City, case: Case, lead: str, supporting: tuple[str, ...] = ()) -> Chosen:
    """A person's choice of the lead, with the territorial seat that the rules put beside it."""
    by_rule = book(city).choose(case)
    others = tuple(seat for seat in dict.fromkeys(supporting) if seat != lead)
    if by_rule is None:
        return Chosen(lead, RULING, None, others)
    territorial = by_rule.territorial
    if territorial in (lead, *others) or (territorial is not None and not conflict_free(city, case, territorial)):
        territorial = None
    same = by_rule.lead == lead
    return replace(
        by_rule,
        lead=lead,
        rule=RULING,
        territorial=territorial,
        supporting=others,
        unit=by_rule.unit if same else None,
        instruction=by_rule.instruction if same else None,
        rules={part: by for part, by in by_rule.rules.items() if part == "territorial" and territorial is not None},
    )
