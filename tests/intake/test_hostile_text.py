"""Text that is meant to harm: it is made harmless or kept aside, never an error and never a wait."""

import contextlib
import json
import time
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.channels.facebook import translate as facebook
from services.intake.channels.instagram import translate as instagram
from services.intake.channels.whatsapp import translate as whatsapp
from services.intake.channels.whatsapp.translate import translate
from services.intake.clean import clean
from services.intake.conversation.phrases import read
from services.intake.doors.provider_json import NotJsonError
from tests.intake.conftest import Behind, Phone, a_person
from tests.intake.webhooks import change, message, text, webhook

INVISIBLE = "\x00\u200b\u200e\u200f\u202e\u2066\u2069\u061c\u00ad\u3164\u2060\ufeff\U000e0041"
ANYTHING = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=300)


@given(ANYTHING)
def test_what_is_cleaned_can_be_stored_and_shown_and_is_clean(given_: str) -> None:
    done = clean(given_)
    done.encode()
    assert not set(done) & set(INVISIBLE)
    assert clean(done) == done
    assert unicodedata.is_normalized("NFC", done)


@pytest.mark.parametrize("hidden", list(INVISIBLE))
def test_nothing_invisible_hides_a_word(hidden: str) -> None:
    assert clean(f"be{hidden}lum") == "belum"


def test_a_sentence_reads_as_it_was_typed_whatever_turns_it_around() -> None:
    assert clean("jalan \u202ekasur\u202c") == "jalan kasur"
    assert clean("satu\r\ndua\rtiga\u2028empat") == "satu\ndua\ntiga\nempat"
    assert clean("é\u0301\u0301\u0301\u0301\u0301\u0301\u0301").count("\u0301") <= 4
    assert clean("👨‍👩‍👧") == "👨‍👩‍👧"


@pytest.mark.parametrize(
    "body",
    [
        "a" * 1_000_000, "a\u0315\u0300" * 330_000, "\u0315\u0300" * 500_000, "\u0ec8\u0e38" * 400_000,
        "\u202e" * 1_000_000, "1. " * 300_000, "belum " * 160_000, "x," * 400_000, "ha" * 400_000, "-" * 900_000,
        "a-" * 400_000, "\ud800" * 300_000, "jangan " * 140_000, "((((1.a" * 100_000, "sudah belum " * 80_000,
        "\n" * 900_000, "blmjg" * 200_000, "'" * 900_000,
        "😀" * 100_000, "👨‍👩‍👧" * 50_000, "🇮🇩" * 100_000, "\ufe0f" * 500_000, "s u d a h " * 100_000, "ﷺ" * 200_000,
        "dua hal: " * 100_000, "nak " * 250_000, "jangan bilang ke " * 60_000, "𝗯" * 250_000, "bеlum " * 150_000,
    ],
    ids=range(29),
)  # fmt: skip
def test_a_megabyte_takes_no_time(body: str) -> None:
    began = time.process_time()
    read(clean(body)[:4_000])
    assert time.process_time() - began < 2.0


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("*SUDAH*", "done"), ("_BELUM_", "not_done"), ("~BATAL~", "withdraw"), ("```STATUS```", "status"),
        ("> BELUM", "not_done"), ("#BELUM", "not_done"), ("/status", "status"), ("- belum", "not_done"),
        ("S U D A H", "done"), ("B E L U M", "not_done"), ("b.e.l.u.m", "not_done"),
        ("b e l u m  p a k", "not_done"), ("s t a t u s", "status"),
        ("𝗦𝗨𝗗𝗔𝗛", "done"), ("ｓｕｄａｈ", "done"), ("Ⓢⓤⓓⓐⓗ", "done"), ("ʙᴇʟᴜᴍ", "not_done"), ("ᵇᵉˡᵘᵐ", "not_done"),
        ("b̵e̵l̵u̵m̵", "not_done"), ("S͎U͎D͎A͎H͎", "done"), ("sudаh", "done"), ("bеlum", "not_done"),
        ("sud4h", "done"), ("b3lum", "not_done"), ("<b>BELUM</b>", "not_done"), ("sudah✅", "done"),
        ("<script>alert(1)</script>", "content"), ("'; drop table inbox; --", "content"), ("{{7*7}}", "content"),
    ],
)  # fmt: skip
def test_a_word_is_itself_however_it_is_dressed(typed: str, says: str) -> None:
    assert read(clean(typed)).says == says


@pytest.mark.parametrize("word", ["привет", "жалоба на дорогу", "الشارع مظلم", "路灯坏了"])
def test_another_script_stays_what_it_is(word: str) -> None:
    assert read(clean(word)).says == "content"


