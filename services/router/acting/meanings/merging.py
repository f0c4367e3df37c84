"""What merging means for the complaint that is merged."""

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.contracts import commands as outside
from services.contracts.commands import Refusal
from services.router.acting.meanings.frame import Frame

Sharing = outside.Merge | outside.Unmerge | outside.DismissDuplicate | outside.Split | outside.Transcribe


def meaning(frame: Frame, action: Sharing) -> c.Command | Refusal:
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
            return c.Split(
                cause=frame.cause,
                into=frame.cause,
                messages=action.messages,
                pictures=action.pictures,
                reason=reason,
            )
        case outside.Transcribe():
            return _transcribed(frame, action)
        case outside.DismissDuplicate():
            return c.DismissDuplicate(cause=frame.cause, of=action.of)


def _transcribed(frame: Frame, action: outside.Transcribe) -> c.Command | Refusal:
    """Sealed as the reporter's own words are, so that they go when he is forgotten."""
    text = frame.seal_reporter("text", action.text)
    if text is None:
        return refusals.ERASED
    message = e.Message(channel="staff", door="staff", form="text", text=text, transcribes=action.message)
    return c.Transcribe(cause=frame.cause, of=action.message, message=message)
