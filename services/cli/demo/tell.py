"""How a story is told: who says or does what, as it happens. Colours on a terminal, plain quiet lines when piped."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from services.cli.demo.told import Told

_COLOURS = ("cyan", "magenta", "yellow", "green", "bright_blue")
_MARKS = {
    "in": "▶", "out": "◀", "office": "■", "leader": "★", "clock": "◷", "refused": "✗", "good": "✓", "note": "·",
    "page": "↗",
}  # fmt: skip


class Teller:
    """One voice per story over one console; lines of stories that run at once carry their label."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def plain(self, sentence: str) -> None:
        self.console.print(Text(sentence, style="dim"), soft_wrap=True)

    def sum_up(self, stories: Sequence[Told], pages: str) -> None:
        """One line a story: ticket, how it ended, how many events, its public page."""
        if not self.console.is_terminal:
            for told in stories:
                end = told.state if told.finished else f"NOT FINISHED: {told.failure}"
                self.plain(
                    f"{told.ticket or '-'}  {end}  {len(told.events)} events  {pages}/lacak/{told.ticket}  {told.title}"
                )
            return
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        for column in ("Ticket", "End", "Events", "Told", "Story"):
            table.add_column(column)
        for told in stories:
            how = Text(told.state, "bold green") if told.finished else Text(told.failure or told.state, "red")
            numbers = (str(len(told.events)), str(len(told.messages)))
            table.add_row(Text(told.ticket, "bold"), how, *numbers, told.title)
        self.console.print()
        self.console.print(table)

    def voice(self, number: int, label: str, zone: str) -> "Voice":
        return Voice(self.console, number, label, ZoneInfo(zone))


class Voice:
    """One story's lines."""

    def __init__(self, console: Console, number: int, label: str, zone: ZoneInfo) -> None:
        self._console = console
        self._number = number
        self._label = label
        self._zone = zone
        self._colour = _COLOURS[(number - 1) % len(_COLOURS)]

    def opens(self, title: str, practice: str) -> None:
        if not self._console.is_terminal:
            self._console.print(f"{self._label}: {title}", soft_wrap=True, markup=False, highlight=False)
            return
        head = f"[bold]{self._number} · {escape(title)}[/bold]"
        self._console.print()
        self._console.print(Panel(Text(practice), title=head, title_align="left", border_style=self._colour))

    def ends(self, sentence: str, good: bool) -> None:
        self.says("good" if good else "refused", "Tuntas", sentence)

    def says(self, mark: str, who: str, what: str) -> None:
        """One line: when (the city's time), which story, who, what."""
        at = datetime.now(UTC).astimezone(self._zone).strftime("%H:%M:%S")
        if not self._console.is_terminal:
            line = f"{at} {self._label}: {who}: {' '.join(what.split())}"
            self._console.print(line, soft_wrap=True, markup=False, highlight=False)
            return
        style = {"refused": "red", "good": "bold green", "clock": "yellow", "leader": "bold"}.get(mark, "default")
        head = Text.assemble(
            (f"{at} ", "dim"),
            (f"{self._number} {self._label:<20.20} ", self._colour),
            (f"{_MARKS[mark]} ", style),
            (who, "bold"),
        )
        self._console.print(head, soft_wrap=False, overflow="ellipsis", no_wrap=True)
        said = "italic" if mark in ("in", "out") else style
        self._console.print(Padding(Text(what.strip(), style=said), (0, 0, 0, 11)))

    def citizen(self, words: str, who: str = "Pelapor") -> None:
        self.says("in", who, _quoted(words))

    def arrives(self, words: str, where: str = "di telepon pelapor") -> None:
        self.says("out", f"Tuntas, {where}", _quoted(words))

    def office(self, who: str, what: str) -> None:
        self.says("office", who, what)

    def leader(self, who: str, what: str) -> None:
        self.says("leader", who, what)

    def refused(self, who: str, what: str) -> None:
        self.says("refused", who, what)

    def clock(self, what: str) -> None:
        self.says("clock", "Jam", what)

    def note(self, what: str) -> None:
        self.says("note", "Kota", what)

    def good(self, what: str) -> None:
        self.says("good", "Selesai", what)

    def page(self, url: str) -> None:
        self.says("page", "Halaman", url)


def _quoted(words: str) -> str:
    """Without the blank lines that make a message airy on a phone; what it quotes itself stands in single quotes."""
    close = "\n".join(line for line in words.splitlines() if line.strip())
    return f"“{close.translate(_INNER)}”"


_INNER = str.maketrans("“”", "‘’")
