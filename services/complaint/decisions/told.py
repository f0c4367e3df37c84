"""What the reporter heard, each notice once."""

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.decisions.base import NOTHING, Decision
from services.complaint.state import Merged, Opened


def decide(state: Opened | Merged, command: c.RecordTold | c.RecordUnreachable) -> Decision:
    return told(state, command) if isinstance(command, c.RecordTold) else unreachable(state, command)


def told(state: Opened | Merged, command: c.RecordTold) -> Decision:
    if command.notice in state.file.told:
        return NOTHING
    return (
        e.ReporterTold(
            party=command.party,
            notice=command.notice,
            about=command.about,
            template=command.template,
            channel=command.channel,
        ),
    )


def unreachable(state: Opened | Merged, command: c.RecordUnreachable) -> Decision:
    if command.notice in state.file.given_up:
        return NOTHING
    return (
        e.ReporterUnreachable(
            party=command.party,
            notice=command.notice,
            about=command.about,
            channel=command.channel,
            reason=command.reason,
        ),
    )
