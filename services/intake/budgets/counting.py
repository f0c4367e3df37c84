"""Who has sent more than his share. Pure but for what it remembers; times are the broker's, so that a backlog drained
at once is no flood.

In memory: after a restart counting begins anew, which lets a little more through and loses nothing.
"""

from collections import OrderedDict
from typing import Literal

from services.contracts.city import FORMS
from services.contracts.city.policy import DoorBudgets
from services.intake.conversation.belonging import speaks_of_danger
from services.intake.conversation.phrases import read
from services.intake.inbox.incoming import Incoming

Why = Literal["person", "channel"]

_PEOPLE = 50_000
"""Remembered at once; whoever was heard longest ago goes first."""
_READ = 600
"""Characters in which danger is looked for."""
_MINUTE = 60.0


class Budgets:
    def __init__(self) -> None:
        self._people: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._channels: dict[tuple[str, str], tuple[float, int]] = {}

    def weigh(self, one: Incoming) -> Why | None:
        """Whose budget a message is beyond; None: it goes on at once. Counts it.

        Never slowed: the first messages of a person, danger to life, an answer by button, what an office's own pages or
        people bring.
        """
        if not _chats(one):
            return None
        why = self._beyond(one, one.city.policy.doors)
        return None if why is None or _urgent(one) else why

    def _beyond(self, one: Incoming, rules: DoorBudgets) -> Why | None:
        at = one.at.timestamp()
        of_person = self._counted(one.aliases[0], at, rules.person_minutes * _MINUTE)
        of_channel = self._minute((one.city.id, one.channel), at)
        if of_person <= rules.first:
            return None
        if rules.person_messages and of_person > rules.person_messages:
            return "person"
        return "channel" if rules.channel_messages and of_channel > rules.channel_messages else None

    def _counted(self, person: str, at: float, window: float) -> int:
        since, count = self._people.pop(person, (at, 0))
        if at - since > window:
            since, count = at, 0
        self._people[person] = since, count + 1
        while len(self._people) > _PEOPLE:
            self._people.popitem(last=False)
        return count + 1

    def _minute(self, channel: tuple[str, str], at: float) -> int:
        minute = at // _MINUTE
        before, count = self._channels.get(channel, (minute, 0))
        count = count + 1 if minute <= before else 1
        self._channels[channel] = max(minute, before), count
        return count


def _chats(one: Incoming) -> bool:
    return bool(one.aliases) and one.channel not in FORMS and one.message.counter is None


def _urgent(one: Incoming) -> bool:
    said = one.message
    return said.button is not None or (bool(said.text) and speaks_of_danger(read((said.text or "")[:_READ]).words))
