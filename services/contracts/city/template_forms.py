"""The WhatsApp templates that a city has approved by Meta, and how an approval stands.

"WhatsApp Business Management API › Message Templates › Components" (Meta, v23): a name of at most 512 small letters,
digits and underscores; header at most 60 characters, body 1,024 (with its parameters filled in), footer 60, a button
25; quick replies of an interactive message 20. A body neither begins nor ends with a parameter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Use = Literal["news", "closing"]

Standing = Literal["approved", "pending", "rejected", "paused", "disabled"]
"""`pending`: in review, again after a change or an appeal, too. `disabled`: for good, or deleted."""

NAME_LIMIT, BODY_LIMIT, BUTTON_LIMIT = 512, 1024, 25


@dataclass(frozen=True, slots=True)
class TemplateForm:
    """`body` with `{{1}}` the ticket and `{{2}}` the step."""

    name: str
    language: str
    category: Literal["UTILITY"]
    body: str
    buttons: tuple[str, ...] = ()

    def filled(self, ticket: str, step: str) -> str:
        return self.body.replace("{{1}}", ticket).replace("{{2}}", step)


FORMS: Mapping[Use, TemplateForm] = {
    "news": TemplateForm(
        "tuntas_kabar_1", "id", "UTILITY",
        "Kabar laporan {{1}}: {{2}}. Balas pesan ini untuk membaca selengkapnya.",
    ),
    "closing": TemplateForm(
        "tuntas_tutup_1", "id", "UTILITY", "Laporan {{1}}: {{2}} Tekan SUDAH atau BELUM.", ("SUDAH", "BELUM"),
    ),
}  # fmt: skip

_STANDINGS: Mapping[str, Standing] = {
    "APPROVED": "approved", "REINSTATED": "approved", "FLAGGED": "approved", "PENDING": "pending",
    "IN_APPEAL": "pending", "PENDING_DELETION": "disabled", "REJECTED": "rejected", "PAUSED": "paused",
    "LIMIT_EXCEEDED": "rejected", "DISABLED": "disabled", "DELETED": "disabled", "ARCHIVED": "disabled",
    "LOCKED": "disabled",
}  # fmt: skip
"""`event` of "message_template_status_update". `FLAGGED` warns of a pause that is near; it may still be sent."""

REASONS: Mapping[Standing, str] = {
    "pending": "template_missing", "rejected": "template_refused", "paused": "template_paused",
    "disabled": "template_disabled",
}  # fmt: skip
"""What the ladder says against a form that stands so."""


def standing_of(event: str) -> Standing | None:
    """None: a word that this release does not know, which changes nothing."""
    return _STANDINGS.get(event.upper())
