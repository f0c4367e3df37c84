"""Nobody but the provider puts anything into a signed door, and whatever the provider signs does no harm."""

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.cli.provision.secrets import Keeper
from services.contracts.city import City
from services.contracts.secrets import CitySecrets
from services.intake.channels.telegram.webhook import HEADER as TELEGRAM
from services.intake.doors.registry import webhooks
from services.intake.doors.webhook import Webhook
from services.intake.meta.signature import HEADER as META
from services.intake.meta.signature import signed
from services.runtime import cities as city_files
from tests.conftest import ROOT
from tests.intake.conftest import CITY, Behind, Phone, Process

FORGED = 100_000
Proof = dict[str, str]


def _secret_of(known: CitySecrets, channel: str) -> str:
    match channel:
        case "whatsapp":
            return known.whatsapp.app_secret
        case "telegram":
            return known.telegram.webhook_secret
        case _:
            return known.page.app_secret


def proof(channel: str, secret: str, raw: bytes) -> Proof:
    return {TELEGRAM: secret} if channel == "telegram" else {META: signed(secret, raw)}


def _flipped(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text))
    other = rng.choice([c for c in "0123456789abcdefghijklmnopqrstuvwxyzABCDEF=-_ \u0665é" if c != text[at]])
    return text[:at] + other + text[at + 1 :]


def _changed(rng: random.Random, raw: bytes) -> bytes:
    at = rng.randrange(len(raw))
    match rng.randrange(3):
        case 0:
            return raw[:at] + bytes([raw[at] ^ (1 << rng.randrange(8))]) + raw[at + 1 :]
        case 1:
            return raw[:at] + raw[at + 1 :]
        case _:
            return raw[:at] + bytes([rng.randrange(256)]) + raw[at:]


HEADERS: list[Callable[[random.Random, str], str]] = [
    _flipped,
    lambda rng, good: good[: rng.randrange(len(good))],
    lambda rng, good: good + rng.choice("0a=\x00 \n"),
    lambda _, good: good.upper() if good.upper() != good else good + good,
    lambda _, good: good.replace("sha256=", "sha1=") if "sha256=" in good else f" {good}",
    lambda _, good: good.removeprefix("sha256=") if "sha256=" in good else good[::-1] + "x",
    lambda rng, good: "".join(rng.choices("0123456789abcdef", k=len(good))),
    lambda _, good: f"{good},{good}",
    lambda rng, _: rng.choice(["", "sha256=", "null", "Bearer x", "sha256=" + "0" * 64, "\u0660" * 64]),
]


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str, Webhook]]:
    """City, channel, secret and door of every webhook of every city."""
    cities: dict[str, City] = city_files.load(ROOT / "deploy" / "cities")
    known = Keeper(Path(tmp_path_factory.mktemp("secrets"))).make(cities.values()).cities
    return [
        (city, channel, _secret_of(known[city], channel), found)
        for (city, channel), found in webhooks(cities, known).items()
    ]


def test_of_a_hundred_thousand_forgeries_none_is_taken(doors: list[tuple[str, str, str, Webhook]]) -> None:
    rng = random.Random(311)
    assert {channel for _, channel, _, _ in doors} == {"whatsapp", "facebook", "instagram", "telegram"}
    raw = json.dumps({"object": "page", "entry": [{"id": "1", "time": 1, "changes": [{"field": "feed"}]}]}).encode()
    for _, channel, secret, door in doors:
        assert door.unproven(proof(channel, secret, raw), raw) is None, "what is signed rightly is taken"
    taken = 0
    for number in range(FORGED):
        _, channel, secret, door = doors[number % len(doors)]
        good = proof(channel, secret, raw)
        [(name, value)] = good.items()
        match rng.randrange(4 if channel != "telegram" else 3):
            case 0:
                forged = HEADERS[rng.randrange(len(HEADERS))](rng, value)
                if forged == value:
                    continue
                taken += door.unproven({name: forged}, raw) is None
            case 1:
                others = [o for o in doors if o[2] != secret]
                taken += door.unproven(proof(channel, rng.choice(others)[2], raw), raw) is None
            case 2:
                taken += door.unproven({rng.choice(["x-hub-signature", "authorization", "x-sig"]): value}, raw) is None
            case _:
                body = _changed(rng, raw)
                taken += body != raw and door.unproven(good, body) is None
    assert taken == 0


