"""What people ask of us rather than tell: to be hidden, forgotten, called, told how it stands, shown how to report.

Each looks at standard words (`words`), so that one rule serves every speech. A wish that is asked about (`kalau lapor
nama saya ketahuan tak?`) is a question, not a wish.
"""

from services.intake.conversation.hushing import resumes, stops, stops_beside
from services.intake.conversation.news import asks_status, asks_when
from services.intake.conversation.privacy import asked, consents, forgets, level, may_call
from services.intake.conversation.reporting import also, announces, asks_how, calls_it_new, more_to_come
from services.intake.conversation.withdrawing import goes_on, mistaken, withdraws

__all__ = [
    "also", "announces", "asked", "asks_how", "asks_status", "asks_when", "calls_it_new", "consents", "forgets",
    "goes_on", "level", "may_call", "mistaken", "more_to_come", "resumes", "stops", "stops_beside", "withdraws",
]  # fmt: skip
