"""How events change a merged complaint, and what a main one knows of those that are handled under it."""

from datetime import datetime

from services.complaint import events as e
from services.complaint.changes import clocks as clock_changes
from services.complaint.changes import desk as desk_changes
from services.complaint.changes import told as told_changes
from services.complaint.state import Asked, Closed, File, Merged, Opened, OwnEnd, Resolved, Screening, State, Working
from services.contracts.changing import replace

SHARING = (
    e.ComplaintMerged
    | e.ComplaintUnmerged
    | e.MatterAdvanced
    | e.MatterResolved
    | e.MergeJoined
    | e.MergeLeft
    | e.MatterReopened
    | e.MatterClosed
    | e.DuplicateDismissed
    | e.AffectedCounted
)


def shared(state: Opened | Merged, n: int, at: datetime, data: SHARING) -> State:
    """After an event of this subject, in any phase."""
    file = state.file
    match data:
        case e.ComplaintMerged():
            return _merged(state, n, at, data)
        case e.ComplaintUnmerged():
            return _apart(state, data)
        case e.MatterAdvanced():
            return replace(state, heard=data.about) if isinstance(state, Merged) else state
        case e.MatterResolved():
            if not isinstance(state, Merged):
                return state
            return replace(state, file=told_changes.unasked(file), heard=data.about, asked=Asked(n, data.confirm_by))
        case e.MergeJoined():
            joined = file.shared.joined | set(data.complaints)
            cluster = data.cluster or file.shared.cluster
            return _with(state, replace(file, shared=replace(file.shared, joined=joined, cluster=cluster)))
        case e.MergeLeft():
            joined = file.shared.joined - set(data.complaints)
            return _with(state, replace(file, shared=replace(file.shared, joined=joined)))
        case e.MatterReopened():
            return _reopened(state, data)
        case e.MatterClosed():
            return _closed_again(state)
        case e.DuplicateDismissed():
            not_same = file.shared.not_same | {data.of}
            return _with(state, replace(file, shared=replace(file.shared, not_same=not_same)))
        case e.AffectedCounted():
            affected = file.shared.affected | {data.who}
            return _with(state, replace(file, shared=replace(file.shared, affected=affected)))


def _with(state: Opened | Merged, file: File) -> State:
    return replace(state, file=file)


def _merged(state: Opened | Merged, n: int, at: datetime, data: e.ComplaintMerged) -> State:
    """One that is merged already only changes its main complaint; what its reporter was asked stays asked."""
    if isinstance(state, Merged):
        return replace(state, into=data.into, since=n, cluster=data.cluster or state.cluster, heard=0)
    if not isinstance(state, Screening | Working):
        return state
    return Merged(state.file, before=state, into=data.into, since=n, at=at, cluster=data.cluster)


def _apart(state: Opened | Merged, data: e.ComplaintUnmerged) -> State:
    """The clocks that ran before, and what waited beside them, are over: the router proposes or assigns anew. What a
    leader or the lead had asked of a seat goes on."""
    if not isinstance(state, Merged):
        return state
    other = {data.was_into} if data.why in ("ruling", "dissolved") else set()
    shared_ = replace(state.file.shared, alone=True, not_same=state.file.shared.not_same | other)
    file = replace(state.file, shared=shared_)
    before = state.before
    if isinstance(before, Screening):
        return Screening(file)
    moved = data.moved or ()
    kept = {(one.name, one.seat, one.started) for one in moved}
    holds = {
        seat: replace(hold, clocks=tuple(k for k in hold.clocks if (k.name, k.seat, k.started) in kept))
        for seat, hold in before.desk.holds.items()
    }
    desk = replace(
        before.desk,
        holds=holds,
        subtasks=desk_changes.left_behind(before.desk, holds),
        questions={},
        plan=None,
        submission=None,
        round=max(before.desk.round, state.round),
    )
    return Working(file, clock_changes.moved(desk, moved))


def _reopened(state: Opened | Merged, data: e.MatterReopened) -> State:
    """The main complaint's own reporter keeps the end he came to, or the question that he was asked."""
    if isinstance(state, Resolved):
        until = None if state.file.shared.ended else state.confirm_by
        kept, desk = replace(state.file.shared, word_until=until), state.desk
    elif isinstance(state, Closed) and state.desk is not None:
        ended: OwnEnd = "withdrawn" if state.end is None or state.end == "elsewhere" else state.end
        kept, desk = replace(state.file.shared, ended=ended, word_until=None), state.desk
    else:
        return state
    return Working(replace(state.file, shared=kept), replace(desk, round=data.round))


def _closed_again(state: Opened | Merged) -> State:
    if isinstance(state, Merged):
        return state
    ended = state.file.shared.ended
    file = replace(state.file, shared=replace(state.file.shared, ended=None))
    desk = None if isinstance(state, Screening) else state.desk
    return Closed(file, desk, None if ended == "withdrawn" else ended)


def own_end(state: Opened, end: OwnEnd) -> State | None:
    """The main complaint's own reporter comes to his end while the handling goes on for others; None: it does not."""
    if not isinstance(state, Screening | Working):
        return None
    sharing = state.file.shared
    if sharing.word_until is None and not (end == "withdrawn" and sharing.joined):
        return None
    kept = replace(sharing, ended=end, word_until=None)
    return replace(state, file=replace(state.file, shared=kept))


def anew(file: File) -> File:
    """The complaint's own reporter is asked, or speaks, again: what was kept of his earlier end is over."""
    return replace(file, shared=replace(file.shared, ended=None, word_until=None)) if file.shared.quiet else file


def asked_anew(file: File) -> File:
    """A new resolution asks whoever has not come to an end."""
    if file.shared.word_until is None:
        return file
    return replace(file, shared=replace(file.shared, word_until=None))


def after(state: Merged, n: int, at: datetime, data: e.Event) -> State | None:
    """After any other event of a merged complaint; None: it is about the work that lies behind it."""
    del n, at
    file = state.file
    match data:
        case e.MessageAdded() | e.QuestionAnswered():
            return replace(state, file=_heard(file))
        case e.EvidenceAttached():
            return replace(state, file=replace(file, media=file.media | {data.media}))
        case e.EvidenceCleared():
            return replace(state, file=replace(file, cleared={**file.cleared, data.media: data.audience}))
        case e.EvidenceRefused() | e.ReplySent() | e.AccountLost() | e.ConcernedRecorded() | e.ComplaintReceived():
            return state
        case e.SeatsMentioned():
            return state
        case e.ReporterErased():
            return replace(state, file=told_changes.erased(file, data.party))
        case e.ConfidentialityRaised():
            return replace(state, file=replace(file, confidentiality=data.level))
        case e.ReporterTold() | e.CallWanted() | e.ReporterCalled() | e.ReporterUnreachable():
            return replace(state, file=told_changes.changed(file, data))
        case e.ResolutionConfirmed():
            return replace(state, file=_heard(file), asked=None, ended="confirmed")
        case e.ComplaintClosed():
            return replace(state, asked=None, ended=data.end)
        case e.AnsweredOnAir():
            return state
        case e.EntryUndone():
            return replace(state, asked=None, ended="withdrawn")
        case e.ComplaintWithdrawn():
            return replace(state, file=_heard(file), asked=None, ended="withdrawn")
        case e.ComplaintReopened():
            return replace(state, file=_heard(file), asked=None, ended=None, round=data.round)
        case _:
            return None


def _heard(file: File) -> File:
    return told_changes.heard(file)
