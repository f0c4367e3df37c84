"""What is known of where a matter is. Only codes of the city come out, never the reporter's words."""

from dataclasses import dataclass
from typing import Literal

How = Literal["pin", "named", "landmark", "district", "none", "ambiguous", "outside"]


@dataclass(frozen=True, slots=True)
class Pin:
    """WGS 84 degrees."""

    latitude: float
    longitude: float
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that it may be. `ward_code` None: somewhere in that kecamatan."""

    district_code: str
    ward_code: str | None
    score: float
    """0 to 1; from about a half the words alone are enough."""
    reason: str
    """In our own words: `named`, `short`, `typo`, `part`, `landmark`, `pin`, `near`, with how it was meant behind a
    dot: `named.lives`."""


@dataclass(frozen=True, slots=True)
class Place:
    ward_code: str | None = None
    district_code: str | None = None
    how: How = "none"
    candidates: tuple[Candidate, ...] = ()
    """Best first, at most five; what was chosen among them."""
    disagrees: bool = False
    """The pin lies in another kelurahan than the one that the words name."""

    @property
    def known(self) -> bool:
        return self.district_code is not None
