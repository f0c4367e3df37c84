"""What waited for the morning, as one message: each earlier piece of news in a line, the latest in full."""

from collections.abc import Sequence

from services.notifier.sending import Rendered
from services.notifier.templates.phrases import one_line

WITH_BUTTONS, PLAIN = 1024, 3800
"""Characters: what a provider lets stand above buttons, and what fits every chat without them."""


def together(parts: Sequence[Rendered]) -> Rendered:
    """In the order in which it happened; at least one. What asks something stands last, with its buttons."""
    main = next((part for part in reversed(parts) if part.buttons), parts[-1])
    others = [part for part in parts if part is not main]
    if not others:
        return main
    lines = [f"• {_sentence(part.line)}" for part in others]
    limit = WITH_BUTTONS if main.buttons else PLAIN
    left = 0
    while (text := _text(len(parts), lines, left, main.text)) and len(text) > limit and lines:
        lines, left = lines[1:], left + 1
    text = text if len(text) <= limit else main.text
    return Rendered(
        text, one_line(f"ada {len(parts)} kabar; yang terakhir: {main.line}", 200), main.buttons, main.picture
    )


def _text(count: int, lines: Sequence[str], left: int, main: str) -> str:
    more = [f"• dan {left} kabar lain; balas STATUS untuk membacanya."] if left else []
    listed = "\n".join([*more, *lines])
    return f"Sejak semalam ada {count} kabar tentang laporan Anda:\n{listed}\n\nYang terakhir:\n{main}"


def _sentence(line: str) -> str:
    said = one_line(line, 200).rstrip(".")
    return f"{said[:1].upper()}{said[1:]}."
