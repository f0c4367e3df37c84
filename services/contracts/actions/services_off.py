"""Facts of the city: a service is off, and on again."""

from typing import Literal

from services.contracts.actions.values import Text
from services.contracts.base import Function, Id, Moment, Received


class InterruptService(Received):
    """A city fact: a service is off in some wards; class `explained` is refused for it until it is restored."""

    do: Literal["interrupt_service"]
    function: Function
    ward_codes: tuple[str, ...] = ()
    """Empty: the whole city."""
    text: Text
    expected_end: Moment | None = None


class RestoreService(Received):
    do: Literal["restore_service"]
    interruption: Id
