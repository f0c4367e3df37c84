"""Which complaint a matter is handled under: from link to link until one that is merged no further."""

from services.complaint import refusals as of_complaint
from services.complaint.decisions.merging import REPORTER
from services.complaint.state import Closed, Merged, Opened, Resolved, Unopened
from services.contracts.city import City
from services.contracts.city.conflicts import conflict_free
from services.contracts.commands import Refusal
from services.router.acting import refusals
from services.router.acting.permissions import Who, refused
from services.router.dossier import Deciding, matter_of, seats_of

ACTOR = "service:router"

LONGEST = 20
"""Links followed; more are a circle or as good as one."""

Root = tuple[str, Opened]


async def root_of(deciding: Deciding, city: str, complaint: str, itself: str) -> Root | None:
    """The main complaint behind `complaint`; None: there is none, or the links lead back to `itself`."""
    for _ in range(LONGEST):
        if complaint == itself:
            return None
        state = (await deciding.read(city, complaint)).state
        if isinstance(state, Unopened):
            return None
        if not isinstance(state, Merged):
            return complaint, state
        complaint = state.into
    return None


async def for_person(deciding: Deciding, city: City, who: Who, itself: str, into: str) -> str | Refusal:
    """The main complaint that a person means, if others may be handled under it and this person may see to that."""
    if into == itself:
        return of_complaint.MERGE_ITSELF
    named = (await deciding.read(city.id, into)).state
    if isinstance(named, Unopened):
        return of_complaint.MAIN_UNKNOWN
    found = await root_of(deciding, city.id, into, itself)
    if found is None:
        return refusals.MERGED_INTO_THIS
    root, state = found
    if (no := refused(city, who, "merge", state)) is not None:
        return no
    mine = matter_of((await deciding.read(city.id, itself)).state)
    if mine is not None and any(not conflict_free(city, mine, seat) for seat in seats_of(state)):
        return refusals.conflict("into")
    if REPORTER in state.file.erased:
        return of_complaint.MAIN_ERASED
    if isinstance(state, Resolved | Closed):
        return of_complaint.MAIN_OVER
    return root
