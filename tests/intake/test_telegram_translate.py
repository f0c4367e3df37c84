"""What Telegram sends, after core.telegram.org/bots/api, and what it is for us."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.intake import NOBODY, IntakeMessage
from services.intake.channels.telegram.translate import translate
from services.intake.channels.telegram.webhook import TelegramWebhook
from services.intake.doors.provider_json import NotJsonError

PERSON = {"id": 700000001, "is_bot": False, "first_name": "Ibu", "last_name": "Contoh", "username": "ibu_contoh"}
CHAT = {"id": 700000001, "type": "private", "first_name": "Ibu"}
AT = 1_767_225_600


def update(**content: Any) -> bytes:
    message = {"message_id": 41, "from": PERSON, "chat": CHAT, "date": AT, **content}
    return json.dumps({"update_id": 9, "message": message}).encode()


def only(raw: bytes) -> IntakeMessage:
    [found] = translate(raw, "telegram")
    assert isinstance(found, IntakeMessage)
    return found


def size(name: str, width: int) -> dict[str, Any]:
    return {"file_id": name, "file_unique_id": name, "width": width, "height": width, "file_size": width}


CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "words": ({"text": "lampu jalan mati"}, {"form": "text", "text": "lampu jalan mati"}),
    "the first word of a chat is a greeting": ({"text": "/start poster12"}, {"form": "text", "text": "halo"}),
    "the largest size of a photo, with its caption": (
        {"photo": [size("small", 90), size("large", 1280), size("middle", 320)], "caption": "ini fotonya"},
        {"form": "image", "text": "ini fotonya", "media.handle": "large"},
    ),
    "one picture of an album is a message of its own": (
        {"photo": [size("one", 800)], "media_group_id": "13"}, {"form": "image", "text": None, "media.handle": "one"},
    ),
    "a document keeps its name": (
        {"document": {"file_id": "doc", "file_name": "surat.pdf", "mime_type": "application/pdf"}},
        {"form": "document", "media.handle": "doc", "media.file_name": "surat.pdf"},
    ),
    "a moving picture is a video, though it has a document too": (
        {"animation": {"file_id": "anim"}, "document": {"file_id": "anim"}}, {"form": "video", "media.handle": "anim"},
    ),
    "a round video": ({"video_note": {"file_id": "round"}}, {"form": "video", "media.handle": "round"}),
    "a voice": ({"voice": {"file_id": "v", "mime_type": "audio/ogg"}}, {"form": "voice", "media.handle": "v"}),
    "music is heard like a voice": ({"audio": {"file_id": "a"}}, {"form": "voice", "media.handle": "a"}),
    "a pin": ({"location": {"latitude": -10.17, "longitude": 123.6}}, {"form": "location", "pin.latitude": -10.17}),
    "a place with a name": (
        {"location": {"latitude": 1.0, "longitude": 2.0},
         "venue": {"location": {"latitude": 1.0, "longitude": 2.0}, "title": "Pasar Contoh", "address": "Jl. Contoh"}},
        {"form": "location", "pin.label": "Pasar Contoh, Jl. Contoh"},
    ),
    "a contact": (
        {"contact": {"phone_number": "62811000", "first_name": "Pak", "last_name": "RT"}},
        {"form": "contact", "text": "Kontak: Pak RT 62811000"},
    ),
    "a sticker": ({"sticker": {"file_id": "s", "emoji": "👍"}}, {"form": "sticker", "text": "👍"}),
    "an answer to a message of ours": (
        {"text": "belum", "reply_to_message": {"message_id": 40}}, {"reply_to": "700000001:40"},
    ),
    "what was passed on": (
        {"text": "tolong", "forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": AT}},
        {"forwarded": True},
    ),
    "a poll is kept whole": ({"poll": {"id": "1", "question": "?"}}, {"form": "other"}),
    "a die is kept whole": ({"dice": {"emoji": "🎲", "value": 3}}, {"form": "other"}),
    "a photo without sizes is kept whole": ({"photo": [{}]}, {"form": "other"}),
    "a pin outside the world is kept whole": ({"location": {"latitude": 999, "longitude": 0}}, {"form": "other"}),
}  # fmt: skip


def field(message: IntakeMessage, name: str) -> Any:
    of, _, rest = name.partition(".")
    found = getattr(message, of)
    if not rest:
        return found
    return getattr(found[0] if isinstance(found, tuple) else found, rest)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_form(case: str) -> None:
    content, expected = CASES[case]
    message = only(update(**content))
    assert {name: field(message, name) for name in expected} == expected
    assert message.id == "700000001:41"
    assert (message.sender.person, message.sender.address) == ("700000001", "700000001")
    assert message.sender.name == "Ibu Contoh"
    assert message.sent_at == datetime.fromtimestamp(AT, UTC)
    if expected.get("form") == "other":
        assert message.original is not None


def test_an_edited_message_stands_for_the_one_it_replaces() -> None:
    edited = {"message_id": 41, "from": PERSON, "chat": CHAT, "date": AT, "edit_date": AT + 60, "text": "bukan, RT 05"}
    message = only(json.dumps({"update_id": 1, "edited_message": edited}).encode())
    assert (message.id, message.edits, message.text) == (f"700000001:41:{AT + 60}", "700000001:41", "bukan, RT 05")


STEP = {"message_id": 41, "from": PERSON, "chat": CHAT, "date": AT, "edit_date": AT + 9}
NOBODYS: list[dict[str, Any]] = [
    {"channel_post": {"message_id": 1, "chat": {"id": -100, "type": "channel"}, "date": AT, "text": "Pengumuman"}},
    {"edited_channel_post": {"message_id": 1, "chat": {"id": -100, "type": "channel"}, "date": AT, "text": "Ralat"}},
    {"my_chat_member": {"chat": CHAT, "from": PERSON, "date": AT, "new_chat_member": {"status": "kicked"}}},
    {"message": {**STEP, "pinned_message": {"message_id": 40, "text": "Kabar", "chat": CHAT, "date": AT}}},
    {"message": {**STEP, "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}},
    {"message": {**STEP, "chat_background_set": {"type": {"type": "fill"}}}},
    {"edited_message": {**STEP, "location": {"latitude": -3.8, "longitude": 102.2, "live_period": 900}}},
]


@pytest.mark.parametrize("body", NOBODYS, ids=[f"{n}-{next(iter(one))}" for n, one in enumerate(NOBODYS)])
def test_what_telegram_and_the_city_itself_note_is_nobodys(body: dict[str, Any]) -> None:
    raw = json.dumps({"update_id": 1, **body}).encode()
    assert translate(raw, "telegram") == []
    assert TelegramWebhook("s", "telegram").answer([]) == {"stored": 0}


def test_of_a_position_that_moves_the_first_is_the_place() -> None:
    live = {"latitude": -3.8, "longitude": 102.2, "live_period": 900, "horizontal_accuracy": 12.0}
    assert only(update(location=live)).form == "location"


KEPT: list[dict[str, Any]] = [
    {"business_message": {**STEP, "business_connection_id": "b", "text": "air mati"}},
    {"message": {**STEP, "chat": {"id": -5, "type": "group"}, "migrate_to_chat_id": -1005}},
    {"message": {**STEP, "chat": {"id": -1005, "type": "supergroup"}, "is_topic_message": True,
                 "message_thread_id": 3, "text": "air mati"}},
    {"message": {**STEP, "chat": {"id": -5, "type": "group"}, "pinned_message": {"message_id": 40}}},
    {"message_reaction": {"chat": CHAT, "message_id": 40, "user": PERSON, "date": AT, "new_reaction": []}},
    {"poll": {"id": "1", "question": "?", "options": []}},
]  # fmt: skip


@pytest.mark.parametrize("body", KEPT, ids=[f"{n}-{next(iter(one))}" for n, one in enumerate(KEPT)])
def test_what_came_from_elsewhere_is_kept_and_answered_to_nobody(body: dict[str, Any]) -> None:
    message = only(json.dumps({"update_id": 1, **body}).encode())
    assert (message.form, message.sender.person) == ("other", NOBODY)
    assert message.original is not None


def test_words_found_by_another_bot_and_an_album_out_of_order_are_messages_of_their_own() -> None:
    bot = {"id": 5, "is_bot": True, "first_name": "gif"}
    assert only(update(text="air mati", via_bot=bot)).text == "air mati"
    album = [update(message_id=n, photo=[size(f"p{n}", 800)], media_group_id="13") for n in (44, 42, 43)]
    assert [only(raw).id for raw in album] == ["700000001:44", "700000001:42", "700000001:43"]


def test_a_pressed_button_is_a_wish_of_its_own() -> None:
    query = {"id": "77", "from": PERSON, "data": "confirm:x", "message": {"message_id": 40, "chat": CHAT}}
    message = only(json.dumps({"update_id": 1, "callback_query": query}).encode())
    assert (message.id, message.form, message.button) == ("callback:77", "button", "confirm:x")
    assert message.reply_to == "700000001:40"


@pytest.mark.parametrize("chat", [{"id": -5, "type": "group"}, {"id": -6, "type": "supergroup"}, {"type": "private"}])
def test_what_is_said_in_a_group_is_kept_and_answered_to_nobody(chat: dict[str, Any]) -> None:
    message = only(update(text="hai", chat=chat))
    assert (message.form, message.sender.person) == ("other", NOBODY)


def test_a_bot_is_nobody() -> None:
    assert only(update(text="hai", **{"from": {**PERSON, "is_bot": True}})).sender.person == NOBODY


@pytest.mark.parametrize("raw", [b"{}", b"[]", b"7", b'{"update_id": 1, "my_chat_member": {}}', b'{"message": 3}'])
def test_what_nobody_documented_is_kept_whole_under_a_lasting_id(raw: bytes) -> None:
    assert only(raw).form == "other"
    assert only(raw).id == only(raw).id


def test_what_is_no_json_is_said_so() -> None:
    with pytest.raises(NotJsonError):
        translate(b"\xff{", None)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["message", "edited_message", "callback_query", "chat", "from", "id", "type", "message_id",
                         "text", "photo", "location", "date", "edit_date", "data", "venue", "contact"]) | st.text(),
        inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@given(_JSON)
def test_no_shape_is_lost_or_raises(body: Any) -> None:
    found = translate(json.dumps(body).encode(), "telegram")
    assert found or body.keys() & {"edited_message", "channel_post", "edited_channel_post", "my_chat_member"}
    assert all(isinstance(one, IntakeMessage) and one.id for one in found)
