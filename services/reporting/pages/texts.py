"""`/kabar/naskah`: every text with example data, on every way, with what a provider would refuse; and the approved
forms with their standing."""

from dataclasses import dataclass
from typing import cast, get_args

from starlette.routing import Route

from services.contracts.base import Confidentiality
from services.contracts.city.template_forms import Standing
from services.contracts.previews import Preview, ShownTemplate, ShownText
from services.reporting import labels, text_names
from services.reporting.desk import Desk
from services.reporting.pages.hearing import READERS
from services.reporting.previews import Previews
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

FORM = {
    "whatsapp": later("WhatsApp, percakapan terbuka"), "whatsapp_template": later("WhatsApp, templat"),
    "telegram": later("Telegram"), "messenger": later("Messenger"), "instagram": later("Instagram"),
    "public": later("Balasan terbuka di kolom komentar"), "sms": later("SMS"), "email": later("Surel"),
}  # fmt: skip
AUDIENCE = {
    "reporter": later("Kepada pelapor"), "answer": later("Jawaban atas pertanyaan"), "seat": later("Kepada jabatan"),
}  # fmt: skip
STANDING: dict[Standing, str] = {
    "approved": later("disetujui"), "pending": later("sedang diperiksa penyedia"), "rejected": later("ditolak"),
    "paused": later("dihentikan sementara"), "disabled": later("dinonaktifkan"),
}  # fmt: skip
TONE: dict[Standing, str] = {
    "approved": "good", "pending": "wait", "rejected": "bad", "paused": "bad", "disabled": "bad",
}  # fmt: skip
_AWAY = later("Naskah sedang tidak dapat disiapkan. Coba lagi sebentar lagi.")


@dataclass(frozen=True)
class TextsView:
    """`problems`: how many texts a provider would refuse in some form."""

    answer: str
    confidentiality: Confidentiality
    version: int
    problems: int
    templates: list[ShownTemplate]
    texts: list[ShownText]


def routes(pages: Pages, desk: Desk) -> list[Route]:
    previews = Previews(desk.acting.connection)

    async def show(visit: Visit) -> Page:
        wanted = visit.request.query_params.get("kerahasiaan", "normal")
        level = cast("Confidentiality", wanted) if wanted in get_args(Confidentiality) else "normal"
        found = await previews.ask(visit.who.city.id, level)
        if found is None:
            raise Problem(503, visit.tr(_AWAY), {"Retry-After": "2"})
        more = {
            "form": FORM, "audience": AUDIENCE, "standing": STANDING, "tone": TONE,
            "levels": labels.CONFIDENTIALITY, "called": text_names.name,
        }  # fmt: skip
        return Page("texts.html", build(visit, found, level), more=more)

    return pages.get("/kabar/naskah", show, roles=READERS)


def build(visit: Visit, found: Preview, level: Confidentiality) -> TextsView:
    wrong = sum(any(form.problems for form in text.forms) for text in found.texts)
    wrong += sum(bool(template.problems) for template in found.templates)
    answer = (
        visit.tr(later("{count} naskah, semuanya sesuai aturan penyedia."))
        if not wrong
        else visit.tr(later("{wrong} dari {count} naskah akan ditolak penyedia."))
    )
    return TextsView(
        answer=answer.format(count=len(found.texts), wrong=wrong), confidentiality=level, version=found.version,
        problems=wrong, templates=list(found.templates), texts=list(found.texts),
    )  # fmt: skip
