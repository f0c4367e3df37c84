"""What merging means for the complaint that is merged."""

from services.complaint import commands as c
from services.contracts import commands as outside
from services.router.acting.meanings.frame import Frame

Sharing = outside.Merge | outside.Unmerge | outside.DismissDuplicate | outside.Split


def meaning(frame: Frame, action: Sharing) -> c.Command:
    """`frame.main` is the main complaint that was found for `merge`."""
    match action:
        case outside.Merge():
            return c.Merge(
                cause=frame.cause,
                itself=frame.complaint,
                into=frame.main or action.into,
                by="person",
                reason=frame.seal("reason", action.reason),
            )
        case outside.Unmerge():
            return c.Unmerge(cause=frame.cause, by="person", reason=frame.seal("reason", action.reason))
        case outside.Split():
            # A keyed hash of seat and command: the same command again means the same new complaint.
            reason = frame.seal("reason", action.reason)
            return c.Split(cause=frame.cause, into=frame.cause, messages=action.messages, reason=reason)
        case outside.DismissDuplicate():
            return c.DismissDuplicate(cause=frame.cause, of=action.of)
