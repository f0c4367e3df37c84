"""What the head of an RT or RW may read: a neighbour. Nothing by which one could guess who complained."""

from services.contracts.city import City
from services.contracts.tasks import Brief, Task
from services.router import brief


def is_neighbour(city: City, seat: str) -> bool:
    known = city.seats.get(seat)
    return known is not None and known.kind in ("rt", "rw")


def neighbour_safe(task: Task, city: City) -> Task:
    """Category and kelurahan by rule, its own clocks and the instructions given to this very seat; no words, pictures,
    questions or persons of the complaint, and no count of its reporters."""
    if task.state == "gone" or task.kind is None or task.category is None:
        return task
    ward = task.place.ward_code if task.place else None
    summary = brief.summary(
        city,
        kind=task.kind,
        category=task.category,
        urgency=task.urgency,
        district_code=city.district_of(ward).code if ward in city.wards else None,
        ward_code=ward,
    )
    kept = task.model_dump(
        include={
            "version", "complaint", "n", "city", "seat", "ticket", "update", "state", "role", "kind", "category",
            "function", "urgency", "confidentiality", "place", "clocks", "instructions", "round", "at", "traceparent",
        }
    )  # fmt: skip
    return Task.model_validate({**kept, "brief": Brief(summary=summary)})
