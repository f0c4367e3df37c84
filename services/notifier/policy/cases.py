"""Which events of a type a row of the table is about: `case`, by name. Pure, over the event alone."""

from collections.abc import Callable, Mapping

from services.complaint import events as e
from services.contracts.envelope import Recorded
from services.notifier import wanted_evidence

Event = Recorded[e.Event]

AFTER_REOPENING = "reopened"
"""Rule of the assignment that gives the same seats new clocks: the notice of the reopening tells of it."""

BY_AUDIT = "handling"
"""Party of a reopening that an audit led to, not the reporter."""


def _danger(event: Event) -> bool:
    data = event.data
    return isinstance(data, e.ScreeningProposed | e.ComplaintScreened) and data.matter.urgency == "danger"


def _place_asked(event: Event) -> bool:
    """Whoever reads that a life is at risk is asked nothing."""
    data = event.data
    found = data.whereabouts if isinstance(data, e.ScreeningProposed) else None
    return found is not None and found.ask and not _danger(event)


def _number_followed(event: Event) -> bool:
    """The official who had passed it on sent the reporter's number: the first word is due now."""
    form = event.data.message.form if isinstance(event.data, e.MessageAdded) else None
    return form == "contact" and event.actor.startswith("seat:")


def _written(event: Event) -> bool:
    form = event.data.message.form if isinstance(event.data, e.MessageAdded) else None
    staff_wrote = isinstance(event.data, e.MessageAdded) and event.data.message.transcribes is not None
    return form != "removed" and not staff_wrote and not _number_followed(event)


def _again(event: Event) -> bool:
    return isinstance(event.data, e.ComplaintAssigned) and event.data.rule == AFTER_REOPENING


def _matter(what: str) -> Callable[[Event], bool]:
    return lambda event: isinstance(event.data, e.MatterAdvanced) and event.data.what == what


def _closed_by(end: str) -> Callable[[Event], bool]:
    """`unreachable`: there is no way to say it; `confirmed` speaks for itself."""
    return lambda event: isinstance(event.data, e.ComplaintClosed) and event.data.end == end


CASES: Mapping[str, Callable[[Event], bool]] = {
    "danger": _danger,
    "place_asked": _place_asked,
    "picture_wanted": lambda event: wanted_evidence.wanted(event.data),
    "number_followed": _number_followed,
    "written": _written,
    "not_again": lambda event: not _again(event),
    "again": _again,
    # Without a date it says nothing that a person could use.
    "with_date": lambda event: isinstance(event.data, e.AssignmentAccepted) and event.data.finish_by is not None,
    # What the offices owe each other is not the reporter's worry.
    "reporters_clock": lambda event: (
        isinstance(event.data, e.ClockBreached) and event.data.clock in ("first_response", "resolve")
    ),
    "end_moved": lambda event: (
        isinstance(event.data, e.ExtensionRuled) and any(clock.name == "resolve" for clock in event.data.moved)
    ),
    "of_the_lead": lambda event: isinstance(event.data, e.ReturnRefused) and event.data.to.role == "lead",
    "newly_merged": lambda event: isinstance(event.data, e.ComplaintMerged) and event.data.moved_from is None,
    # Not where the same words are acknowledged as an answer.
    "said_alone": lambda event: isinstance(event.data, e.ContactAllowed) and event.data.message is not None,
    # Said for several complaints at once it is answered once; said a second time it is not answered again.
    "said_first": lambda event: (
        isinstance(event.data, e.NewsStopped) and event.data.message is not None and not event.data.again
    ),
    "said_again": lambda event: isinstance(event.data, e.NewsResumed) and event.data.message is not None,
    "by_reporter": lambda event: isinstance(event.data, e.ComplaintReopened) and event.data.party != BY_AUDIT,
    "by_audit": lambda event: isinstance(event.data, e.ComplaintReopened) and event.data.party == BY_AUDIT,
    "silent": _closed_by("silent"),
    "on_air": _closed_by("answered_on_air"),
    # Whoever wrote since an account was taken over may not be the person.
    "not_suspect": lambda event: isinstance(event.data, e.AccountLost) and not event.data.suspect,
    "superior_named": lambda event: isinstance(event.data, e.ExtensionAsked) and event.data.superior is not None,
    **{f"matter_{what}": _matter(what) for what in ("accepted", "progressed", "visited", "breached", "planned")},
}
