"""What guests may do, tried from their own connections: nothing but their own queue, commands and subjects.

A denied client sees only a time-out, so the truth is read elsewhere: no stream may have changed.
"""

import asyncio
import base64
import json
import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from services.contracts import subjects
from services.contracts.commands import AgencyCommand, StaffCommand
from services.contracts.intake import IntakeMessage, Sender
from services.contracts.tokens import StaffToken
from services.runtime import tokens
from tests.faults import people, properties, rawlog, verdict
from tests.faults.forbidden import CITY, FORGED, LISTENING, NOBODYS, OURS, THEIRS, forbidden
from tests.faults.outcome import Outcome
from tests.faults.people import Delivering
from tests.faults.stack import Stack, until

EVENT = json.dumps({"type": "complaint.resolved", "complaint": NOBODYS}).encode()


@dataclass
class _Try:
    """The state of one run."""

    stack: Stack
    outcome: Outcome
    complaint: str = ""
    heard: list[str] = field(default_factory=list)


async def run(stack: Stack) -> Outcome:
    outcome = Outcome("credentials")
    tried = _Try(stack, outcome)
    tried.complaint = await _complaint(tried)
    await verdict.settled(stack, 120)
    await _nothing_due(stack)
    before = await _streams(stack)
    await _as_agency(tried)
    await _as_adapter(tried)
    await _with_tokens(tried)
    await _at_the_console(tried)
    after = await _streams(stack)
    changed = [name for name in before if before[name] != after[name]]
    if changed:
        outcome.breaks("streams changed by what was forbidden", [f"{n}: {before[n]} → {after[n]}" for n in changed])
    if tried.heard:
        outcome.breaks("heard what is others'", set(tried.heard))
    await _what_is_allowed(tried)
    await _nothing_forged(tried)
    return outcome


async def _complaint(tried: _Try) -> str:
    """One that the lighting office holds."""
    stack = tried.stack
    number = stack.number(CITY)
    message = people.conversation(number, people.person(1, 6), 1, random.Random(1))[0]
    folder = stack.home / "loads" / "credentials"
    await Delivering(folder, [number.webhook_url], number.app_secret, [message], at_once=1).done(60)
    complaint = properties.complaint_id(await stack.id_key(CITY), CITY, "whatsapp", message.id)

    async def assigned() -> bool:
        client = await stack.admin()
        try:
            task = subjects.agency_task(CITY, OURS, complaint)
            return bool((await client.jetstream(timeout=5).get_last_msg(subjects.AGENCY, task)).data)
        finally:
            await client.close()

    await until("the complaint is with its office", assigned, 60)
    return complaint


async def _nothing_due(stack: Stack, within: int = 90) -> None:
    """What earlier people still wait for goes out later than in `within` seconds: it would look like a forgery."""
    vault = await stack.database("vault")

    async def none() -> bool:
        due: int = await vault.fetchval(
            "select count(*) from delivery.notice where status in ('queued', 'deferred', 'sending', 'unknown') "
            "and next_at < now() + make_interval(secs => $1)",
            within,
        )
        return due == 0

    try:
        await until("no notice is due", none, 300)
    finally:
        await vault.close()


async def _streams(stack: Stack) -> dict[str, int]:
    client = await stack.admin()
    try:
        return {name: await rawlog.last_sequence(client, name) for name in subjects.STREAM_SUBJECTS}
    finally:
        await client.close()


async def _refuses_all(tried: _Try, client: Client, own_consumer: str) -> None:
    async def hear(message: Msg) -> None:
        tried.heard.append(message.subject)

    for subject in LISTENING:
        with suppress(NatsError):
            await client.subscribe(subject, cb=hear)
        tried.outcome.times += 1

    async def ask(subject: str) -> None:
        body = EVENT if not subject.startswith("$JS.API") else b""
        with suppress(NatsError, TimeoutError):
            answer = await client.request(subject, body, timeout=1)
            tried.outcome.breaks(f"{subject} was answered: {answer.data[:80]!r}")

    everything = forbidden(own_consumer)
    await asyncio.gather(*(ask(subject) for subject in everything))
    tried.outcome.times += len(everything)


