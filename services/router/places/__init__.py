"""Where a matter is: from words and from pins. Pure; only codes come out, never the reporter's words."""

from services.router.places.names import Gazetteer
from services.router.places.place import Candidate, Pin, Place

__all__ = ["Candidate", "Gazetteer", "Pin", "Place"]
