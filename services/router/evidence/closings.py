"""What follows from the log for honest closing: proofs noted, resolutions drawn for audit, signatures asked higher."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import Closed, Resolved, Unopened, Working
from services.contracts import ids
from services.contracts.base import given
from services.contracts.city import City
from services.router.dossier import Deciding, Dossier
from services.router.evidence import signing
from services.router.evidence.pictures import Pictures
from services.runtime.vault import Vault

ACTOR = "service:router"


class Closings:
    def __init__(
        self,
        *,
        cities: Mapping[str, City],
        scale: float,
        deciding: Deciding,
        pictures: Pictures,
        vault: Vault,
        clock: Callable[[], datetime],
    ) -> None:
        self._cities = cities
        self._scale = scale
        self._deciding = deciding
        self._pictures = pictures
        self._vault = vault
        self._clock = clock

    async def after(self, touched: Sequence[tuple[Dossier, Sequence[e.Event]]]) -> None:
        """Complaints with what just happened in them; may be repeated."""
        for dossier, events in touched:
            if isinstance(dossier.state, Unopened):
                continue
            if any(given(event, "evidence") for event in events):
                await self._pictures.note(dossier.city, dossier.complaint, dossier.state.file.proofs)
            if any(isinstance(event, e.ComplaintResolved) for event in events):
                await self._draw(dossier)

    async def _draw(self, dossier: Dossier) -> None:
        policy, state = self._cities[dossier.city].policy, dossier.state
        if policy.audit.share <= 0 or not isinstance(state, Resolved | Closed) or state.desk is None:
            return
        key, number = await self._vault.id_key(dossier.city), state.desk.round
        if not signing.drawn(key, "audit", dossier.complaint, number, policy.audit.share):
            return
        cause = ids.wake_key(key, dossier.complaint, f"audit.{number}")
        command = c.DrawAudit(cause=cause, round=number, share=policy.audit.share, policy=policy.version)
        await self._deciding.execute(
            dossier.city, dossier.complaint, command, cause=cause, actor=ACTOR, at=self._clock()
        )

    async def not_signed(self, city_id: str, complaint: str, asked: int) -> None:
        """The time of the seat that was asked by event `asked` is over."""
        state, _ = await self._deciding.load(city_id, complaint)
        submission = state.desk.submission if isinstance(state, Working) else None
        if submission is None or submission.asked != asked or not isinstance(state, Working):
            return
        now = self._clock()
        above = signing.above(self._cities[city_id], state.desk, submission, now, self._scale)
        if above is None:
            return
        cause = ids.wake_key(await self._vault.id_key(city_id), complaint, f"sign_off.{asked}")
        command = c.EscalateSignOff(
            cause=cause, asked=asked, to=above.to, due=above.due, rule=above.rule, policy=above.policy
        )
        await self._deciding.execute(city_id, complaint, command, cause=cause, actor=ACTOR, at=now)
