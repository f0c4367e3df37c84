"""Complaints that really stand in the log: decided, sealed with real keys, appended with the router's own rights."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT
from services.complaint.state import State
from services.contracts import ids, subjects, tickets
from services.contracts.envelope import Recorded
from services.runtime.blobs import Blobs
from services.runtime.deciding import Decided, Decider
from services.runtime.log import Log
from services.runtime.sealing import seal
from services.runtime.vault import Vault

PREFIX = {"bengkulu": "BKL", "kupang": "KPG", "bukittinggi": "BKT", "pekanbaru": "PKU"}


def new_ticket(prefix: str) -> str:
    while True:
        made = tickets.make(prefix, secrets.randbits(40))
        if made is not None:
            return made


@dataclass
class Teller:
    """Writes complaints into the log of a provisioned stack."""

    log: Log
    vault: Vault
    prefix: str = "BKL"
    city: str = "bengkulu"
    decider: Decider[State, c.Command, e.Event] = field(init=False)

    def __post_init__(self) -> None:
        self.decider = Decider(self.log, COMPLAINT, subjects.complaint, self.vault, lambda: datetime.now(UTC))

    async def begin(self, words: str = "Lampu jalan mati di depan rumah saya", **changes: object) -> "Story":
        key = await self.vault.id_key(self.city)
        first = ids.message_key(key, self.city, "whatsapp", secrets.token_hex(8))
        story = Story(self, ids.complaint_id(key, self.city, "whatsapp", first), new_ticket(self.prefix))
        text = await story.sealed("reporter:1", first, "text", words)
        message = e.Message(channel="whatsapp", door="hotline-walikota", form="text", text=text)
        fields: dict[str, object] = {"confidentiality": "normal"} | changes
        await story.do(c.OpenComplaint(
            cause=first, ticket=story.ticket, reporter="reporter:1", message=message, **fields,  # type: ignore[arg-type]
        ))  # fmt: skip
        return story


@dataclass
class Story:
    teller: Teller
    complaint: str
    ticket: str
    events: list[Recorded[e.Event]] = field(default_factory=list)

    async def sealed(self, party: str, cause: str, name: str, words: str) -> str:
        keys = await self.teller.vault.make_keys([(self.complaint, party)])
        return seal(keys[self.complaint, party], cause, name, words)

    async def cause(self) -> str:
        return ids.derive(await self.teller.vault.id_key(self.teller.city), "test", secrets.token_hex(8))

    async def do(self, command: c.Command) -> Sequence[Recorded[e.Event]]:
        done = await self.teller.decider.execute(
            self.teller.city, self.complaint, command, cause=command.cause, actor="service:test"
        )
        assert isinstance(done, Decided), done.message
        self.events.extend(done.events)
        return done.events

    def matter(self, **changes: object) -> e.Matter:
        fields: dict[str, object] = {
            "kind": "complaint", "category": "street_light", "function": "housing_lighting",
            "district_code": "17.71.01", "ward_code": "17.71.01.1001", "urgency": "normal", "confidentiality": "normal",
        }  # fmt: skip
        return e.Matter.model_validate(fields | changes)

    async def proposed(self, **changes: object) -> "Story":
        proposal = e.ScreeningProposed(
            matter=self.matter(**changes), confidence=0.55, summary="Lampu jalan mati, Kelurahan Pagar Dewa",
            alternatives=(e.Candidate(category="power_cut", function="power_utility", p=0.3),),
            reasons=("street_light:lampu jalan",), abstains=True, based_on=1, model="rules-1", policy=1,
        )  # fmt: skip
        await self.do(c.ProposeScreening(cause=await self.cause(), proposal=proposal))
        return self

    async def screened(
        self, lead: str = "perkim", others: Sequence[str] = ("camat-selebar",), due: timedelta = timedelta(hours=24),
        wording: str | None = None, concerned: str | None = None, **changes: object,
    ) -> "Story":  # fmt: skip
        cause = await self.cause()
        at = datetime.now(UTC) + due
        roles: list[tuple[str, e.Role]] = [(lead, "lead"), *((seat, "territorial") for seat in others)]
        assignments = tuple(
            e.Assignment(seat=seat, role=role, clocks=(
                e.Clock(name="first_response", seat=seat, due=at, rule="24h", policy=1),
            ))
            for seat, role in roles
        )  # fmt: skip
        await self.do(c.Screen(
            cause=cause, matter=self.matter(**changes), summary="Lampu jalan mati, Kelurahan Pagar Dewa",
            assigning=c.Assigning(assignments=assignments, rule="function", policy=1),
            wording=await self.sealed("handling", cause, "wording", wording) if wording else None,
            concerned_name=await self.sealed("concerned", cause, "name", concerned) if concerned else None,
        ))  # fmt: skip
        return self

    async def accepted(self, seat: str = "perkim") -> "Story":
        finish = datetime.now(UTC) + timedelta(days=2)
        await self.do(c.Accept(cause=await self.cause(), seat=seat, finish_by=finish))
        return self

    async def breached(self, seat: str = "perkim", superior: str = "asisten-2") -> "Story":
        started = next(r.n for r in self.events if isinstance(r.data, e.ComplaintAssigned))
        await self.do(c.BreachClock(
            cause=await self.cause(), clock="first_response", seat=seat, started=started, superior=superior,
        ))  # fmt: skip
        return self

    async def asked(self, seat: str = "perkim", question: str = "Tiang nomor berapa?") -> "Story":
        cause = await self.cause()
        await self.do(c.AskReporter(
            cause=cause, seat=seat, question=await self.sealed("handling", cause, "question", question),
        ))  # fmt: skip
        return self

    async def resolved(self, seat: str = "perkim", link: str | None = None) -> "Story":
        cause = await self.cause()
        text = await self.sealed("handling", cause, "text", "Lampu sudah diganti.")
        await self.do(c.Resolve(
            cause=cause, seat=seat, closure="fixed", text=text, proof_link=link,
            confirm_by=datetime.now(UTC) + timedelta(days=10),
        ))  # fmt: skip
        return self

    async def answered(self, words: str = "sudah nyala, terima kasih", *, done: bool = True) -> "Story":
        cause = await self.cause()
        text = await self.sealed("reporter:1", cause, "text", words)
        message = e.Message(channel="whatsapp", door="hotline-walikota", form="text", text=text)
        say = c.SayDone if done else c.SayNotDone
        await self.do(say(cause=cause, party="reporter:1", message=message))
        return self

    async def pictured(self, content: bytes, blobs: Blobs, content_type: str = "image/jpeg") -> str:
        """A picture, or another file, of the reporter, as intake keeps and attaches it."""
        pair = (self.complaint, "reporter:1")
        key = (await self.teller.vault.make_keys([pair]))[pair]
        blob = await blobs.put(key, await self.teller.vault.id_key(self.teller.city), content)
        await self.do(c.AttachEvidence(
            cause=await self.cause(), party="reporter:1", media=blob.name, content_type=content_type, size=blob.size,
        ))  # fmt: skip
        return blob.name

    async def cleared(self, media: str, audience: e.Audience) -> "Story":
        await self.do(c.ClearEvidence(cause=await self.cause(), seat="tim-saring", media=media, audience=audience))
        return self

    async def submitted(self, to: str, evidence: tuple[str, ...] = (), seat: str = "perkim") -> "Story":
        cause, due = await self.cause(), datetime.now(UTC) + timedelta(hours=48)
        await self.do(c.Resolve(
            cause=cause, seat=seat, closure="fixed", evidence=evidence,
            text=await self.sealed("handling", cause, "text", "Sudah diganti."),
            confirm_by=due, policy=1,
            marks=tuple(e.Mark(media=media, reason="far_away", km=12) for media in evidence[:1]),
            sign_off=c.SignOffAsked(to=to, due=due, rule="48h", policy=1, why=("flagged",)),
        ))  # fmt: skip
        return self

    async def erased(self) -> "Story":
        await self.do(c.EraseReporter(cause=await self.cause(), party="reporter:1"))
        await self.teller.vault.destroy(self.complaint, "reporter:1")
        return self
