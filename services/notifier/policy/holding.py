"""Who hears what: event × state → notice. A pure table; in this version the reporter hears, and only the reporter.

Two questions. `notices` asks the event alone, so that an event which interests nobody costs nothing. `still_said` asks
again when the words are about to be sent, with the complaint as it stands then: a promise that has been overtaken is
not sent at all, because a newer notice says how things stand.
"""

from collections.abc import Callable
from dataclasses import dataclass

from services.complaint import events as e
from services.complaint.state import Closed, Merged, Resolved, Screening, State, Unopened, Working
from services.contracts.envelope import Recorded

ONCE = "once"
"""In place of an event's id: one notice of this template in a complaint's whole life."""


AFTER_REOPENING = "reopened"
"""Rule of the assignment that gives the same seats new clocks: the notice of the reopening tells of it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """`of` makes the notice one and the same however often it is planned: the event's id, or `ONCE`."""

    template: str
    party: str
    of: str


REPORTER = "reporter:1"
BY_AUDIT = "handling"
"""Party of a reopening that an audit led to, not the reporter."""

_ALWAYS: dict[str, str] = {
    "complaint.received": "received",
    "complaint.message_added": "added",
    "complaint.evidence_refused": "evidence_refused",
    "complaint.confirmed": "confirmed",
    "complaint.reopened": "reopened",
    "complaint.withdrawn": "withdrawn",
    "complaint.confidentiality_raised": "confidentiality",
    "complaint.reporter_erased": "erased",
    "complaint.contact_disallowed": "contact_disallowed",
    "complaint.contact_shown": "contact_shown",
    "complaint.progressed": "progressed",
    "complaint.visited": "visited",
    "complaint.question_asked": "question",
    "complaint.question_answered": "answered",
    "complaint.returned": "returned",
    "complaint.handed_off": "handed_off",
    "complaint.planned": "planned",
    "complaint.plan_woke": "plan_woke",
    "complaint.question_reminded": "question_reminded",
    "complaint.question_lapsed": "question_lapsed",
    "complaint.replied": "replied",
    "complaint.resolved": "resolved",
    "complaint.unmerged": "unmerged",
    "complaint.account_lost": "account_lost",
    "complaint.matter_resolved": "resolved",
}

_DEPENDS = frozenset(
    {
        "complaint.screening_proposed",  # danger to life, or nobody knows where
        "complaint.screened",  # danger to life, seen by a person
        "complaint.assigned",  # not the same seats again after a reopening
        "complaint.accepted",  # with a date
        "complaint.clock_breached",  # what the offices owe each other is not the reporter's worry
        "complaint.extension_ruled",  # a later end of the whole
        "complaint.return_refused",  # the lead's
        "complaint.closed",  # by term or on air
        "complaint.merged",  # not when it only moves on with the one that it is merged into
        "complaint.matter_advanced",  # as what happened there
        "complaint.contact_allowed",  # not where the same words are acknowledged as an answer
    }
)

_ONCE = frozenset({"danger", "where"})

INTERESTING = frozenset(_ALWAYS) | _DEPENDS
"""Every other type is passed over unread."""


def notices(event: Recorded[e.Event]) -> tuple[Planned, ...]:
    """What this event may give the reporter to hear."""
    if isinstance(event.data, e.MessageAdded) and event.data.message.form == "removed":
        return ()
    if isinstance(event.data, e.MessageAdded) and _reached(event, event.data):
        return (Planned("received", event.data.party, event.id),)
    if isinstance(event.data, e.ComplaintReopened) and event.data.party == BY_AUDIT:
        return (Planned("reopened_by_audit", REPORTER, event.id),)
    if isinstance(event.data, e.AccountLost) and event.data.suspect:
        return ()  # whoever wrote since then may not be the person
    template = _ALWAYS.get(event.type) or _by_content(event.data)
    if template is None:
        return ()
    party = getattr(event.data, "party", None) or getattr(event.data, "reporter", None) or REPORTER
    return (Planned(template, party, ONCE if template in _ONCE else event.id),)


def _reached(event: Recorded[e.Event], data: e.MessageAdded) -> bool:
    """The official who had passed it on sent the reporter's number: the first word is due now."""
    return data.message.form == "contact" and event.actor.startswith("seat:")


def _by_content(data: e.Event) -> str | None:
    match data:
        case e.ScreeningProposed() | e.ComplaintScreened() if data.matter.urgency == "danger":
            return "danger"
        case e.ScreeningProposed() if data.whereabouts is not None and data.whereabouts.ask:
            return "where"
        case e.ComplaintAssigned() if data.rule != AFTER_REOPENING:
            return "assigned"
        case e.AssignmentAccepted() if data.finish_by is not None:
            return "accepted"  # without a date it says nothing that a person could use
        case e.ClockBreached() if data.clock in ("first_response", "resolve"):
            return "breached"
        case e.ExtensionRuled() if any(clock.name == "resolve" for clock in data.moved):
            return "extended"
        case e.ReturnRefused() if data.to.role == "lead":
            return "sent_back"
        case e.ComplaintMerged() if data.moved_from is None:
            return "merged"
        case e.ContactAllowed() if data.message is not None:
            return "contact_allowed"
        case e.MatterAdvanced():
            return data.what if data.what in _OF_MATTER else None
        case e.ComplaintClosed(end="silent"):
            return "closed_silent"
        case e.ComplaintClosed(end="answered_on_air"):
            return "closed_on_air"
        case _:
            return None  # `unreachable`: there is no way to say it; `confirmed` speaks for itself


