"""What a row of the table says. Rows are data: what their names of cases mean stands in the notifier."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Hears = Literal["reporter", "given", "named", "lead", "leader"]
"""The reporter · each seat that the event gives work to · the seat that it names · whoever leads now · leaders of the
city."""

When = Literal["now", "quiet", "digest", "never"]
"""At once, at any hour · at once, but not in the city's quiet hours · in the seat's list at its hour · not at all."""


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    """What a city calls it by: `reporter.resolved`."""
    event: str
    """Stored name of the event. `ask.…`, `officer.…` and `day.…` are no events: an answer in a chat, a registration, an
    hour of the day. `city.…` is a fact of the city."""
    hears: Hears
    template: str
    what: str
    """What it tells, in a few Indonesian words."""
    when: When = "quiet"
    by: Mapping[str, When] = field(default_factory=dict)
    """Another time on these channels."""
    case: str = ""
    """Which of the events of this type; empty: all. Named in `notifier.policy.cases`."""
    holds: str = ""
    """What must still be so when the words go out; empty: nothing. Named in `notifier.policy.holding`."""
    at: str = ""
    """Not before this moment of its own. `soon`: before a clock ends; `halfway`: of the time for a word."""
    once: bool = False
    """One in a complaint's whole life, however many events would give it."""
    firm: bool = False
    """No city lets it wait or leaves it out, and who asked for no more news (BERHENTI) hears it."""
    asked_for: bool = False
    """Heard after BERHENTI too: it answers the person's own word, or law has it told."""

    @property
    def after_stop(self) -> bool:
        """Whether a reporter who wants no news hears it."""
        return self.firm or self.asked_for

    def on(self, channel: str) -> When:
        return self.by.get(channel, self.when)
