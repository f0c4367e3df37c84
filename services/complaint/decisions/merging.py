"""What commands lead to where several complaints are one matter: for the merged one, and for the main one."""

from datetime import datetime

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import pauses, refusals
from services.complaint.decisions import checks, ending, leading, reporter, splitting, told
from services.complaint.decisions.base import LEVELS, NOTHING, Decision
from services.complaint.state import Closed, Merged, Opened, Resolved, Screening, Working

REPORTER = "reporter:1"

Sharing = (
    c.Merge
    | c.Unmerge
    | c.JoinMerge
    | c.LeaveMerge
    | c.HearAdvance
    | c.HearResolution
    | c.ReopenMatter
    | c.DismissDuplicate
    | c.CountAffected
    | c.Split
    | c.Transcribe
)


def decide(state: Opened | Merged, command: Sharing, at: datetime) -> Decision:
    """The commands of this subject, in any phase."""
    match command:
        case c.Merge():
            return _merge(state, command)
        case c.Unmerge():
            return _unmerge(state, command, at)
        case c.JoinMerge():
            return _join(state, command)
        case c.LeaveMerge():
            return _leave(state, command)
        case c.HearAdvance() | c.HearResolution():
            return _hear(state, command)
        case c.ReopenMatter():
            return _reopen(state, command)
        case c.Split():
            return splitting.split(state, command)
        case c.Transcribe():
            return splitting.transcribe(state, command)
        case c.DismissDuplicate():
            known = command.of in state.file.shared.not_same
            return NOTHING if known else (e.DuplicateDismissed(of=command.of),)
        case c.CountAffected():
            known = command.who in state.file.shared.affected
            return NOTHING if known else (e.AffectedCounted(who=command.who, channel=command.channel),)


def _merge(state: Opened | Merged, command: c.Merge) -> Decision:
    if command.into == command.itself:
        return refusals.MERGE_ITSELF
    if REPORTER in state.file.erased:
        return refusals.ERASED
    merged = e.ComplaintMerged(
        into=command.into,
        by=command.by,
        cluster=command.cluster,
        reason=command.reason,
        moved_from=state.into if isinstance(state, Merged) else None,
    )
    match state:
        case Merged():
            if state.ended is not None:
                return refusals.OWN_END
            return NOTHING if state.into == command.into else (merged,)
        case Resolved() | Closed():
            return refusals.MERGE_OVER
        case Screening() | Working():
            if command.by == "machine" and not _untouched(state):
                return NOTHING
            if command.proposal is not None and isinstance(state, Screening):
                return command.proposal, merged
            return (merged,)


def _untouched(state: Screening | Working) -> bool:
    """Nobody has looked at it, taken it up or asked for it to be kept closed or alone."""
    if state.file.shared.alone or state.file.shared.joined or state.file.confidentiality == "secret":
        return False
    if isinstance(state, Screening):
        return True
    desk = state.desk
    begun = any(hold.accepted for hold in desk.holds.values()) or bool(
        desk.questions or desk.instructions or desk.subtasks or desk.plan or desk.submission
    )
    return not begun and desk.round == 1 and desk.matter.urgency != "danger"


def _unmerge(state: Opened | Merged, command: c.Unmerge, at: datetime) -> Decision:
    if not isinstance(state, Merged):
        return NOTHING if command.by == "machine" else refusals.NOT_MERGED
    if state.ended is not None:
        return NOTHING if command.by == "machine" else refusals.OWN_END
    moved = pauses.apart(state.before.desk, state.at, at) if isinstance(state.before, Working) else ()
    return (
        e.ComplaintUnmerged(
            was_into=state.into, by=command.by, why=command.why, reason=command.reason, moved=moved or None
        ),
    )  # fmt: skip


def _join(state: Opened | Merged, command: c.JoinMerge) -> Decision:
    """Refused by a complaint that is merged or over: whoever asked finds another main one, or undoes the merge."""
    if isinstance(state, Merged):
        return refusals.MERGED
    if isinstance(state, Closed):
        return refusals.MAIN_OVER
    joined = state.file.shared.joined
    new = tuple(dict.fromkeys(one for one in command.complaints if one not in joined))
    if not new:
        return NOTHING
    return (e.MergeJoined(complaints=new, reporters=1 + len(joined) + len(new), cluster=command.cluster),)


