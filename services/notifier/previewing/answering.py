"""Answers the page that shows every text: `preview.<city>`."""

from collections.abc import Callable, Mapping

from services.contracts.city import City
from services.contracts.city.template_forms import FORMS, Use
from services.contracts.envelope import Recorded
from services.contracts.facts.templates import TemplateReviewed
from services.contracts.previews import Preview, PreviewRequest, ShownTemplate, ShownText
from services.notifier.previewing.checks import template_faults
from services.notifier.previewing.forms import forms
from services.notifier.previewing.samples import first
from services.notifier.templates import VERSION
from services.runtime.commands import Request

Reviewed = Callable[[str, Use], Recorded[TemplateReviewed] | None]


class Previews:
    def __init__(self, cities: Mapping[str, City], reviewed: Reviewed) -> None:
        self._cities = cities
        self._reviewed = reviewed

    async def answer(self, request: Request[PreviewRequest]) -> Preview:
        return self.of(self._cities[request.tokens[1]], request.body)

    def of(self, city: City, wanted: PreviewRequest) -> Preview:
        texts = [
            ShownText(template=one.template, audience=one.audience, forms=tuple(forms(one, city.name)))
            for one in first(city, wanted.confidentiality)
        ]
        return Preview(version=VERSION, texts=tuple(texts), templates=tuple(self._templates(city)))

    def _templates(self, city: City) -> list[ShownTemplate]:
        found = []
        for use, form in FORMS.items():
            said = self._reviewed(city.id, use)
            found.append(ShownTemplate(
                name=form.name, language=form.language, body=form.body, buttons=form.buttons,
                standing=None if said is None else said.data.standing,
                reason=None if said is None else said.data.reason,
                at=None if said is None else said.data.said_at or said.at,
                problems=tuple(template_faults(form)),
            ))  # fmt: skip
        return found