async def _as_agency(tried: _Try) -> None:
    """Nothing but its own queue and commands, and no answer of the server where it does not belong."""
    stack, outcome = tried.stack, tried.outcome
    mine = stack.credentials(f"agency:{CITY}:{THEIRS}")
    client = await stack.guest(mine)
    try:
        await _refuses_all(tried, client, mine["consumer"])
        # The forged-reply trick: the server itself would store its answer as an event.
        command = AgencyCommand.model_validate(
            {"id": "forged", "complaint": tried.complaint, "action": {"do": "accept"}}
        ).model_dump_json()
        pull = f"$JS.API.CONSUMER.MSG.NEXT.AGENCY.{mine['consumer']}"
        for subject, body in (
            (mine["command_subject"], command.encode()),
            (f"{mine['command_subject']}.open_work", b"{}"),
            (pull, json.dumps({"batch": 1, "no_wait": True}).encode()),
            (f"$JS.ACK.AGENCY.{mine['consumer']}.1.1.1.1.0", b"+NXT"),
        ):
            for reply in (FORGED, subjects.agency_task(CITY, OURS, NOBODYS), subjects.intake(CITY, "whatsapp")):
                await client.publish(subject, body, reply=reply)
                outcome.times += 1
        await client.flush(5)
        answer = await _command(client, mine["command_subject"], tried.complaint, {"do": "accept"})
        if not answer.get("refusal"):
            outcome.breaks(f"an office that does not hold the complaint may accept it: {answer}")
        outcome.times += 1
        await asyncio.sleep(1)
    finally:
        await client.close()


async def _as_adapter(tried: _Try) -> None:
    stack, outcome = tried.stack, tried.outcome
    mine = stack.credentials(f"adapter:{CITY}:instagram")
    client = await stack.guest(mine)
    try:
        await _refuses_all(tried, client, mine["outbound_consumer"])
        for subject, body in (
            (f"$JS.API.CONSUMER.MSG.NEXT.OUTBOUND.{mine['outbound_consumer']}", b'{"batch": 1, "no_wait": true}'),
            (f"$JS.API.CONSUMER.MSG.NEXT.OUTBOUND.{CITY}-whatsapp", b'{"batch": 1, "no_wait": true}'),
        ):
            await client.publish(subject, body, reply=FORGED)
            outcome.times += 1
        await client.flush(5)
        await asyncio.sleep(1)
    finally:
        await client.close()


async def _command(client: Client, subject: str, complaint: str, action: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"id": f"try-{random.random()}", "complaint": complaint, "action": action, **more}
    answer = await client.request(subject, json.dumps(body).encode(), timeout=10)
    read: dict[str, Any] = json.loads(answer.data)
    return read


async def _with_tokens(tried: _Try) -> None:
    """From inside, where the pages stand: a token of one seat is worth nothing for another, or for another command."""
    signing = tried.stack.installation.secrets.staff_token_private
    stranger, _ = tokens.make_keys()
    good = tokens.sign(signing, _token(THEIRS, "a"))
    payload, signature = good.split(".")
    changed = base64.urlsafe_b64decode(payload + "==").replace(THEIRS.encode(), OURS.encode())
    cases: list[tuple[str, str, str, dict[str, Any], set[str]]] = [
        ("signed by somebody else", "a", tokens.sign(stranger, _token(OURS, "a")), {"do": "accept"},
         {"token_invalid"}),
        ("of another command", "b", tokens.sign(signing, _token(OURS, "a")), {"do": "accept"}, {"token_invalid"}),
        ("with the seat changed", "a", f"{base64.urlsafe_b64encode(changed).decode().rstrip('=')}.{signature}",
         {"do": "accept"}, {"token_invalid"}),
        ("of another seat", "a", good, {"do": "accept"}, {"not_yours", "not_allowed"}),
        ("of another seat, resolving", "a2", tokens.sign(signing, _token(THEIRS, "a2")),
         {"do": "resolve", "closure": "fixed", "text": "Selesai."}, {"not_yours", "not_allowed"}),
        ("of another city", "a", tokens.sign(signing, _token(OURS, "a", city="kupang")), {"do": "accept"},
         {"token_invalid"}),
        ("too old", "a", tokens.sign(signing, _token(OURS, "a", age=timedelta(hours=1))), {"do": "accept"},
         {"token_expired"}),
        ("of an office that wants to screen", "c", tokens.sign(signing, _token(OURS, "c")),
         {"do": "screen", "kind": "complaint", "category": "street_light", "function": "housing_lighting"},
         {"not_allowed"}),
        ("of an office that wants to erase", "d", tokens.sign(signing, _token(OURS, "d")), {"do": "erase_reporter"},
         {"not_allowed"}),
        ("of an office that instructs", "e", tokens.sign(signing, _token(OURS, "e")),
         {"do": "instruct", "seat": THEIRS, "text": "Kerjakan.", "due": datetime.now(UTC).isoformat()},
         {"not_allowed"}),
        ("that is none", "f", "e30.e30", {"do": "accept"}, {"token_invalid"}),
    ]  # fmt: skip
    client = await tried.stack.admin()
    try:
        for name, command, token, action, expected in cases:
            body = StaffCommand.model_validate(
                {"id": command, "complaint": tried.complaint, "action": action, "token": token}
            ).model_dump_json()
            answer = await client.request(subjects.staff_command(CITY), body.encode(), timeout=10)
            refusal = json.loads(answer.data).get("refusal") or {}
            if refusal.get("code") not in expected:
                tried.outcome.breaks(f"a token {name}: {answer.data[:200]!r}")
            tried.outcome.times += 1
    finally:
        await client.close()


