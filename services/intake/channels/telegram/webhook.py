"""A city's Telegram bot, after core.telegram.org/bots/api.

"setWebhook": `secret_token` comes back with every update in the header `X-Telegram-Bot-Api-Secret-Token`. "Making
requests when getting updates": the 200 may carry one call of the API.
"""

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.intake.channels.telegram.translate import translate
from services.intake.doors.provider_json import Translated
from services.intake.doors.webhook import Unproven

HEADER = "x-telegram-bot-api-secret-token"


@dataclass(frozen=True, slots=True)
class TelegramWebhook:
    secret: str
    door: str | None
    old: Callable[[], Sequence[str]] = tuple
    """Secrets that were replaced and still count."""

    def challenge(self, query: Mapping[str, str]) -> str | None:  # noqa: ARG002  # Telegram knows no handshake
        return None

    def unproven(self, headers: Mapping[str, str], raw: bytes) -> Unproven | None:  # noqa: ARG002  # signs no bodies
        """Compared in constant time. An empty secret proves nothing."""
        given = headers.get(HEADER)
        if given is None:
            return Unproven("not_signed", "The header X-Telegram-Bot-Api-Secret-Token is missing.")
        known = [secret.encode() for secret in (self.secret, *self.old()) if secret]
        if not any(hmac.compare_digest(secret, given.encode("utf-8", "replace")) for secret in known):
            return Unproven("wrong_signature", "X-Telegram-Bot-Api-Secret-Token is not what was agreed.")
        return None

    def translate(self, raw: bytes) -> list[Translated]:
        return translate(raw, self.door)

    def answer(self, stored: Sequence[Translated]) -> dict[str, object]:
        """A pressed button stops turning when its query is answered."""
        given = stored[0].id if stored else ""
        query = given.removeprefix("callback:")
        if query != given:
            return {"method": "answerCallbackQuery", "callback_query_id": query}
        return {"stored": len(stored)}