@pytest.mark.parametrize("channel", ["whatsapp", "facebook", "instagram", "telegram"])
def test_a_city_that_was_given_no_secret_takes_nothing(channel: str) -> None:
    cities = city_files.load(ROOT / "deploy" / "cities")
    door = webhooks(cities, {})["kupang", channel]
    for header in (signed("", b"{}"), "", "sha256="):
        assert door.unproven({META: header, TELEGRAM: header}, b"{}") is not None
    assert door.challenge({"hub.mode": "subscribe", "hub.verify_token": "", "hub.challenge": "1"}) is None


async def test_forgeries_are_refused_over_http_and_leave_nothing_behind(
    phone: Phone, behind: Behind, intake: Process
) -> None:
    rng, raw = random.Random(7), b'{"entry": [{"changes": [{"field": "messages", "value": {}}]}]}'
    known = behind.stack.installation.secrets.cities
    await behind.drained()
    before = (await behind.connection.jetstream().stream_info("INTAKE")).state.last_seq
    async with httpx.AsyncClient(timeout=10) as http:
        for number in range(120):
            city, channel = [("bengkulu", "whatsapp"), ("kupang", "facebook"), ("kupang", "telegram")][number % 3]
            [(name, value)] = proof(channel, _secret_of(known[city], channel), raw).items()
            forged = HEADERS[number % len(HEADERS)](rng, value).strip()
            if forged == value or not forged.isascii() or not forged.isprintable():
                continue
            url = f"{intake.url}/webhooks/{city}/{channel}"
            answer = await http.post(url, content=raw, headers={name: forged})
            assert (answer.status_code, answer.json()["error"]) == (401, "wrong_signature")
    assert (await behind.connection.jetstream().stream_info("INTAKE")).state.last_seq == before


_NAMES = st.sampled_from(
    ["entry", "changes", "value", "field", "messages", "statuses", "contacts", "type", "text", "id", "body", "from",
     "timestamp", "messaging", "message", "mid", "sender", "chat", "update_id", "image", "interactive", "edit",
     "system"]
)  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["messages", "text", "edit"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES | st.text(max_size=6), inner, max_size=5),
    max_leaves=30,
)


def _bodies() -> list[bytes]:
    """Hypothesis' own taste, drawn before: it has no loop of ours to send in."""
    drawn: list[bytes] = []

    @settings(max_examples=120, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(st.binary(max_size=300), _JSON.map(lambda one: json.dumps(one).encode())))
    def draw(raw: bytes) -> None:
        drawn.append(raw)

    draw()
    return drawn


async def test_whatever_is_signed_is_answered_at_once_and_memory_stays_flat(
    phone: Phone, behind: Behind, intake: Process
) -> None:
    process = psutil.Process(intake.pid)
    known, cities = behind.stack.installation.secrets.cities, ["whatsapp", "facebook", "telegram"]
    huge = [
        b"[" * 400_000,
        b'{"entry": ' + b'[{"changes":' * 50_000,
        b'"' + b"\\ud83d" * 100_000 + b'"',
        b"1" * 900_000,
    ]
    bodies: list[bytes] = _bodies()
    rss: list[int] = []
    async with httpx.AsyncClient(timeout=10) as http:
        for number, raw in enumerate([*bodies, *(huge * 6)]):
            channel = cities[number % 3]
            city = CITY if channel == "whatsapp" else "kupang"
            headers: dict[str, Any] = proof(channel, _secret_of(known[city], channel), raw)
            began = time.monotonic()
            answer = await http.post(f"{intake.url}/webhooks/{city}/{channel}", content=raw, headers=headers)
            assert answer.status_code in (200, 400, 503), (answer.status_code, raw[:200])
            assert time.monotonic() - began < 8
            if number in (len(bodies), len(bodies) + 3 * len(huge)):
                rss.append(process.memory_info().rss)
    rss.append(process.memory_info().rss)
    assert rss[-1] - rss[-2] < 60 * 1024 * 1024, "the second half of the same grows nothing"
    assert (await phone.http.get(f"{intake.url}/health/live")).status_code == 200
