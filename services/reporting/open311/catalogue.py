"""Which matters can be reported by program: GeoReport v2 "GET Service List" and "GET Service Definition"."""

from typing import Any

from services.reporting import labels
from services.reporting.categories import CATEGORIES, SENSITIVE

_EMERGENCIES = frozenset(
    {"ambulance", "fire", "flood_rescue", "collapse", "earthquake", "animal_rescue", "landslide", "fallen_tree"}
)
"""GeoReport is for what is no emergency: there one calls."""

CHOICE = "confidentiality"
CHOICES = {"normal": "Biasa", "anonymous": "Anonim: nama tidak diperlihatkan", "secret": "Rahasia: isi tidak dibuka"}

SERVICES: dict[str, Any] = {
    code: {
        "service_code": code,
        "service_name": category.label,
        "description": f"{category.label} ({labels.FUNCTION[category.function]})",
        "metadata": True,
        "type": "realtime",
        "keywords": code.replace("_", ", "),
        "group": labels.FUNCTION[category.function],
    }
    for code, category in CATEGORIES.items()
    if code not in SENSITIVE | _EMERGENCIES and not code.startswith("other_")
}


def definition(code: str) -> dict[str, Any]:
    """The one thing that may be chosen: who sees the reporter."""
    values = [{"key": key, "name": name} for key, name in CHOICES.items()]
    attribute = {
        "variable": True,
        "code": CHOICE,
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": None,
        "order": 1,
        "description": "Siapa yang boleh melihat pelapor?",
        "values": values,
    }
    return {"service_code": code, "attributes": [attribute]}
