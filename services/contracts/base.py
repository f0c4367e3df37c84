"""The two ways a model reads JSON: what we stored (tolerant) and what others send us (strict)."""

from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints


class Stored(BaseModel):
    """Something of ours that was written before: fields that a later version added are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


M = TypeVar("M", bound=BaseModel)
_put = object.__setattr__


def made(kind: type[M], **fields: Any) -> M:
    """A model of ours, of every field by its own name, none of them looked at: each was when the parts of it were made.

    As `model_construct`, in a third of its time: that asks for each field's alias and default.
    """
    model = kind.__new__(kind)
    _put(model, "__dict__", fields)
    _put(model, "__pydantic_fields_set__", set(fields))
    _put(model, "__pydantic_extra__", None)
    _put(model, "__pydantic_private__", None)
    return model


def given(model: BaseModel, field: str) -> Any:
    """The value of a field that some models have; None for one that this model has not. `getattr` does the same, but
    pydantic looks for what is not there with care, and the log's events are asked for many such fields."""
    return model.__dict__.get(field)


class Received(BaseModel):
    """Something that others send: a field that we do not know is an error that they should hear of."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _to_utc(moment: datetime) -> datetime:
    try:
        found = moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("no time that people would name") from None
    if not MINYEAR < found.year < MAXYEAR:  # at the edges some zone could not show it
        raise ValueError("no time that people would name")
    return found


Moment = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A point in time; any offset is read, UTC is kept."""

Token = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""A name that may stand in a NATS subject: cities, channels, seats, agencies."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z2-7]{26}$")]
"""128 bits of a keyed hash in lower-case base32 (`contracts.ids.derive`)."""

Party = Annotated[str, StringConstraints(pattern=r"^(reporter:[1-9][0-9]*|concerned|handling)$")]
"""Whose words or data a sealed field holds; each party of a complaint has a key of its own."""

ActorName = Annotated[
    str,
    StringConstraints(pattern=r"^(reporter:[1-9][0-9]*|seat:[a-z0-9_-]+|service:[a-z]+|adapter:[a-z0-9_-]+)$"),
]
"""A role in this complaint, never a person."""

Channel = Token

Kind = Literal["complaint", "suggestion", "criticism", "question", "assistance_request"]
"""What a person brings: pengaduan, saran/aspirasi, kritik, pertanyaan, permintaan bantuan."""

Function = Literal[
    "public_works", "housing_lighting", "transport", "environment", "water_utility", "civil_registry", "social",
    "health", "education", "public_order", "trade_markets", "manpower", "licensing", "disaster_fire",
    "agriculture_food", "tourism_sport", "revenue", "personnel", "communication", "women_children", "community",
    "village_ward", "police", "power_utility", "national_insurance", "national_agency",
]  # fmt: skip
"""What an office is there for. The last four are outside a city's competence."""

OUT_OF_COMPETENCE: frozenset[str] = frozenset({"police", "power_utility", "national_insurance", "national_agency"})

Confidentiality = Literal["normal", "anonymous", "secret"]
"""biasa · anonim (reporter hidden from handlers and public) · rahasia (content hidden from the public too)."""

Urgency = Literal["normal", "urgent", "danger"]
"""`danger` is danger to life: it never waits."""
Mark = Literal["danger", "secret", "behalf", "unwanted"]
"""What a message may bear beside its matter: a life at risk; what must be closed; somebody else's need; no report."""

About = Literal["rt", "rw", "lurah", "camat", "agency", "official", "mayor"]
"""Whose own conduct is complained of. `agency`: an office as such; `official`: somebody in an office."""

ClosureClass = Literal[
    "fixed", "explained", "refused", "other_authority", "unsupported", "withdrawn", "adopted", "not_adopted"
]

End = Literal["confirmed", "silent", "answered_on_air", "unreachable"]
"""How a resolved complaint came to its end. Four figures that are never summed."""

HowPast = Literal["done", "refused", "archived"]
"""How another system says that a complaint ended: carried out or answered, not taken up, put away without a word of
why."""
