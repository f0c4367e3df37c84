"""A seat's list: what waited for it, and what it has in hand."""

from collections.abc import Callable, Sequence

from services.contracts.officers import payload
from services.notifier.sending import Rendered
from services.notifier.templates.officers import HOW, LIST, NOTICES, Seen
from services.notifier.templates.phrases import cut, one_line
from services.notifier.templates.several import WITH_BUTTONS

MOST = 12
"""Of a list; a chat is read on a phone."""


def together(title: str, told: Sequence[tuple[str, Seen]]) -> Rendered:
    """Several pieces of news for one seat, each by its notice's name."""
    head = f"{len(told)} kabar untuk {title}"
    text = fitting(len(told), lambda most: f"{head}:\n\n{rows(told, most)}\n\n{HOW}")
    return Rendered(
        text,
        one_line(f"{head}; balas DAFTAR TUGAS untuk membacanya", 200),
        ((payload("list"), LIST),),
    )


def fitting(count: int, text: Callable[[int], str]) -> str:
    """The text with as many rows as leave room for its button."""
    return next((said for most in range(min(count, MOST), 0, -1) if len(said := text(most)) <= WITH_BUTTONS), text(0))


def rows(told: Sequence[tuple[str, Seen]], most: int = 3) -> str:
    """A few lines for each piece of news, of at most so many; the rest are counted."""
    listed = [_row(number, name, seen) for number, (name, seen) in enumerate(told[:most], start=1)]
    rest = len(told) - len(listed)
    return "\n".join([*listed, *([f"… dan {rest} kabar lain; balas DAFTAR TUGAS."] if rest else [])])


def _row(number: int, name: str, seen: Seen) -> str:
    said = NOTICES[name](seen).line.rstrip(".")
    due = seen.moment(seen.due)
    until = "" if due is None else f"\n    {'TERLAMBAT sejak' if seen.late else 'Batas'} {due}"
    about = f"\n    {cut(seen.summary, 110)}" if seen.summary else ""
    return f"{number}. {seen.ticket}: {said}.{about}{until}"
