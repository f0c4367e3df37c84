"""From what the reporter said to a proposal, and whether it goes straight through. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.complaint.commands import ProposeScreening
from services.complaint.events import Candidate, Matter, ScreeningProposed
from services.complaint.state import Screening
from services.contracts.base import Confidentiality
from services.contracts.city import City
from services.contracts.city.policy import Policy
from services.router import brief
from services.router.assignment import Chosen, case_of, choose
from services.router.clocks import terms
from services.router.dossier import Dossier, door_of, kind_of, messages_of, ward_of
from services.router.places import Gazetteer, Place
from services.router.places.asking import whereabouts
from services.router.places.chosen import chosen as chosen_place
from services.router.rules.accused import accused
from services.router.rules.assigning import assigning, instruction
from services.router.screening.model import Model
from services.router.screening.propose import Proposal, propose
from services.router.screening.signs import About
from services.router.words_in_clear import Heard

UNCLEAR = "unclear"
"""Category of a proposal that abstains because nothing was recognised."""

_LEVELS: dict[Confidentiality, int] = {"normal": 0, "anonymous": 1, "secret": 2}
_ABOUT = "about."


@dataclass(frozen=True, slots=True)
class Proposed:
    command: ProposeScreening
    waits: bool
    """Sure of the matter, but the place is open: when the chat has been silent long enough it goes through."""
    doubtful: bool = False
    """Only the machine's confidence is missing: beside hundreds of one matter it may be taken for one more."""
    instruction: str | None = None
    """What the city's rules have to say to the offices, to be sealed with the assignment."""


def proposed(
    city: City,
    gazetteer: Gazetteer,
    dossier: Dossier,
    heard: Heard,
    *,
    cause: str,
    at: datetime,
    scale: float,
    settled: bool,
    model: Model | None = None,
    live: bool = False,
    suspect: bool = False,
) -> Proposed | None:
    """None if a person has decided meanwhile. `settled`: the chat has been silent for the policy's time. `model`: the
    one in force for the city, the base model if it has learned none. `live`: its LIVE session goes on. `suspect`: by an
    account that somebody else had."""
    state = dossier.state
    if not isinstance(state, Screening):
        return None
    found = propose((gazetteer.without_names(text) for text in heard.texts), model)
    level = max(found.confidentiality, state.file.confidentiality, key=_LEVELS.__getitem__)
    found = replace(found, kind=kind_of(dossier.events) or found.kind, confidentiality=level)
    place = chosen_place(city, gazetteer.find(heard.texts, heard.pins), ward_of(dossier.events))
    based_on = messages_of(dossier.events)[-1][0].n
    matter = _matter(city, found, place, heard.texts)
    chosen = (
        None
        if found.category is None
        else choose(city, case_of(matter, first_level=state.file.first_level, door=door_of(dossier.events), at=at))
    )
    proposal = ScreeningProposed(
        matter=matter,
        confidence=found.confidence,
        alternatives=tuple(
            Candidate(category=a.category, function=a.function, p=round(a.p, 3)) for a in found.alternatives
        ),
        reasons=(*found.rules, f"place.{place.how}", *(f"word:{word}" for word in found.words)),
        summary=brief.summary(
            city,
            kind=matter.kind,
            category=matter.category,
            urgency=matter.urgency,
            district_code=matter.district_code,
            ward_code=matter.ward_code,
            authority=found.authority.name if found.authority else None,
        ),
        abstains=_abstains(city, found, chosen),
        based_on=based_on,
        model=found.model,
        policy=city.policy.version,
        whereabouts=whereabouts(place, matter, known_matter=found.category is not None and not found.spam),
        unsure=found.unsure or None,
    )
    outside = place.how == "outside" and matter.urgency != "danger"
    goes = not (outside or suspect or _needs_a_person(city, found, chosen))
    known = found.category is not None and not found.abstains
    doubtful = known and not (goes or outside or suspect or _touches(found, chosen)) and city.policy.straight_through
    ready = goes and (place.known or settled or matter.urgency == "danger")
    straight = assigning(city, chosen, matter.kind, at, scale, live=live) if ready and chosen is not None else None
    says = instruction(city, chosen, matter) if straight is not None and chosen is not None else None
    if not goes and (seat := terms.screens(city, state.file.first_level)) is not None:
        by = terms.screening(city, seat, dossier.events[0].at, scale)
        proposal = proposal.model_copy(update={"screen_by": by})
    command = ProposeScreening(cause=cause, proposal=proposal, straight=straight)
    return Proposed(command, waits=goes and not ready, doubtful=doubtful, instruction=says)


def _matter(city: City, found: Proposal, place: Place, texts: Sequence[str]) -> Matter:
    against = None
    if found.about is not None:
        against = accused(city, found.about, district_code=place.district_code, ward_code=place.ward_code, texts=texts)
    return Matter(
        kind=found.kind,
        category=found.category or UNCLEAR,
        function=found.function or "community",
        district_code=place.district_code,
        ward_code=place.ward_code,
        urgency=found.urgency,
        confidentiality=found.confidentiality,
        on_behalf=found.on_behalf,
        about=found.about,
        against=against,
    )


def _abstains(city: City, found: Proposal, chosen: Chosen | None) -> bool:
    return found.abstains or chosen is None or found.confidence < _sure_enough(city.policy, found)


def _sure_enough(policy: Policy, found: Proposal) -> float:
    """The confidence that the city asks for before such a matter goes on without a person."""
    named = (found.kind, found.function, found.category)
    asked = [policy.straight_through_for[name] for name in named if name in policy.straight_through_for]
    return max(asked, default=policy.straight_through_at)


def _needs_a_person(city: City, found: Proposal, chosen: Chosen | None) -> bool:
    """Unsure, also of a mark; out of competence, unless the city's rules give it to an office; advertising; two works
    in one message; what touches the city's top or somebody's safety; for somebody else, whom a person must record;
    where the city's rules say so. Danger to life waits for none of these but doubt about the matter itself."""
    if not city.policy.straight_through or _abstains(city, found, chosen):
        return True
    if found.urgency == "danger":
        return False
    return _touches(found, chosen)


def _touches(found: Proposal, chosen: Chosen | None) -> bool:
    by_rule = chosen is not None and chosen.person
    touches = found.about in ("mayor", "official") or found.confidentiality == "secret"
    return by_rule or touches or found.on_behalf or found.several or bool(found.unsure)


def about_of(state: Screening) -> About | None:
    """Who is complained about, as the last proposal says."""
    known: dict[str, About] = {
        "rt": "rt", "rw": "rw", "lurah": "lurah", "camat": "camat", "mayor": "mayor", "official": "official",
    }  # fmt: skip
    for reason in state.proposal.reasons if state.proposal else ():
        if reason.startswith(_ABOUT):
            return known.get(reason.removeprefix(_ABOUT))
    return None
