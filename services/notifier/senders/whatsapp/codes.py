"""What each of the provider's error codes means for the message that we tried to send.

Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes. Codes count, titles and HTTP statuses
don't: the provider says that only codes are kept stable.
"""

from services.notifier.sending import NotReached, Outcome, Passing, Slow, Stopped, WindowClosed

_REASONS: dict[int, str] = {
    131026: "not_on_channel",  # not on WhatsApp, terms not accepted, or an app too old
    131050: "opted_out",  # the person stopped messages of this business
    131049: "held_by_provider",  # limits that keep a healthy ecosystem, in the provider's words
    130472: "held_by_provider",  # the number takes part in an experiment
    131021: "own_number",  # sender and recipient are the same
    131030: "not_allowed_here",  # a test number may only write to listed people
    131062: "needs_number",  # this kind of message can't go to a business-scoped id
    130497: "country",  # the account may not write to this country
    131043: "expired",  # not delivered within its time
    132000: "template_refused",  # number of parameters differs
    132001: "template_missing",  # there is none of that name in this language, or it is not approved
    132005: "template_refused",  # too long once filled in
    132007: "template_refused",  # characters or formatting that policy forbids
    132012: "template_refused",  # a parameter of the wrong form
    132015: "template_paused",  # for low quality: three hours, then six
    132016: "template_disabled",  # for low quality, for good
    132018: "template_refused",  # line breaks or tabs in a parameter
    100: "message_refused",  # our request is wrong: repeating it won't help
    131001: "message_refused",  # too long
    131006: "message_refused",  # names something that is not there
    131008: "message_refused",  # a parameter is missing
    131009: "message_refused",  # a parameter's value does not fit
    131051: "message_refused",  # type of message not supported
    131053: "picture_refused",  # the picture above the words could not be fetched: the next rung goes without it
    135000: "message_refused",  # unknown parameter
}
"""For good, for this message to this person."""

_STOPPED: frozenset[int] = frozenset(
    {
        0,  # the app's user can't be authenticated
        3,  # the app lacks the capability
        10,  # permission not granted
        190,  # token expired or wrong
        33,  # the business number has been deleted
        368,  # blocked for a policy violation
        131005,  # permission not granted, or withdrawn
        131031,  # account locked
        131037,  # the number's display name is not approved
        131042,  # payment issue
        131045,  # number not registered
        133004,  # server of the number unavailable for good
        133006,  # the number is not verified
        133005,  # two-step code wrong
        133010,  # number not registered on the platform
    }
)
"""The city's account is at fault: nobody's message is lost, everything waits for an operator."""

_SLOW: dict[int, tuple[float, bool]] = {
    131056: (60, False),  # too much to this one person; the provider advises growing pauses
    130429: (2, True),  # throughput of the number
    4: (60, True),  # calls of the app
    80007: (60, True),  # calls of the account
    131048: (300, True),  # people marked us as spam: send less
}
"""Seconds, and whether the whole number waits."""

_EVERYBODY: dict[int, float] = {132001: 1800, 132015: 3 * 3600, 132016: 6 * 3600}
"""Seconds for which no template is tried with anybody: what is said of it is not said of the person."""

_PERMISSION = range(200, 300)
"""Graph API's whole row of missing permissions: as those above."""

_WINDOW_CLOSED = frozenset({131047, 470})
"""More than 24 hours since the person wrote, by its number and by that of the older API: an approved template may still
go."""


def outcome(code: int) -> Outcome:
    """Total. A code that we don't know is tried again a few times, because refusing for good would hide news.

    Known passing ones: 1 and 131000 (unknown), 2 (overloaded), 131016 (unavailable), 131057 (maintenance).
    """
    name = str(code)
    if code in _WINDOW_CLOSED:
        return WindowClosed(code=name)
    if code in _REASONS:
        return NotReached(_REASONS[code], name, _EVERYBODY.get(code, 0))
    if code in _STOPPED or code in _PERMISSION:
        return Stopped(name)
    if code in _SLOW:
        seconds, whole = _SLOW[code]
        return Slow(seconds, whole, name)
    return Passing(name)
