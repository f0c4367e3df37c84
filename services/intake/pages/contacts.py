"""A contact as people type it: a phone number, an e-mail address, or whatever it is. Nothing is turned away."""

import re

from services.intake.answering import MAIL, PHONE

_MAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]{2,}")
_PHONE = re.compile(r"\+?[\d\s().\-/]{6,30}")


def read(typed: str) -> str | None:
    """`tel:+62…`, `mailto:…`, or the words themselves for a person to read; None for nothing."""
    text = " ".join(typed.split())[:200]
    if not text:
        return None
    if _MAIL.fullmatch(text):
        return MAIL + text
    digits = re.sub(r"\D", "", text)
    if _PHONE.fullmatch(text) and len(digits) >= 6:
        return PHONE + _international(digits, plus=text.startswith("+"))
    return text


def _international(digits: str, *, plus: bool) -> str:
    """Indonesian numbers are written with a zero in front (0811…), others with their country."""
    if plus or not digits.startswith("0"):
        return f"+{digits}" if plus or digits.startswith("62") else f"+62{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else f"+62{digits[1:]}"
