"""The texts, versioned: a delivery names template and version, so that what a person read can be told years later."""

from collections.abc import Callable, Mapping, Sequence

from services.contracts.intake import AskKind
from services.notifier.sending import Rendered
from services.notifier.story import Place, Story
from services.notifier.templates import answers
from services.notifier.templates.notices import accounts, closing, contact, merging, reporter, terms, wanted, work

VERSION = 5
"""Raised with every change of meaning in any text."""

NOTICES: Mapping[str, Callable[[Story], Rendered]] = {
    "received": reporter.received,
    "danger": reporter.danger,
    "where": reporter.where,
    "evidence": reporter.evidence,
    "assigned": work.assigned,
    "accepted": work.accepted,
    "progressed": work.progressed,
    "visited": work.visited,
    "question": work.question,
    "answered": work.answered,
    "added": reporter.added,
    "evidence_refused": reporter.evidence_refused,
    "returned": work.returned,
    "handed_off": work.handed_off,
    "breached": work.breached,
    "extended": terms.extended,
    "sent_back": terms.sent_back,
    "planned": terms.planned,
    "plan_woke": terms.plan_woke,
    "question_reminded": terms.question_reminded,
    "question_lapsed": terms.question_lapsed,
    "replied": work.replied,
    "resolved": closing.resolved,
    "word_reminded": closing.word_reminded,
    "confirmed": closing.confirmed,
    "reopened": closing.reopened,
    "reopened_by_audit": closing.reopened_by_audit,
    "closed_silent": closing.closed_silent,
    "closed_on_air": closing.closed_on_air,
    "withdrawn": reporter.withdrawn,
    "confidentiality": reporter.confidentiality,
    "erased": reporter.erased,
    "contact_allowed": contact.allowed,
    "contact_disallowed": contact.disallowed,
    "contact_shown": contact.shown,
    "merged": merging.merged,
    "unmerged": merging.unmerged,
    "news_stopped": wanted.stopped,
    "news_resumed": wanted.resumed,
    "afterword": wanted.afterword,
    "account_lost": accounts.lost,
}

ANSWERS: Mapping[AskKind, Callable[[Place, Sequence[Story]], Rendered]] = {
    "greeting": answers.greeting,
    "thanks": answers.thanks,
    "help": answers.help_,
    "status": answers.status,
    "not_understood": answers.not_understood,
    "which_complaint": answers.which_complaint,
    "nothing_open": answers.nothing_open,
    "again_or_new": answers.again_or_new,
    "affected": answers.affected,
    "forwarded": answers.forwarded,
    "forwarded_reached": answers.forwarded_reached,
    "slowed": answers.slowed,
    "join_code": answers.join_code,
    "joined": answers.joined,
    "join_unknown": answers.join_unknown,
    "which_lamp": answers.which_lamp,
}