_OF_MATTER = frozenset({"accepted", "progressed", "visited", "breached", "planned"})
"""What a merged complaint's reporter is told by the same notice as the main one's."""

_OF_THE_HANDLING = frozenset({
    "assigned", "accepted", "progressed", "visited", "breached", "returned", "handed_off", "resolved", "extended",
    "sent_back", "planned", "plan_woke",
})  # fmt: skip
"""Who has come to his end, or was asked, hears none of these when another one's BELUM has the work begin again."""


def still_said(template: str, event: Recorded[e.Event], state: State) -> bool:
    """Whether the words are still true and of use, the complaint being where it is now."""
    if isinstance(state, Unopened):
        return False
    if template != "erased" and getattr(event.data, "party", REPORTER) in state.file.erased:
        return False
    if template in _OF_THE_HANDLING and state.file.shared.quiet:
        return False
    if isinstance(event.data, e.MatterAdvanced):
        return isinstance(state, Merged) and state.ended is None and state.asked is None
    return still_true(template, event.data, state)


def still_true(template: str, data: e.Event, state: State) -> bool:
    """As `still_said`, whoever is to hear it."""
    rule = _STILL.get(template)
    return rule is None or rule(data, state)


def _working(_: e.Event, state: State) -> bool:
    return isinstance(state, Working) or _follows(state)


def _follows(state: State) -> bool:
    """Merged, and its own reporter waits."""
    return isinstance(state, Merged) and state.ended is None and state.asked is None


def _merged(_: e.Event, state: State) -> bool:
    return _follows(state)


def _apart(_: e.Event, state: State) -> bool:
    return isinstance(state, Screening | Working)


def _open(_: e.Event, state: State) -> bool:
    return isinstance(state, Screening | Working) or _follows(state)


def _lead_holds(data: e.Event, state: State) -> bool:
    """An acceptance or a hand-off that has been overtaken is not told."""
    seat = data.to.seat if isinstance(data, e.LeadHandedOff) else getattr(data, "seat", None)
    return isinstance(state, Working) and state.desk.lead == seat


def _assigned(data: e.Event, state: State) -> bool:
    leads = [a.seat for a in data.assignments if a.role == "lead"] if isinstance(data, e.ComplaintAssigned) else []
    return isinstance(state, Working) and state.desk.lead in leads


def _asked(data: e.Event, state: State) -> bool:
    return isinstance(state, Working) and isinstance(data, e.QuestionAsked) and data.number in state.desk.questions


def _still_due(data: e.Event, state: State) -> bool:
    """The date that was granted is still the lead's."""
    moved = data.moved if isinstance(data, e.ExtensionRuled) else ()
    return isinstance(state, Working) and any(state.desk.lead == clock.seat for clock in moved)


def _planned(data: e.Event, state: State) -> bool:
    """Only the date that stands."""
    plan = state.desk.plan if isinstance(state, Working) else None
    return plan is not None and isinstance(data, e.WorkPlanned) and plan.wakes == data.wakes


def _unanswered(data: e.Event, state: State) -> bool:
    numbers = data.numbers if isinstance(data, e.QuestionReminded) else ()
    return isinstance(state, Working) and not state.desk.questions.keys().isdisjoint(numbers)


def _leaderless(_: e.Event, state: State) -> bool:
    """Only the lead's return matters to the reporter, and only until a coordinator has ruled."""
    return isinstance(state, Working) and state.desk.lead is None


def _resolved(data: e.Event, state: State) -> bool:
    if isinstance(data, e.MatterResolved):
        return isinstance(state, Merged) and state.asked is not None and state.heard == data.about
    return isinstance(state, Resolved)


def _closed(_: e.Event, state: State) -> bool:
    """Its own reporter is done with it, whatever goes on for others."""
    if isinstance(state, Merged):
        return state.ended is not None
    return isinstance(state, Closed) or (not isinstance(state, Unopened) and state.file.shared.ended is not None)


def _nowhere(_: e.Event, state: State) -> bool:
    """By what was said since, too."""
    found = state.proposal.whereabouts if isinstance(state, Screening) and state.proposal is not None else None
    return found is not None and found.ask


def _added(_: e.Event, state: State) -> bool:
    """In screening the first message's answer is enough: people send a matter in five messages."""
    return isinstance(state, Working | Resolved | Merged)


def _unended(_: e.Event, state: State) -> bool:
    return not isinstance(state, Unopened | Closed) and not (isinstance(state, Merged) and state.ended is not None)


_STILL: dict[str, Callable[[e.Event, State], bool]] = {
    "danger": _open,
    "where": _nowhere,
    "added": _added,
    "assigned": _assigned,
    "accepted": _lead_holds,
    "handed_off": _lead_holds,
    "returned": _leaderless,
    "question": _asked,
    "answered": _working,
    "breached": _lead_holds,
    "extended": _still_due,
    "sent_back": _lead_holds,
    "planned": _planned,
    "plan_woke": _lead_holds,
    "question_reminded": _unanswered,
    "question_lapsed": _working,
    "resolved": _resolved,
    "reopened": _working,
    "reopened_by_audit": _working,
    "closed_silent": _closed,
    "closed_on_air": _closed,
    "confirmed": _closed,
    "withdrawn": _closed,
    "merged": _merged,
    "unmerged": _apart,
    "account_lost": _unended,
}
