"""What a person makes of the reporter's messages: some begin a complaint of their own, spoken ones are written down."""

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.decisions.base import NOTHING, Decision
from services.complaint.state import Merged, Opened

REPORTER = "reporter:1"


def split(state: Opened | Merged, command: c.Split) -> Decision:
    """In any phase; the same messages are not split off twice."""
    wanted = frozenset(command.messages)
    if REPORTER in state.file.erased:
        return refusals.ERASED
    if not wanted or not wanted <= state.file.spoken:
        return refusals.NO_MESSAGE
    if not set(command.pictures) <= state.file.brought.keys():
        return refusals.NO_FILE
    if wanted in state.file.split_off:
        return NOTHING
    split_off = e.ComplaintSplit(
        into=command.into,
        messages=tuple(sorted(wanted)),
        pictures=tuple(sorted(set(command.pictures))) or None,
        reason=command.reason,
    )
    return (split_off,)


def transcribe(state: Opened | Merged, command: c.Transcribe) -> Decision:
    """In any phase. Written again it corrects what stands there; nothing of it is the reporter's own doing."""
    if REPORTER in state.file.erased:
        return refusals.ERASED
    if command.of not in state.file.voices:
        return refusals.NO_VOICE
    return (e.MessageAdded(party=REPORTER, message=command.message),)
