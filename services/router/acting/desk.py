"""Carries out commands of agencies and staff: who may, seal, decide, answer. Every one of them may be repeated."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from services.complaint.events import ReplyDrafted, ResolutionSubmitted
from services.complaint.state import Merged, Screening, State, Unopened, Working
from services.contracts import commands as outside
from services.contracts import ids
from services.contracts.city import City
from services.contracts.commands import AgencyCommand, CommandReply, Refusal, StaffCommand
from services.router.acting import dates, refusals
from services.router.acting.bearer import Bearers
from services.router.acting.judged import judged
from services.router.acting.meaning import ComplaintAction, meaning
from services.router.acting.meanings.frame import Frame, Sealer, Submitted
from services.router.acting.memory import Refused
from services.router.acting.of_city import CityAction, OfCity
from services.router.acting.permissions import Who, refused
from services.router.acting.seats import SeatActs
from services.router.acting.services import ServiceActs
from services.router.dossier import Deciding, KnownComplaint, door_of
from services.router.evidence.looking import Evidence
from services.router.merging import mains
from services.router.merging.clusters import Clusters
from services.router.seats.second import SecondPerson
from services.runtime.commands import Request
from services.runtime.sealing import DataKey, seal, unseal
from services.runtime.vault import KeyDestroyed, Vault

HANDLING, CONCERNED, REPORTER = "handling", "concerned", "reporter:1"


@dataclass(frozen=True, slots=True)
class _Order:
    """One command, whoever it came from."""

    city: City
    who: Who
    id: str
    complaint: str
    expected_n: int | None
    officer: str | None
    action: ComplaintAction


class Desk:
    def __init__(
        self,
        *,
        cities: Mapping[str, City],
        scale: float,
        deciding: Deciding,
        services: ServiceActs,
        seats: SeatActs,
        clusters: Clusters,
        of_city: OfCity,
        vault: Vault,
        evidence: Evidence,
        refused_before: Refused,
        second: SecondPerson,
        bearers: Bearers,
        clock: Callable[[], datetime],
    ) -> None:
        self._cities = cities
        self._scale = scale
        self._deciding = deciding
        self._services = services
        self._seats = seats
        self._clusters = clusters
        self._of_city = of_city
        self._vault = vault
        self._evidence = evidence
        self._refused = refused_before
        self._second = second
        self._bearers = bearers
        self._clock = clock

    async def agency(self, request: Request[AgencyCommand]) -> CommandReply:
        """`command.<city>.agency.<agency>`: the subject alone says who acts."""
        _, city_id, _, agency_id = request.tokens
        command = request.body
        city = self._cities.get(city_id)
        agency = None if city is None else next((a for a in city.agencies if a.id == agency_id), None)
        if city is None or agency is None:
            return CommandReply(id=command.id, refusal=refusals.UNKNOWN_CITY if city is None else refusals.NO_SEAT)
        who = Who(agency.id, frozenset(("agency_head", "agency_officer")))
        return await self._carry_out(
            _Order(city, who, command.id, command.complaint, command.expected_n, command.officer, command.action)
        )

    async def staff(self, request: Request[StaffCommand]) -> CommandReply:
        """`command.<city>.staff`: the token says who acts, in which city, for this command only."""
        command = request.body
        city = self._cities.get(request.tokens[1])
        if city is None:
            return CommandReply(id=command.id, refusal=refusals.UNKNOWN_CITY)
        who = self._bearers.who(city, command.token, command=command.id, do=command.action.do)
        if isinstance(who, Refusal):
            return CommandReply(id=command.id, refusal=who)
        match command.action:
            case outside.InterruptService() | outside.RestoreService():
                return await self._services.carry_out(city, who, command.id, command.action)
            case outside.HoldSeat() | outside.VacateSeat():
                return await self._seats.carry_out(city, who, command.id, command.action)
            case _ if isinstance(command.action, CityAction):
                return await self._of_city.carry_out(city, who, command.id, command.action)
            case _ if command.complaint is None:
                return CommandReply(id=command.id, refusal=refusals.NO_COMPLAINT)
            case outside.DissolveCluster():
                return await self._dissolve(city, who, command.id, command.complaint)
            case _:
                return await self._carry_out(
                    _Order(city, who, command.id, command.complaint, command.expected_n, None, command.action)
                )

    async def _carry_out(self, order: _Order) -> CommandReply:
        city, who = order.city, order.who
        actor = f"seat:{who.seat}"
        cause = ids.command_key(await self._vault.id_key(city.id), city.id, actor, order.id)
        said = await self._refused.said(cause)
        if said is not None:
            return CommandReply(id=order.id, refusal=said)
        async with self._evidence.alone() if getattr(order.action, "evidence", ()) else nullcontext():
            reply = await self._decided(order, cause, actor)
        if reply.refusal is not None:
            await self._refused.keep(cause, reply.refusal, self._clock())
        return reply

    async def _decided(self, order: _Order, cause: str, actor: str) -> CommandReply:
        city, who = order.city, order.who
        known = await self._deciding.read(city.id, order.complaint)
        if isinstance(known.state, Unopened) or known.state.file.city != city.id:
            return CommandReply(id=order.id, refusal=refusals.UNKNOWN)
        earlier = [event.n for event in known.events if event.causation == cause]
        if earlier:
            return CommandReply(id=order.id, n=earlier[-1])
        refusal = refused(city, who, order.action.do, known.state)
        if refusal is not None:
            return CommandReply(id=order.id, refusal=refusal)
        if await self._same_person(order, known.state):
            return CommandReply(id=order.id, refusal=refusals.SAME_PERSON)
        at = self._clock()
        if (refusal := dates.refused(order.action, at)) is not None:
            return CommandReply(id=order.id, refusal=refusal)
        main = await self._main(order)
        if isinstance(main, Refusal):
            return CommandReply(id=order.id, refusal=main)
        found = await self._evidence.look(city, order.complaint, known, seat=who.seat, action=order.action, at=at)
        if found.refusal is not None:
            return CommandReply(id=order.id, refusal=found.refusal)
        keys = await self._keys(order)
        session = await self._of_city.sessions.find(city.id, known.state.file.session)
        frame = Frame(
            city=city,
            seat=who.seat,
            cause=cause,
            at=at,
            scale=self._scale,
            state=known.state,
            seal=_sealer(keys[HANDLING], cause),
            seal_concerned=_sealer(keys.get(CONCERNED), cause),
            seal_reporter=_sealer(keys.get(REPORTER), cause),
            officer=order.officer,
            door=door_of(known.events),
            service_off=await self._service_off(city, known.state, order.action),
            complaint=order.complaint,
            main=main,
            coordinates="coordinator" in who.roles,
            protects="data_protection" in who.roles,
            found=found,
            live=session is not None and session.on_air(at),
            host=session.plan.host if session is not None and session.plan is not None else None,
            opened=known.events[0].at,
            drafted=_drafted(keys[HANDLING], known, order.action),
            submitted=_submitted(keys[HANDLING], known) if isinstance(order.action, outside.SignOff) else None,
        )
        command = meaning(frame, order.action)
        if isinstance(command, Refusal):
            return CommandReply(id=order.id, refusal=command)
        outcome = await self._deciding.execute(
            city.id,
            order.complaint,
            command,
            cause=cause,
            actor=actor,
            at=at,
            expected_n=order.expected_n,
            known=known,
        )
        if isinstance(outcome, Refusal):
            return CommandReply(id=order.id, refusal=outcome)
        if getattr(order.action, "evidence", ()):
            await self._evidence.note(city, order.complaint, outcome.state)
        return CommandReply(id=order.id, n=outcome.n)

    async def _main(self, order: _Order) -> str | Refusal | None:
        """The complaint that this one is to be handled under."""
        if not isinstance(order.action, outside.Merge):
            return None
        return await mains.for_person(self._deciding, order.city, order.who, order.complaint, order.action.into)

    async def _same_person(self, order: _Order, state: State) -> bool:
        """Whoever asked would say yes to himself, sitting on another seat."""
        whose, seat = judged(state, order.action), order.who.seat
        return whose not in (None, seat) and await self._second.same(order.city.id, str(whose), seat)

    async def _keys(self, order: _Order) -> dict[str, DataKey]:
        """Committed before anything sealed with them is appended."""
        parties = [HANDLING]
        if isinstance(order.action, outside.Screen) and order.action.concerned is not None:
            parties.append(CONCERNED)
        try:
            made = await self._vault.make_keys([(order.complaint, party) for party in parties])
        except KeyDestroyed:
            # The person concerned was erased; what offices say is sealed for themselves.
            made = await self._vault.make_keys([(order.complaint, HANDLING)])
        if isinstance(order.action, outside.Transcribe):
            made |= await self._vault.keys([(order.complaint, REPORTER)])  # never made here: it is the door's
        return {party: key for (_, party), key in made.items()}

    async def _service_off(self, city: City, state: State, action: ComplaintAction) -> bool:
        if not isinstance(action, outside.Resolve) or action.closure != "explained":
            return False
        desk = None if isinstance(state, Unopened | Screening | Merged) else state.desk
        return desk is not None and await self._services.off.covers(
            city.id, desk.matter.function, desk.matter.ward_code
        )

    # Facts of the city

    async def _dissolve(self, city: City, who: Who, command_id: str, main: str) -> CommandReply:
        """What a surge was taken for."""
        state = (await self._deciding.read(city.id, main)).state
        if isinstance(state, Unopened):
            return CommandReply(id=command_id, refusal=refusals.UNKNOWN)
        if (refusal := refused(city, who, "dissolve_cluster", state)) is not None:
            return CommandReply(id=command_id, refusal=refusal)
        cluster, actor = state.file.shared.cluster, f"seat:{who.seat}"
        cause = ids.command_key(await self._vault.id_key(city.id), city.id, actor, command_id)
        n = None if cluster is None else await self._clusters.dissolve(city.id, main, cluster, who.seat, cause)
        if n is None:
            return CommandReply(id=command_id, refusal=refusals.NO_CLUSTER)
        return CommandReply(id=command_id, n=n, fact=cluster)


def _drafted(key: DataKey, known: KnownComplaint, action: ComplaintAction) -> str | None:
    """The words of a draft that is to be sent as it is."""
    if not isinstance(action, outside.SendDraft) or action.text is not None:
        return None
    for event in known.events:
        if isinstance(event.data, ReplyDrafted) and event.data.number == action.number:
            return unseal(key, event.causation, "text", event.data.text)
    return None


def _submitted(key: DataKey, known: KnownComplaint) -> Submitted | None:
    """The words that wait for a signature; offices' words are never erased."""
    waiting = known.state.desk.submission if isinstance(known.state, Working) else None
    if waiting is None:
        return None
    event = known.events[waiting.n - 1]
    data = event.data
    assert isinstance(data, ResolutionSubmitted)

    def opened(field: str, sealed: str | None) -> str | None:
        return None if sealed is None else unseal(key, event.causation, field, sealed)

    return Submitted(
        unseal(key, event.causation, "text", data.text), opened("referred_to", data.referred_to),
        opened("officer", data.officer),
    )  # fmt: skip


def _sealer(key: DataKey | None, cause: str) -> Sealer:
    def sealed(field: str, clear: str | None) -> str | None:
        return None if clear is None or key is None else seal(key, cause, field, clear)

    return sealed
