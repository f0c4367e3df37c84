"""Asking once, kindly, for a picture of what can be seen: where a city wishes it (row `reporter.evidence`).

Never of danger or of people: nobody in need, beaten or asked for money is asked to prove it, and whoever hides his name
is not sent back to the place with a camera. The complaint goes on without an answer.
"""

from collections.abc import Sequence

from services.complaint import events as e
from services.complaint.state import Screening, State, Working
from services.contracts.envelope import Recorded

TEMPLATE = "evidence"
_SEEN = frozenset({
    "public_works", "housing_lighting", "environment", "water_utility", "transport", "trade_markets", "tourism_sport",
    "power_utility",
})  # fmt: skip
"""Functions whose matters stand in the street and can be photographed."""
_PEOPLE = frozenset({"unfit_house", "street_people", "animal_rescue", "crime"})


def wanted(data: e.Event) -> bool:
    """By a proposal that is sure of what it is, and where: nobody is asked for two things at once."""
    if not isinstance(data, e.ScreeningProposed) or data.abstains:
        return False
    matter = data.matter
    return (
        not (data.whereabouts is not None and data.whereabouts.ask)
        and matter.kind == "complaint"
        and matter.urgency == "normal"
        and matter.about is None
        and not matter.on_behalf
        and matter.confidentiality == "normal"
        and matter.function in _SEEN
        and matter.category not in _PEOPLE
    )


def missing(state: State, events: Sequence[Recorded[e.Event]]) -> bool:
    """Still so when the words are about to go out."""
    if not isinstance(state, Screening | Working):
        return False
    files = any(
        isinstance(one.data, e.ComplaintReceived | e.MessageAdded) and one.data.message.media > 0 for one in events
    )
    return not files and not any(isinstance(one.data, e.EvidenceAttached) for one in events)