def _token(seat: str, command: str, *, city: str = CITY, age: timedelta = timedelta()) -> StaffToken:
    now = datetime.now(UTC) - age
    return StaffToken(
        city=city, seat=seat, roles=("agency_head", "agency_officer"), command=command, issued_at=now,
        expires_at=now + timedelta(minutes=2),
    )  # fmt: skip


async def _at_the_console(tried: _Try) -> None:
    """A person of one office, logged in, can't act for another by saying so."""
    stack, outcome = tried.stack, tried.outcome
    login = stack.credentials(f"staff:{CITY}:{THEIRS}")
    base = login["login_url"].removesuffix("/login")
    accept = {"complaint": tried.complaint, "action": {"do": "accept"}}
    async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=30) as browser:
        stranger = await browser.post("/api/commands", json=accept)
        begun = (await browser.get("/login", headers={"accept": "application/json"})).json()
        entered = await browser.post(
            "/login", json={"user": login["user"], "password": login["password"]},
            headers={"x-csrf-token": begun["csrf"], "accept": "application/json"},
        )  # fmt: skip
        if entered.status_code != 200:
            outcome.breaks(f"login of {login['user']}: {entered.status_code}")
            return
        without = await browser.post("/api/commands", json=accept)
        headers = {"x-csrf-token": entered.json()["csrf"], "accept": "application/json"}
        answers = {
            "without login": stranger,
            "without the form's token": without,
            "for another office's complaint": await browser.post("/api/commands", json=accept, headers=headers),
            "naming another seat": await browser.post("/api/commands", json={**accept, "seat": OURS}, headers=headers),
        }
        for name, answer in answers.items():
            if answer.status_code < 400:
                outcome.breaks(f"a command {name}: {answer.status_code} {answer.text[:200]}")
            outcome.times += 1


async def _what_is_allowed(tried: _Try) -> None:
    """The same credentials do what they are for."""
    stack, outcome = tried.stack, tried.outcome
    office = stack.credentials(f"agency:{CITY}:{OURS}")
    client = await stack.guest(office)
    try:
        action = {"do": "accept", "finish_by": (datetime.now(UTC) + timedelta(days=2)).isoformat()}
        reply = await _command(client, office["command_subject"], tried.complaint, action, officer="petugas-contoh")
        if not reply.get("n"):
            outcome.loses("the office's own command was refused", [reply])
        else:
            outcome.acknowledged += 1
    finally:
        await client.close()
    adapter = stack.credentials(f"adapter:{CITY}:instagram")
    client = await stack.guest(adapter)
    try:
        message = IntakeMessage(id="own-1", sender=Sender(person="contoh-own"), text="Halo")
        body = message.model_dump_json(exclude_none=True).encode()
        answer = await client.request(adapter["subject"], body, timeout=10)
        if "seq" not in json.loads(answer.data):
            outcome.loses("the adapter's own message was refused", [answer.data])
        else:
            outcome.acknowledged += 1
    finally:
        await client.close()


async def _nothing_forged(tried: _Try) -> None:
    await verdict.settled(tried.stack, 60)
    client = await tried.stack.admin()
    try:
        events = rawlog.events(await rawlog.read(client, subjects.COMPLAINTS))
        tasks = await rawlog.read(client, subjects.AGENCY)
    finally:
        await client.close()
    forged = [event.subject for event in events if NOBODYS in event.subject]
    forged += [f"{e.json['type']} by {e.json['actor']}" for e in events
               if e.json["complaint"] == tried.complaint and e.json["actor"] == f"seat:{THEIRS}"]  # fmt: skip
    forged += [task.subject for task in tasks if NOBODYS in task.subject]
    if forged:
        tried.outcome.breaks("forged", forged)
    properties.check_log(tried.outcome, events)
