"""The texts, versioned: a delivery names template and version, so that what a person read can be told years later."""

from collections.abc import Callable, Mapping, Sequence

from services.contracts.intake import AskKind
from services.notifier.sending import Rendered
from services.notifier.story import Place, Story
from services.notifier.templates import answers, notices

VERSION = 1
"""Raised with every change of meaning in any text."""

NOTICES: Mapping[str, Callable[[Story], Rendered]] = {
    "received": notices.received,
    "danger": notices.danger,
    "assigned": notices.assigned,
    "accepted": notices.accepted,
    "progressed": notices.progressed,
    "visited": notices.visited,
    "question": notices.question,
    "answered": notices.answered,
    "added": notices.added,
    "evidence_refused": notices.evidence_refused,
    "returned": notices.returned,
    "handed_off": notices.handed_off,
    "breached": notices.breached,
    "replied": notices.replied,
    "resolved": notices.resolved,
    "confirmed": notices.confirmed,
    "reopened": notices.reopened,
    "closed_silent": notices.closed_silent,
    "closed_on_air": notices.closed_on_air,
    "withdrawn": notices.withdrawn,
    "confidentiality": notices.confidentiality,
    "erased": notices.erased,
}

ANSWERS: Mapping[AskKind, Callable[[Place, Sequence[Story]], Rendered]] = {
    "greeting": answers.greeting,
    "thanks": answers.thanks,
    "help": answers.help_,
    "status": answers.status,
    "not_understood": answers.not_understood,
    "which_complaint": answers.which_complaint,
    "nothing_open": answers.nothing_open,
}
