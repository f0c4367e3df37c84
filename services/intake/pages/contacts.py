"""A contact as people type it: a phone number, an e-mail address, or whatever it is. Nothing is turned away."""

import re

from services.contracts.intake import Sender
from services.intake.inbox.answering import MAIL, PHONE

_MAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]{2,}")
_NUMBER = re.compile(r"\+[1-9][0-9]{5,14}")
_BETWEEN = re.compile(r"[,;/|\n]|\b(?:atau|dan|or)\b")
_WHOLE = 10
"""Signs from which a number with its country is somebody's; `0002` behind a slash is the end of another."""
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


def ways(typed: str) -> list[str]:
    """Of one field. `0811… / 0812…` and `0811… atau ibu@contoh.id` are two where each can be written to by itself."""
    parts = [way for part in _BETWEEN.split(typed) if (way := read(part)) is not None]
    if len(parts) > 1 and all(_reaches(way) for way in parts):
        return parts
    whole = read(typed)
    return [] if whole is None else [whole]


def _reaches(way: str) -> bool:
    digits = way.removeprefix(PHONE)
    return way.startswith(MAIL) or (digits != way and bool(_NUMBER.fullmatch(digits)) and len(digits) >= _WHOLE)


def sender(person: str, contact: str, other: str, name: str | None) -> Sender:
    """Answers go to the first contact, and by the other when that reaches nobody; alone the other is the first."""
    said = ways(contact)
    first, second = next(iter(said), None), read(other) or next(iter(said[1:]), None)
    if first is None:
        first, second = second, None
    phone = email = None
    for one in (first, second):
        if one is not None and one.startswith(PHONE) and _NUMBER.fullmatch(one.removeprefix(PHONE)):
            phone = phone or one.removeprefix(PHONE)
        elif one is not None and one.startswith(MAIL):
            email = email or one.removeprefix(MAIL)
    return Sender(person=person, address=first, name=name, phone=phone, email=email)


def _international(digits: str, *, plus: bool) -> str:
    """Indonesian numbers are written with a zero in front (0811…), others with their country."""
    if plus or not digits.startswith("0"):
        return f"+{digits}" if plus or digits.startswith("62") else f"+62{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else f"+62{digits[1:]}"
