"""Whom a form's key stands for."""

from services.web.keys import fresh, read

__all__ = ["fresh", "person", "read"]


def person(key: str) -> str:
    """`sender.person` of everything that is said by this form."""
    return f"form:{key}"
