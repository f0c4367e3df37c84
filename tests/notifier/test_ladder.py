"""Every row: what is known of a person and of the accounts → the next rung and why, or a wait, or nobody left."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import product
from typing import get_args

import pytest

from services.contracts.base import Confidentiality
from services.contracts.city.sending import LADDERS, OTHER, Rung
from services.notifier.ladder import WAY, Known, NoWay, Shut, Step, Wait, Way, climb

ALL: frozenset[Way] = frozenset({"own", "sms", "email", "call"})
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHATSAPP, PAGE, CHAT = LADDERS["whatsapp"], LADDERS["instagram"], LADDERS["telegram"]
BUDGET = Shut("budget", 300)
AWAY = Shut("account_away", 30, waits=True)
QUOTA = Shut("quota", 300)


def known(
    channel: str = "whatsapp",
    heard: timedelta | None = HOUR,
    *,
    comment: bool = False,
    level: Confidentiality = "normal",
    reaches: frozenset[Way] = ALL,
    urgent: bool = False,
    waited: timedelta = timedelta(0),
) -> Known:
    return Known(channel, heard, comment, level, reaches, urgent, waited)


IN_WINDOW = known()
SILENT = known(heard=2 * DAY)
COMMENT = known("instagram", HOUR, comment=True)
OLD_COMMENT = known("instagram", 8 * DAY, comment=True)
OWN: frozenset[Way] = frozenset({"own"})

Row = tuple[tuple[Rung, ...], Known, Mapping[Rung, str], Mapping[Rung, Shut], Step | Wait | NoWay]

ROWS: dict[str, Row] = {
    "the window is open": (WHATSAPP, IN_WINDOW, {}, {}, Step("free", "first")),
    "near its end a template is surer": (
        WHATSAPP, known(heard=timedelta(hours=23, minutes=51)), {}, {}, Step("template", "window_closed")
    ),
    "just before that": (WHATSAPP, known(heard=timedelta(hours=23, minutes=49)), {}, {}, Step("free", "first")),
    "entered at a desk, never heard": (WHATSAPP, known(heard=None), {}, {}, Step("template", "never_heard")),
    "the provider says it is closed": (
        WHATSAPP, IN_WINDOW, {"free": "window_closed"}, {}, Step("template", "window_closed")
    ),
    "the template is paused": (
        WHATSAPP, SILENT, {}, {"template": Shut("template_paused", 900)}, Step("sms", "template_paused")
    ),
    "the template was refused for this message": (
        WHATSAPP, SILENT, {"template": "template_refused"}, {}, Step("sms", "template_refused")
    ),
    "not on WhatsApp: no other rung there": (
        WHATSAPP, IN_WINDOW, {"free": "not_on_channel"}, {}, Step("sms", "not_on_channel")
    ),
    "no gateway for SMS": (
        WHATSAPP, known(reaches=frozenset({"own", "email", "call"})), {"free": "not_on_channel"}, {},
        Step("email", "not_on_channel"),
    ),
    "SMS did not get through either": (
        WHATSAPP, IN_WINDOW, {"free": "not_on_channel", "sms": "expired"}, {}, Step("email", "expired")
    ),
    "no message reaches him": (
        WHATSAPP, IN_WINDOW, {"free": "not_on_channel", "sms": "expired", "email": "no_mailbox"}, {},
        Step("call", "no_mailbox"),
    ),
    "nobody can call": (
        WHATSAPP, known(reaches=OWN), {"free": "blocked"}, {}, NoWay("blocked")
    ),
    "who said stop is left alone": (WHATSAPP, IN_WINDOW, {"free": "opted_out"}, {}, NoWay("opted_out")),
    "no account and no other way": (WHATSAPP, known(reaches=frozenset()), {}, {}, NoWay("no_sender")),
    "quota used up: SMS": (WHATSAPP, SILENT, {}, {"template": QUOTA}, Step("sms", "quota")),
    "quota and money used up: e-mail is free": (
        WHATSAPP, SILENT, {}, {"template": QUOTA, "sms": BUDGET}, Step("email", "budget")
    ),
    "all that is left costs: it waits, and nobody is called for want of money": (
        WHATSAPP, known(heard=2 * DAY, reaches=frozenset({"own", "sms", "call"})), {},
        {"template": BUDGET, "sms": BUDGET}, Wait(300, "budget"),
    ),
    "the soonest is waited for": (
        WHATSAPP, known(heard=2 * DAY, reaches=frozenset({"own", "sms"})), {},
        {"template": Shut("quota", 900), "sms": Shut("budget", 60)}, Wait(60, "budget"),
    ),
    "the account is away for a moment": (
        WHATSAPP, IN_WINDOW, {}, {"free": AWAY, "template": AWAY}, Wait(30, "account_away")
    ),
    "away for an hour": (
        WHATSAPP, known(waited=HOUR), {}, {"free": AWAY, "template": AWAY}, Step("sms", "account_away")
    ),
    "danger does not wait for it": (
        WHATSAPP, known(urgent=True), {}, {"free": AWAY, "template": AWAY}, Step("sms", "account_away")
    ),
    "danger with no other way waits, too": (
        WHATSAPP, known(urgent=True, reaches=OWN), {}, {"free": AWAY, "template": AWAY}, Wait(30, "account_away")
    ),
    "the account may not be used": (
        WHATSAPP, IN_WINDOW, {}, dict.fromkeys(("free", "template"), Shut("account_barred", 300)),
        Step("sms", "account_barred"),
    ),
    "a comment: in private first": (PAGE, COMMENT, {}, {}, Step("private", "first")),
    "the one private reply is used": (
        PAGE, COMMENT, {"private": "private_used"}, {}, Step("public", "private_used")
    ),
    "the person can't be written to, under the comment he can": (
        PAGE, COMMENT, {"private": "not_available"}, {}, Step("public", "not_available")
    ),
    "older than a week": (PAGE, OLD_COMMENT, {}, {}, Step("public", "comment_too_old")),
    "a secret matter is never spoken of in public": (
        PAGE, known("instagram", 8 * DAY, comment=True, level="secret", reaches=OWN), {}, {}, NoWay("not_in_public")
    ),
    "an anonymous one may be: ticket and step only": (
        PAGE, known("instagram", 8 * DAY, comment=True, level="anonymous"), {}, {}, Step("public", "comment_too_old")
    ),
    "the comment is gone": (PAGE, known("instagram", HOUR, comment=True, reaches=OWN),
                            {"private": "message_gone"}, {}, NoWay("message_gone")),
    "a chat on Instagram": (PAGE, known("instagram"), {}, {}, Step("free", "first")),
    "a chat there that was silent for a day": (
        PAGE, known("instagram", 2 * DAY, reaches=OWN), {}, {}, NoWay("window_closed")
    ),
    "Telegram knows no window": (CHAT, known("telegram", 300 * DAY), {}, {}, Step("free", "first")),
    "blocked on Telegram": (
        CHAT, known("telegram", reaches=frozenset({"own", "email"})), {"free": "blocked"}, {}, Step("email", "blocked")
    ),
    "an adapter's channel": (OTHER, known("tiktok"), {}, {}, Step("free", "first")),
    "a city that calls before it writes": (
        ("call", "sms"), IN_WINDOW, {}, {}, Step("call", "first")
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_the_next_rung(name: str) -> None:
    rungs, who, tried, shut, expected = ROWS[name]
    assert climb(rungs, who, tried, shut) == expected


REASONS = ("window_closed", "not_on_channel", "template_refused", "provider_fails")


def test_whatever_fails_it_ends_in_a_call_or_a_fact_and_no_rung_is_taken_twice() -> None:
    """Every channel, person and reason: follow the ladder down until it ends."""
    people = [
        known(channel, heard, comment=comment, level=level, reaches=reaches)
        for channel, heard, comment, level, reaches in product(
            LADDERS, (None, HOUR, 2 * DAY, 9 * DAY), (False, True), get_args(Confidentiality),
            (ALL, OWN, frozenset[Way](), frozenset[Way]({"sms", "call"})),
        )
    ]  # fmt: skip
    for who, reason in product(people, REASONS):
        tried: dict[Rung, str] = {}
        step: Step | Wait | NoWay = Wait(0, "not begun")
        for _ in range(len(get_args(Rung)) + 1):
            step = climb(LADDERS[who.channel], who, tried, {})
            if not isinstance(step, Step) or step.rung == "call":
                break
            assert step.rung not in tried
            assert WAY[step.rung] in who.reaches
            tried[step.rung] = reason
        assert isinstance(step, NoWay) or (isinstance(step, Step) and step.rung == "call")


def test_what_is_shut_for_a_while_is_never_the_end() -> None:
    """With something left that only waits, nobody is given up and nobody is called."""
    for who in (IN_WINDOW, SILENT, COMMENT, known(urgent=True)):
        shut = dict.fromkeys(get_args(Rung), Shut("budget", 60))
        assert climb(LADDERS[who.channel], who, {}, shut) == Wait(60, "budget")
