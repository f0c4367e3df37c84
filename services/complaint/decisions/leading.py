"""Instructions, due times that passed, performance notes."""

from datetime import datetime
from typing import assert_never

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.decisions import seats
from services.complaint.decisions.base import Decision
from services.complaint.state import Closed, Merged, Opened, Resolved, Screening, Working
from services.contracts.commands import Refusal


def instruct(state: Opened, command: c.Instruct, at: datetime) -> Decision:
    match state:
        case Working():
            if command.due <= at:
                return refusals.DUE_PASSED
            number = len(state.desk.instructions) + 1
            return (
                e.InstructionGiven(number=number, by=command.by, seat=command.seat, text=command.text, due=command.due),
            )
        case Screening():
            return refusals.NOT_SCREENED
        case Resolved() | Closed():
            return refusals.NOT_OPEN
        case _:
            assert_never(state)


def answer(state: Opened, command: c.AnswerInstruction) -> Decision:
    """Later than the work too: a leader waits for the word, not for the repair."""
    desk = seats.desk_of(state)
    if isinstance(desk, Refusal):
        return desk
    given = desk.instructions.get(command.number)
    if given is None:
        return refusals.NO_INSTRUCTION
    if given.seat != command.seat:
        return refusals.NOT_YOURS
    if given.answered:
        return ()
    return (
        e.InstructionAnswered(number=command.number, seat=command.seat, text=command.text, officer=command.officer),
    )


def explain(state: Opened, command: c.ExplainBreach) -> Decision:
    """Later than the work too."""
    desk = seats.desk_of(state)
    if isinstance(desk, Refusal):
        return desk
    note = desk.notes.get(command.note)
    if note is None:
        return refusals.NO_NOTE
    if note.seat != command.seat:
        return refusals.NOT_YOURS
    if note.ruled or note.gone:
        return refusals.NOTE_RULED
    if note.explained:
        return ()
    return (e.BreachExplained(note=command.note, seat=command.seat, text=command.text, officer=command.officer),)


def mention(state: Opened | Merged, command: c.MentionSeats) -> Decision:
    """Of a secret matter nobody hears beyond those that have it in hand; else whoever may see it."""
    desk = None if isinstance(state, Screening | Merged) else state.desk
    if desk is None:
        return refusals.NOT_SCREENED
    handlers = frozenset(desk.holds)
    if state.file.confidentiality == "secret" and not set(command.seats) <= handlers:
        return refusals.NOT_THEIR_SECRET
    if not set(command.seats) <= handlers | command.overseers:
        return refusals.CANNOT_SEE
    return (e.SeatsMentioned(by=command.by, seats=tuple(dict.fromkeys(command.seats)), text=command.text),)


def rule_note(state: Opened, command: c.RuleNote) -> Decision:
    desk = None if isinstance(state, Screening) else state.desk
    note = None if desk is None else desk.notes.get(command.note)
    if note is None:
        return refusals.NO_NOTE
    if note.seat == command.by:
        return refusals.OWN_NOTE
    if note.superior != command.by and (note.superior is not None or not command.coordinates):
        return refusals.NOT_SUPERIOR
    if note.ruled or note.gone:
        return refusals.NOTE_RULED
    return (e.NoteRuled(note=command.note, by=command.by, ruling=command.ruling, text=command.text),)
