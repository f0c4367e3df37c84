"""What the reporter of a merged complaint hears of the main one: whose turn it is, and the words of its offices."""

from dataclasses import dataclass

from services.complaint import events as e
from services.complaint.state import Merged, Opened, State, Unopened
from services.contracts.base import Confidentiality
from services.contracts.envelope import Recorded

_NOT_FOR_OTHERS = (e.ReplySent, e.QuestionAsked)
"""What an office says to the main complaint's own reporter."""

Event = Recorded[e.Event]


@dataclass(frozen=True, slots=True)
class Main:
    """The complaint that the matter is handled under, as it stands."""

    state: Opened
    events: tuple[Event, ...]

    def about(self, data: e.Event) -> Event | None:
        """The event there that an event here speaks of."""
        if not isinstance(data, e.MatterAdvanced | e.MatterResolved) or not 0 < data.about <= len(self.events):
            return None
        return self.events[data.about - 1]

    @property
    def for_others(self) -> tuple[Event, ...]:
        return tuple(event for event in self.events if not isinstance(event.data, _NOT_FOR_OTHERS))


def main_of(state: State, events: list[Event]) -> Main | None:
    """None: it is merged further, or there is none; a notice then says less."""
    if isinstance(state, Unopened | Merged):
        return None
    return Main(state, tuple(events))


def most_closed(own: Confidentiality, main: Main | None) -> Confidentiality:
    """A secret matter stays one for everybody who is told of it."""
    return "secret" if main is not None and main.state.file.confidentiality == "secret" else own
