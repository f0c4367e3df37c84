"""Which form a notice takes on a channel, and what comes after it failed. Thin: free text, approved template, no way.

WhatsApp lets a business write freely for 24 hours after a person's last message; later only an approved template may
open the talk again. Nobody is ever silently not told: the last rung is the fact that the person was not reached.
"""

from datetime import datetime, timedelta

from services.notifier.sending import Form

WINDOW = timedelta(hours=24)

MARGIN = timedelta(minutes=10)
"""The provider counts by its own clock and by when the message was sent; near the end a template is surer."""


def first(last_heard_at: datetime | None, now: datetime) -> Form:
    """The form to begin with. A person that we never heard (entered at a desk) has no window."""
    if last_heard_at is None or now - last_heard_at > WINDOW - MARGIN:
        return "template"
    return "free"


def after_window_closed(tried: Form) -> Form | None:
    """The next rung when the provider says that the window is closed; None: there is none."""
    return "template" if tried == "free" else None
