"""What the rules look at, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.complaint.events import Matter
from services.contracts.base import About, Confidentiality, Function, Kind, Urgency
from services.contracts.city.rules import Part


@dataclass(frozen=True)
class Case:
    """A complaint as the rules see it."""

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
    kind: Kind = "complaint"
    confidentiality: Confidentiality = "normal"
    on_behalf: bool = False
    door: str | None = None
    at: datetime | None = None
    """When it is decided, UTC. None: conditions on time do not hold."""


def case_of(
    matter: Matter, *, first_level: str | None = None, door: str | None = None, at: datetime | None = None
) -> Case:
    return Case(
        category=matter.category,
        function=matter.function,
        urgency=matter.urgency,
        district_code=matter.district_code,
        ward_code=matter.ward_code,
        about=matter.about,
        first_level=first_level,
        against=matter.against,
        kind=matter.kind,
        confidentiality=matter.confidentiality,
        on_behalf=matter.on_behalf,
        door=door,
        at=at,
    )


@dataclass(frozen=True)
class Chosen:
    """`rule` gave the lead, `rules` the other parts. `left_out`: named by a rule, but the complaint is about them."""

    lead: str
    rule: str
    territorial: str | None = None
    supporting: tuple[str, ...] = ()
    unit: str | None = None
    instruction: str | None = None
    person: bool = False
    rules: Mapping[Part, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def seats(self) -> tuple[str, ...]:
        return (self.lead, *self.supporting, *((self.territorial,) if self.territorial else ()))
