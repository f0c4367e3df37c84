"""Sends one message through `POST /<phone-number-id>/messages` and says what became of it.

`biz_opaque_callback_data` carries our notice id; the provider gives it back with every receipt, which is how a message
whose answer was lost is found again. Nothing of the message or the person is logged here.
"""

import json
import re
from typing import Any

import httpx

from services.contracts.city.template_forms import FORMS
from services.notifier.asking import Answer, ask, number, read_json
from services.notifier.senders.whatsapp import codes
from services.notifier.sending import Accepted, Lost, Outcome, Outgoing, Rendered, Slow, form_of, shortened, slowed

TEXT_LIMIT = 4096
BUTTON_TEXT_LIMIT = 1024
LANGUAGE = "id"

TEMPLATES = {name: form.name for name, form in FORMS.items()}
"""Names under which a city has its templates approved (`contracts.city.template_forms`)."""

_SCOPED = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]+")
"""A business-scoped user id: country, a dot, letters and digits."""


class WhatsApp:
    """One business number of one city."""

    def __init__(self, client: httpx.AsyncClient, api_url: str, phone_number_id: str, access_token: str) -> None:
        self._client = client
        self._url = f"{api_url.rstrip('/')}/{phone_number_id}/messages"
        self._headers = {"authorization": f"Bearer {access_token}", "content-type": "application/json"}

    async def send(self, outgoing: Outgoing) -> Outcome:
        """`Lost` for every end that leaves open whether the provider took it."""
        answer = await ask(self._client, "POST", self._url, content=json.dumps(body(outgoing)), headers=self._headers)
        return read(answer.status, answer.content, answer.after) if isinstance(answer, Answer) else answer


def body(outgoing: Outgoing) -> dict[str, Any]:
    """The request's JSON; to a business-scoped id by `recipient`, to a number by `to`."""
    kind = "recipient" if _SCOPED.fullmatch(outgoing.to) else "to"
    shared = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        kind: outgoing.to,
        "biz_opaque_callback_data": outgoing.notice,
    }
    if outgoing.form == "template":
        return {**shared, "type": "template", "template": _template(outgoing)}
    rendered = outgoing.rendered
    if rendered.buttons and len(rendered.text) <= BUTTON_TEXT_LIMIT:
        return {**shared, "type": "interactive", "interactive": _interactive(rendered)}
    words = rendered.text
    if rendered.buttons:  # too long for buttons: the words can be typed as well
        words = f"{words}\n\n{' / '.join(label for _, label in rendered.buttons)}"
    return {**shared, "type": "text", "text": {"body": shortened(words, TEXT_LIMIT), "preview_url": False}}


def _interactive(rendered: Rendered) -> dict[str, Any]:
    pressed = [{"type": "reply", "reply": {"id": payload, "title": label}} for payload, label in rendered.buttons]
    found = {"type": "button", "body": {"text": rendered.text}, "action": {"buttons": pressed}}
    if rendered.picture:
        found = {**found, "header": {"type": "image", "image": {"link": rendered.picture}}}
    return found


def _template(outgoing: Outgoing) -> dict[str, Any]:
    closing = form_of(outgoing.rendered) == "closing"
    line = outgoing.rendered.line if closing else outgoing.rendered.line.rstrip(".")  # the form has its own full stop
    words = [{"type": "text", "text": outgoing.ticket}, {"type": "text", "text": line}]
    components: list[dict[str, Any]] = [{"type": "body", "parameters": words}]
    if closing:
        components += [
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": str(index),
                "parameters": [{"type": "payload", "payload": payload}],
            }
            for index, (payload, _) in enumerate(outgoing.rendered.buttons)
        ]
    return {"name": TEMPLATES[form_of(outgoing.rendered)], "language": {"code": LANGUAGE}, "components": components}


def read(status: int, content: bytes, after: float | None = None) -> Outcome:
    """What an answer means. An error without the provider's own body comes from something in between: unknown."""
    answer = read_json(content)
    if isinstance(answer, dict) and isinstance(answer.get("error"), dict):
        return slowed(codes.outcome(number(answer["error"].get("code"), -1)), status, after)
    if status == 200 and (sent := _sent(answer)) is not None:
        return Accepted(sent)
    if status == 429:
        return Slow(after or 10, whole=True, code="http_429")
    return Lost(f"http_{status}")


def _sent(answer: object) -> str | None:
    """None: it says that it took something, and not what."""
    try:
        found = answer["messages"][0]["id"]  # type: ignore[index]  # whatever it is
    except (LookupError, TypeError):
        return None
    return found if isinstance(found, str) and found else None
