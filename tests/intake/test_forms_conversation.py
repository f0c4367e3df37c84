"""What a form asks for needs no reading of its words; what only the city's own pages may say is refused of others."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.contracts.intake import Concerned, Counter, IntakeMessage, Sender, Wish
from services.intake.conversation import decisions as d
from services.intake.conversation.chat import Chat, Heard, Known
from services.intake.conversation.phrases import read
from services.intake.conversation.rules import decide
from services.intake.inbox.answering import way
from services.intake.inbox.incoming import Incoming, Refused
from services.intake.inbox.incoming import read as take
from services.runtime.cities import load
from services.runtime.delivery import Delivery
from tests.conftest import ROOT

NOW = datetime(2026, 3, 9, 2, tzinfo=UTC)
CITY = load(ROOT / "deploy" / "cities")["bengkulu"]
MINE = Known("a" * 26, "open", NOW - timedelta(days=3), topics=frozenset({"road"}))
DONE = Known("a" * 26, "closed", NOW - timedelta(days=60), topics=frozenset({"road"}))


@pytest.mark.parametrize(
    ("known", "wish", "text", "expected"),
    [
        # Sent by a form it is a report, whatever a chat would make of it.
        ((), "open", "P", d.Open()),
        ((), "open", "status", d.Open()),
        ((), "open", "makasih", d.Open()),
        ((), "open", "", d.Open()),
        ((), "open", "belum ada lampu di gang kami", d.Open()),
        ((), "open", "jangan sebut nama saya, lurah minta uang", d.Open("anonymous")),
        # Sent again with other words: the same person, the same complaint.
        ((MINE,), "open", "air mati", d.Add(MINE.complaint)),
        ((MINE,), "done", "", d.Done(MINE.complaint)),
        ((MINE,), "not_done", "air mati lagi di rumah", d.NotDone(MINE.complaint)),
        ((DONE,), "not_done", "", d.NotDone(DONE.complaint)),
        ((MINE,), "withdraw", "", d.Cancel(MINE.complaint)),
        ((DONE,), "add", "air mati", d.Add(DONE.complaint)),
        ((MINE,), "add", "blm jg pak", d.NotDone(MINE.complaint)),
        ((MINE,), "add", "hapus data saya", d.Forget((MINE.complaint,))),
        ((MINE,), "add", "batal", d.Cancel(MINE.complaint)),
        ((MINE,), "add", "tolong rahasia", d.Raise((MINE.complaint,), "secret")),
        ((), "done", "", d.Tell("nothing_open")),
        ((), "add", "halo", d.Tell("nothing_open")),
    ],
)  # fmt: skip
def test_a_form_says_what_it_is_for(known: tuple[Known, ...], wish: Wish, text: str, expected: d.Decision) -> None:
    assert decide(Chat(known), Heard(NOW, read(text), wish=wish)) == expected


def delivered(channel: str, message: IntakeMessage) -> Delivery:
    return Delivery(
        stream="INTAKE", subject=f"intake.bengkulu.{channel}", sequence=1, type="", headers={},
        body=message.model_dump_json().encode(),
    )  # fmt: skip


def message(**more: Any) -> IntakeMessage:
    return IntakeMessage(
        id="1", sender=Sender(person="x", address=more.pop("address", None)), text="Lampu mati", **more
    )


@pytest.mark.parametrize("channel", ["whatsapp", "instagram"])
def test_nobody_else_speaks_for_a_seat_at_the_counter(channel: str) -> None:
    for counter in (Counter(by="desk"), Counter(by="desk", ticket="BKL-X"), Counter(by="desk", forwarder="walikota")):
        found = take(delivered(channel, message(counter=counter)), CITY, b"k" * 32)
        assert isinstance(found, Refused)
        assert (found.refusal.code, found.refusal.field) == ("invalid", "counter")


@pytest.mark.parametrize("channel", ["web", "desk", "staff"])
def test_every_city_has_its_own_pages_for_doors(channel: str) -> None:
    found = take(delivered(channel, message(counter=Counter(by="desk"))), CITY, b"k" * 32)
    assert isinstance(found, Incoming)
    assert found.door.id == channel
    assert CITY.door(channel) == found.door


@pytest.mark.parametrize(
    ("channel", "address", "counter", "expected"),
    [
        ("web", None, None, None),
        ("web", "tel:+6281100000000", None, ("whatsapp", "hotline-walikota", "6281100000000")),
        ("desk", "tel:+6281100000000", Counter(by="desk"), ("whatsapp", "hotline-walikota", "6281100000000")),
        ("web", "mailto:warga@contoh.example", None, ("web", "web", "warga@contoh.example")),
        # Who speaks of another chat's complaint at the counter does not change where that one is answered.
        ("desk", "tel:+6281100000000", Counter(by="desk", ticket="BKL-4K7QT9M2-X"), None),
        ("whatsapp", "6281100000000", None, ("whatsapp", "hotline-walikota", "6281100000000")),
    ],
)  # fmt: skip
def test_an_answer_goes_to_the_contact_that_was_given(
    channel: str, address: str | None, counter: Counter | None, expected: tuple[str, str, str] | None
) -> None:
    found = take(delivered(channel, message(address=address, counter=counter)), CITY, b"k" * 32)
    assert isinstance(found, Incoming)
    got = way(found)
    if expected is not None and expected[1] == "web" and any(d.channel == "email" for d in CITY.doors):
        assert got is not None
        assert got.channel == "email"
        return
    assert got == expected


def test_a_digest_of_before_stays_what_it_was() -> None:
    """Messages that were taken before forms existed come again as the same."""
    plain = take(delivered("whatsapp", message()), CITY, b"k" * 32)
    formed = take(delivered("web", message(wish="open")), CITY, b"k" * 32)
    counted = take(
        delivered("web", message(counter=Counter(by="desk", concerned=Concerned(name="X")))), CITY, b"k" * 32
    )
    assert isinstance(plain, Incoming)
    assert isinstance(formed, Incoming)
    assert isinstance(counted, Incoming)
    assert plain.digest == "xh4ggptlqujny4oda34sotigbu"
    assert len({plain.digest, formed.digest, counted.digest}) == 3
