"""What is wrong with the texts: against the providers' rules, and against what a person should read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from services.contracts.base import Confidentiality
from services.contracts.city import City
from services.contracts.city.template_forms import BODY_LIMIT, BUTTON_LIMIT, FORMS, NAME_LIMIT, TemplateForm
from services.notifier.previewing.forms import forms
from services.notifier.previewing.samples import PRIVATE_WORDS, Sample, samples

LINE_LIMIT = 200
"""Of the one line that stands on lock screens, in templates, SMS and subjects."""

_UNFILLED = re.compile(r"\{\w*\}|\bNone\b|\$\{|%\(\w+\)s")
_ALONE = re.compile(r"^\W*(sedang|masih) (di)?proses\W*$", re.IGNORECASE | re.MULTILINE)
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_OFFICIALESE = re.compile(
    r"\b(ditindaklanjuti|menindaklanjuti laporan|bersangkutan|dimaksud|guna\b|tersebut di atas|mohon maklum|"
    r"dalam rangka|sehubungan dengan|demikian)\b", re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    template: str
    case: str
    confidentiality: Confidentiality
    form: str
    """`text` where it is wrong on every way."""
    says: str


def faults(city: City) -> Iterator[Fault]:
    """Of every text, in every case, on every way, and of the templates' own forms."""
    for level in get_args(Confidentiality):
        for sample in samples(city, level):
            yield from _of_sample(sample, city)
    for form in FORMS.values():
        for says in template_faults(form):
            yield Fault(form.name, "form", "normal", "whatsapp_template", says)


def _of_sample(sample: Sample, city: City) -> Iterator[Fault]:
    for says in text_faults(sample):
        yield Fault(sample.template, sample.case, sample.confidentiality, "text", says)
    for shown in forms(sample, city.name):
        for says in shown.problems:
            yield Fault(sample.template, sample.case, sample.confidentiality, shown.form, says)
        if sample.audience == "reporter" and sample.ticket not in shown.text:
            yield Fault(sample.template, sample.case, sample.confidentiality, shown.form, "the ticket is not in it")


def text_faults(sample: Sample) -> Iterator[str]:
    """Whatever the way."""
    text, line = sample.rendered.text, sample.rendered.line
    for said in (text, line):
        if found := _UNFILLED.search(said):
            yield f"not filled in: {found.group()}"
        if found := _EMOJI.search(said):
            yield f"a picture in place of words: {found.group()}"
        if found := _OFFICIALESE.search(said):
            yield f"officialese: {found.group()}"
        if re.search(r"[^\S\n]{2,}", said.replace("\n   ", "\n")):
            yield "two spaces in a row"
    if _ALONE.search(text):
        yield "says that it is being processed, and nothing else"
    if len(line) > LINE_LIMIT:
        yield f"its line has {len(line)} characters, {LINE_LIMIT} allowed"
    if sample.audience == "reporter" and sample.confidentiality != "normal" and PRIVATE_WORDS in f"{text} {line}":
        yield "shows an office's words on a lock screen although the complaint is closed"


def template_faults(form: TemplateForm) -> Iterator[str]:
    """Of a form that is handed in for approval."""
    if not re.fullmatch(rf"[a-z0-9_]{{1,{NAME_LIMIT}}}", form.name):
        yield "a name has small letters, digits and underscores"
    if len(form.body) > BODY_LIMIT:
        yield f"its body has {len(form.body)} characters, {BODY_LIMIT} allowed"
    if form.body.startswith("{{") or form.body.endswith("}}"):
        yield "a body neither begins nor ends with a parameter"
    numbers = [int(one) for one in re.findall(r"\{\{(\d+)\}\}", form.body)]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "parameters are counted 1, 2, 3 …"
    for label in form.buttons:
        if len(label) > BUTTON_LIMIT:
            yield f"button {label!r} is longer than {BUTTON_LIMIT}"
