"""With a running router: who may ask for a contact, who is a second person, who holds a seat."""

from datetime import timedelta
from typing import Any

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.events import Message
from services.contracts import commands as outside
from services.contracts import ids
from services.contracts.commands import CommandReply
from services.contracts.facts.seats import SeatHeld, SeatVacated
from services.contracts.tokens import Role
from services.router.acting.judged import judged
from services.router.seats import facts
from services.runtime.log import Log
from services.runtime.sealing import seal, unseal
from tests.complaint.given import assigned, cause, resolved, resolving, sealed
from tests.router.harness import Town

CITY = "bengkulu"
H = sealed("handling")
GARBAGE = "sampah menumpuk di padang harapan sudah seminggu tidak diangkut"
ADMIN: tuple[Role, ...] = ("administrator",)
HEAD: tuple[Role, ...] = ("agency_head",)
COORDINATOR: tuple[Role, ...] = ("coordinator",)


def code(reply: CommandReply) -> str | None:
    return reply.refusal.code if reply.refusal else None


async def allowed(town: Town) -> str:
    complaint = await town.hear(CITY, GARBAGE)
    await town.until(CITY, complaint, "complaint.assigned")
    cause = ids.derive(await town.vault.id_key(CITY), "test", f"allow {complaint}")
    key = (await town.vault.make_keys([(complaint, "reporter:1")]))[complaint, "reporter:1"]
    said = Message(channel="whatsapp", door="whatsapp", form="text", text=seal(key, cause, "text", "boleh telpon saya"))
    command = c.AllowContact(cause=cause, party="reporter:1", message=said)
    await town.deciding.execute(CITY, complaint, command, cause=cause, actor="reporter:1", at=town.clock())
    return complaint


async def test_an_acting_holder_of_a_second_seat_is_no_second_person(town: Town) -> None:
    complaint = await allowed(town)
    for seat, acting in (("dlh", False), ("asisten-1", True), ("asisten-2", False)):
        name = "Bapak Contoh" if seat != "asisten-2" else "Ibu Contoh"
        named = await town.staff(
            CITY, "admin-sistem", ADMIN, None, do="hold_seat", to_seat=seat, name=f"  {name} ", acting=acting
        )
        assert (code(named), named.fact) == (None, seat)
    asked = await town.staff(CITY, "dlh", HEAD, complaint, do="ask_contact", ground="call", reason="Rumah tidak ketemu")
    assert code(asked) is None
    ruling: dict[str, Any] = {"do": "rule_contact", "number": 1, "granted": True}
    assert code(await town.staff(CITY, "dlh", COORDINATOR, complaint, **ruling)) == "not_allowed"
    himself = await town.staff(CITY, "asisten-1", COORDINATOR, complaint, **ruling)
    assert (code(himself), himself.refusal and himself.refusal.message.startswith("Kedua jabatan")) == (
        "not_allowed", True,
    )  # fmt: skip
    assert code(await town.staff(CITY, "asisten-2", COORDINATOR, complaint, **ruling)) is None
    shown = await town.staff(CITY, "dlh", HEAD, complaint, do="show_contact", number=1)
    assert code(shown) is None
    events = await town.events(CITY, complaint)
    assert [event.actor for event in events if isinstance(event.data, e.ContactShown)] == ["seat:dlh"]
    ruled = next(event.data for event in events if isinstance(event.data, e.ContactRuled))
    at = next(event.at for event in events if isinstance(event.data, e.ContactRuled))
    assert ruled.until == at + timedelta(minutes=30)


async def test_only_whoever_holds_it_asks_and_never_a_neighbour(town: Town) -> None:
    complaint = await allowed(town)
    wish: dict[str, Any] = {"do": "ask_contact", "ground": "call", "reason": "x"}
    assert code(await town.staff(CITY, "perkim", HEAD, complaint, **wish)) == "not_yours"
    assert code(await town.agency(CITY, "dlh", complaint, **wish)) == "invalid"


