"""Who a staff command comes from: the console's login for everything, an officer's chat for little."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.contracts.commands import Refusal
from services.contracts.officers import COMMANDS
from services.contracts.tokens import StaffToken
from services.router.acting.bearer import OPEN_WORK, Bearers
from services.router.acting.permissions import RIGHTS, Who
from services.runtime import cities, tokens

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
LOGIN, CHAT, OTHER = tokens.make_keys(), tokens.make_keys(), tokens.make_keys()
CITY = cities.load(Path("deploy/cities"))["bengkulu"]
BEARERS = Bearers(LOGIN[1], CHAT[1], lambda: NOW)


def signed(key: str, city: str = "bengkulu", **valid: timedelta) -> str:
    token = StaffToken(
        city=city, seat="lurah-padang-harapan", roles=("territorial",), command="c-1", issued_at=NOW,
        expires_at=NOW + (valid.get("valid") or timedelta(minutes=2)),
    )  # fmt: skip
    return tokens.sign(key, token)


def who(token: str, do: str) -> Who | Refusal:
    return BEARERS.who(CITY, token, command="c-1", do=do)


@pytest.mark.parametrize("do", sorted(RIGHTS))
def test_a_chat_is_good_for_a_few_commands_and_the_console_for_all(do: str) -> None:
    assert isinstance(who(signed(LOGIN[0]), do), Who)
    found = who(signed(CHAT[0]), do)
    if do in COMMANDS:
        assert isinstance(found, Who)
        assert found.seat == "lurah-padang-harapan"
    else:
        assert isinstance(found, Refusal)
        assert found.code == "not_allowed"


def test_a_chat_may_ask_for_the_seat_s_own_work() -> None:
    assert isinstance(who(signed(CHAT[0]), OPEN_WORK), Who)


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (signed(OTHER[0]), "token_invalid"),
        (signed(CHAT[0], city="kupang"), "token_invalid"),
        (signed(CHAT[0], valid=timedelta(seconds=-1)), "token_invalid"),
        ("nonsense", "token_invalid"),
    ],
)
def test_what_neither_login_signed_is_nobody_s(token: str, code: str) -> None:
    found = who(token, "accept")
    assert isinstance(found, Refusal)
    assert found.code == code


def test_without_a_key_of_the_chats_none_is_taken() -> None:
    alone = Bearers(LOGIN[1], "", lambda: NOW)
    assert isinstance(alone.who(CITY, signed(CHAT[0]), command="c-1", do="accept"), Refusal)
