"""Which kelurahan or kecamatan a message speaks of. Pure; only codes come out, never the reporter's words."""

from services.router.places.names import Gazetteer, Pin, Place

__all__ = ["Gazetteer", "Pin", "Place"]
