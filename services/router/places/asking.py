"""When a place is doubtful enough to be told, and when its reporter is asked for it."""

from services.complaint.events import Matter, PlaceCandidate, Whereabouts
from services.contracts.base import Function
from services.router.places.place import Place

_NEEDS_A_PLACE: frozenset[Function] = frozenset(
    {
        "public_works", "housing_lighting", "transport", "environment", "water_utility", "social", "public_order",
        "trade_markets", "disaster_fire", "agriculture_food", "village_ward",
    }
)  # fmt: skip
"""Somebody has to go there. An identity card or a tax is handled at a desk."""


def whereabouts(place: Place, matter: Matter, *, known_matter: bool) -> Whereabouts | None:
    """`known_matter`: something was recognised, so that asking where it is makes sense."""
    if place.ward_code is not None and not place.disagrees:
        return None
    asks = (
        known_matter
        and not place.known
        and matter.kind in ("complaint", "assistance_request")
        and matter.function in _NEEDS_A_PLACE
        and matter.urgency != "danger"
        and matter.confidentiality != "secret"
    )
    return Whereabouts(
        how=place.how,
        candidates=tuple(
            PlaceCandidate(district_code=c.district_code, ward_code=c.ward_code, score=c.score, why=c.reason)
            for c in place.candidates
        ),
        ask=asks,
        disagrees=place.disagrees,
    )
