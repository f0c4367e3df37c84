"""What is heard of places after a proposal: a landmark that a person has placed, a place that a reporter says late."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from services.complaint import events as e
from services.contracts import ids
from services.contracts.city import City
from services.router import words_in_clear
from services.router.dossier import Deciding, Dossier, messages_of
from services.router.locating import located, waits_for_place
from services.router.places.knowledge import Knowledge
from services.runtime.vault import Vault

_ACTOR = "service:router"
News = tuple[Dossier, int, Sequence[e.Event]]
"""A complaint, `n` of the first new event, the new events that may matter."""


class PlaceNews:
    def __init__(  # noqa: PLR0917 - parts of the router, always given together
        self,
        cities: Mapping[str, City],
        places: Knowledge,
        vault: Vault,
        deciding: Deciding,
        scale: float,
        clock: Callable[[], datetime],
    ) -> None:
        self._cities = cities
        self._places = places
        self._vault = vault
        self._deciding = deciding
        self._scale = scale
        self._clock = clock

    async def follow(self, touched: Sequence[News]) -> None:
        """May be repeated. Most complaints have none of it, and cost nothing."""
        late = [dossier for dossier, _, events in touched if _spoke_again(events) and waits_for_place(dossier)]
        placed = [one for one in touched if any(_placed(event) for event in one[2])]
        dossiers = [*late, *(dossier for dossier, _, _ in placed)]
        if not dossiers:
            return
        said = {dossier.complaint: words_in_clear.said(dossier) for dossier in dossiers}
        keys = await words_in_clear.keys_for(self._vault, [item for items in said.values() for item in items])
        heard = {complaint: words_in_clear.heard(keys, items) for complaint, items in said.items()}
        for dossier in late:
            await self._locate(dossier, heard[dossier.complaint])
        for dossier, since, _ in placed:
            await self._learn(dossier, since, heard[dossier.complaint])

    async def _locate(self, dossier: Dossier, heard: words_in_clear.Heard) -> None:
        now = self._clock()
        message = messages_of(dossier.events)[-1][0]
        cause = ids.wake_key(await self._vault.id_key(dossier.city), message.id, "locate")
        city, gazetteer = self._cities[dossier.city], self._places.gazetteers[dossier.city]
        command = located(city, gazetteer, dossier, heard, cause=cause, at=now, scale=self._scale)
        if command is not None:
            await self._deciding.execute(
                dossier.city, dossier.complaint, command, cause=cause, actor=_ACTOR, at=now, known=dossier.known
            )

    async def _learn(self, dossier: Dossier, since: int, heard: words_in_clear.Heard) -> None:
        """The landmarks that a reporter spoke of stand where a person has screened the complaint to be."""
        for event in dossier.events:
            if event.n >= since and isinstance(event.data, e.ComplaintScreened) and _placed(event.data):
                ward = event.data.matter.ward_code
                await self._places.screened(dossier.city, heard.texts, ward, event=event.id)


def _spoke_again(events: Sequence[e.Event]) -> bool:
    return any(isinstance(event, e.MessageAdded | e.QuestionAnswered) for event in events)


def _placed(event: e.Event) -> bool:
    return isinstance(event, e.ComplaintScreened) and event.by == "person" and event.matter.ward_code is not None
