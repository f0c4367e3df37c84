"""Ids: keyed, stable for ever, never alike by accident, and nothing of the outside in them."""

import base64
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts import ids

KEY = b"k" * 32
TEXTS = st.lists(st.text(max_size=20), min_size=1, max_size=4)


def test_these_ids_are_pinned_for_ever() -> None:
    assert ids.message_key(KEY, "bengkulu", "whatsapp", "wamid.1") == "mfvhchqjoqf76z3pq6bnksz7fe"
    assert ids.complaint_id(KEY, "bengkulu", "whatsapp", "m") == "io3ivt5ebq7w5gmdhz7tyqhndu"
    assert ids.event_id(KEY, "c", "z", "complaint.received", 0) == "pi6ymfwd2xe7s3v6rxnkqiqvve"


@given(TEXTS, TEXTS)
def test_two_lists_of_parts_share_an_id_only_when_they_are_the_same(one: list[str], other: list[str]) -> None:
    assert (ids.derive(KEY, "x", *one) == ids.derive(KEY, "x", *other)) == (one == other)


def test_moving_a_character_between_parts_changes_the_id() -> None:
    assert ids.derive(KEY, "x", "ab", "c") != ids.derive(KEY, "x", "a", "bc")


def test_two_providers_that_number_from_one_do_not_meet() -> None:
    assert ids.message_key(KEY, "kupang", "sms", "1") != ids.message_key(KEY, "kupang", "desk", "1")
    assert ids.message_key(KEY, "kupang", "sms", "1") != ids.message_key(KEY, "bengkulu", "sms", "1")


def test_another_key_gives_other_ids() -> None:
    assert ids.derive(KEY, "x", "1") != ids.derive(b"j" * 32, "x", "1")


@pytest.mark.parametrize(("text", "hashed"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_fnv_1a_gives_the_draft_s_own_vectors(text: str, hashed: int) -> None:
    assert ids.fnv1a_32(text) == hashed


@given(st.text())
def test_a_shard_is_one_of_sixteen(text: str) -> None:
    assert 0 <= ids.shard_of(text) < 16


@pytest.mark.parametrize("length", [0, 1, 32, 63, 64, 65, 200])
def test_the_hash_is_hmac_sha_256_whatever_the_key_s_length(length: int) -> None:
    key, said = bytes(range(length)), (1).to_bytes(4, "big") + b"x" + (2).to_bytes(4, "big") + b"ab"
    mac = hmac.digest(key, said, "sha256")[:16]
    assert ids.derive(key, "x", "ab") == base64.b32encode(mac).decode().rstrip("=").lower()