UNSEEN = "\u200b\u2066\u3164"
_COMMENT = {"item": "comment", "verb": "add", "comment_id": UNSEEN, "message": "lampu mati", "from": {"id": UNSEEN}}
NAMELESS = [
    ("whatsapp", whatsapp.translate,
     {"changes": [change(text("lampu mati", id=UNSEEN, **{"from": UNSEEN}), contacts=[])]}),
    ("facebook comment", facebook.translate, {"id": "1", "changes": [{"field": "feed", "value": _COMMENT}]}),
    ("facebook chat", facebook.translate,
     {"id": "1", "messaging": [{"sender": {"id": UNSEEN}, "message": {"mid": UNSEEN, "text": "lampu mati"}}]}),
    ("instagram comment", instagram.translate,
     {"id": "1", "changes": [{"field": "comments", "value": {"id": UNSEEN, "from": {"id": UNSEEN}, "text": "x"}}]}),
    ("instagram edit", instagram.translate,
     {"id": "1", "messaging": [{"sender": {"id": UNSEEN}, "message_edit": {"mid": UNSEEN, "text": "x"}}]}),
]  # fmt: skip


@pytest.mark.parametrize(("_", "translate_", "entry"), NAMELESS, ids=[one[0] for one in NAMELESS])
def test_an_id_that_nobody_sees_loses_no_message(_: str, translate_: Any, entry: Any) -> None:
    found = translate_(json.dumps({"object": "page", "entry": [entry]}).encode(), {})
    assert len(found) == 1
    assert found[0].id
    assert found[0].sender.person


@settings(deadline=None)
@given(ANYTHING)
def test_any_text_is_read_and_told_apart(given_: str) -> None:
    done = clean(given_)
    reading = read(done)
    for part in reading.parts:
        assert all(0 <= begin <= end <= len(done) for begin, end in part.spans)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANYTHING,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANYTHING, inner, max_size=4),
    max_leaves=12,
)
KNOWN = (
    "text",
    "image",
    "location",
    "contacts",
    "interactive",
    "button",
    "reaction",
    "order",
    "system",
    "edit",
    "revoke",
)


@settings(deadline=None, max_examples=200)
@given(
    kind=st.sampled_from(KNOWN),
    content=JSON,
    more=st.dictionaries(st.sampled_from(["id", "from", "timestamp", "context"]), JSON),
)
def test_any_content_of_a_message_is_translated_or_kept(kind: str, content: Any, more: dict[str, Any]) -> None:
    raw = webhook(change({**message(kind, content), **more}))
    found = translate(raw, {})
    assert found
    for one in found:
        one.model_dump_json().encode()


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_are_json_or_are_not(raw: bytes) -> None:
    with contextlib.suppress(NotJsonError):
        assert translate(raw, {})


def test_a_broken_letter_does_not_lose_the_message() -> None:
    raw = webhook(change(text("air mati di RT 5"))).replace(b"RT 5", b"RT \xff5")
    [found] = translate(raw, {})
    assert found.model_dump()["text"] == "air mati di RT �5"


def test_of_two_equal_names_the_last_counts_as_everywhere() -> None:
    raw = webhook(change(text("satu"))).replace(b'"body": "satu"', b'"body": "satu", "body": "dua"')
    [found] = translate(raw, {})
    assert found.model_dump()["text"] == "dua"


def hostile(person: str) -> list[bytes]:
    def body(said: str, **more: Any) -> bytes:
        return webhook(change(text(said, **{"from": person, "id": f"wamid.{abs(hash(said[:40]))}", **more})))

    deep = "[" * 3_000 + "]" * 3_000
    return [
        body("a\u0315\u0300" * 200_000),
        body("\u0000\ud800\u202e" * 50_000),
        body("halo").replace(b"halo", b"halo \xc3\x28 \xff"),
        body("halo").replace(b'"1780000000"', b"1" + b"0" * 4_000),
        body("halo").replace(b'"1780000000"', b"-1e999"),
        webhook(change(message("location", {"latitude": float("nan"), "longitude": float("inf")}, **{"from": person}))),
        webhook(change(message("text", {"body": "x"}, deep=1))).replace(b'"deep": 1', f'"deep": {deep}'.encode()),
        body("x" * 1_500_000),
        body("1. " * 200_000),
        body("😀" * 100_000),
        body("halo").replace(b'"halo"', b'"halo", "body": "\\udfff\\ud800", "body": "lampu \\ud83d\\ude00"'),
        webhook(change(
            text("lampu mati", **{"from": person, "id": f"wamid.{person}n"}),
            contacts=[{"wa_id": person, "profile": {"name": "Bu\u202eidB" + "\u0315" * 50_000 + "\u2066\ud800"}}],
        )),
    ]  # fmt: skip


async def test_hostile_bodies_neither_break_nor_hold_up_the_door(phone: Phone, behind: Behind) -> None:
    for raw in hostile(a_person()):
        began = time.monotonic()
        answer = await phone.post(raw)
        assert answer.status_code in (200, 400), (raw[:200], answer.text)
        assert time.monotonic() - began < 10
    sent = await phone.says(a_person(), "lampu jalan mati di simpang tiga")
    assert (await behind.decided(sent, patience=30))["complaint"] is not None
    await behind.drained()
