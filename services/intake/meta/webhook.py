"""A webhook signed by an app of Meta's, whatever its bodies say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.intake.doors.provider_json import Translated
from services.intake.doors.webhook import Unproven
from services.intake.meta import signature


@dataclass(frozen=True, slots=True)
class MetaWebhook:
    """`read`: bytes of a body → messages and receipts, as the channel's `translate` makes them."""

    app_secret: str
    verify_token: str
    read: Callable[[bytes], list[Translated]]
    old: Callable[[], Sequence[str]] = tuple
    """App secrets that were replaced and still count."""

    def challenge(self, query: Mapping[str, str]) -> str | None:
        return signature.challenge(
            self.verify_token, query.get("hub.mode"), query.get("hub.verify_token"), query.get("hub.challenge")
        )

    def unproven(self, headers: Mapping[str, str], raw: bytes) -> Unproven | None:
        header = headers.get(signature.HEADER)
        if header is None:
            return Unproven("not_signed", "The header X-Hub-Signature-256 is missing.")
        if not any(signature.is_signed(secret, raw, header) for secret in (self.app_secret, *self.old())):
            return Unproven("wrong_signature", "X-Hub-Signature-256 does not fit the body and the app's secret.")
        return None

    def translate(self, raw: bytes) -> list[Translated]:
        return self.read(raw)

    def answer(self, stored: Sequence[Translated]) -> dict[str, object]:
        return {"stored": len(stored)}
