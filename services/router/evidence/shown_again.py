"""Which pictures were shown as proof of what, gathered anew from the log (`router.proof`)."""

from dataclasses import dataclass, field

from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT
from services.runtime.log import Entry

_SHOWING = frozenset({
    "complaint.progressed", "complaint.visited", "complaint.subtask_done", "complaint.resolution_submitted",
    "complaint.resolved",
})  # fmt: skip
_REOPENING = frozenset({"complaint.reopened", "complaint.matter_reopened"})

Row = tuple[str, str, str, int]
"""Reference, complaint, city, round."""


@dataclass
class Shown:
    """Entries must come in the log's order."""

    rounds: dict[str, int] = field(default_factory=dict)
    proofs: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        if entry.type not in _SHOWING and entry.type not in _REOPENING:
            return
        event = COMPLAINT.decode(entry.type, entry.schema, entry.body)
        if isinstance(event.data, e.ComplaintReopened | e.MatterReopened):
            self.rounds[event.complaint] = event.data.round
            return
        for reference in getattr(event.data, "evidence", ()):
            self.proofs[reference, event.complaint] = (event.city, self.rounds.get(event.complaint, 1))

    def rows(self) -> list[Row]:
        return [(reference, complaint, *place) for (reference, complaint), place in self.proofs.items()]
