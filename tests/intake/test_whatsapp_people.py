"""Who wrote on WhatsApp, who became whom, and what Meta says of the city's own account."""

from typing import Any

import pytest

from services.contracts.accounts import AccountNotice, PersonMoved
from services.contracts.intake import NOBODY
from services.intake.channels.whatsapp.translate import translate
from tests.intake.test_whatsapp_translate import DOORS, one, other
from tests.intake.webhooks import PHONE_NUMBER_ID, SCOPED, SENDER, change, message, text, webhook


def moved(found: dict[str, Any]) -> PersonMoved:
    [translated] = translate(webhook(change(found)), DOORS)
    assert isinstance(translated, PersonMoved)
    return translated


OLD, NEW, NEW_SCOPED = SENDER, "62811000000002", "ID.2000000000000002"
SYSTEM: list[tuple[str, dict[str, Any], tuple[tuple[str, ...], str | None, str | None]]] = [
    ("a new number", {"type": "user_changed_number", "wa_id": NEW}, ((OLD,), None, NEW)),
    (
        "a new number as older versions say it",
        {"type": "customer_changed_number", "new_wa_id": NEW, "customer": OLD},
        ((OLD,), None, NEW),
    ),
    (
        "a new number with its scoped id",
        {"type": "user_changed_number", "wa_id": NEW, "user_id": NEW_SCOPED},
        ((OLD,), NEW_SCOPED, NEW),
    ),
    (
        "a new scoped id, the old one only in the sentence",
        {"type": "user_changed_user_id", "user_id": NEW_SCOPED, "wa_id": NEW,
         "body": f"User Ibu Contoh changed from {SCOPED} to {NEW_SCOPED}"},
        ((SCOPED, OLD), NEW_SCOPED, NEW),
    ),
    (
        "a new scoped id, the number stays",
        {"type": "user_changed_user_id", "user_id": NEW_SCOPED, "wa_id": OLD,
         "body": f"User Ibu Contoh changed from {SCOPED} to {NEW_SCOPED}"},
        ((SCOPED,), NEW_SCOPED, OLD),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("what", "system", "expected"), SYSTEM, ids=[case[0] for case in SYSTEM])
def test_a_person_who_changes_number_stays_the_same_person(
    what: str, system: dict[str, Any], expected: tuple[tuple[str, ...], str | None, str | None]
) -> None:
    got = moved(message("system", system))
    assert (got.was, got.person, got.address) == expected


@pytest.mark.parametrize(
    "system",
    [
        {"type": "user_identity_changed", "body": "x"}, {"type": "user_changed_number"}, {"type": "news"}, None,
        {"type": "user_changed_number", "wa_id": SENDER}, {"type": "user_changed_number", "wa_id": "6" * 400},
    ],
)  # fmt: skip
def test_the_providers_other_notices_are_kept_and_answered_to_nobody(system: Any) -> None:
    got = one(message("system", system))
    assert (got.form, got.sender.person) == ("other", NOBODY)


def test_an_update_of_scoped_ids_says_who_became_whom() -> None:
    update = {"wa_id": NEW, "user_id": {"previous": SCOPED, "current": NEW_SCOPED}, "timestamp": "1780000000"}
    metadata = {"phone_number_id": PHONE_NUMBER_ID}
    [got] = other("user_id_update", {"metadata": metadata, "user_id_update": [update]})
    assert isinstance(got, PersonMoved)
    assert (got.was, got.person, got.address) == ((SCOPED,), NEW_SCOPED, NEW)
    [again] = other("user_id_update", {"metadata": metadata, "user_id_update": [update]})
    assert again.id == got.id
    for wrong in ([], [{"user_id": {"previous": SCOPED}}], [7], [{"user_id": {"previous": SCOPED, "current": SCOPED}}]):
        [unread] = other("user_id_update", {"user_id_update": wrong})
        assert (unread.form, unread.sender.person) == ("other", NOBODY)


NOTICES: list[tuple[str, dict[str, Any], tuple[str, str, str]]] = [
    ("account_update", {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SPAM"}},
     ("account", "critical", "account_update:ACCOUNT_VIOLATION")),
    ("account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "SCHEDULE_FOR_DISABLE"}},
     ("account", "critical", "account_update:DISABLED_UPDATE")),
    ("account_update", {"event": "VERIFIED_ACCOUNT"}, ("account", "info", "account_update:VERIFIED_ACCOUNT")),
    ("account_review_update", {"decision": "REJECTED"}, ("account", "warning", "account_review_update:REJECTED")),
    ("account_alerts", {"alert_info": {"alert_severity": "CRITICAL", "alert_type": "OBA_REJECTED"}},
     ("account", "critical", "account_alerts:CRITICAL")),
    ("phone_number_quality_update", {"event": "DOWNGRADE", "current_limit": "TIER_250"},
     ("quality", "warning", "phone_number_quality_update:DOWNGRADE")),
    ("phone_number_quality_update", {"event": "UPGRADE"}, ("quality", "info", "phone_number_quality_update:UPGRADE")),
    ("phone_number_name_update", {"decision": "APPROVED"}, ("number", "info", "phone_number_name_update:APPROVED")),
    ("message_template_status_update", {"event": "PAUSED", "message_template_name": "kabar"},
     ("template", "warning", "message_template_status_update:PAUSED")),
    ("message_template_status_update", {"event": "APPROVED", "message_template_name": "kabar"},
     ("template", "info", "message_template_status_update:APPROVED")),
    ("message_template_quality_update", {"new_quality_score": "RED", "previous_quality_score": "GREEN"},
     ("template", "warning", "message_template_quality_update:RED")),
    ("template_category_update", {"new_category": "MARKETING", "previous_category": "UTILITY"},
     ("template", "warning", "template_category_update:MARKETING")),
    ("business_capability_update", {"max_daily_conversations_per_business": 2000},
     ("limit", "info", "business_capability_update")),
    ("security", {"event": "PIN_CHANGED", "requester": "61555822107539"},
     ("security", "warning", "security:PIN_CHANGED")),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "expected"), NOTICES, ids=[case[2][2] for case in NOTICES])
def test_what_meta_says_of_the_account_is_for_whoever_runs_it(
    field: str, value: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    [got] = other(field, value)
    assert isinstance(got, AccountNotice)
    assert (got.topic, got.level, got.code) == expected
    assert other(field, value)[0].id == got.id
    assert other(field, value, time=1780000001)[0].id != got.id, "the same news a day later is news"


def test_a_notice_says_what_it_is_about_and_names_no_person() -> None:
    [got] = other("security", {"event": "PIN_CHANGED", "requester": "61555822107539", "display_phone_number": "62811"})
    assert got.sentence == "62811"
    [got] = other(
        "message_template_status_update",
        {"event": "REJECTED", "message_template_name": "kabar", "message_template_language": "id", "reason": "NONE"},
    )
    assert got.sentence == "kabar, id"


def test_trouble_of_the_account_is_a_notice_of_its_door() -> None:
    errors = [{"code": 130429, "title": "Rate limit hit", "error_data": {"details": "Too many."}}]
    value = {"metadata": {"phone_number_id": PHONE_NUMBER_ID}, "errors": errors}
    [got] = other("messages", value)
    assert isinstance(got, AccountNotice)
    assert (got.door, got.code, got.level, got.sentence) == (
        "hotline", "error:130429", "warning", "Rate limit hit, Too many.",
    )  # fmt: skip


def test_a_username_is_a_name_and_no_id() -> None:
    hidden = text("air mati", **{"from": None, "from_user_id": SCOPED})
    got = one(hidden, contacts=[{"profile": {"username": "@warga.contoh"}, "user_id": SCOPED}])
    assert (got.sender.person, got.sender.name) == (SCOPED, "@warga.contoh")


def test_a_person_who_hides_the_number_is_known_by_the_scoped_id() -> None:
    hidden = text("air mati", **{"from": None, "from_user_id": SCOPED})
    got = one(hidden, contacts=[{"profile": {"name": "Ibu Contoh"}, "user_id": SCOPED}])
    assert (got.sender.person, got.sender.address, got.sender.name) == (SCOPED, None, "Ibu Contoh")


def test_with_both_ids_the_scoped_one_is_the_person_and_the_number_the_address() -> None:
    got = one(text("air mati", from_user_id=SCOPED))
    assert (got.sender.person, got.sender.address) == (SCOPED, SENDER)


def test_a_message_without_sender_takes_the_only_card() -> None:
    got = one(text("air mati", **{"from": None}), contacts=[{"wa_id": SENDER}])
    assert (got.sender.person, got.sender.name) == (SENDER, None)
