"""Only what Meta signed is taken."""

from hypothesis import given
from hypothesis import strategies as st

from services.intake.meta.signature import challenge, is_signed, signed

SECRET = "rahasia-contoh"


@given(st.binary(max_size=200))
def test_what_was_signed_with_the_secret_is_taken(raw: bytes) -> None:
    assert is_signed(SECRET, raw, signed(SECRET, raw))


@given(st.binary(min_size=1, max_size=200), st.data())
def test_a_changed_body_is_never_taken(raw: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(raw) - 1))
    flipped = bytes([*raw[:at], raw[at] ^ data.draw(st.integers(1, 255)), *raw[at + 1 :]])
    assert not is_signed(SECRET, flipped, signed(SECRET, raw))


@given(st.text(max_size=80))
def test_no_guessed_header_is_taken(header: str) -> None:
    assert not is_signed(SECRET, b"body", header)


def test_missing_headers_other_secrets_and_other_forms_are_refused() -> None:
    good = signed(SECRET, b"body")
    for header in (None, "", "sha256=", good.upper(), good + "0", good.removeprefix("sha256="), signed("", b"body")):
        assert not is_signed(SECRET, b"body", header)
    assert not is_signed("", b"body", signed("", b"body")), "without a secret nothing counts as signed"


def test_the_handshake_gives_the_challenge_back_to_who_knows_the_token() -> None:
    assert challenge("token", "subscribe", "token", "12345") == "12345"
    for mode, token, value in [
        ("subscribe", "wrong", "1"), ("unsubscribe", "token", "1"), (None, None, None), ("subscribe", "token", None),
    ]:  # fmt: skip
        assert challenge("token", mode, token, value) is None
    assert challenge("", "subscribe", "", "1") is None
