"""A city's WhatsApp: secrets of its app, doors by `phone_number_id`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.contracts.secrets import WhatsAppSecrets
from services.intake.channels.whatsapp import signature
from services.intake.channels.whatsapp.translate import translate
from services.intake.provider_json import Translated
from services.intake.webhook import Unproven


@dataclass(frozen=True, slots=True)
class WhatsAppWebhook:
    secrets: WhatsAppSecrets
    doors: Mapping[str, str]

    def challenge(self, query: Mapping[str, str]) -> str | None:
        return signature.challenge(
            self.secrets.verify_token, query.get("hub.mode"), query.get("hub.verify_token"), query.get("hub.challenge")
        )

    def unproven(self, headers: Mapping[str, str], raw: bytes) -> Unproven | None:
        header = headers.get(signature.HEADER)
        if header is None:
            return Unproven("not_signed", "The header X-Hub-Signature-256 is missing.")
        if not signature.is_signed(self.secrets.app_secret, raw, header):
            return Unproven("wrong_signature", "X-Hub-Signature-256 does not fit the body and the app's secret.")
        return None

    def translate(self, raw: bytes) -> list[Translated]:
        return translate(raw, self.doors)

    def answer(self, stored: Sequence[Translated]) -> dict[str, object]:
        return {"stored": len(stored)}
