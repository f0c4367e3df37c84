"""Facts of a city about its places: the borders of its kelurahan, and which landmark stands in which of them."""

from typing import Annotated, Literal

from pydantic import Field

from services.contracts.base import Id, Stored

Position = tuple[float, float]
"""Longitude, latitude (RFC 7946, section 3.1.1), WGS 84."""


class WardBoundaryDrawn(Stored):
    """`city.boundary_drawn`: kind `boundary`, id the kelurahan's code with `-` for `.`. Counts once it is in force."""

    drawing: Id
    """Which import it belongs to: a keyed digest of the whole."""
    ward_code: str
    polygons: tuple[tuple[tuple[Position, ...], ...], ...]
    """As the coordinates of a MultiPolygon (RFC 7946, section 3.1.7)."""


class BoundariesPutInForce(Stored):
    """`city.boundaries_put_in_force`: kind `boundaries`, id `boundaries`. Every polygon of this drawing stands in the
    log before it."""

    version: Annotated[int, Field(ge=1)]
    drawing: Id
    wards: tuple[str, ...]


class LandmarkConfirmed(Stored):
    """`city.landmark_confirmed`: kind `landmark`, id the keyed hash of what people call it. Its name is nowhere."""

    ward_code: str
    by: Literal["person", "pin"]
    """A person screened a complaint that speaks of it, or a pin came with its name."""


PlaceFact = WardBoundaryDrawn | BoundariesPutInForce | LandmarkConfirmed

PLACE_FACTS: dict[str, type[WardBoundaryDrawn] | type[BoundariesPutInForce] | type[LandmarkConfirmed]] = {
    "city.boundary_drawn": WardBoundaryDrawn,
    "city.boundaries_put_in_force": BoundariesPutInForce,
    "city.landmark_confirmed": LandmarkConfirmed,
}


def boundary_id(ward_code: str) -> str:
    """`17.71.02.1001` → `17-71-02-1001`: a dot would end the subject's token."""
    return ward_code.replace(".", "-")
