"""What somebody wrote in an e-mail: without the letter below it that is answered, and without the signature. Pure.

RFC 3676 section 4.3 (signature separator), section 4.5 (quoted lines); the lines that mail programs put above a quoted
letter, in Indonesian and English.
"""

import re
from html.parser import HTMLParser

MOST_HTML = 2_000_000
"""Characters of HTML that are looked at."""

_BLOCKS = frozenset(
    {"p", "div", "br", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section", "article"}
)
_HIDDEN = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "wbr"})
_QUOTES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "divrplyfwdmsg", "appendonsend", "protonmail_quote")
_SIGNATURES = ("gmail_signature", "moz-signature", "protonmail_signature")

_ABOVE_A_QUOTE = re.compile(
    r"^\s*(?:"
    r"(?:on|pada|tanggal|am)\b.{4,200}\b(?:wrote|menulis|schrieb)\s*:"
    r"|-{2,}\s*(?:original message|pesan asli|pesan sebelumnya|forwarded message|pesan terusan|pesan diteruskan)\b.*"
    r"|_{10,}\s*"
    r"|(?:from|dari)\s*:.*<?[^\s@<>]+@[^\s@<>]+>?.*"
    r")$",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"^\s*(?:sent from my|dikirim dari|terkirim dari|get outlook for|dapatkan outlook untuk)\b.{0,60}$", re.IGNORECASE
)
_SIGNATURE = re.compile(r"^-- ?$")


def own(text: str) -> str:
    """The writer's own words. A message that is nothing but a quotation (a forwarded letter) stays whole."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept: list[str] = []
    for number, line in enumerate(lines):
        # A long address line is broken in two: "On Tue, 3 Mar 2026, Ibu Contoh\n<ibu@contoh.example> wrote:".
        joined = f"{line} {lines[number + 1]}" if number + 1 < len(lines) else line
        if _SIGNATURE.match(line) or _ABOVE_A_QUOTE.match(line) or _ABOVE_A_QUOTE.match(joined):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line.rstrip())
    while kept and (not kept[-1] or _SENT_FROM.match(kept[-1])):
        kept.pop()
    said = "\n".join(kept).strip()
    return _squeezed(said) or _squeezed(text)


def _squeezed(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text.replace("\r\n", "\n").replace("\u00a0", " ")).strip()


def of_html(html: str) -> str:
    """The words that a reader would see; nothing in it is run, fetched or kept as markup."""
    reader = _Reader()
    reader.feed(html[:MOST_HTML])
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._hidden: list[str] = []
        """Tags that are open below the one that hides what is inside."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            if tag in _BLOCKS and not self._hidden:
                self._parts.append("\n")
            return
        if self._hidden or tag in _HIDDEN or tag == "blockquote" or _is_cut(attrs):
            self._hidden.append(tag)
        elif tag in _BLOCKS:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self._hidden:
            if tag in self._hidden:
                while self._hidden and self._hidden.pop() != tag:
                    pass
        elif tag in _BLOCKS:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._parts.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def text(self) -> str:
        lines = (re.sub(r" {2,}", " ", line).strip() for line in "".join(self._parts).split("\n"))
        return _squeezed("\n".join(lines))


def _is_cut(attrs: list[tuple[str, str | None]]) -> bool:
    named = " ".join(value or "" for name, value in attrs if name in ("class", "id")).lower()
    style = " ".join(value or "" for name, value in attrs if name == "style").replace(" ", "").lower()
    return any(one in named for one in (*_QUOTES, *_SIGNATURES)) or "display:none" in style
