"""How what the reporter heard, or did not, changes a complaint's file."""

from services.complaint import events as e
from services.complaint.events import told
from services.complaint.state import Call, File
from services.contracts.changing import replace

REPORTER = "reporter:1"

ASKING = frozenset({"resolved", "word_reminded"})
"""Notices that ask whether it is done."""


def changed(file: File, data: told.Event) -> File:
    match data:
        case e.ReporterTold():
            by = file.told_by if data.rung is None else {**file.told_by, data.notice: data.rung}
            asked = file.asked or (data.party == REPORTER and data.template in ASKING)
            return replace(file, told=file.told | {data.notice}, told_by=by, unreachable=False, asked=asked)
        case e.CallWanted():
            return replace(file, calls={**file.calls, data.notice: Call(data.party, data.about)})
        case e.ReporterCalled():
            return _called(file, data)
        case e.ReporterUnreachable():
            return replace(
                file,
                given_up=file.given_up | {data.notice},
                unreachable=True,
                calls={notice: call for notice, call in file.calls.items() if notice != data.notice},
            )


def _called(file: File, data: e.ReporterCalled) -> File:
    if data.outcome == "no_answer":
        tries = {n: replace(c, tries=c.tries + 1) if n in data.notices else c for n, c in file.calls.items()}
        return replace(file, calls=tries, called=file.called | set(data.notices))
    left = {notice: call for notice, call in file.calls.items() if notice not in data.notices}
    reached = data.outcome == "reached"
    return replace(
        file,
        calls=left,
        called=file.called | set(data.notices),
        told=file.told | set(data.notices) if reached else file.told,
        unreachable=False if reached else file.unreachable,
    )


def erased(file: File, party: str) -> File:
    left = {notice: call for notice, call in file.calls.items() if call.party != party}
    return replace(file, erased=file.erased | {party}, calls=left)


def heard(file: File) -> File:
    """Who writes to us can be reached, and need not be called."""
    return replace(file, unreachable=False, calls={}) if file.unreachable or file.calls else file


def unasked(file: File) -> File:
    """A new resolution: nobody has been asked about it yet."""
    return replace(file, asked=False) if file.asked else file
