"""Checks a `POST /<phone-number-id>/messages` body as the provider does, and reads what a person would see of it.

Limits: text 4,096 characters; interactive body 1,024; at most 3 reply buttons with titles of 20 that differ and ids of
256; `biz_opaque_callback_data` 512; template parameters without line breaks, tabs or more than 4 spaces in a row.
"""

import re
from collections.abc import Mapping
from typing import Any

from services.cli.standins.errors import ERRORS, ApiError

_NEVER_IN_PARAMETER = re.compile(r"[\n\t]| {5,}")


def _bad(details: str) -> ApiError:
    return ERRORS[100].because(details)


def recipient(body: Mapping[str, Any]) -> str:
    """`to` (a number) goes before `recipient` (a business-scoped id)."""
    if body.get("messaging_product") != "whatsapp":
        raise _bad("Invalid parameter: messaging_product must be whatsapp.")
    found = body.get("to") or body.get("recipient")
    if not isinstance(found, str) or not found:
        raise ERRORS[131008].because("Parameter 'to' or 'recipient' is mandatory.")
    callback = body.get("biz_opaque_callback_data")
    if callback is not None and (not isinstance(callback, str) or len(callback) > 512):
        raise _bad("biz_opaque_callback_data must be a string of at most 512 characters.")
    if body.get("to"):
        return re.sub(r"[^0-9]", "", found) or found
    return found


def visible(body: Mapping[str, Any], templates: Mapping[str, int] | None) -> tuple[str, list[tuple[str, str]]]:
    """Text and (payload, title) of buttons. ApiError where the provider would refuse."""
    match body.get("type", "text"):
        case "text":
            return _text(body), []
        case "interactive":
            return _interactive(body)
        case "template":
            return _template(body, templates)
        case other:
            raise ERRORS[131051].because(f"Message type {other!r} is not supported.")


def _text(body: Mapping[str, Any]) -> str:
    words = _get(body, "text", "body")
    if not isinstance(words, str) or not words.strip():
        raise ERRORS[131008].because("The parameter text['body'] is required.")
    if len(words) > 4096:
        raise _bad("Param text['body'] must be at most 4096 characters long.")
    return words


def _interactive(body: Mapping[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    if _get(body, "interactive", "type") != "button":
        raise ERRORS[131051].because("Only reply buttons are supported here.")
    words = _get(body, "interactive", "body", "text")
    if not isinstance(words, str) or not words:
        raise ERRORS[131008].because("The parameter interactive['body']['text'] is required.")
    _header(_get(body, "interactive", "header"))
    if len(words) > 1024:
        raise ERRORS[131009].because("Body text length invalid. Min length: 1, Max length: 1024")
    buttons = _get(body, "interactive", "action", "buttons")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        raise ERRORS[131009].because("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3")
    pairs = [(str(_get(b, "reply", "id") or ""), str(_get(b, "reply", "title") or "")) for b in buttons]
    for payload, title in pairs:
        if not 1 <= len(title) <= 20:
            raise ERRORS[131009].because("Button title length invalid. Min length: 1, Max length: 20")
        if not 1 <= len(payload) <= 256 or payload != payload.strip():
            raise ERRORS[131009].because("Button id length invalid. Min length: 1, Max length: 256")
    if len({title for _, title in pairs}) < len(pairs) or len({payload for payload, _ in pairs}) < len(pairs):
        raise ERRORS[131009].because("Duplicated button titles or ids.")
    return words, pairs


def _header(given: Any) -> None:
    """Text, or one picture by its id or an address that the provider fetches."""
    if given is None or (_get(given, "type") == "text" and _get(given, "text")):
        return
    link, known = _get(given, "image", "link"), _get(given, "image", "id")
    if _get(given, "type") != "image" or not (known or (isinstance(link, str) and link.startswith("http"))):
        raise ERRORS[131009].because("Header is of no known type, or its image has neither id nor link.")


def _template(body: Mapping[str, Any], templates: Mapping[str, int] | None) -> tuple[str, list[tuple[str, str]]]:
    name, language = _get(body, "template", "name"), _get(body, "template", "language", "code")
    if not isinstance(name, str) or not isinstance(language, str):
        raise ERRORS[131008].because("template['name'] and template['language']['code'] are required.")
    words: list[str] = []
    buttons: list[tuple[str, str]] = []
    for component in _get(body, "template", "components") or []:
        parameters = component.get("parameters", [])
        if component.get("type") == "body":
            words += [str(parameter.get("text", "")) for parameter in parameters]
        if component.get("type") == "button":
            buttons += [(str(p.get("payload", "")), str(p.get("payload", ""))) for p in parameters]
    if templates is not None:
        if name not in templates:
            raise ERRORS[132001].because(f"template name ({name}) does not exist in {language}")
        if len(words) != templates[name]:
            raise ERRORS[132000].because(f"body: number of parameters ({len(words)}) should be {templates[name]}")
    if any(_NEVER_IN_PARAMETER.search(word) or not word for word in words):
        raise ERRORS[132018]
    return f"[{name}] " + " | ".join(words), buttons


def _get(body: Any, *path: str) -> Any:
    for step in path:
        if not isinstance(body, Mapping):
            return None
        body = body.get(step)
    return body
