"""Looks at the evidence of one command with everything that is known of its pictures. Changes nothing.

Costs nothing where nothing is shown: a command without evidence asks no database, and a resolution by the straight way
only its policy.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime

from services.complaint import events as e
from services.complaint.commands import SignOffAsked
from services.complaint.state import Closed, Desk, Resolved, State, Working
from services.contracts import commands as outside
from services.contracts.city import City
from services.contracts.commands import Refusal
from services.contracts.envelope import Recorded
from services.contracts.intake import Pin
from services.router import words_in_clear
from services.router.acting import refusals
from services.router.dossier import KnownComplaint, messages_of
from services.router.evidence import judging, signing
from services.router.evidence.judging import Likeness, Shown, Spot
from services.router.evidence.pictures import Near, Pictures, Proof, Upload
from services.runtime.sealing import DataKey, Unsealable, unseal
from services.runtime.vault import Vault

Showing = outside.Progress | outside.Visit | outside.FinishSubtask | outside.Resolve


@dataclass(frozen=True, slots=True)
class Found:
    """What the look brought. `policy`: the version by which."""

    refusal: Refusal | None = None
    marks: tuple[e.Mark, ...] = ()
    policy: int = 0
    sign_off: SignOffAsked | None = None


NOTHING = Found()


class Evidence:
    def __init__(self, pictures: Pictures, vault: Vault, uploads: DataKey, scale: float) -> None:
        """`uploads`: the key that uploaded files are sealed with."""
        self._pictures = pictures
        self._vault = vault
        self._uploads = uploads
        self._scale = scale

    async def look(
        self, city: City, complaint: str, known: KnownComplaint, *, seat: str, action: object, at: datetime
    ) -> Found:
        if not isinstance(action, Showing) or not isinstance(known.state, Working):
            return NOTHING
        found = replace(await self._shown(city, complaint, known, action), policy=city.policy.version)
        if found.refusal is not None or not isinstance(action, outside.Resolve):
            return found
        desk, share = known.state.desk, city.policy.sign_off.share
        by_chance = share > 0 and signing.drawn(
            await self._vault.id_key(city.id), "sign_off", complaint, desk.round, share
        )
        why = signing.reasons(city, desk, action, found.marks, by_chance=by_chance)
        return replace(found, sign_off=signing.asked(city, desk, seat, why, at=at, scale=self._scale))

    def alone(self) -> AbstractAsyncContextManager[None]:
        """For one command, from the look at its pictures until they are noted."""
        return self._pictures.alone()

    async def note(self, city: City, complaint: str, state: State) -> None:
        """What was just shown, so that the next command knows it; the log's follower notes it too."""
        if isinstance(state, Working | Resolved | Closed):
            await self._pictures.note(city.id, complaint, state.file.proofs)

    async def _shown(self, city: City, complaint: str, known: KnownComplaint, action: Showing) -> Found:
        named = tuple(dict.fromkeys(action.evidence))
        if not named or not isinstance(known.state, Working):
            return NOTHING
        uploads = await self._pictures.uploads(city.id, named)
        if len(uploads) != len(named):
            return Found(refusal=refusals.EVIDENCE_UNKNOWN)
        near = {name: await self._pictures.like(city.id, uploads[name]) for name in named}
        others = sorted({one.reference for found in near.values() for one in found if one.complaint is None})
        proofs = await self._pictures.proofs(others)
        own = _Own(complaint, known.state.file.shared.joined, known.state.desk.round)
        shown = [
            Shown(
                name, own.likenesses(near[name], proofs), self._place_of(uploads[name]), uploads[name].taken
            )
            for name in named
        ]  # fmt: skip
        place = await self._place(city, known) if any(one.place for one in shown) else None
        matter = judging.Matter(_begun(known.events), city.zone, place)
        judged = judging.judge(city.policy.evidence, matter, shown, finished=isinstance(action, outside.Resolve))
        return Found(judged.refusal, judged.marks)

    def _place_of(self, upload: Upload) -> Spot | None:
        if upload.place is None:
            return None
        try:
            pin = Pin.model_validate_json(unseal(self._uploads, upload.reference, "place", upload.place))
        except Unsealable:
            return None
        return Spot(pin.latitude, pin.longitude)

    async def _place(self, city: City, known: KnownComplaint) -> Spot | None:
        """The reporter's last pin that can still be read, else the middle of the kelurahan."""
        pinned = [
            (message.place, event.causation, "place")
            for event, message in messages_of(known.events)
            if message.place is not None
        ]
        pins = words_in_clear.heard(await words_in_clear.keys_for(self._vault, pinned), pinned).pins
        if pins:
            return Spot(pins[-1].latitude, pins[-1].longitude)
        desk: Desk | None = getattr(known.state, "desk", None)
        ward = city.wards.get(desk.matter.ward_code or "") if desk is not None else None
        return None if ward is None else Spot(ward.latitude, ward.longitude, exact=False)


@dataclass(frozen=True, slots=True)
class _Own:
    """One complaint and those that are handled under it: their pictures are of the same matter."""

    complaint: str
    joined: frozenset[str]
    round: int

    def likenesses(self, near: Sequence[Near], proofs: Sequence[Proof]) -> tuple[Likeness, ...]:
        bits: Mapping[str, int] = {one.reference: one.bits for one in near}
        found: list[Likeness] = []
        for one in near:
            if one.complaint is None:
                continue
            if one.complaint == self.complaint or one.complaint in self.joined:
                found.append(Likeness(one.bits, "before"))
            else:
                found.append(Likeness(one.bits, "another", one.complaint))
        for proof in proofs:
            if proof.reference not in bits:
                continue
            if proof.complaint == self.complaint:
                if proof.round < self.round:
                    found.append(Likeness(bits[proof.reference], "used_before"))
            elif proof.complaint not in self.joined:
                found.append(Likeness(bits[proof.reference], "another", proof.complaint))
        return tuple(found)


def _begun(events: Sequence[Recorded[e.Event]]) -> datetime:
    """Receipt, or the last time that somebody said it is not done."""
    reopened = [event.at for event in events if isinstance(event.data, e.ComplaintReopened | e.MatterReopened)]
    return reopened[-1] if reopened else events[0].at
