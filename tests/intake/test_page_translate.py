"""What a Facebook page and an Instagram account send, after Meta's documentation, and what it is for us."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.accounts import AccountNotice, Mentioned
from services.contracts.intake import NOBODY, DeliveryReceipt, IntakeMessage
from services.intake.channels.facebook.translate import translate as facebook
from services.intake.channels.instagram import mentions
from services.intake.channels.instagram.translate import translate as instagram
from services.intake.doors.provider_json import NotJsonError, Translated

PAGE, ACCOUNT = "200000000000001", "178414000000001"
DOORS = {PAGE: "facebook", ACCOUNT: "instagram"}
AT = 1_767_225_600
WARGA = {"id": "7001", "name": "Ibu Contoh"}
FILE = "https://scontent.fbcdn.net/v/contoh"


def feed(field: str = "feed", **value: Any) -> list[Translated]:
    given = {"item": "comment", "verb": "add", "comment_id": "9_1", "post_id": "8_1", "parent_id": "8_1",
             "created_time": AT, "from": WARGA, "message": "got mampet min", **value}  # fmt: skip
    body = {"object": "page", "entry": [{"id": PAGE, "time": AT, "changes": [{"field": field, "value": given}]}]}
    return facebook(json.dumps(body).encode(), DOORS)


def chat(translate: Any = facebook, account: str = PAGE, /, **event: Any) -> list[Translated]:
    whole = {"sender": {"id": "7001"}, "recipient": {"id": account}, "timestamp": AT * 1000, **event}
    return list(translate(json.dumps({"entry": [{"id": account, "messaging": [whole]}]}).encode(), DOORS))


def comment(field: str = "comments", /, **value: Any) -> list[Translated]:
    given = {"id": "c1", "text": "lampu mati", "from": {"id": "7001", "username": "warga.contoh"}, **value}
    entry = {"id": ACCOUNT, "time": AT, "changes": [{"field": field, "value": given}]}
    return instagram(json.dumps({"object": "instagram", "entry": [entry]}).encode(), DOORS)


def only(found: list[Translated]) -> IntakeMessage:
    [message] = found
    assert isinstance(message, IntakeMessage)
    return message


def test_a_comment_is_a_message_whose_answer_goes_below_it() -> None:
    message = only(feed())
    assert (message.id, message.door, message.text) == ("9_1", "facebook", "got mampet min")
    assert (message.sender.person, message.sender.address, message.sender.name) == ("7001", "comment:9_1", "Ibu Contoh")
    assert message.sent_at == datetime.fromtimestamp(AT, UTC)
    assert message.reply_to is None


def test_an_answer_to_a_comment_names_it() -> None:
    assert only(feed(comment_id="9_2", parent_id="9_1")).reply_to == "9_1"


def test_a_comments_picture_comes_with_it() -> None:
    message = only(feed(photo=FILE, message=None))
    assert (message.form, message.media[0].handle) == ("image", FILE)


def test_an_edited_comment_stands_for_the_first_wording_and_is_told_from_its_next_edit() -> None:
    once, twice = only(feed(verb="edited", message="RT 05")), only(feed(verb="edited", message="RT 06"))
    assert once.edits == twice.edits == "9_1"
    assert len({once.id, twice.id, "9_1"}) == 3


def test_a_removed_comment_is_taken_back() -> None:
    message = only(feed(verb="remove", message=None))
    assert (message.form, message.edits, message.text) == ("removed", "9_1", None)


@pytest.mark.parametrize(
    "value",
    [{"verb": "hide"}, {"verb": "unhide"}, {"item": "like"}, {"item": "reaction"}, {"from": {"id": PAGE}}],
)
def test_what_the_page_does_and_likes_are_nobodys(value: dict[str, Any]) -> None:
    assert feed(**value) == []


@pytest.mark.parametrize(("verb", "form"), [("edit", "text"), ("update", "text"), ("delete", "removed")])
def test_verbs_that_mean_the_same_are_read_the_same(verb: str, form: str) -> None:
    message = only(feed(verb=verb))
    assert (message.form, message.edits) == (form, "9_1")


def test_a_recommendation_with_words_is_a_message() -> None:
    review = {"open_graph_story_id": "5_1", "review_text": "pelayanan lambat", "reviewer_id": "7003"}
    message = only(feed("ratings", item="rating", message=None, **review, **{"from": None}))
    assert (message.text, message.sender.person, message.sender.address) == ("pelayanan lambat", "7003", "post:5_1")


def test_words_that_came_while_another_app_answers_are_heard() -> None:
    event = {"sender": {"id": "7001"}, "timestamp": AT * 1000, "message": {"mid": "m1", "text": "air mati"}}
    raw = json.dumps({"entry": [{"id": PAGE, "standby": [event]}]}).encode()
    assert only(facebook(raw, DOORS)).text == "air mati"


@pytest.mark.parametrize("read", [facebook, instagram])
def test_an_entry_of_a_new_kind_is_kept(read: Any) -> None:
    assert only(read(json.dumps({"entry": [{"id": PAGE, "threads": [1]}]}).encode(), DOORS)).form == "other"


def test_a_visitors_post_with_pictures_is_a_message() -> None:
    message = only(feed(item="status", photos=[f"{FILE}1", f"{FILE}2"], comment_id=None))
    assert (message.id, message.sender.address, len(message.media)) == ("8_1", "post:8_1", 2)


def test_a_mention_elsewhere_is_a_message() -> None:
    message = only(feed("mention", sender_id="7002", sender_name="Pak Contoh", **{"from": None}))
    assert (message.sender.person, message.sender.name, message.sender.address) == ("7002", "Pak Contoh", "comment:9_1")


@pytest.mark.parametrize("value", [{"item": "event"}, {"verb": "block"}, {"message": None}, {"comment_id": 7}])
def test_a_change_that_nobody_documented_is_kept_and_answered_to_nobody(value: dict[str, Any]) -> None:
    message = only(feed(**value))
    assert (message.form, message.sender.person) == ("other", NOBODY)


def attached(kind: str, **payload: Any) -> dict[str, Any]:
    return {"message": {"mid": "m1", "attachments": [{"type": kind, "title": "Pin", "payload": payload}]}}


CHATS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "words": ({"message": {"mid": "m1", "text": "air mati"}}, {"id": "m1", "form": "text", "text": "air mati"}),
    "an answer": ({"message": {"mid": "m1", "text": "ya", "reply_to": {"mid": "m0"}}}, {"reply_to": "m0"}),
    "a picture": (attached("image", url=FILE), {"form": "image"}),
    "a thumb is no evidence": (attached("image", url=FILE, sticker_id=1), {"form": "sticker", "media": ()}),
    "a heart": ({"message": {"mid": "m1", "attachments": [{"type": "like_heart"}]}}, {"form": "sticker"}),
    "a reel that is shown": (attached("ig_reel", url=FILE), {"form": "text", "text": f"Pin\n{FILE}"}),
    "a voice": (attached("audio", url=FILE), {"form": "voice"}),
    "a place": (attached("location", coordinates={"lat": -10.1, "long": 123.6}), {"form": "location"}),
    "a shared post is what stands with it": (
        attached("fallback", url="https://contoh.example/p"),
        {"form": "text", "text": "Pin\nhttps://contoh.example/p"},
    ),
    "a pressed quick reply": (
        {"message": {"mid": "m1", "text": "SUDAH", "quick_reply": {"payload": "confirm:x"}}},
        {"form": "button", "button": "confirm:x"},
    ),
    "a pressed button": (
        {"postback": {"mid": "m1", "title": "BELUM", "payload": "reopen:x"}}, {"form": "button", "button": "reopen:x"},
    ),
    "the beginning of a chat is a greeting": (
        {"postback": {"mid": "m1", "title": "Mulai", "payload": "GET_STARTED"}}, {"form": "text", "text": "halo"},
    ),
    "an edit": ({"message_edit": {"mid": "m1", "text": "RT 05", "num_edit": 2}}, {"id": "m1:2", "edits": "m1"}),
    "taken back": ({"message": {"mid": "m1", "is_deleted": True}}, {"id": "m1:removed", "form": "removed"}),
    "a reaction": ({"reaction": {"mid": "m1", "emoji": "👍", "action": "react"}}, {"form": "reaction"}),
    "a button of which only the words came": ({"postback": {"title": "SUDAH"}}, {"form": "text", "text": "SUDAH"}),
    "a button without a message id": (
        {"postback": {"title": "BELUM", "payload": "reopen:x"}}, {"form": "button", "button": "reopen:x"},
    ),
    "an old chat opened by a link is a greeting": (
        {"referral": {"ref": "rt5", "source": "SHORTLINK", "type": "OPEN_THREAD"}}, {"form": "text", "text": "halo"},
    ),
    "words that began at an advertisement": (
        {"message": {"mid": "m1", "text": "air mati", "referral": {"source": "ADS", "ad_id": "1"}}},
        {"form": "text", "text": "air mati"},
    ),
    "a story that names the city brings its picture": (attached("story_mention", url=FILE), {"form": "image"}),
    "words below a story of the city's": (
        {"message": {"mid": "m1", "text": "air mati", "reply_to": {"story": {"url": FILE, "id": "1"}}}},
        {"form": "text", "text": "air mati", "reply_to": None},
    ),
    "a thumb does not take the words away": (
        {"message": {"mid": "m1", "text": "air mati", "attachments": [
            {"type": "image", "payload": {"url": FILE, "sticker_id": 1}}]}},
        {"form": "text", "text": "air mati"},
    ),
    "a link whose address stands beside an empty payload": (
        {"message": {"mid": "m1", "text": "lihat", "attachments": [
            {"type": "fallback", "payload": None, "title": "Judul", "url": "https://contoh.example/x"}]}},
        {"form": "text", "text": "lihat\nJudul\nhttps://contoh.example/x"},
    ),
    "what the app may not show": ({"message": {"mid": "m1", "is_unsupported": True}}, {"form": "other"}),
    "a reaction taken back": ({"reaction": {"mid": "m1", "action": "unreact"}}, {"form": "reaction", "text": None}),
    "an attachment of a new kind": (
        {"message": {"mid": "m1", "attachments": [{"type": "hologram"}]}}, {"form": "other"},
    ),
    "a new kind of event": ({"game_play": {"score": 3}}, {"form": "other"}),
}  # fmt: skip


@pytest.mark.parametrize("where", ["facebook", "instagram"])
@pytest.mark.parametrize("case", CHATS, ids=str)
def test_each_direct_message(case: str, where: str) -> None:
    event, expected = CHATS[case]
    read, account = (facebook, PAGE) if where == "facebook" else (instagram, ACCOUNT)
    message = only(chat(read, account, **event))
    assert {name: getattr(message, name) for name in expected} == expected
    assert (message.sender.person, message.sender.address, message.door) == ("7001", None, where)


def test_what_the_page_says_in_a_chat_comes_back_and_is_nobodys() -> None:
    assert chat(message={"mid": "m1", "text": "Halo", "is_echo": True}) == []


@pytest.mark.parametrize(
    "event",
    [
        {"pass_thread_control": {"new_owner_app_id": "1", "previous_owner_app_id": None}},
        {"take_thread_control": {"previous_owner_app_id": "1"}}, {"request_thread_control": {"metadata": "x"}},
        {"app_roles": {"123": ["primary_receiver"]}}, {"optin": {"type": "notification_messages"}},
        {"account_linking": {"status": "linked"}},
    ],
)  # fmt: skip
def test_what_apps_say_to_each_other_is_answered_to_nobody(event: dict[str, Any]) -> None:
    assert chat(**event) == []
    assert only(chat(**event, message={"mid": "m1", "text": "air mati"})).text == "air mati"


@pytest.mark.parametrize(("action", "level"), [("block", "critical"), ("warning", "warning"), ("unblock", "info")])
def test_a_page_that_may_not_write_any_more_is_told_to_whoever_runs_it(action: str, level: str) -> None:
    [got] = chat(policy_enforcement={"action": action, "reason": "Kebijakan pesan"})
    assert isinstance(got, AccountNotice)
    assert (got.topic, got.level, got.code) == ("account", level, f"policy_enforcement:{action}")
    assert (got.sentence, got.door) == ("Kebijakan pesan", "facebook")


def test_a_comment_with_a_film_and_posts_of_every_kind_are_messages() -> None:
    film = only(feed(message=None, video=f"{FILE}.mp4"))
    assert (film.form, film.media[0].handle) == ("video", f"{FILE}.mp4")
    shared = only(feed(item="share", message=None, link="https://contoh.example/x", comment_id=None))
    assert (shared.form, shared.text, shared.media) == ("text", "https://contoh.example/x", ())
    posted = only(feed(item="video", message="lihat", link=f"{FILE}.mp4", comment_id=None))
    assert (posted.form, posted.text, len(posted.media)) == ("video", "lihat", 1)
    assert only(feed(item="album", message="pasar kotor", comment_id=None)).text == "pasar kotor"


def test_ids_without_quotes_are_the_same_ids() -> None:
    number: dict[str, Any] = {"id": 17900, "from": {"id": 7001, "username": "warga.contoh"}}
    message = only(comment("live_comments", **number, media={"id": "1", "media_product_type": "LIVE"}))
    assert (message.id, message.sender.person, message.sender.address) == ("17900", "7001", "comment:17900")
    assert message.live


def test_deliveries_and_reads_are_receipts() -> None:
    delivered = chat(delivery={"mids": ["m1", "m2"], "watermark": AT * 1000})
    told = [(one.id, one.status) for one in delivered if isinstance(one, DeliveryReceipt)]
    assert told == [("m1", "delivered"), ("m2", "delivered")]
    [seen] = chat(instagram, ACCOUNT, read={"mid": "m3"})
    assert isinstance(seen, DeliveryReceipt)
    assert seen.status == "read"
    assert chat(read={"watermark": AT * 1000}) == []


@pytest.mark.parametrize("field", ["comments", "live_comments"])
def test_a_comment_on_instagram(field: str) -> None:
    message = only(comment(field, parent_id="c0"))
    assert (message.id, message.text, message.reply_to) == ("c1", "lampu mati", "c0")
    assert (message.sender.person, message.sender.address) == ("7001", "comment:c1")
    assert message.sender.name == "warga.contoh"


def test_what_the_account_answers_itself_is_nobodys() -> None:
    own: dict[str, Any] = {"from": {"id": ACCOUNT, "username": "kota"}}
    assert comment("comments", **own) == []


@pytest.mark.parametrize("read", [facebook, instagram])
def test_shapes_without_an_entry_are_kept_and_no_json_is_said_so(read: Any) -> None:
    assert only(read(b"{}", DOORS)).form == "other"
    with pytest.raises(NotJsonError):
        read(b"\xff{", DOORS)


_NAMES = st.sampled_from(
    ["entry", "id", "messaging", "changes", "field", "value", "from", "message", "sender", "mid", "text", "attachments",
     "payload", "type", "item", "verb", "comment_id", "read", "delivery", "mids", "postback", "reaction", "timestamp",
     "message_edit", "url", "coordinates"]
)  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["add", "comment", "feed"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES | st.text(), inner, max_size=5),
    max_leaves=25,
)


@given(st.lists(st.dictionaries(_NAMES, _JSON, max_size=4), max_size=3))
def test_no_shape_raises(entries: list[Any]) -> None:
    raw = json.dumps({"entry": entries}).encode()
    for read in (facebook, instagram):
        assert all(one.id for one in read(raw, DOORS))


MENTIONS = [
    ({"media_id": "18017", "comment_id": "17900"}, "mention:17900", "18017", "17900"),
    ({"media_id": "18017"}, "mention:18017", "18017", None),
    ({"media_id": 18017, "comment_id": 17900}, "mention:17900", "18017", "17900"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "given", "media", "said_in"), MENTIONS)
def test_who_names_the_account_under_media_of_their_own_is_asked_after(
    value: dict[str, Any], given: str, media: str, said_in: str | None
) -> None:
    [found] = comment("mentions", **value)
    assert isinstance(found, Mentioned)
    assert (found.id, found.account, found.media, found.comment, found.door) == (
        given, ACCOUNT, media, said_in, "instagram",
    )  # fmt: skip


@pytest.mark.parametrize("value", [{}, {"media_id": "../me"}, {"media_id": "9" * 5000}, {"media_id": ["1"]}])
def test_a_mention_that_points_at_nothing_waits_for_a_person(value: dict[str, Any]) -> None:
    assert only(comment("mentions", **value)).form == "other"


IN_COMMENT = Mentioned(type="mentioned", id="mention:17900", door="instagram", account=ACCOUNT, media="18017",
                       comment="17900")  # fmt: skip
IN_CAPTION = Mentioned(type="mentioned", id="mention:18017", door="instagram", account=ACCOUNT, media="18017")


def test_only_fields_that_the_provider_documents_are_asked_for() -> None:
    assert mentions.asked(IN_COMMENT)["fields"] == ("mentioned_comment.comment_id(17900){id,text,timestamp,media}")
    assert mentions.asked(IN_CAPTION)["fields"].startswith("mentioned_media.media_id(18017){id,caption,username,")


def test_what_was_said_is_a_message_that_is_answered_where_it_was_said() -> None:
    answer = {"mentioned_comment": {"id": "17900", "text": "jalan rusak", "timestamp": "2026-03-02T10:00:00+0000",
                                    "media": {"id": "18017"}}, "id": ACCOUNT}  # fmt: skip
    message = mentions.read(200, json.dumps(answer).encode(), IN_COMMENT)
    assert (message.id, message.text, message.sender.address) == (
        "mention:17900", "jalan rusak", "mention:18017/17900",
    )  # fmt: skip
    assert message.sent_at == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_a_caption_says_who_wrote_and_brings_its_picture() -> None:
    said = {"caption": "got mampet", "username": "warga.contoh", "media_type": "IMAGE", "media_url": FILE}
    answer = {"mentioned_media": {**said, "timestamp": "gestern"}}
    message = mentions.read(200, json.dumps(answer).encode(), IN_CAPTION)
    assert (message.form, message.sender.person, message.media[0].handle) == ("image", "username:warga.contoh", FILE)
    assert message.sender.address == "mention:18017"


ANSWERS = [
    (400, {"error": {"code": 100, "error_subcode": 33}}, mentions.NotToBeHadError),
    (400, {"error": {"code": 24}}, mentions.NotToBeHadError), (403, {"error": {"code": 10}}, mentions.NotToBeHadError),
    (200, {"mentioned_comment": {"id": "17900", "text": ""}}, mentions.NotToBeHadError),
    (200, {"id": ACCOUNT}, mentions.NotToBeHadError), (200, [], mentions.NotToBeHadError),
    (401, {"error": {"code": 190}}, OSError), (400, {"error": {"code": 4}}, OSError),
    (429, {"error": {"code": 613}}, OSError), (500, {"error": {"code": 2}}, OSError), (503, None, OSError),
    (400, {"error": {"code": [1]}}, OSError),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body", "raised"), ANSWERS)
def test_words_that_are_gone_are_told_from_a_provider_that_is_away(
    status: int, body: Any, raised: type[Exception]
) -> None:
    content = b"Service Unavailable" if body is None else json.dumps(body).encode()
    with pytest.raises(raised):
        mentions.read(status, content, IN_COMMENT)


def test_without_its_words_a_mention_says_where_to_look() -> None:
    message = mentions.without_words(IN_COMMENT)
    assert message.text is not None
    assert "https://www.instagram.com/" in message.text
    assert (message.id, message.sender.address) == (IN_COMMENT.id, "mention:18017/17900")
