"""`replace` of frozen dataclasses: the standard library's, in a third of its time.

Folding an event makes its state anew. The library's looks at every field's description each time, which was the largest
part of a rebuild. For types with slots and nothing done when they are made.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["replace"]

if TYPE_CHECKING:
    from dataclasses import replace  # the type checker knows it, and each field's type
else:

    def replace(one, /, **changes):
        """A copy with other values in some fields. `KeyError` for a field that there is not."""
        kind = type(one)
        values_of, places, setters = _shape(kind)
        values = values_of(one)
        for name, value in changes.items():
            values[places[name]] = value
        made = object.__new__(kind)
        for put, value in zip(setters, values, strict=True):
            put(made, value)
        return made


Setter = Callable[[Any, Any], None]


@cache
def _shape(kind: type[Any]) -> tuple[Callable[[Any], list[Any]], dict[str, int], Sequence[Setter]]:
    """What reads all fields, where each stands among them, and what fills its slot."""
    names = [field.name for field in fields(kind)]
    if hasattr(kind, "__post_init__") or "__slots__" not in vars(kind):
        raise TypeError(f"{kind.__qualname__} has no slots, or does something when it is made")
    read = attrgetter(*names)
    values_of: Callable[[Any], list[Any]] = (lambda one: list(read(one))) if len(names) > 1 else lambda one: [read(one)]
    setters: list[Setter] = [getattr(kind, name).__set__ for name in names]
    return values_of, {name: at for at, name in enumerate(names)}, setters
