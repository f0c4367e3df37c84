"""What every decision shares."""

from services.complaint import events as e
from services.contracts.base import Confidentiality
from services.contracts.commands import Refusal

Decision = tuple[e.Event, ...] | Refusal
"""Events, none of them when it is so already, or why not."""

NOTHING: tuple[e.Event, ...] = ()

LEVELS: dict[Confidentiality, int] = {"normal": 0, "anonymous": 1, "secret": 2}
