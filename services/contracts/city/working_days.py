"""Time that counts on working days only: days in the city's zone, each working day whole, from midnight to midnight.

The days off are data, so that a stored event can carry those that a decision was made by. Indonesia's zones know no
summer time, so an offset is enough.
"""

from datetime import date, datetime, time, timedelta

from services.contracts.base import Stored

_DAY = timedelta(days=1)
_SATURDAY = 5


class WorkingDays(Stored):
    """The working days of a city. `days_off` names weekdays alone; Saturday and Sunday are off anyway."""

    calendar: str
    """What it was made of: `id-2026`."""
    utc_offset: int
    """Hours."""
    days_off: tuple[date, ...] = ()

    def works(self, day: date) -> bool:
        return day.weekday() < _SATURDAY and day not in self.days_off

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much of the time from `start` to `end` falls on working days; nothing if `end` is earlier."""
        at, until = self._local(start), self._local(end)
        worked = timedelta()
        while at < until:
            midnight = _next_midnight(at)
            if self.works(at.date()):
                worked += min(midnight, until) - at
            at = midnight
        return worked

    def after(self, start: datetime, span: timedelta) -> datetime:
        """When `span` of working time has passed since `start`: always a moment of a working day.

        With no time to pass a moment of a working day is itself, one of a day off the beginning of the next.
        """
        at, left = self._local(start), span
        while True:
            midnight = _next_midnight(at)
            if self.works(at.date()):
                if left < midnight - at:
                    return start + (at + left - self._local(start))
                left -= midnight - at
            at = midnight

    def _local(self, moment: datetime) -> datetime:
        """As the city's wall clocks show it, without a zone."""
        offset = moment.utcoffset()
        if offset is None:
            raise ValueError("a moment without a zone")
        return moment.replace(tzinfo=None) - offset + timedelta(hours=self.utc_offset)


def _next_midnight(at: datetime) -> datetime:
    return datetime.combine(at.date() + _DAY, time())
