"""WhatsApp webhooks as the Cloud API sends them, with numbers and ids that are plainly invented."""

import json
from typing import Any

PHONE_NUMBER_ID = "100000000000001"
SENDER = "62811000000001"
SCOPED = "ID.1000000000000001"


def message(kind: str, content: Any = None, **more: Any) -> dict[str, Any]:
    """One message object; `from` is left out when given as None."""
    base = {"from": SENDER, "id": "wamid.CONTOH1", "timestamp": "1780000000", "type": kind, **more}
    if content is not None:
        base[kind] = content
    return {key: value for key, value in base.items() if value is not None}


def text(body: str, **more: Any) -> dict[str, Any]:
    return message("text", {"body": body}, **more)


def change(
    *messages: Any,
    statuses: Any = None,
    contacts: Any = None,
    number_id: str = PHONE_NUMBER_ID,
    field: str = "messages",
) -> dict[str, Any]:
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "62811000000000", "phone_number_id": number_id},
    }
    if messages:
        value["contacts"] = [{"profile": {"name": "Ibu Contoh"}, "wa_id": SENDER}] if contacts is None else contacts
        value["messages"] = list(messages)
    if statuses is not None:
        value["statuses"] = statuses
    return {"value": value, "field": field}


def webhook(*changes: Any) -> bytes:
    entry = {"id": "100000000000009", "changes": list(changes)}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
