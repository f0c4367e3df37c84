"""Whether an ordinary word has enough around it to be the name of a place."""

from dataclasses import dataclass

from services.router.places import cues
from services.router.places.ordinary import Ordinary
from services.router.places.reading import Read

AT = frozenset({"di", "d", "dii", "kat"})
_PARTS = frozenset({"daerah", "drh", "kawasan", "sekitar", "lokasi"})
"""Before the name of a part of this city, and hardly of another city."""
_SETTLED = frozenset({"kampung", "kp", "kota", "pasar", "psr", "simpang", "padang", "pdg"})
"""What only places are called by."""
_POLITE = frozenset({"pak", "bu", "min", "kak", "ya", "yo", "bang", "mas", "mbak", "om", "bapak", "ibu", "kota"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an ordinary word stands that may be a name."""

    text: Read
    first: int
    behind: int
    mark: str
    role: str
    follows: bool
    """It goes on a list of places."""

    @property
    def is_label(self) -> bool:
        """`Panorama: tiang miring`: what the message is headed by."""
        return self.first in self.text.breaks and self.behind in self.text.labelled

    @property
    def _titled(self) -> bool:
        text, at = self.text, self.first
        return at > 0 and at not in text.pauses and at not in text.breaks and text.words[at - 1] in cues.TITLES

    @property
    def is_person(self) -> bool:
        """`Ibu Delima belum dapat bantuan`: somebody is called so, unless it goes on with what happens in a place."""
        text = self.text
        then = text.words[self.behind] if self.behind < len(text.words) else ""
        return self._titled and then not in cues.HAPPENS and then not in ("rt", "rw")

    def _heads(self, ordinary: Ordinary) -> bool:
        """`Berkas: KTP, KK` lists papers; `Berkas: got mampet` and `Pasar Baru: ...` are places."""
        if ordinary.need == "mark":
            return False
        then = self.text.words[self.behind]
        return ordinary.need in ("any", "di") or then in cues.STANDS or self.text.words[self.first] in _SETTLED

    def supports(self, ordinary: Ordinary) -> bool:
        text, at = self.text, self.first
        if self.mark in ("ward", "district"):
            return True
        if self.is_label and self._heads(ordinary):
            return True
        if self.is_person:
            return False
        before = text.words[at - 1] if at else ""
        # Behind RT and RW stands the kelurahan, also where another city is called the same.
        if self.mark == "area" and (ordinary.need != "city" or before in _PARTS or before.isdigit()):
            return True
        then = text.words[self.behind] if self.behind < len(text.words) else ""
        if then in ("rt", "rw") or _alone(text, at, self.behind):
            return True
        if self.behind in text.breaks:
            then = ""
        capital = all(text.capitals[at : self.behind])
        if then in ordinary.behind or (then in cues.OWNED and not capital):
            return False
        inside = at > 0 and text.words[at - 1] in AT
        match ordinary.need:
            case "any":
                return True
            case "mark":
                return inside and capital
            case "city":
                return inside or self.follows
            case "far":
                return inside or self.follows or self.mark == "people"
            case "di":
                happens = (at in text.breaks or self._titled) and then in cues.HAPPENS
                stands_out = capital and (at in text.pauses or at == 0 or not text.capitals[at - 1])
                spoken_of = stands_out or happens or self.mark == "people" or self.role == "head"
                return inside or self.follows or spoken_of


def _alone(text: Read, first: int, behind: int) -> bool:
    """`Berkas, pak`: a message of nothing else answers the question where it is."""
    if first not in text.breaks:
        return False
    end = min((b for b in text.breaks if b > first), default=len(text.words))
    return all(word in _POLITE for word in text.words[behind:end])
