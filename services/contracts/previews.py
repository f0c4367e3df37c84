"""Every text as it would arrive, with example data: `preview.<city>`, asked by the page, answered by the notifier."""

from services.contracts.base import Confidentiality, Moment, Received, Stored
from services.contracts.city.template_forms import Standing


class PreviewRequest(Received):
    confidentiality: Confidentiality = "normal"


class ShownForm(Stored):
    """One text on one way. `size` of `limit` in `unit`; `problems` in English, empty where the provider takes it."""

    form: str
    """`whatsapp`, `whatsapp_template`, `telegram`, `messenger`, `instagram`, `public`, `sms`, `email`."""
    text: str
    buttons: tuple[str, ...] = ()
    size: int
    limit: int
    unit: str
    parts: int = 1
    """Messages that an SMS costs."""
    problems: tuple[str, ...] = ()


class ShownText(Stored):
    template: str
    audience: str
    """`reporter`, `answer`, `seat`."""
    forms: tuple[ShownForm, ...]


class ShownTemplate(Stored):
    """A form that the provider must have approved. `standing` None: it has said nothing yet."""

    name: str
    language: str
    body: str
    buttons: tuple[str, ...] = ()
    standing: Standing | None = None
    reason: str | None = None
    at: Moment | None = None
    problems: tuple[str, ...] = ()


class Preview(Stored):
    version: int
    """Of the texts."""
    texts: tuple[ShownText, ...]
    templates: tuple[ShownTemplate, ...]
