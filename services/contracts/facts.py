"""Facts of a city that are no complaint: `city.<city>.<kind>.<id>`, appended under the same rules as complaints."""

from typing import Literal

from services.contracts.base import Function, Id, Moment, Stored, Token
from services.contracts.sealed import Sealed

FactKind = Literal["policy", "service", "cluster"]


class PolicyPutInForce(Stored):
    """`city.policy_put_in_force`: kind `policy`, id `policy`. The whole of it, so that old outcomes stay readable."""

    version: int
    policy: dict[str, object]
    rules: dict[str, object] | None = None
    """`contracts.rules.Rules`. None: put in force before rules were part of it."""
    offices: dict[str, dict[str, object]] | None = None
    """Functions, areas and units that each office declares."""
    digest: str | None = None
    """Of the content (`contracts.in_force.digest`)."""


class ServiceInterrupted(Stored):
    """`city.service_interrupted`: kind `service`, id of the interruption."""

    function: Function
    ward_codes: tuple[str, ...]
    text: Sealed
    """Sealed for `handling` of the interruption's id."""
    expected_end: Moment | None = None
    by: Token


class ServiceRestored(Stored):
    """`city.service_restored`."""

    by: Token


class ClusterOpened(Stored):
    """`city.cluster_opened`: kind `cluster`, id of the cluster. So many alike came within minutes that they are handled
    as one; further ones that match are merged at once."""

    main: Id
    """The complaint that all of them are handled under."""
    category: Token
    function: Function
    district_code: str | None = None
    ward_code: str | None = None
    """Both None: the whole city."""
    words: tuple[int, ...] = ()
    """Keyed hashes of the words that most of them have."""
    count: int
    policy: int


class ClusterGrown(Stored):
    """`city.cluster_grown`: coarse, at a few round numbers of reporters."""

    count: int


class ClusterClosed(Stored):
    """`city.cluster_closed`: nothing more goes into it."""

    why: Literal["quiet", "resolved", "dissolved"]
    count: int
    by: Token | None = None
    """The seat that dissolved it."""


CityFact = PolicyPutInForce | ServiceInterrupted | ServiceRestored

FACT_TYPES: dict[str, type[PolicyPutInForce] | type[ServiceInterrupted] | type[ServiceRestored]] = {
    "city.policy_put_in_force": PolicyPutInForce,
    "city.service_interrupted": ServiceInterrupted,
    "city.service_restored": ServiceRestored,
}
