"""How a complaint ends that nobody says a word about."""

from services.complaint.state import File
from services.contracts.base import End

REPORTER = "reporter:1"


def without_a_word(file: File) -> End:
    """How it ends when the term passes. `silent` is the word of somebody who was asked: whom no message reached, and
    who wanted none, or was forgotten, and so was not asked, was not silent (docs/decisions/0044)."""
    unasked = REPORTER in file.hushed | file.erased and not file.asked
    return "unreachable" if file.unreachable or unasked else "silent"
