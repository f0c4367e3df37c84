"""What follows in other complaints when one is merged, taken out, withdrawn or said not to be done.

Two streams are never written at once: the decision stands in the one complaint, and its follower tells the other. All
of it may be repeated; what is done follows from the complaints as they stand.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.events.merging import Apart
from services.complaint.state import Merged, Resolved, Screening, Unopened
from services.contracts import ids
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.router.dossier import Deciding, Dossier
from services.router.merging.mains import ACTOR, root_of
from services.router.merging.matters import Matters
from services.runtime.vault import Vault

TELLING = (
    e.AssignmentAccepted, e.ProgressReported, e.PlaceVisited, e.WorkPlanned, e.ClockBreached, e.ComplaintResolved,
)  # fmt: skip
"""What reporters of merged complaints hear of, too."""

_LEAVES = (e.ComplaintUnmerged, e.ComplaintWithdrawn, e.EntryUndone)


class Seen(Protocol):
    """A complaint in hand, with what happened in it just now."""

    @property
    def dossier(self) -> Dossier: ...
    @property
    def events(self) -> Sequence[e.Event]: ...


class Links:
    def __init__(
        self,
        *,
        deciding: Deciding,
        vault: Vault,
        matters: Matters,
        clock: Callable[[], datetime],
    ) -> None:
        self._deciding = deciding
        self._vault = vault
        self._matters = matters
        self._clock = clock

    async def follow(self, touched: Sequence[Seen]) -> None:
        """Everything that the events of a batch mean for other complaints."""
        joins: dict[tuple[str, str], list[Dossier]] = {}
        work = []
        for one in touched:
            dossier, state = one.dossier, one.dossier.state
            if isinstance(state, Unopened):
                continue
            if isinstance(state, Merged):
                if any(isinstance(event, e.ComplaintMerged) for event in one.events):
                    joins.setdefault((dossier.city, state.into), []).append(dossier)
                if any(isinstance(event, e.ComplaintReopened) for event in one.events):
                    work.append(self._reopen(dossier, state))
                if state.file.confidentiality == "secret" and _raised(one.events) and state.ended is None:
                    work.append(self._apart(dossier, "secret", _last(dossier, e.ConfidentialityRaised)))
            if any(isinstance(event, (*_LEAVES, e.ComplaintMerged)) for event in one.events):
                work.append(self._leave(dossier))
            if state.file.shared.joined:
                work.append(self._look_at(one))
        work += [self._join(city, main, merged) for (city, main), merged in joins.items()]
        if work:
            await asyncio.gather(*work)

    async def _join(self, city: str, main: str, merged: Sequence[Dossier]) -> None:
        """One event for all of a batch, so that a surge does not fill the main complaint's stream."""
        key = await self._vault.id_key(city)
        clusters = {d.state.cluster for d in merged if isinstance(d.state, Merged)}
        cause = ids.derive(key, "wake", "join", *(_last(dossier, e.ComplaintMerged).id for dossier in merged))
        command = c.JoinMerge(
            cause=cause,
            complaints=tuple(dossier.complaint for dossier in merged),
            cluster=clusters.pop() if len(clusters) == 1 else None,
        )
        outcome = await self._deciding.execute(city, main, command, cause=cause, actor=ACTOR, at=self._clock())
        if isinstance(outcome, Refusal):
            await asyncio.gather(*(self._elsewhere(dossier) for dossier in merged))
            return
        if isinstance(outcome.state, Resolved) and outcome.events:
            await self._matters.look(city, main, outcome.n)

    async def _elsewhere(self, dossier: Dossier) -> None:
        """The main complaint can't take it: then the one that it is merged into itself, or none."""
        merged = _last(dossier, e.ComplaintMerged)
        found = await root_of(self._deciding, dossier.city, _into(merged), dossier.complaint)
        if found is None:
            await self._apart(dossier, "circle", merged)
            return
        root, _ = found
        if root == _into(merged):
            await self._apart(dossier, "main_over", merged)
            return
        cause = ids.wake_key(await self._vault.id_key(dossier.city), merged.id, f"move.{root}")
        await self._tell(
            dossier.city,
            dossier.complaint,
            c.Merge(cause=cause, itself=dossier.complaint, into=root, by="machine"),
        )

    async def _apart(self, dossier: Dossier, why: Apart, because: Recorded[e.Event]) -> None:
        cause = ids.wake_key(await self._vault.id_key(dossier.city), because.id, f"apart.{why}")
        command = c.Unmerge(cause=cause, by="machine", why=why)
        await self._tell(dossier.city, dossier.complaint, command)

    async def _leave(self, dossier: Dossier) -> None:
        """Every complaint that it was merged into and is not any more."""
        state = dossier.state
        now = state.into if isinstance(state, Merged) and state.ended != "withdrawn" else None
        merges = [event for event in dossier.events if isinstance(event.data, e.ComplaintMerged)]
        before = {_into(event): event for event in merges if _into(event) != now}
        key = await self._vault.id_key(dossier.city)
        for main, event in before.items():
            cause = ids.wake_key(key, event.id, f"leave.{len(merges)}")
            await self._tell(dossier.city, main, c.LeaveMerge(cause=cause, complaints=(dossier.complaint,)))

    async def _reopen(self, dossier: Dossier, state: Merged) -> None:
        said = _last(dossier, e.ComplaintReopened)
        found = await root_of(self._deciding, dossier.city, state.into, dossier.complaint)
        if found is None:
            return
        cause = ids.wake_key(await self._vault.id_key(dossier.city), said.id, "reopen")
        await self._tell(dossier.city, found[0], c.ReopenMatter(cause=cause, complaint=dossier.complaint))

    async def _look_at(self, one: Seen) -> None:
        """Something that the others hear of, or it was merged itself and they must follow it."""
        if any(isinstance(event, (*TELLING, e.ComplaintMerged)) for event in one.events):
            await self._matters.look(one.dossier.city, one.dossier.complaint, one.dossier.n)

    async def heard(self, dossier: Dossier, proposal: e.ScreeningProposed) -> None:
        """A merged complaint's reporter said more: a danger to life or a secret never stays behind another matter."""
        said = dossier.events[proposal.based_on - 1]
        if proposal.matter.urgency == "danger":
            await self._apart(dossier, "danger", said)
        elif proposal.matter.confidentiality == "secret":
            await self._apart(dossier, "secret", said)

    async def _tell(self, city: str, complaint: str, command: c.Command) -> None:
        await self._deciding.execute(city, complaint, command, cause=command.cause, actor=ACTOR, at=self._clock())


def as_if_alone(dossier: Dossier) -> Dossier:
    """A merged complaint as screening would see it on its own; every other one as it is."""
    if not isinstance(dossier.state, Merged):
        return dossier
    return Dossier(dossier.city, dossier.complaint, dossier.events, Screening(dossier.state.file), dossier.sequence)


def _raised(events: Sequence[e.Event]) -> bool:
    return any(isinstance(event, e.ConfidentialityRaised) for event in events)


def _last(dossier: Dossier, kind: type[e.Event]) -> Recorded[e.Event]:
    return next(event for event in reversed(dossier.events) if isinstance(event.data, kind))


def _into(event: Recorded[e.Event]) -> str:
    assert isinstance(event.data, e.ComplaintMerged)
    return event.data.into
