"""What Telegram's refusals mean for the message that we tried to send.

core.telegram.org/bots/api, "Making requests": `error_code` is an HTTP status and "subject to change", `description`
is for people. So the code decides, and the description only tells apart what shares one.
"""

from services.notifier.sending import NotReached, Outcome, Passing, Slow, Stopped

_GONE: tuple[tuple[str, str], ...] = (
    ("blocked by the user", "blocked"),
    ("user is deactivated", "not_on_channel"),
    ("chat not found", "not_on_channel"),
    ("can't initiate conversation", "not_on_channel"),
    ("not enough rights", "blocked"),
    ("was kicked", "blocked"),
)


def outcome(code: int, description: str, retry_after: float | None = None) -> Outcome:
    """Total. A refusal that we don't know is tried again a few times, because refusing for good would hide news."""
    name = str(code)
    said = description.lower()
    if code == 429:
        return Slow(retry_after or 5.0, whole=True, code=name)
    if code in (400, 403):
        reason = next((ours for words, ours in _GONE if words in said), None)
        if reason is not None:
            return NotReached(reason, name)
        return NotReached("blocked" if code == 403 else "message_refused", name)
    if code in (401, 404):  # the token is wrong or was withdrawn: nobody's message is to blame
        return Stopped(name)
    return Passing(name)
