"""A city's rules with numbers."""

from datetime import timedelta

from pydantic import Field

from services.contracts.base import Received


class Policy(Received):
    """Rules with numbers. A change is a new version, put in force as a city fact."""

    version: int = Field(ge=1)
    first_response_hours: float = 24
    resolve_working_days: dict[str, int] = {"question": 5, "complaint": 14, "inspection": 60}
    settle_seconds: float = 90
    confirm_working_days: float = 10
    straight_through_at: float = Field(default=0.8, ge=0, le=1)
    """The machine's confidence from which a complaint is assigned without a screener; above 1 would be never."""
    straight_through: bool = True
    tag_territorial: bool = True
    """The camat (or lurah) of the place is assigned beside the lead, with a clock of its own."""
    extra_holidays: tuple[str, ...] = ()
    """ISO dates that the city adds to national holidays and cuti bersama."""

    def first_response(self, scale: float) -> timedelta:
        return timedelta(hours=self.first_response_hours) * scale

    def settle(self, scale: float) -> timedelta:
        return timedelta(seconds=self.settle_seconds) * scale