async def test_who_holds_a_seat_is_said_once_however_often_and_never_in_clear(town: Town) -> None:
    said: dict[str, Any] = {
        "do": "hold_seat",
        "to_seat": "pupr",
        "name": "Ibu Contoh Pelaksana",
        "acting": True,
        "id": "hold-1",
    }
    first = await town.staff(CITY, "admin-sistem", ADMIN, None, **said)
    again = await town.staff(CITY, "admin-sistem", ADMIN, None, **said)
    assert (code(first), first.n) == (None, again.n)
    gone = await town.staff(CITY, "admin-sistem", ADMIN, None, do="vacate_seat", to_seat="pupr")
    backwards = await town.staff(
        CITY, "admin-sistem", ADMIN, None, do="hold_seat", to_seat="pupr", name="x", since="2030-01-02T00:00:00Z",
        until="2030-01-01T00:00:00Z",
    )  # fmt: skip
    unknown = await town.staff(CITY, "admin-sistem", ADMIN, None, do="vacate_seat", to_seat="nowhere")
    assert [code(gone), code(backwards), code(unknown)] == [None, "invalid", "unknown_seat"]

    client = await town.stack.connect()
    try:
        log = Log(client, "CITY")
        decider = facts.decider(log, town.vault, town.clock)
        sitting, events = await decider.load(CITY, "pupr")
    finally:
        await client.close()
    assert sitting.vacated is not None
    held = [event for event in events if isinstance(event.data, SeatHeld)][-1]
    assert isinstance(events[-1].data, SeatVacated)
    assert isinstance(held.data, SeatHeld)
    owner = facts.seat_key(await town.vault.id_key(CITY), "pupr")
    key = (await town.vault.keys([(owner, "handling")]))[owner, "handling"]
    assert unseal(key, held.causation, "holder", held.data.holder) == "Ibu Contoh Pelaksana"


async def test_whoever_sits_on_the_asking_seat_too_grants_no_time(town: Town) -> None:
    complaint = await town.hear(CITY, GARBAGE)
    await town.until(CITY, complaint, "complaint.assigned")
    for seat in ("dlh", "asisten-1"):
        named = await town.staff(CITY, "admin-sistem", ADMIN, None, do="hold_seat", to_seat=seat, name="Bapak Contoh")
        assert code(named) is None
    until = (town.clock() + timedelta(days=60)).isoformat()
    assert (
        code(await town.agency(CITY, "dlh", complaint, do="ask_extension", until=until, reason="Alat rusak.")) is None
    )
    ruling: dict[str, Any] = {"do": "rule_extension", "number": 1, "ruling": "granted", "reason": "Baik."}
    himself = await town.staff(CITY, "asisten-1", COORDINATOR, complaint, **ruling)
    assert (code(himself), himself.refusal and himself.refusal.message.startswith("Kedua jabatan")) == (
        "not_allowed", True,
    )  # fmt: skip
    assert code(await town.staff(CITY, "asisten-3", COORDINATOR, complaint, **ruling)) is None


def test_a_second_person_is_asked_for_wherever_a_yes_is_about_somebodys_own() -> None:
    life = assigned()
    until = life.now + timedelta(days=9)
    life.when(
        c.AskExtension(cause=cause("t"), seat="dlh", clock="first_response", until=until, reason=H, superior="sekda")
    )
    granted = outside.RuleExtension(do="rule_extension", number=1, ruling="granted", reason="x")
    refused = outside.RuleExtension(do="rule_extension", number=1, ruling="refused", reason="x")
    assert (judged(life.state, granted), judged(life.state, refused)) == ("dlh", None)
    asked = c.SignOffAsked(to="lurah", due=until, rule="48h", policy=1, why=("flagged",))
    life.when(resolving(life, sign_off=asked))
    signed = {yes: judged(life.state, outside.SignOff(do="sign_off", approved=yes, text="x")) for yes in (True, False)}
    assert signed == {True: "dlh", False: None}
    life = resolved()
    assert judged(life.state, outside.Audit(do="audit", passed=True, text="x")) == "dlh"
    life.when(c.DraftProof(cause=cause("d"), by="dlh", text=H))
    approval = outside.ApproveProof(do="approve_proof", number=1, accounts=("facebook",))
    assert judged(life.state, approval) == "dlh"
    assert judged(life.state, outside.Accept(do="accept")) is None
