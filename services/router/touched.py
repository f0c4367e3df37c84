"""What a batch of the log changed in one complaint, and what that asks of the router."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.complaint import events as e
from services.complaint.state import Merged, Screening, Working
from services.contracts.base import given
from services.contracts.envelope import Recorded
from services.router import tasks
from services.router.dossier import Dossier

_SPOKEN = (e.ComplaintReceived, e.MessageAdded)
ANEW = (e.ComplaintReopened, e.MatterReopened, e.ComplaintUnmerged)
"""After these the work begins from the beginning."""
_LOOKED_AT = frozenset((*_SPOKEN, *tasks.RELEVANT, e.MatterResolved, e.ComplaintScreened))
"""Events after which something may be left to do; all others are only folded in, if the complaint is in hand."""


def looked_at(event: e.Event) -> bool:
    return type(event) in _LOOKED_AT or given(event, "screen_by") is not None


@dataclass(slots=True)
class Touched:
    dossier: Dossier
    since: int
    """`n` of the first event of this batch."""
    before: frozenset[str]
    """Seats that held it before that."""
    events: list[e.Event] = field(default_factory=list)
    settle_at: tuple[int, datetime] | None = None

    def spoken(self) -> bool:
        return any(isinstance(event, _SPOKEN) for event in self.events)

    def adds(self, recorded: Sequence[Recorded[e.Event]]) -> None:
        """What we decided on it ourselves in this batch."""
        self.events += [event.data for event in recorded if looked_at(event.data)]

    def taken_out(self) -> Recorded[e.Event] | None:
        """The event by which it stands alone again, if that is among them."""
        if not any(isinstance(event, e.ComplaintUnmerged) for event in self.events):
            return None
        return next(ev for ev in reversed(self.dossier.events) if isinstance(ev.data, e.ComplaintUnmerged))


def to_screen(one: Touched) -> bool:
    """A merged one is looked at only for what must not wait behind another matter."""
    state = one.dossier.state
    if isinstance(state, Merged):
        return one.spoken() and state.ended is None
    return isinstance(state, Screening) and (one.spoken() or one.taken_out() is not None)


def starts_anew(one: Touched) -> bool:
    return any(isinstance(event, ANEW) for event in one.events)


def clocks_run(state: Working) -> bool:
    return any(
        clock.name in ("first_response", "resolve") for hold in state.desk.holds.values() for clock in hold.clocks
    )
