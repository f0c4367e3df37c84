"""One story as it was told: what `--json` prints."""

from dataclasses import dataclass, field
from typing import Any

Seen = dict[str, Any]


@dataclass
class Told:
    """One story as `--json` prints it. `state` is how it ended: `confirmed`, `silent`, or the phase it stuck in."""

    city: str
    title: str
    ticket: str = ""
    state: str = "not received"
    events: list[Seen] = field(default_factory=list)
    messages: list[Seen] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)
    failure: str | None = None

    @property
    def finished(self) -> bool:
        return self.failure is None and self.state in ("confirmed", "silent")

    def as_json(self) -> Seen:
        return {
            "city": self.city, "title": self.title, "ticket": self.ticket, "state": self.state, "events": self.events,
            "messages": self.messages, "traces": self.traces,
        }  # fmt: skip
