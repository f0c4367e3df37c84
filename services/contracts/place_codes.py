"""The short code of a kelurahan that a poster puts into a message: `#021001`, the ends of its Kemendagri code.

People send it on unread, or with words before and behind; one that is none of the city's says nothing.
"""

import re

from services.contracts.city import City

_SHAPE = re.compile(r"#(\d{2})(\d{4})(?!\d)")


def code(ward_code: str) -> str:
    """`17.71.02.1001` → `#021001`."""
    _, _, district, ward = ward_code.split(".")
    return f"#{district}{ward}"


def find(city: City, text: str) -> str | None:
    """The Kemendagri code of the first kelurahan of this city that is named so in the text."""
    codes = {code(ward): ward for ward in city.wards}
    return next((codes[found[0]] for found in _SHAPE.finditer(text) if found[0] in codes), None)
