"""What somebody filled in, read and made a message for the door. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast

from services.contracts.base import Confidentiality, Kind
from services.contracts.city import City
from services.contracts.intake import Concerned, Counter, IntakeMessage, Media, Pin
from services.intake.clean import clean
from services.intake.pages import contacts, keys
from services.web.i18n import later

LONGEST = 20_000
"""Letters of one report; beyond it somebody has pasted something."""
KINDS: Mapping[Kind, str] = {
    "complaint": later("Pengaduan: ada yang tidak beres"), "assistance_request": later("Permintaan bantuan"),
    "question": later("Pertanyaan"), "suggestion": later("Saran"), "criticism": later("Kritik"),
}  # fmt: skip
LEVELS: tuple[Confidentiality, ...] = ("normal", "anonymous", "secret")
NEEDS_WORDS = later("Tulis apa yang terjadi, atau sertakan foto.")
TOO_LONG = later("Terlalu panjang. Paling banyak 20.000 huruf.")

Source = Literal["web", "desk", "staff"]


@dataclass(frozen=True)
class Given:
    """A form's fields as they were filled in, fit to be shown again. `uploads`: references of files that we keep."""

    key: str
    text: str = ""
    ward: str = ""
    place: str = ""
    latitude: str = ""
    longitude: str = ""
    contact: str = ""
    other: str = ""
    """Another way to reach the person."""
    name: str = ""
    kind: str = ""
    confidentiality: str = "normal"
    concerned_name: str = ""
    concerned_place: str = ""
    forwarder: str = ""
    ticket: str = ""
    uploads: tuple[str, ...] = ()

    @property
    def pin(self) -> Pin | None:
        try:
            latitude, longitude = (float(one.replace(",", ".")) for one in (self.latitude, self.longitude))
            return Pin(latitude=latitude, longitude=longitude)
        except ValueError:
            return None

    def errors(self) -> list[tuple[str, str]]:
        """Field and sentence; [] if it can be sent."""
        found = []
        if not self.text and not self.uploads:
            found.append(("text", NEEDS_WORDS))
        if len(self.text) > LONGEST:
            found.append(("text", TOO_LONG))
        return found


_LINES = ("text",)
_SHORT = (
    "ward", "place", "latitude", "longitude", "contact", "other", "name", "kind", "confidentiality", "concerned_name",
    "concerned_place", "forwarder", "ticket",
)  # fmt: skip


def read(fields: Mapping[str, object], uploads: Iterable[str] = ()) -> Given:
    """Whatever comes: a field that is missing, a file where words belong, or too long is read as far as it makes sense.

    A form without a proper key gets a new one, so that nothing is lost by it."""
    texts = {name: clean(value).strip() for name, value in fields.items() if isinstance(value, str)}
    short = {name: " ".join(texts[name].split())[:500] for name in _SHORT if name in texts}
    level = short.get("confidentiality")
    return replace(
        Given(keys.read(texts.get("key")) or keys.fresh()),
        text=texts.get("text", ""),
        uploads=tuple(uploads),
        **{**short, "confidentiality": level if level in LEVELS else "normal"},
    )


def message(city: City, source: Source, given: Given, seat: str | None = None) -> IntakeMessage:
    """A report as it goes to the door. The same content has the same id; other words by the same key are added to the
    report that it opened. `seat`: who is logged in and wrote it down."""
    fields: dict[str, object] = {
        "text": _words(given), "pin": given.pin, "ward": given.ward if given.ward in city.wards else None,
        "media": tuple(Media(reference=one) for one in given.uploads[:30]),
        "confidentiality": cast("Confidentiality", given.confidentiality),
        "kind": given.kind if given.kind in KINDS else None,
        "form": "text" if given.text or not given.uploads else "document",
        "wish": "open", "counter": _counter(city, given, seat),
    }  # fmt: skip
    sender = contacts.sender(keys.person(given.key), given.contact, given.other, given.name[:300] or None)
    draft = IntakeMessage.model_validate({"id": "-", "door": city.doors_of(source)[0].id, "sender": sender, **fields})
    return IntakeMessage.model_validate({**dict(draft), "id": identified(given.key, draft)})


def identified(key: str, draft: IntakeMessage, once: str = "") -> str:
    """The message's id: what makes it the same when it comes again. `once`: of the form that it was sent by."""
    said = draft.model_dump_json(exclude={"id"}, exclude_none=True)
    return "form:" + hashlib.sha256(f"{key}\n{once}\n{said}".encode()).hexdigest()[:40]


def _words(given: Given) -> str | None:
    """The person's own words, and below them how they call the place."""
    parts = [given.text[:LONGEST]] + ([f"Tempat: {given.place}"] if given.place else [])
    return "\n".join(part for part in parts if part) or None


def _counter(city: City, given: Given, seat: str | None) -> Counter | None:
    if seat is None:
        return None
    concerned = None
    if given.concerned_name or given.concerned_place:
        concerned = Concerned(name=given.concerned_name[:300] or None, place=given.concerned_place or None)
    forwarder = given.forwarder if given.forwarder in city.seats else None
    return Counter(by=seat, forwarder=forwarder, concerned=concerned)