def _leave(state: Opened | Merged, command: c.LeaveMerge) -> Decision:
    """When the last one goes and its own reporter had withdrawn, nobody asks for the handling any more."""
    joined = state.file.shared.joined
    gone = tuple(dict.fromkeys(one for one in command.complaints if one in joined))
    if not gone:
        return NOTHING
    left = e.MergeLeft(complaints=gone, reporters=1 + len(joined) - len(gone))
    alone = len(gone) == len(joined) and state.file.shared.ended == "withdrawn"
    if alone and isinstance(state, Screening | Working):
        return left, e.MatterClosed()
    return (left,)


def _hear(state: Opened | Merged, command: c.HearAdvance | c.HearResolution) -> Decision:
    """Only what is new, and only for a reporter who still waits; a resolution asks again whoever was not answered."""
    if not isinstance(state, Merged) or state.into != command.main or command.about <= state.heard:
        return NOTHING
    if state.ended is not None:
        return NOTHING
    if isinstance(command, c.HearAdvance):
        if state.asked is not None:
            return NOTHING
        return (e.MatterAdvanced(main=command.main, about=command.about, what=command.what),)
    return (
        e.MatterResolved(
            main=command.main,
            about=command.about,
            seat=command.seat,
            closure=command.closure,
            without_proof=command.without_proof,
            confirm_by=command.confirm_by,
        ),
    )


def _reopen(state: Opened | Merged, command: c.ReopenMatter) -> Decision:
    """Once it is being worked on again there is nothing to reopen."""
    if not isinstance(state, Resolved | Closed) or state.desk is None:
        return NOTHING
    if command.complaint not in state.file.shared.joined:
        return NOTHING
    return (e.MatterReopened(complaint=command.complaint, round=state.desk.round + 1),)


def of_merged(state: Merged, command: c.Command, at: datetime) -> Decision:  # one branch per command
    """All other commands to a merged complaint: its reporter's own life goes on, the offices' work is elsewhere."""
    match command:
        case c.AddMessage():
            return _add(state, command.party, command.message)
        case c.SayDone():
            if state.asked is not None and state.ended is None and command.party not in state.file.erased:
                return (e.ResolutionConfirmed(party=command.party, message=command.message),)
            return _add(state, command.party, command.message)
        case c.SayNotDone():
            return _say_not_done(state, command)
        case c.Withdraw():
            if state.ended is not None or command.party in state.file.erased:
                return _add(state, command.party, command.message)
            return (e.ComplaintWithdrawn(party=command.party, message=command.message),)
        case c.RaiseConfidentiality():
            if LEVELS[command.level] > LEVELS[state.file.confidentiality]:
                return (e.ConfidentialityRaised(level=command.level, by=command.by, message=command.message),)
            if command.message is not None and command.party is not None:
                return _add(state, command.party, command.message)
            return NOTHING
        case c.CloseAtTerm():
            return _close_at_term(state, command, at)
        case c.ProposeScreening() | c.BreachClock() | c.Escalate() | c.ActForVacant() | c.RecomputeClocks():
            return NOTHING
        case c.ExplainBreach():
            return leading.explain(state.before, command)
        case c.RuleNote():
            return leading.rule_note(state.before, command)
        case _:
            return _kept(state, command, at)


def _kept(state: Merged, command: c.Command, at: datetime) -> Decision:
    """What the file takes in any phase; the offices' commands belong to the main complaint."""
    match command:
        case c.EraseReporter():
            return reporter.erase(state, command, at)
        case c.AttachEvidence():
            return reporter.attach(state, command)
        case c.RefuseEvidence() | c.RecordConcerned():
            return reporter.note(command)
        case c.ClearEvidence():
            return checks.clear(state, command)
        case (
            c.RecordTold() | c.AskForCall() | c.RecordCall() | c.RecordUnreachable() | c.RecordAccountLost()
        ):  # fmt: skip
            return told.decide(state, command)
        case _:
            return refusals.MERGED


def _add(state: Merged, party: str, message: e.Message) -> Decision:
    return refusals.ERASED if party in state.file.erased else (e.MessageAdded(party=party, message=message),)


def _say_not_done(state: Merged, command: c.SayNotDone) -> Decision:
    if command.party in state.file.erased:
        return refusals.ERASED
    over = state.asked is not None or state.ended not in (None, "withdrawn")
    if over:
        return (e.ComplaintReopened(party=command.party, round=state.round + 1, message=command.message),)
    return _add(state, command.party, command.message)


def _close_at_term(state: Merged, command: c.CloseAtTerm, at: datetime) -> Decision:
    if state.asked is None or state.ended is not None:
        return NOTHING
    if command.end is not None:
        return (e.ComplaintClosed(end=command.end),)
    if at < state.asked.until:
        return NOTHING
    return (e.ComplaintClosed(end=ending.without_a_word(state.file)),)
