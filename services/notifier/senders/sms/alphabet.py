"""What an SMS costs: 3GPP TS 23.038 section 6.2.1 (the 7-bit alphabet and its extension), TS 23.040 section 9.2.3.24.1
(parts of a longer message).

One character outside the alphabet, a curly quote already, makes the whole message UCS-2: 70 characters instead of 160,
67 instead of 153 in each part. So typography is made plain before it is counted.
"""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
"""Each costs two."""

_PLAIN = str.maketrans({
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "•": "-", "\u00a0": " ",
    "→": "->", "×": "x",
})  # fmt: skip


def plain(text: str) -> str:
    """Curly quotes, dashes and dots as the 7-bit alphabet has them; everything else stays."""
    return text.translate(_PLAIN)


def seven_bit(text: str) -> bool:
    return all(char in _BASIC or char in _EXTENDED for char in text)


def length(text: str) -> int:
    """In the units that its alphabet counts in: septets, or UTF-16 code units."""
    if seven_bit(text):
        return sum(2 if char in _EXTENDED else 1 for char in text)
    return len(text.encode("utf-16-be")) // 2


def parts(text: str) -> int:
    """How many messages the provider charges."""
    single, each = (160, 153) if seven_bit(text) else (70, 67)
    used = length(text)
    return 1 if used <= single else -(-used // each)
