"""Facts about a city's approved message forms: kind `template`, id `<name>-<language>`."""

from collections.abc import Callable

from pydantic import TypeAdapter

from services.contracts.base import Moment, Stored
from services.contracts.city.template_forms import FORMS, REASONS, Standing, Use
from services.contracts.envelope import Recorded

KIND = "template"
SUBJECT = f"city.*.{KIND}.*"


class TemplateReviewed(Stored):
    """`city.template_reviewed`: the provider says how a form stands."""

    channel: str = "whatsapp"
    name: str
    language: str
    standing: Standing
    reason: str | None = None
    """The provider's own word: `INVALID_FORMAT`, `SCAM` …"""
    said_at: Moment | None = None
    """The provider's time."""


TYPE = "city.template_reviewed"
READER: TypeAdapter[Recorded[TemplateReviewed]] = TypeAdapter(Recorded[TemplateReviewed])


def fact_id(name: str, language: str) -> str:
    """Fit for a subject; Meta's names and languages have small letters, digits and underscores."""
    return f"{name}-{language}".lower().replace(".", "_")[:120]


class Templates:
    """How each city's forms stand, in memory."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], Recorded[TemplateReviewed]] = {}

    def take(self, event_type: str, body: bytes) -> None:
        """The next fact; those of something else are left alone. What was said earlier never undoes what was later."""
        if event_type != TYPE:
            return
        fact = READER.validate_json(body)
        key = (fact.city, fact.data.name, fact.data.language)
        before = self._known.get(key)
        if before is None or _said(fact) >= _said(before):
            self._known[key] = fact

    def of(self, city: str, use: Use) -> Recorded[TemplateReviewed] | None:
        """None: the provider has said nothing of it yet."""
        form = FORMS[use]
        return self._known.get((city, form.name, form.language))

    def refuses(self, city: str, use: Use) -> str | None:
        """Why this form is not tried; None: it may be. A city whose provider was never heard of tries."""
        found = self.of(city, use)
        return None if found is None else REASONS.get(found.data.standing)


Refuses = Callable[[str, Use], str | None]


def nothing_refused(_city: str, _use: Use) -> str | None:
    return None


def _said(fact: Recorded[TemplateReviewed]) -> tuple[float, int]:
    at = fact.data.said_at or fact.at
    return at.timestamp(), fact.n
