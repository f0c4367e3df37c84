"""The envelope of every stored event. Frozen with the first event that was stored."""

from typing import Generic, TypeVar

from pydantic import Field

from services.contracts.base import ActorName, Id, Moment, Stored, Token

D = TypeVar("D", covariant=True)

TYPE_HEADER = "Tuntas-Type"
"""The event's type stands in the body and in this header, never in the subject."""

SCHEMA_HEADER = "Tuntas-Schema"

TRACEPARENT_HEADER = "traceparent"
"""W3C Trace Context, level 2: the span that wrote the message."""

LENGTHS_HEADER = "Tuntas-Lengths"
"""A decision that leads to several events is stored as one message, so that they stand together or not at all.

Its body is the JSON array of the events; type and schema headers hold one value for each, separated by commas, and
this header the length of each in bytes. With one event the body is the event and this header is absent. In the queues
INTAKE and OUTBOUND the pieces of such a message have nothing to do with each other but that they came at once.
"""


class Recorded(Stored, Generic[D]):
    """One event at its place in a complaint's life, or in a city's facts.

    `n` counts 1, 2, 3 … without gap within `complaint` (the stream's id; for a city fact, the fact's id).
    `at` is our clock at receipt or decision, UTC. `causation` is the keyed hash of the message, command or event that
    led to it; it is also bound into the sealed fields of `data`.
    """

    id: Id
    complaint: str
    n: int = Field(ge=1)
    type: str
    schema_: int = Field(alias="schema", ge=1)
    city: Token
    at: Moment
    actor: ActorName
    causation: Id
    data: D
