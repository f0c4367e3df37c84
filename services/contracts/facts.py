"""Facts of a city that are no complaint: `city.<city>.<kind>.<id>`, appended under the same rules as complaints."""

from typing import Literal

from services.contracts.base import Function, Moment, Stored, Token
from services.contracts.sealed import Sealed

FactKind = Literal["policy", "service"]


class PolicyPutInForce(Stored):
    """`city.policy_put_in_force`: kind `policy`, id `policy`. The whole policy, so that old outcomes stay readable."""

    version: int
    policy: dict[str, object]


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


CityFact = PolicyPutInForce | ServiceInterrupted | ServiceRestored

FACT_TYPES: dict[str, type[PolicyPutInForce] | type[ServiceInterrupted] | type[ServiceRestored]] = {
    "city.policy_put_in_force": PolicyPutInForce,
    "city.service_interrupted": ServiceInterrupted,
    "city.service_restored": ServiceRestored,
}
