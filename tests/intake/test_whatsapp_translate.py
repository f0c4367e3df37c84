"""Every message type of the Cloud API, and what becomes of it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.intake import NOBODY, DeliveryReceipt, IntakeMessage
from services.intake.channels.whatsapp.translate import translate
from services.intake.doors.provider_json import NotJsonError
from tests.intake.webhooks import PHONE_NUMBER_ID, SENDER, change, message, text, webhook

DOORS = {PHONE_NUMBER_ID: "hotline", "100000000000002": "camat"}

CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("text", text("air mati"), {"form": "text", "text": "air mati"}),
    (
        "an image with a caption",
        message("image", {"id": "901", "mime_type": "image/jpeg", "sha256": "x", "caption": "got mampet"}),
        {"form": "image", "text": "got mampet"},
    ),
    ("a video", message("video", {"id": "902", "mime_type": "video/mp4"}), {"form": "video", "text": None}),
    ("a voice note", message("audio", {"id": "903", "mime_type": "audio/ogg", "voice": True}), {"form": "voice"}),
    (
        "a document",
        message("document", {"id": "904", "mime_type": "application/pdf", "filename": "surat.pdf"}),
        {"form": "document"},
    ),
    ("a sticker", message("sticker", {"id": "905", "mime_type": "image/webp", "animated": False}), {"form": "sticker"}),
    (
        "a contact card",
        message("contacts", [{"name": {"formatted_name": "Pak Contoh"}, "phones": [{"phone": "+62811000000077"}]}]),
        {"form": "contact", "text": "Kontak: Pak Contoh +62811000000077"},
    ),
    (
        "a reply button",
        message("interactive", {"type": "button_reply", "button_reply": {"id": "confirm:x", "title": "Sudah"}}),
        {"form": "button", "button": "confirm:x", "text": "Sudah"},
    ),
    (
        "a list row",
        message(
            "interactive", {"type": "list_reply", "list_reply": {"id": "row", "title": "Jalan", "description": "d"}}
        ),
        {"form": "button", "button": "row", "text": "Jalan"},
    ),
    (
        "a template's quick reply",
        message("button", {"payload": "reopen:x", "text": "Belum"}),
        {"form": "button", "button": "reopen:x", "text": "Belum"},
    ),
    (
        "a reaction",
        message("reaction", {"message_id": "wamid.OUR", "emoji": "👍"}),
        {"form": "reaction", "text": "👍", "reply_to": "wamid.OUR"},
    ),
    (
        "a reaction taken back",
        message("reaction", {"message_id": "wamid.OUR"}),
        {"form": "reaction", "text": None, "reply_to": "wamid.OUR"},
    ),
    (
        "a reply to an earlier message",
        text("belum juga", context={"from": "62811000000000", "id": "wamid.OUR"}),
        {"text": "belum juga", "reply_to": "wamid.OUR", "forwarded": False},
    ),
    ("a forwarded message", text("tolong", context={"forwarded": True}), {"forwarded": True, "reply_to": None}),
    ("a chain letter", text("sebarkan", context={"frequently_forwarded": True}), {"forwarded": True}),
    (
        "a sound file",
        message("audio", {"id": "906", "mime_type": "audio/mpeg", "voice": False}),
        {"form": "document"},
    ),
    (
        "words changed within a quarter of an hour",
        message(
            "edit",
            {"original_message_id": "wamid.FIRST", "message": {"type": "text", "text": {"body": "RT 05 bukan RT 03"}}},
        ),
        {"form": "text", "text": "RT 05 bukan RT 03", "edits": "wamid.FIRST"},
    ),
    (
        "a caption changed: the picture was taken before",
        message(
            "edit",
            {
                "original_message_id": "wamid.FIRST",
                "message": {"type": "image", "image": {"id": "9", "caption": "RT 5"}},
            },
        ),
        {"form": "text", "text": "RT 5", "edits": "wamid.FIRST", "media": ()},
    ),
    (
        "a message taken back",
        message("revoke", {"original_message_id": "wamid.FIRST"}),
        {"form": "removed", "edits": "wamid.FIRST", "text": None},
    ),
    (
        "a form filled in inside the chat",
        message(
            "interactive",
            {
                "type": "nfm_reply",
                "nfm_reply": {
                    "name": "flow",
                    "body": "Sent",
                    "response_json": '{"flow_token": "t", "jenis_aduan": "lampu", "hari": ["Senin", "Rabu"]}',
                },
            },
        ),
        {"form": "text", "text": "jenis aduan: lampu\nhari: Senin, Rabu"},
    ),
    ("words with a cart", message("order", {"catalog_id": "1", "text": "tolong"}), {"form": "text", "text": "tolong"}),
    ("somebody opened the chat", message("request_welcome"), {"form": "text", "text": "halo"}),
    (
        "a chat begun from an advertisement: its words are ours",
        text("lampu mati", referral={"source_type": "ad", "headline": "Lapor di sini", "body": "Kota tanggap"}),
        {"form": "text", "text": "lampu mati"},
    ),
    (
        "a place whose numbers are text",
        message("location", {"latitude": "-3.8", "longitude": "102.26"}),
        {"form": "location"},
    ),
    (
        "a card without a number",
        message("contacts", [{"name": {"formatted_name": "Pak RT"}, "org": {}}]),
        {"form": "contact", "text": "Kontak: Pak RT"},
    ),
    (
        "a button without a payload is its words",
        message("button", {"text": "Sudah"}),
        {"form": "button", "button": None, "text": "Sudah"},
    ),
    (
        "a reaction whose emoji is empty",
        message("reaction", {"message_id": "wamid.OUR", "emoji": ""}),
        {"form": "reaction", "text": None},
    ),
    ("words with hidden signs", text("ai\u0000r \u202emati\ud800"), {"text": "air mati\ufffd"}),
]


def one(found: dict[str, Any], **more: Any) -> IntakeMessage:
    [translated] = translate(webhook(change(found, **more)), DOORS)
    assert isinstance(translated, IntakeMessage)
    return translated


@pytest.mark.parametrize(("what", "sent", "expected"), CASES, ids=[case[0] for case in CASES])
def test_each_type_has_its_form(what: str, sent: dict[str, Any], expected: dict[str, Any]) -> None:
    got = one(sent)
    assert {name: getattr(got, name) for name in expected} == expected
    assert (got.id, got.door, got.sender.person, got.sender.name) == ("wamid.CONTOH1", "hotline", SENDER, "Ibu Contoh")
    assert got.sent_at is not None
    assert got.original is None


def test_files_keep_the_providers_handle() -> None:
    [media] = one(message("document", {"id": "904", "mime_type": "application/pdf", "filename": "surat.pdf"})).media
    assert (media.handle, media.content_type, media.file_name, media.reference) == (
        "904",
        "application/pdf",
        "surat.pdf",
        None,
    )


def test_a_location_becomes_a_pin() -> None:
    pin = one(
        message("location", {"latitude": -3.8, "longitude": 102.26, "name": "Pasar", "address": "Jl. Contoh"})
    ).pin
    assert pin is not None
    assert (pin.latitude, pin.longitude, pin.label) == (-3.8, 102.26, "Pasar, Jl. Contoh")


@pytest.mark.parametrize(
    "sent",
    [
        message("order", {"catalog_id": "1", "product_items": []}),
        message("unsupported", errors=[{"code": 131051, "title": "Message type unknown"}]),
        message("poll_of_next_year", {"question": "?"}),
        message("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}),
        message("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": "["}}),
        message("interactive", {"type": "call_permission_reply", "call_permission_reply": {"response": "accept"}}),
        message("unsupported", {"type": "media_placeholder"}, errors=[{"code": 131051, "title": "view once"}]),
        message("ephemeral", {}),
        message("edit", {"original_message_id": "wamid.FIRST", "message": {"type": "sticker", "sticker": {}}}),
        message("revoke", {}),
        message("text", {"no_body": 1}),
        message("text", {"body": 7}),
        message("location", {"latitude": 500, "longitude": 0}),
        message("image", "not an object"),
        message("text", {"body": "x"}, id="w" * 400),
    ],
)
def test_what_we_have_no_form_for_is_kept_whole_with_its_sender(sent: dict[str, Any]) -> None:
    got = one(sent)
    assert got.form == "other"
    assert got.original is not None
    assert json.loads(got.original) == sent
    assert got.sender.person == SENDER


def other(field: str, value: dict[str, Any], time: int = 1780000000) -> list[Any]:
    entry = {"id": "100000000000009", "time": time, "changes": [{"field": field, "value": value}]}
    return list(translate(json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode(), DOORS))


@pytest.mark.parametrize("field", ["smb_message_echoes", "history", "smb_app_state_sync", "user_preferences"])
def test_what_the_city_wrote_itself_and_its_old_chats_are_nobodys(field: str) -> None:
    assert other(field, {"message_echoes": [{"from": "62811", "to": SENDER, "text": {"body": "siap"}}]}) == []


def test_a_groups_words_are_answered_to_nobody() -> None:
    got = one(text("air mati", group_id="g1"))
    assert (got.form, got.sender.person) == ("other", NOBODY)


CALL = {"id": "wacid.X", "from": SENDER, "to": "62811000000000", "timestamp": "1780000000",
        "session": {"sdp_type": "offer", "sdp": "v=0"}}  # fmt: skip


@pytest.mark.parametrize("direction", [{}, {"direction": "USER_INITIATED"}])
def test_who_rings_is_told_to_write_once_for_each_call(direction: dict[str, str]) -> None:
    metadata = {"phone_number_id": PHONE_NUMBER_ID}
    [got] = other("calls", {"metadata": metadata, "calls": [{**CALL, "event": "connect", **direction}]})
    assert (got.id, got.form, got.sender.person, got.door) == ("wacid.X", "other", SENDER, "hotline")
    assert other("calls", {"metadata": metadata, "calls": [{**CALL, "event": "terminate", "status": "FAILED"}]}) == []
    [ours] = other("calls", {"calls": [{**CALL, "event": "connect", "direction": "BUSINESS_INITIATED"}]})
    assert ours.sender.person == NOBODY


def test_one_post_may_mix_people_receipts_and_the_accounts_own_news() -> None:
    entries = [
        {"id": "1", "changes": [change(text("satu", id="a"), statuses=[{"id": "s", "status": "sent"}])]},
        {"id": "2", "time": 1780000000, "changes": [
            {"field": "account_update", "value": {"event": "ACCOUNT_VIOLATION"}},
            {"field": "history", "value": {"history": []}}, change(text("dua", id="b"), number_id="100000000000002")]},
        {"id": "3", "changes": []}, {"id": "4"}, None,
    ]  # fmt: skip
    got = translate(json.dumps({"object": "whatsapp_business_account", "entry": entries}).encode(), DOORS)
    assert [(type(one).__name__, getattr(one, "door", "-")) for one in got] == [
        ("IntakeMessage", "hotline"), ("DeliveryReceipt", "-"), ("AccountNotice", None), ("IntakeMessage", "camat"),
    ]  # fmt: skip


def test_a_voice_message_that_was_heard_was_read() -> None:
    [got] = translate(
        webhook(change(statuses=[{"id": "wamid.S", "status": "played", "timestamp": "1780000001"}])), DOORS
    )
    assert isinstance(got, DeliveryReceipt)
    assert got.status == "read"


def test_a_message_from_nobody_is_kept() -> None:
    got = one(text("air mati", **{"from": None}), contacts=[])
    assert (got.form, got.sender.person) == ("other", NOBODY)
    assert got.id.startswith("shape:")


def test_one_post_may_hold_several_numbers_changes_and_messages() -> None:
    body = webhook(
        change(text("satu", id="a"), text("dua", id="b")),
        change(text("tiga", id="c"), number_id="100000000000002"),
        change(text("empat", id="d"), number_id="999"),
        change(statuses=[{"id": "wamid.S", "status": "read", "timestamp": "1780000001", "recipient_id": SENDER}]),
    )
    got = translate(body, DOORS)
    assert [(item.id, getattr(item, "door", "-")) for item in got] == [
        ("a", "hotline"),
        ("b", "hotline"),
        ("c", "camat"),
        ("d", None),
        ("wamid.S", "-"),
    ]


@pytest.mark.parametrize("status", ["sent", "delivered", "read", "failed"])
def test_a_status_becomes_a_receipt_with_our_own_id(status: str) -> None:
    sent = {"id": "wamid.S", "status": status, "timestamp": "1780000001", "biz_opaque_callback_data": "notice1"}
    if status == "failed":
        sent["errors"] = [{"code": 131026, "title": "Message undeliverable", "error_data": {"details": "…"}}]  # type: ignore[assignment]
    [got] = translate(webhook(change(statuses=[sent])), DOORS)
    assert isinstance(got, DeliveryReceipt)
    assert (got.status, got.notice) == (status, "notice1")
    assert (got.code, got.reason) == (("131026", "Message undeliverable") if status == "failed" else (None, None))


@pytest.mark.parametrize(
    "body",
    [
        b"{}", b"[]", b"1", b'"x"', b"null", b'{"entry": 5}', b'{"entry": [{"changes": [null]}]}',
        b'{"entry": [{"changes": [{"field": "calls", "value": {"calls": [{"event": "connect"}]}}]}]}',
        b'{"entry": [{"changes": [{"field": "messages", "value": {"messages": [null, 3]}}]}]}',
        b'{"entry": [{"changes": [{"field": "messages", "value": {"statuses": [{"status": "held", "id": "x"}]}}]}]}',
        b"[" * 100_000 + b"]" * 100_000, b"9" * 10_000, b'"\\ud800\\u0000"',
    ],
)  # fmt: skip
def test_json_of_an_unknown_shape_is_kept(body: bytes) -> None:
    got = translate(body, DOORS)
    assert got
    assert all(isinstance(item, IntakeMessage) and item.form == "other" for item in got)
    assert got == translate(body, DOORS), "the same bytes are the same message"


@pytest.mark.parametrize("body", [b"", b"{", b"hello", b"\xff\xfe", b"a=b&c=d"])
def test_what_is_no_json_says_so(body: bytes) -> None:
    with pytest.raises(NotJsonError):
        translate(body, DOORS)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["entry", "changes", "value", "field", "messages", "statuses", "contacts", "type", "text", "id"]
            )
            | st.text(max_size=8),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(_JSON)
def test_no_shape_of_json_breaks_it(shape: Any) -> None:
    assert translate(json.dumps(shape).encode(), DOORS)


@given(_JSON)
def test_no_shape_of_a_message_breaks_it(shape: Any) -> None:
    assert translate(webhook(change(shape, text("x", context=shape, timestamp=shape))), DOORS)
