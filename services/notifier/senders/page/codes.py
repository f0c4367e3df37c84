"""What Graph API's error codes mean for a message of a page or an Instagram account.

Sources: "Messenger Platform › Reference › Error Codes", "Instagram Platform › Error Codes", "Graph API › Handle
Errors".
"""

from services.notifier.sending import NotReached, Outcome, Passing, Slow, Stopped, WindowClosed

_CLOSED: frozenset[tuple[int, int]] = frozenset(
    {
        (10, 2018278),  # sent outside of the allowed window
        (10, 2018065),  # the same, by its older number
        (10, 2534022),  # Instagram: outside of the allowed window
    }
)
_NO_PRIVATE: dict[tuple[int, int], str] = {
    (100, 2018300): "comment_too_old",  # a private reply to a comment older than 7 days
    (10900, 0): "private_used",  # the comment has had its one private reply
    (10903, 0): "not_available",  # this person can't be answered in private
    (551, 1545041): "not_available",  # isn't available right now: has left, or takes no messages
}
"""Not in private; under the comment it may still be said."""
_GONE: dict[tuple[int, int], str] = {
    (100, 2018001): "not_on_channel",  # no matching user
    (100, 2534014): "not_on_channel",  # Instagram: the person can't be found
    (200, 1545041): "opted_out",  # doesn't receive messages of this page
    (100, 33): "message_gone",  # the comment was removed
}
_IN_HAND = (10, 2018300)
"""Another app, or staff in the page's inbox, has this conversation in hand for a while ("Conversation Routing")."""
_SLOW: dict[int, float] = {4: 60, 17: 60, 32: 60, 613: 30, 80001: 60, 80002: 60, 80006: 60}
"""Limits of app, page, account; seconds to wait."""
_STOPPED = frozenset({3, 102, 190, 200, 368, 10})
"""Capability, session, token, permission, blocked for a policy violation."""


def outcome(code: int, subcode: int) -> Outcome:
    """Total. What we don't know is tried again a few times, because refusing for good would hide news.

    Known passing ones: 1 (unknown), 2 (overloaded), 1200 (temporary failure).
    """
    name = f"{code}.{subcode}" if subcode else str(code)
    if (code, subcode) in _CLOSED:
        return WindowClosed(code=name)
    if (code, subcode) in _NO_PRIVATE:
        return WindowClosed(_NO_PRIVATE[code, subcode], name)
    if (code, subcode) in _GONE:
        return NotReached(_GONE[code, subcode], name)
    if (code, subcode) == _IN_HAND:
        return Passing(name, of_person=True)
    if code == 551:
        return WindowClosed("not_available", name)  # whatever it is further
    if code in _SLOW:
        return Slow(_SLOW[code], whole=True, code=name)
    if code in _STOPPED:
        return Stopped(name)
    if code == 100:
        return NotReached("message_refused", name)
    return Passing(name)
