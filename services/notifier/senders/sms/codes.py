"""What an SMS gateway's answers and receipts mean. Gateways differ: a city names its gateway's own codes
(`contracts.city.gateways.SmsGateway.codes`); what it does not name counts by the HTTP status (RFC 9110 section 15).
"""

from collections.abc import Mapping

from services.contracts.city.gateways import SmsMeaning
from services.notifier.sending import Lost, NotReached, Outcome, Passing, Slow, Stopped

_GONE: Mapping[SmsMeaning, str] = {
    "invalid_number": "wrong_number",  # no such number, or none that takes SMS
    "blocked": "blocked",  # the person or the network takes nothing from this sender
    "refused": "message_refused",  # the text or the sender's name is not allowed
    "expired": "expired",  # the telephone was off for too long
}
_OURS: frozenset[SmsMeaning] = frozenset({"no_credit", "unauthorized"})

_STATUSES: Mapping[int, SmsMeaning] = {
    400: "refused",  # our request is wrong: repeating it won't help
    401: "unauthorized",
    402: "no_credit",
    403: "unauthorized",
    404: "unauthorized",  # the address is wrong
    413: "refused",
    422: "refused",
    429: "too_fast",
    503: "passing",  # not taken, by its definition
}


def outcome(status: int, code: str | None, named: Mapping[str, SmsMeaning], retry_after: float | None) -> Outcome:
    """Total. Without a code of its own a 500 or a gateway's 502 or 504 leaves open whether the message went out."""
    meaning = named.get(code) if code is not None else None
    meaning = meaning or _STATUSES.get(status)
    name = code or f"http_{status}"
    if meaning is None:
        return Passing(name) if code is not None else Lost(name)
    if meaning in _GONE:
        return NotReached(_GONE[meaning], name)
    if meaning in _OURS:
        return Stopped(name)
    if meaning == "too_fast":
        return Slow(retry_after or 10, whole=True, code=name)
    return Passing(name) if retry_after is None else Slow(retry_after, whole=True, code=name, away=True)


def of_receipt(code: str) -> Outcome:
    """`code` of a failed receipt: our own word for it, as intake's SMS channel passes it."""
    reasons = {str(meaning): reason for meaning, reason in _GONE.items()}
    return NotReached(reasons.get(code, "failed_at_provider"), code)
