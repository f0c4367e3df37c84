"""An approved form that the provider paused, refused or took away is not tried; the next rung is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.contracts.accounts import AccountNotice
from services.contracts.city.sending import Rung
from services.contracts.city.template_forms import FORMS, standing_of
from services.contracts.envelope import Recorded
from services.contracts.facts.templates import TYPE, TemplateReviewed, Templates, fact_id
from services.intake.channels.whatsapp import account
from services.intake.inbox.template_facts import TEMPLATE, Reviewed
from services.notifier import ladder
from services.notifier.ladder import Known, NoWay, Step
from services.notifier.sending import Rendered, form_of
from tests.notifier.conftest import CITY, World

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NEWS = FORMS["news"]


def fact(event: str, minutes: float = 0, n: int = 1, name: str = NEWS.name) -> Recorded[TemplateReviewed]:
    standing = standing_of(event)
    assert standing is not None
    at = AT + timedelta(minutes=minutes)
    return Recorded[TemplateReviewed](
        id="a" * 26, complaint=fact_id(name, "id"), n=n, type=TYPE, schema=1, city=CITY, at=at,
        actor="service:intake", causation="b" * 26,
        data=TemplateReviewed(name=name, language="id", standing=standing, said_at=at),
    )  # fmt: skip


SAID = [
    ([], None),
    (["APPROVED"], None),
    (["REJECTED"], "template_refused"),
    (["APPROVED", "PAUSED"], "template_paused"),
    (["PAUSED", "APPROVED"], None),
    (["APPROVED", "DISABLED"], "template_disabled"),
    (["PENDING"], "template_missing"),
    (["APPROVED", "FLAGGED"], None),
]


@pytest.mark.parametrize(("events", "refused"), SAID, ids=lambda one: "-".join(one) if isinstance(one, list) else "")
def test_what_the_provider_said_last_decides(events: list[str], refused: str | None) -> None:
    known = Templates()
    for number, event in enumerate(events):
        known.take(TYPE, fact(event, number, number + 1).model_dump_json(by_alias=True).encode())
    assert known.refuses(CITY, "news") == refused
    assert known.refuses(CITY, "closing") is None
    assert known.refuses("kupang", "news") is None


def test_a_word_that_comes_late_undoes_nothing() -> None:
    known = Templates()
    for one in (fact("PAUSED", 10, 1), fact("APPROVED", 5, 2)):
        known.take(TYPE, one.model_dump_json(by_alias=True).encode())
    assert known.refuses(CITY, "news") == "template_paused"
    state = Reviewed(fact("PAUSED", 10))
    assert TEMPLATE.decide(state, fact("APPROVED", 5).data, AT) == ()
    assert TEMPLATE.decide(state, fact("PAUSED", 15).data, AT) == ()
    assert TEMPLATE.decide(state, fact("APPROVED", 15).data, AT) == (fact("APPROVED", 15).data,)


def test_the_webhook_is_read_as_meta_sends_it() -> None:
    value: dict[str, Any] = {
        "event": "REJECTED", "message_template_id": 1234, "message_template_name": NEWS.name,
        "message_template_language": "id", "reason": "INVALID_FORMAT",
    }  # fmt: skip
    said = account.notice("message_template_status_update", value, None, 1_764_000_000)
    assert said.template is not None
    assert (said.template.name, said.template.event, said.template.reason) == (NEWS.name, "REJECTED", "INVALID_FORMAT")
    assert account.notice("message_template_quality_update", value, None, None).template is None
    assert account.notice("message_template_status_update", {**value, "reason": "NONE"}, None, None).template
    assert AccountNotice.model_validate_json(said.model_dump_json()) == said


def test_an_unknown_word_changes_nothing() -> None:
    assert standing_of("SOMETHING_NEW") is None
    assert standing_of("paused") == "paused"


def test_the_ladder_passes_it_over() -> None:
    rungs: tuple[Rung, ...] = ("free", "template", "sms", "call")
    person = Known(channel="whatsapp", heard=timedelta(days=3), reaches=frozenset({"own", "sms"}))
    assert ladder.climb(rungs, person, {"template": "template_paused"}, {}) == Step("sms", "template_paused")
    alone = Known(channel="whatsapp", heard=timedelta(days=3))
    assert ladder.climb(rungs, alone, {"template": "template_paused"}, {}) == NoWay("template_paused")


def test_which_form_carries_a_message() -> None:
    assert form_of(Rendered("x", "x")) == "news"
    assert form_of(Rendered("x", "x", (("a", "SUDAH"), ("b", "BELUM")))) == "closing"
    assert form_of(Rendered("x", "x", (("a", "BACA SELENGKAPNYA"),))) == "news"


async def test_nothing_is_sent_by_a_paused_form_and_it_says_why(world: World) -> None:
    """On the real parts: whoever was silent for three days would get the template; the provider never sees it."""
    known = Templates()
    known.take(TYPE, fact("PAUSED").model_dump_json(by_alias=True).encode())
    async with world.notifier(refused=known.refuses):
        complaint, phone = await world.opens(heard=timedelta(days=3))
        row = await world.until(lambda: ended(world, complaint), 20)
    assert (row["status"], row["reason"]) in {("calling", "template_paused"), ("unreachable", "template_paused")}
    assert not world.arrived(phone)


async def ended(world: World, complaint: str) -> dict[str, Any] | None:
    return next((row for row in await world.notices(complaint) if row["status"] in ("calling", "unreachable")), None)
