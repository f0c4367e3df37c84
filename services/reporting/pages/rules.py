"""`/aturan`: the rules in force, as sentences, in the order in which they are asked."""

from dataclasses import dataclass
from datetime import datetime

from starlette.routing import Route

from services.contracts.tokens import Role
from services.reporting import labels, rule_sentences
from services.reporting.desk import Desk
from services.web.i18n import later
from services.web.pages import Page, Pages, Visit

READERS: tuple[Role, ...] = ("coordinator", "screener", "leader", "auditor")


@dataclass(frozen=True)
class RuleView:
    id: str
    why: str
    when: str
    then: list[str]


@dataclass(frozen=True)
class OfficeView:
    seat: str
    title: str
    functions: list[str]
    areas: list[str]
    units: list[str]


@dataclass(frozen=True)
class RulesView:
    """`version` None: nothing is in force yet."""

    answer: str
    version: int | None
    since: datetime | None
    rules: list[RuleView]
    hand_offs: list[RuleView]
    offices: list[OfficeView]


def routes(pages: Pages, desk: Desk) -> list[Route]:
    async def show(visit: Visit) -> Page:
        return Page("rules.html", build(visit, desk))

    return pages.get("/aturan", show, roles=READERS)


def build(visit: Visit, desk: Desk) -> RulesView:
    city, tr = visit.who.city, visit.tr
    found = desk.rules.of(city.id)
    offices = [
        OfficeView(
            agency.id, labels.seat(city, agency.id) or agency.name,
            [tr(labels.FUNCTION[function]) for function in agency.functions], list(agency.areas),
            [unit.name for unit in agency.units],
        )
        for agency in city.agencies
    ]  # fmt: skip
    if found is None:
        return RulesView(tr(later("Belum ada aturan yang berlaku.")), None, None, [], [], offices)
    answer = tr(later("{count} aturan berlaku, kebijakan versi {version}. Yang pertama cocok menentukan."))
    return RulesView(
        answer.format(count=len(found.rules.rules), version=found.version),
        found.version,
        found.since,
        [
            RuleView(one.id, one.why, rule_sentences.when(city, one.when, tr), rule_sentences.then(city, one, tr))
            for one in found.rules.rules
        ],
        [
            RuleView(one.id, one.why, ", ".join(labels.seat(city, seat) or seat for seat in one.giver),
                     [labels.seat(city, seat) or seat for seat in one.to])
            for one in found.rules.hand_offs
        ],
        offices,
    )  # fmt: skip
