"""Before and after in the closing message: only what a person cleared for everybody, never on a lock screen."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from services.cli.standins.errors import ApiError
from services.cli.standins.requests import visible
from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.events.checks import Audience
from services.complaint.state import Unopened
from services.notifier.pair import before_and_after
from services.notifier.previewing.samples import TICKET, samples
from services.notifier.senders.whatsapp import client
from services.notifier.senders.whatsapp.codes import outcome
from services.notifier.sending import NotReached, Outgoing
from services.notifier.templates.several import together
from services.runtime import cities
from tests.complaint.given import Life, assigned, cause, resolving
from tests.complaint.test_contact import after

CITY = cities.load(Path("deploy/cities"))["bengkulu"]
MINE, SECOND, PROOF, OTHER = "m" * 26, "s" * 26, "p" * 26, "o" * 26


def life(*, proofs: tuple[str, ...] = (OTHER, PROOF)) -> Life:
    found = assigned()
    for media in (MINE, SECOND):
        found.when(
            c.AttachEvidence(cause=cause(media), party="reporter:1", media=media, content_type="image/jpeg", size=1)
        )
    return after(found, resolving(found, evidence=proofs))


def cleared(one: Life, *media: str, audience: Audience = "public") -> Life:
    for name in media:
        one.when(c.ClearEvidence(cause=cause(f"{name} {audience}"), seat="tim-saring", media=name, audience=audience))
    return one


def erased(one: Life) -> Life:
    return after(one, c.EraseReporter(cause=cause("erase"), party="reporter:1"))


def hidden(one: Life) -> Life:
    return after(one, c.RaiseConfidentiality(cause=cause("raise"), level="anonymous", by="seat:tim-saring"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (life, None),
        (lambda: cleared(life(), MINE), None),
        (lambda: cleared(life(), PROOF), None),
        (lambda: cleared(life(), MINE, PROOF), (MINE, PROOF)),
        (lambda: cleared(life(), SECOND, PROOF), (SECOND, PROOF)),
        (lambda: cleared(life(), SECOND, MINE, OTHER, PROOF), (MINE, PROOF)),
        (lambda: cleared(life(), MINE, OTHER), (MINE, OTHER)),
        (lambda: cleared(life(proofs=(OTHER,)), MINE, OTHER), (MINE, OTHER)),
        (lambda: cleared(life(), MINE, PROOF, audience="offices"), None),
        (lambda: cleared(cleared(life(), MINE, PROOF), PROOF, audience="hidden"), None),
        (lambda: erased(cleared(life(), MINE, PROOF)), None),
        (lambda: hidden(cleared(life(), MINE, PROOF)), None),
    ],
)
def test_both_or_none(given: Callable[[], Life], expected: tuple[str, str] | None) -> None:
    one = given()
    assert not isinstance(one.state, Unopened)
    data = next(event.data for event in one.events if isinstance(event.data, e.ComplaintResolved))
    assert before_and_after(one.state, one.events, data) == expected


def _pictured(level: str) -> Outgoing:
    found = samples(CITY, level)  # type: ignore[arg-type]  # a level by its name
    [one] = [sample for sample in found if (sample.template, sample.case) == ("resolved", "pictured")]
    return Outgoing("n" * 26, "628110000001", "free", TICKET, one.rendered, "https://contoh.go.id/lacak/x", "Contoh")


def test_on_whatsapp_one_picture_stands_above_the_words_and_the_buttons() -> None:
    body = client.body(_pictured("normal"))
    assert body["interactive"]["header"]["image"]["link"].startswith("https://contoh.go.id/gambar/")
    words, buttons = visible(body, None)
    assert "Gambar sebelum dan sesudah: https://contoh.go.id/lacak/" in words
    assert [title for _, title in buttons] == ["SUDAH", "BELUM"]


@pytest.mark.parametrize("level", ["anonymous", "secret"])
def test_a_lock_screen_shows_no_picture_and_no_address_of_one(level: str) -> None:
    body = client.body(_pictured(level))
    assert "header" not in body["interactive"]
    assert "ambar" not in body["interactive"]["body"]["text"]


def test_it_goes_along_with_what_waited_for_the_morning() -> None:
    shown = _pictured("normal").rendered
    news = replace(shown, buttons=(), picture="", text="Petugas sudah melihat ke lokasi.")
    assert together([news, shown]).picture == shown.picture


def test_a_picture_that_the_provider_can_not_fetch_costs_this_form_and_not_the_message() -> None:
    assert outcome(131053) == NotReached("picture_refused", "131053")


def test_the_stand_in_refuses_a_header_that_is_none() -> None:
    body = client.body(_pictured("normal"))
    body["interactive"]["header"] = {"type": "image", "image": {}}
    with pytest.raises(ApiError):
        visible(body, None)
