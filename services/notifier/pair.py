"""The pictures before and after, for the message that says it is done. Pure.

Only where a person cleared both for everybody: the reporter's first, as anybody sees it on the tracking page, and the
last that the office gave with this very resolution. Never of a closed complaint's message, never of an erased person's.
"""

from collections.abc import Sequence

from services.complaint import events as e
from services.complaint.state import Merged, Opened
from services.contracts.envelope import Recorded


def before_and_after(
    state: Opened | Merged, events: Sequence[Recorded[e.Event]], data: e.Event
) -> tuple[str, str] | None:
    """Names of the two pictures; None: at least one may not be shown."""
    if not isinstance(data, e.ComplaintResolved) or state.file.confidentiality != "normal":
        return None
    cleared = {media for media, audience in state.file.cleared.items() if audience == "public"}
    before = next(
        (
            event.data.media
            for event in events
            if isinstance(event.data, e.EvidenceAttached)
            and event.data.media in cleared
            and event.data.party not in state.file.erased
        ),
        None,
    )
    after = next((media for media in reversed(data.evidence) if media in cleared), None)
    return (before, after) if before is not None and after is not None else None
