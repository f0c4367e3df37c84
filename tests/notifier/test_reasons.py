"""Every provider's code has a meaning in our words, and each of our words can be shown to staff."""

import re
from pathlib import Path

import pytest

from services.notifier import ladder
from services.notifier.senders.page import codes as page
from services.notifier.senders.sms import codes as sms
from services.notifier.senders.smtp import codes as smtp
from services.notifier.senders.telegram import codes as telegram
from services.notifier.senders.whatsapp import codes as whatsapp
from services.notifier.sending import Lost, NotReached, Outcome, Passing, Slow, Stopped, WindowClosed
from services.reporting.reach_labels import RUNG, WHY

OUTCOMES: list[Outcome] = [
    *(whatsapp.outcome(code) for code in [*range(500), 80007, *range(130400, 133100), 135000]),
    *(page.outcome(code, 0) for code in [*range(1300), 2022, *range(10890, 10910), *range(80000, 80010)]),
    *(page.outcome(code, sub) for code in (10, 100, 200, 551) for sub in (33, *range(2018000, 2018400), 1545041)),
    *(page.outcome(10, sub) for sub in range(2534000, 2534100)),
    *(telegram.outcome(code, words) for code in range(400, 600)
      for words in ("", "bot was blocked by the user", "user is deactivated", "chat not found", "was kicked")),
    *(sms.outcome(status, None, {}, None) for status in range(200, 600)),
    *(smtp.outcome(code, f"{code} {code // 100}.{subject}.{detail} x")
      for code in (421, 450, 452, 550, 552, 554) for subject in range(8) for detail in range(30)),
    *(smtp.of_bounce(f"5.{subject}.{detail}") for subject in range(8) for detail in range(30)),
    *(sms.of_receipt(code) for code in ("invalid_number", "blocked", "refused", "expired", "whatever")),
]  # fmt: skip


def test_what_a_code_means_is_one_of_few_ends_and_every_reason_has_words() -> None:
    kinds = {type(outcome) for outcome in OUTCOMES}
    assert kinds <= {WindowClosed, NotReached, Slow, Stopped, Passing, Lost}
    reasons = {outcome.reason for outcome in OUTCOMES if isinstance(outcome, WindowClosed | NotReached)}
    assert reasons - WHY.keys() == set()
    assert WHY.keys() >= ladder.OF_THE_RUNG | ladder.REFUSED


def test_every_reason_that_the_notifier_writes_has_words() -> None:
    """Looked up in the source: reasons are written where they are found out."""
    room = Path(ladder.__file__).parent
    said = re.compile(r'(?:notice, |Shut\(|NoWay\(|return |else )"(\w+)"')
    found = {
        word
        for path in (room / "ladder.py", room / "climbing.py", room / "door.py", room / "deliver.py")
        for word in said.findall(path.read_text())
    }
    ends = {
        "accepted",
        "slow",
        "passing",
        "stopped",
        "not_reached",
        "lost",
        "email",
        "sms",
        "own",
        "told_due",
        "unreachable_due",
        "none",
    }
    assert found - ends <= WHY.keys()
    assert {"quota", "budget", "account_away", "no_way", "never_heard"} <= found


@pytest.mark.parametrize("rung", ladder.WAY)
def test_every_rung_has_a_name(rung: str) -> None:
    assert rung in RUNG
