"""Consent to be called, and the way to a contact: asked with a reason, allowed by a second person, shown once."""

from datetime import datetime
from typing import assert_never

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint import refusals
from services.complaint.decisions import news, reporter
from services.complaint.decisions.base import Decision
from services.complaint.state import Closed, Merged, Opened, Working

Contact = c.AllowContact | c.DisallowContact | c.AskContact | c.RuleContact | c.ShowContact | news.News


def decide(state: Opened | Merged, command: Contact, at: datetime) -> Decision:
    """In any phase: the contact belongs to the complaint's own reporter, whoever handles the matter."""
    match command:
        case c.AllowContact():
            return _allow(state, command, at)
        case c.DisallowContact():
            return _disallow(state, command, at)
        case c.AskContact():
            return _ask(state, command)
        case c.RuleContact():
            return _rule(state, command)
        case c.ShowContact():
            return _show(state, command, at)
        case c.StopNews() | c.ResumeNews() | c.GiveAfterword():
            return news.decide(state, command, at)
        case _:
            assert_never(command)


def _allow(state: Opened | Merged, command: c.AllowContact, at: datetime) -> Decision:
    if command.party in state.file.erased:
        return refusals.ERASED
    if command.message is None:
        return () if command.party in state.file.callable else (e.ContactAllowed(party=command.party),)
    if command.party in state.file.callable:
        return _said(state, command.party, command.message, at)
    if isinstance(state, Working) and state.desk.questions:
        answer = _said(state, command.party, command.message, at)
        assert isinstance(answer, tuple)
        return e.ContactAllowed(party=command.party), *answer
    return (e.ContactAllowed(party=command.party, message=command.message),)


def _disallow(state: Opened | Merged, command: c.DisallowContact, at: datetime) -> Decision:
    if command.party in state.file.erased:
        return refusals.ERASED
    if command.party not in state.file.callable:
        return _said(state, command.party, command.message, at)
    return (e.ContactDisallowed(party=command.party, message=command.message),)


def _said(state: Opened | Merged, party: str, message: e.Message, at: datetime) -> Decision:
    if isinstance(state, Merged):
        return (e.MessageAdded(party=party, message=message),)
    return reporter.add(state, party, message, at)


def _ask(state: Opened | Merged, command: c.AskContact) -> Decision:
    file = state.file
    if command.party in file.erased:
        return refusals.ERASED
    if command.ground == "call":
        if isinstance(state, Closed):
            return refusals.ALREADY_CLOSED
        if command.party not in file.callable:
            return refusals.CONTACT_NOT_ALLOWED
    if any(one.seat == command.seat and one.granted is None for one in file.contacts.values()):
        return refusals.CONTACT_ASKED
    return (
        e.ContactAsked(
            number=len(file.contacts) + 1,
            seat=command.seat,
            party=command.party,
            ground=command.ground,
            reason=command.reason,
        ),
    )


def _rule(state: Opened | Merged, command: c.RuleContact) -> Decision:
    asked = state.file.contacts.get(command.number)
    if asked is None:
        return refusals.NO_CONTACT_WISH
    if asked.granted is not None:
        return refusals.CONTACT_RULED
    if asked.seat == command.by:
        return refusals.OWN_WISH
    if command.granted:
        if asked.party in state.file.erased:
            return refusals.ERASED
        if asked.ground != "call" and not command.protects:
            return refusals.CONTACT_PROTECTED
        if asked.ground == "call" and asked.party not in state.file.callable:
            return refusals.CONTACT_NOT_ALLOWED
    return (
        e.ContactRuled(
            number=command.number,
            by=command.by,
            granted=command.granted,
            reason=command.reason,
            until=command.until if command.granted else None,
            policy=command.policy,
        ),
    )


def _show(state: Opened | Merged, command: c.ShowContact, at: datetime) -> Decision:
    """To whoever asked, once, in time, and only while the reporter stands by his word."""
    asked = state.file.contacts.get(command.number)
    if asked is None or not asked.granted:
        return refusals.NO_CONTACT_WISH
    if asked.seat != command.seat:
        return refusals.CONTACT_OF_ANOTHER
    if asked.party in state.file.erased:
        return refusals.ERASED
    if asked.shown:
        return refusals.CONTACT_SHOWN
    if asked.until is None or at >= asked.until:
        return refusals.CONTACT_TOO_LATE
    if asked.ground == "call" and asked.party not in state.file.callable:
        return refusals.CONTACT_NOT_ALLOWED
    return (e.ContactShown(number=command.number, seat=command.seat, party=asked.party),)
