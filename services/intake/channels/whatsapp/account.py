"""What Meta says of the city's own WhatsApp account, for whoever runs the installation. Pure.

Fields read, by page of "WhatsApp Business Platform › Webhooks › Reference" (Meta, as of 2026), in `changes[].value`:

- "account_update": `event` (`ACCOUNT_VIOLATION`, `ACCOUNT_RESTRICTION`, `DISABLED_UPDATE`, `ACCOUNT_DELETED` …),
  `violation_info.violation_type`, `restriction_info[].restriction_type`, `ban_info.waba_ban_state`
- "account_review_update": `decision` (`APPROVED`, `REJECTED`)
- "account_alerts": `alert_info.alert_severity` (`CRITICAL`, `WARNING`, `INFORMATIONAL`), `.alert_type`,
  `.alert_description`; formerly the same names without `alert_info`
- "phone_number_quality_update": `display_phone_number`, `event` (`FLAGGED`, `UNFLAGGED`, `DOWNGRADE`, `UPGRADE` …),
  `current_limit`
- "phone_number_name_update": `decision`, `requested_verified_name`, `rejection_reason`
- "message_template_status_update": `event` (`APPROVED`, `REJECTED`, `PAUSED`, `DISABLED`, `FLAGGED` …),
  `message_template_name`, `message_template_language`, `reason`
- "message_template_quality_update": `new_quality_score` (`GREEN`, `YELLOW`, `RED`), `message_template_name`
- "template_category_update": `new_category`, `previous_category`, `message_template_name`
- "business_capability_update": `max_daily_conversation_per_phone`, `max_daily_conversations_per_business`
- "security": `event` (`PIN_CHANGED`, `PIN_RESET_REQUEST` …), `display_phone_number`; `requester` is a person
- "messages": `errors[].code`, `.title`, `.error_data.details`: trouble with an account that is no single message's
"""

import json
from collections.abc import Mapping
from typing import Any

from services.contracts.accounts import AccountNotice, Level, TemplateWord, Topic
from services.intake.doors.provider_json import fingerprint, inner, items, moment, words

_TOPICS: dict[str, Topic] = {
    "account_update": "account",
    "account_review_update": "account",
    "account_alerts": "account",
    "business_status_update": "account",
    "partner_solutions": "account",
    "phone_number_quality_update": "quality",
    "phone_number_name_update": "number",
    "message_template_status_update": "template",
    "message_template_quality_update": "template",
    "message_template_components_update": "template",
    "template_category_update": "template",
    "template_correct_category_detection": "template",
    "business_capability_update": "limit",
    "security": "security",
    "flows": "other",
}
FIELDS = frozenset(_TOPICS)

_CRITICAL = frozenset(
    {"ACCOUNT_VIOLATION", "ACCOUNT_RESTRICTION", "ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED", "DISABLED_UPDATE",
     "DISABLE", "SCHEDULE_FOR_DISABLE", "CRITICAL"}
)  # fmt: skip
_WARNING = frozenset(
    {"REJECTED", "PAUSED", "DISABLED", "FLAGGED", "DOWNGRADE", "PENDING_DELETION", "DELETED", "LIMIT_EXCEEDED",
     "LOCKED", "RED", "YELLOW", "WARNING", "PIN_CHANGED", "PIN_RESET_REQUEST", "PIN_RESET_SUCCESS", "PARTNER_REMOVED",
     "MARKETING", "IN_APPEAL"}
)  # fmt: skip

_SAYS = ("event", "decision", "new_quality_score", "new_category", "alert_severity", "severity", "alert_type")
_ABOUT = (
    "message_template_name", "message_template_language", "reason", "rejection_reason", "requested_verified_name",
    "current_limit", "old_limit", "display_phone_number", "alert_description", "max_daily_conversation_per_phone",
    "max_daily_conversations_per_business", "previous_category", "violation_type", "waba_ban_state",
    "restriction_type", "title", "details",
)  # fmt: skip


def notice(field: str, value: Mapping[str, Any], door: str | None, at: Any) -> AccountNotice:
    """A change of one of `FIELDS`. `at`: the entry's time in seconds."""
    flat = _flat(value)
    said = [flat[name] for name in _SAYS if name in flat]
    code = ":".join([field, *said[:1]])
    return _made((field, _TOPICS[field], code), flat, said, door, at)


def trouble(errors: list[Any], door: str | None) -> list[AccountNotice]:
    """`value.errors` of the field `messages`."""
    found = []
    for error in errors:
        flat = _flat(error) if isinstance(error, dict) else {}
        given = error.get("code") if isinstance(error, dict) else None
        code = f"error:{given}" if isinstance(given, int) else "error"
        found.append(_made(("messages", "delivery", code), flat, ["WARNING"], door, None))
    return found


def _made(
    what: tuple[str, Topic, str], flat: dict[str, str], said: list[str], door: str | None, at: Any
) -> AccountNotice:
    """`what`: field, topic, code."""
    field, topic, code = what
    about = [flat[name] for name in _ABOUT if name in flat and flat[name] != "NONE"]
    shape = json.dumps([field, at, sorted(flat.items())])
    return AccountNotice(
        type="notice",
        id=fingerprint(shape.encode()),
        door=door,
        topic=topic,
        level=_level([*said, flat.get("waba_ban_state", "")]),
        code=code[:100],
        sentence=", ".join(about)[:1_000] or None,
        at=moment(at),
        template=_template(flat) if field == "message_template_status_update" else None,
    )


def _template(flat: dict[str, str]) -> TemplateWord | None:
    """None: it does not say which, or what."""
    name, event = flat.get("message_template_name"), flat.get("event")
    if name is None or event is None:
        return None
    reason = flat.get("reason")
    return TemplateWord(
        name=name[:512], language=flat.get("message_template_language", "id")[:20], event=event[:60],
        reason=None if reason in (None, "NONE") else reason,
    )  # fmt: skip


def _level(said: list[str]) -> Level:
    if any(word in _CRITICAL for word in said):
        return "critical"
    return "warning" if any(word in _WARNING for word in said) else "info"


def _flat(value: Mapping[str, Any]) -> dict[str, str]:
    """The plain words of the change, those of its inner objects too; the outermost counts."""
    found: dict[str, str] = {}
    inside = [inner(value, name) for name in ("alert_info", "violation_info", "ban_info", "error_data")]
    inside += [one for one in items(value, "restriction_info") if isinstance(one, dict)]
    for level in (value, *inside):
        for name in (*_SAYS, *_ABOUT):
            text = words(level, name)
            number = level.get(name)
            if text is None and isinstance(number, int) and not isinstance(number, bool):
                text = str(number)
            if text is not None:
                found.setdefault(name, text[:300])
    return found
