"""From what the rules decide to what stands: ids and tickets of what opens, who may see it."""

from collections.abc import Callable, Sequence

from services.contracts import ids, tickets
from services.intake.conversation import decisions as d
from services.intake.inbox.decided import OfOne, Opening, Settled, Several, Stands, strictest
from services.intake.inbox.incoming import Incoming


class Standing:
    def __init__(self, random_bits: Callable[[int], int]) -> None:
        """`random_bits`: for tickets; `secrets.randbits`."""
        self._random_bits = random_bits

    def ticket(self, prefix: str) -> str:
        while True:
            ticket = tickets.make(prefix, self._random_bits(5 * tickets.LENGTH))
            if ticket is not None:
                return ticket

    def of(self, decision: d.Decision, one: Incoming, id_key: bytes) -> Stands:
        """`Settle` and `Hold` aside, what each decision is for this message."""
        wished = one.message.confidentiality
        match decision:
            case d.Open():
                return self.opening(one, id_key, decision)
            case d.Add() if wished is not None and wished != "normal":
                return d.Raise((decision.complaint,), wished)
            case d.Together():
                return Several(self._parts(decision, one, id_key))
            case d.Settle():
                return self.joining(decision, decision.complaints)
            case _:
                return decision

    @staticmethod
    def joining(settle: d.Settle, complaints: Sequence[str]) -> Settled:
        """The answer, which goes along with what waited if it tells something itself."""
        joined = Several(tuple(d.Add(complaint) for complaint in complaints))
        return Settled(settle.waiting, joined if settle.joins and joined.parts else None)

    def _parts(self, decision: d.Together, one: Incoming, id_key: bytes) -> tuple[OfOne, ...]:
        found: list[OfOne] = []
        for part in decision.parts:
            if isinstance(part, d.Open):
                nth = sum(isinstance(before, Opening) for before in found)
                found.append(self.opening(one, id_key, part, nth))
            else:
                found.append(part)
        return tuple(found)

    def opening(self, one: Incoming, id_key: bytes, decision: d.Open, nth: int = 0) -> Opening:
        """`nth`: counts what one message opens; the first has the id that a message's only one has."""
        counter = one.message.counter
        first = one.key if nth == 0 else f"{one.key}.{nth}"
        return Opening(
            complaint=ids.complaint_id(id_key, one.city.id, one.channel, first),
            ticket=self.ticket(one.city.ticket_prefix),
            confidentiality=strictest(one.door.confidentiality, one.message.confidentiality, decision.level),
            first_level=one.door.first_level,
            forwarder=counter.forwarder if counter is not None else None,
            kind=one.message.kind,
            session=one.session,
            spans=decision.spans,
            call=decision.call,
            urgent=decision.urgent,
            asks=decision.asks,
        )

    def settled(self, settle: d.Settle, waiting: Sequence[Incoming], id_key: bytes) -> list[Stands]:
        """What stands for each message that waited, in their order; the first may open what the others belong to."""
        found: list[Stands] = []
        complaints = settle.complaints
        for position, one in enumerate(waiting):
            if settle.wish == "open" and position == 0:
                opening = self.opening(one, id_key, d.Open())
                complaints = (opening.complaint,)
                found.append(opening)
            else:
                act = _ACTS[settle.wish] if position == 0 or settle.wish != "withdraw" else d.Add
                found.append(_each(act, complaints))
        return found


_ACTS: dict[str, type[d.Add] | type[d.Done] | type[d.NotDone] | type[d.Cancel]] = {
    "add": d.Add,
    "open": d.Add,
    "done": d.Done,
    "not_done": d.NotDone,
    "withdraw": d.Cancel,
}


def _each(act: type[d.Add] | type[d.Done] | type[d.NotDone] | type[d.Cancel], complaints: tuple[str, ...]) -> Stands:
    return act(complaints[0]) if len(complaints) == 1 else Several(tuple(act(one) for one in complaints))
