"""Sealing and wrapping: what opens what, and nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from services.contracts.sealed import Sealed
from services.contracts.tokens import StaffToken
from services.runtime import tokens
from services.runtime.blobs import Blobs
from services.runtime.sealing import DataKey, MasterKey, Unsealable, seal, unseal
from tests.runtime.ledger import NOON

OWNER = "a" * 26
OTHER = "b" * 26
KEY = DataKey(OWNER, "reporter:1", b"1" * 32)
READ = TypeAdapter(Sealed)


@given(st.text(max_size=300))
def test_what_was_sealed_opens_again_and_has_the_frozen_form(clear: str) -> None:
    sealed = seal(KEY, "cause", "text", clear)
    assert READ.validate_python(sealed) == sealed
    assert unseal(KEY, "cause", "text", sealed) == clear


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert seal(KEY, "cause", "text", "air mati") != seal(KEY, "cause", "text", "air mati")


@pytest.mark.parametrize(
    ("key", "cause", "field"),
    [
        (KEY, "another event", "text"),
        (KEY, "cause", "place"),
        (DataKey(OWNER, "reporter:2", b"1" * 32), "cause", "text"),
        (DataKey(OTHER, "reporter:1", b"1" * 32), "cause", "text"),
        (DataKey(OWNER, "reporter:1", b"2" * 32), "cause", "text"),
    ],
)
def test_moved_to_another_event_field_party_or_complaint_it_does_not_open(key: DataKey, cause: str, field: str) -> None:
    with pytest.raises(Unsealable):
        unseal(key, cause, field, seal(KEY, "cause", "text", "air mati"))


def test_a_key_id_written_over_does_not_help() -> None:
    stolen = seal(KEY, "cause", "text", "air mati").replace(OWNER, OTHER)
    with pytest.raises(Unsealable):
        unseal(DataKey(OTHER, "reporter:1", KEY.secret), "cause", "text", stolen)


@given(st.text(max_size=80))
def test_what_is_no_sealed_value_is_said_to_be_none(text: str) -> None:
    with pytest.raises(Unsealable):
        unseal(KEY, "cause", "text", text)


def test_a_stored_value_of_the_first_day_still_opens() -> None:
    """Pins algorithm, additional data and encoding: events that were stored with them stay for ever."""
    stored = "A256GCM.aaaaaaaaaaaaaaaaaaaaaaaaaa/reporter:1.bm5ubm5ubm5ubm5u8ze4BTdgFduo4hkZu21YLrvEKvq8Ed6E"
    assert unseal(KEY, "c", "text", stored) == "air mati"


def test_a_key_shows_nothing_of_itself_when_printed() -> None:
    assert "1111" not in repr(KEY)


def test_a_wrapped_key_moved_to_another_row_or_under_another_master_key_does_not_unwrap() -> None:
    master = MasterKey(b"m" * 32)
    wrapped = master.wrap("row", b"s" * 32)
    assert master.unwrap("row", wrapped) == b"s" * 32
    for wrong, name in ((master, "another row"), (MasterKey(b"n" * 32), "row")):
        with pytest.raises(Unsealable):
            wrong.unwrap(name, wrapped)


def token(**changes: object) -> StaffToken:
    return StaffToken.model_validate(
        {
            "city": "bengkulu",
            "seat": "dlh",
            "roles": ["agency_head"],
            "command": "c1",
            "issued_at": NOON,
            "expires_at": NOON + timedelta(minutes=2),
            **changes,
        }
    )


def test_a_staff_token_says_who_acts_until_it_expires() -> None:
    signing, public = tokens.make_keys()
    text = tokens.sign(signing, token())
    assert tokens.verify(public, text, command="c1", at=NOON + timedelta(minutes=1)) == token()
    with pytest.raises(tokens.TokenExpired):
        tokens.verify(public, text, command="c1", at=NOON + timedelta(minutes=2))


def test_a_staff_token_of_another_command_another_login_or_another_seat_is_none() -> None:
    signing, public = tokens.make_keys()
    foreign, _ = tokens.make_keys()
    payload, _, signature = tokens.sign(signing, token()).partition(".")
    promoted, _, _ = tokens.sign(signing, token(seat="mayor", roles=["leader"])).partition(".")
    tried = [
        (f"{payload}.{signature}", "c2"),
        (tokens.sign(foreign, token()), "c1"),
        (f"{promoted}.{signature}", "c1"),
        (payload, "c1"),
        ("", "c1"),
        ("a.b.c", "c1"),
        ("é.é", "c1"),
    ]
    for text, command in tried:
        with pytest.raises(tokens.TokenInvalid):
            tokens.verify(public, text, command=command, at=NOON)


async def test_a_blob_is_sealed_named_by_a_keyed_digest_and_opens_for_its_party_only(tmp_path: Path) -> None:
    blobs = Blobs((tmp_path / "blobs").as_uri())
    content = b"a photo of a broken pipe" * 1000
    first = await blobs.put(KEY, b"i" * 32, content)
    again = await blobs.put(KEY, b"i" * 32, content)
    other_party = await blobs.put(DataKey(OWNER, "reporter:2", b"2" * 32), b"i" * 32, content)
    assert first == again
    assert first.name not in {other_party.name, first.sha256}
    assert await blobs.get(KEY, first.name) == content
    with pytest.raises(Unsealable):
        await blobs.get(KEY, other_party.name)
    assert all(b"broken" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    await blobs.delete(first.name)
    await blobs.delete(first.name)
    assert await blobs.get(KEY, first.name) is None
    with pytest.raises(Unsealable):
        await blobs.get(KEY, "../../etc/passwd")
