"""What a mail server's replies and a bounce's status mean.

RFC 5321 section 4.2 (replies), RFC 3463 and the IANA registry of enhanced status codes (`class.subject.detail`).
"""

import re
from collections.abc import Mapping

from services.notifier.sending import NotReached, Outcome, Passing, Slow, Stopped

_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")

_GONE: Mapping[str, str] = {
    "1.1": "no_mailbox",  # no such mailbox
    "1.2": "no_mailbox",  # no such domain
    "1.3": "no_mailbox",  # the address is not written rightly
    "1.6": "no_mailbox",  # moved, no forwarding
    "1.10": "no_mailbox",  # the domain takes no mail (RFC 7505)
    "2.1": "blocked",  # mailbox disabled
    "2.2": "mailbox_full",
    "2.3": "message_refused",  # too long for the mailbox
    "3.4": "message_refused",  # too big for the system
    "4.7": "expired",  # tried for days
    "6.0": "message_refused",  # content
    "7.1": "message_refused",  # policy says no
}
"""After the class: for good, for this address or this message."""

_OURS = frozenset({"7.0", "7.8", "7.9", "7.11", "7.14", "5.1", "5.4"})
"""Our login, or what we say to the server, is at fault."""


def of_session(code: int, reply: str) -> Outcome:
    """Of a reply to our greeting, our login or our own address, before the server has heard of anybody: it is said of
    the city's account, of no person. For good: an operator must look. For now: everything waits."""
    status, name = _read(code, reply)
    if status == "3.4" or code == 552:
        return NotReached("message_refused", name)  # the size that MAIL announces
    return Stopped(name) if code >= 500 else Slow(60, whole=True, code=name, away=True)


def _read(code: int, reply: str) -> tuple[str, str]:
    """The enhanced status without its class, and both codes as a name."""
    found = _ENHANCED.search(reply)
    return (f"{found[2]}.{found[3]}", f"{code}_{found[0]}") if found else ("", str(code))


def outcome(code: int, reply: str) -> Outcome:
    """Of a reply at RCPT or DATA: the server has not taken the message."""
    status, name = _read(code, reply)
    if code == 421 or status in ("7.28", "4.5"):
        return Slow(60, whole=True, code=name, away=code == 421)  # closing, or too much at once
    if code in (530, 534, 535, 538) or (code >= 500 and status in _OURS):
        return Stopped(name)
    if 400 <= code < 500:
        return Passing(name, of_person=True)  # greylisting, full for now
    if status in _GONE:
        return NotReached(_GONE[status], name)
    return NotReached("no_mailbox" if code in (550, 551, 553) and not status else "message_refused", name)


def of_bounce(code: str) -> Outcome:
    """`code`: the status of a delivery status notification (RFC 3464), as intake's e-mail channel passes it."""
    found = _ENHANCED.search(code)
    status = f"{found[2]}.{found[3]}" if found else ""
    return NotReached(_GONE.get(status, "failed_at_provider"), code)
