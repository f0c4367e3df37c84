"""What holds over every row of the table, in every city: asked again when the words go out, as the last door.

Of a secret complaint nobody hears but those who handle it; nobody hears of a complaint about himself; what is about a
danger to life does not wait.
"""

from services.complaint.state import Closed, Desk, Resolved, State, Working
from services.contracts.city import City
from services.contracts.city.conflicts import conflict_free

Wall = str
"""`accused` or `not_handling`."""


def wall(city: City, state: State, seat: str) -> Wall | None:
    """Why this seat hears nothing of this complaint, whatever happened; None: nothing speaks against it."""
    desk = desk_of(state)
    if desk is None:
        return "not_handling"
    if not conflict_free(city, desk.matter, seat):
        return "accused"
    if isinstance(state, Working | Resolved | Closed) and state.file.confidentiality == "secret":
        return None if seat in desk.holds or _ruling(desk, seat) else "not_handling"
    return None


def _ruling(desk: Desk, seat: str) -> bool:
    """Its word is waited for: it handles the complaint, too."""
    return any(not wish.ruled and wish.superior == seat for wish in desk.extensions.values())


def desk_of(state: State) -> Desk | None:
    desk = getattr(state, "desk", None)
    return desk if isinstance(desk, Desk) else None


def danger(state: State) -> bool:
    """As it was screened, or as it is proposed."""
    desk = desk_of(state)
    if desk is not None:
        return desk.matter.urgency == "danger"
    proposal = getattr(state, "proposal", None)
    return proposal is not None and proposal.matter.urgency == "danger"
