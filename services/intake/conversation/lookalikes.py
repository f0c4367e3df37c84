"""Letters that look like others: people decorate words, and some hide them. Pure."""

import re
import unicodedata

_TWINS = str.maketrans(
    "аеорсухкмтвніјѕԁαερονικτυᴀʙᴄᴅᴇғɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "aeopcyxkmtbhijsdaepovikt" + "uabcdefghijklmnoprstuvwyz"
)
"""Cyrillic, Greek and small capitals that pass for Latin letters."""
_JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
"""Between letters they hide a word from whoever looks for it."""
_SPACED = re.compile(r"(?<![^\W_])[a-z](?:[ .][a-z]){3,}(?![^\W_])")
"""`S U D A H`, `b.e.l.u.m`."""
_APART = 0.22
"""Share of gaps from which single letters may stand in a text; a sentence has one in six."""
_DIGITS = str.maketrans("43105", "aeios")


def unadorned(text: str) -> str:
    """Compatibility forms, twins and marks over letters as plain letters; what is written in another script stays."""
    plain = unicodedata.normalize("NFKC", _JOINERS.sub("", text))
    if plain.isascii():
        return plain
    bare = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return " ".join(_latin(word) for word in bare.split(" "))


def _latin(word: str) -> str:
    """Twins only where the whole word then is Latin: a word in Cyrillic is a word in Cyrillic."""
    if word.isascii():
        return word
    made = word.lower().translate(_TWINS)
    mixed = any("a" <= char <= "z" for char in word.lower()) or not any("а" <= char <= "я" for char in word.lower())
    return made if mixed else word


def joined(lowered: str) -> str:
    """Letters one by one are a word."""
    if lowered.count(" ") + lowered.count(".") < len(lowered) * _APART:
        return lowered  # nearly every message, looked at in the cheapest way
    return _SPACED.sub(lambda found: found[0].replace(" ", "").replace(".", ""), lowered)


def lettered(word: str) -> str:
    """`sud4h`: digits that stand for letters."""
    return word.translate(_DIGITS)
