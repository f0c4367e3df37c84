"""Forms on the way to a reporter's contact: asked for with a reason, allowed by a second person, seen once."""

from collections.abc import Callable

from services.contracts.city import City
from services.reporting import labels, sight
from services.reporting.forms.parts import Field, Form, of
from services.reporting.read_models.cases.card import Card
from services.web.i18n import later
from services.web.staff import Staff

REPORTER = "reporter:1"
_ANSWER = {"": later("Pilih"), "true": later("Ya, boleh dilihat satu kali"), "false": later("Tidak")}
"""Nothing is chosen beforehand: a yes must be somebody's own."""


def _may_ask(staff: Staff, card: Card) -> bool:
    """Whoever works on it, or leads those who do; who lives beside the reporter never."""
    if REPORTER in card.erased or sight.is_neighbour(staff):
        return False
    waits = any(one.seat == staff.seat.id and one.granted is None for one in card.contacts.values())
    mine = staff.seat.id in card.holdings or staff.has("leader", "coordinator")
    return mine and not waits and card.phase != "closed"


def _may_rule(staff: Staff, card: Card) -> bool:
    return staff.has("coordinator", "data_protection") and any(
        one.granted is None and one.seat != staff.seat.id for one in card.contacts.values()
    )


def _may_see(staff: Staff, card: Card) -> bool:
    return REPORTER not in card.erased and any(
        one.seat == staff.seat.id and one.granted and not one.shown for one in card.contacts.values()
    )


def _grounds(_city: City, card: Card, tr: Callable[[str], str]) -> list[tuple[str, str]]:
    """The reporter's word only where he gave it."""
    return [(key, tr(text)) for key, text in labels.CONTACT_GROUND.items() if key != "call" or card.callable]


def _wishes(city: City, card: Card, tr: Callable[[str], str]) -> list[tuple[str, str]]:
    return [
        (str(number), f"#{number} · {labels.seat(city, one.seat)} · {tr(labels.CONTACT_GROUND[one.ground])}")
        for number, one in card.contacts.items()
        if one.granted is None
    ]


def _granted(_city: City, card: Card, tr: Callable[[str], str]) -> list[tuple[str, str]]:
    return [
        (str(number), f"#{number} · {tr(labels.CONTACT_GROUND[one.ground])}")
        for number, one in card.contacts.items()
        if one.granted and not one.shown
    ]


FORMS: tuple[Form, ...] = (
    Form("ask_contact", later("Minta kontak pelapor"), later("Kirim permintaan"), (
        Field("ground", later("Dasar"), "select", choices=_grounds),
        Field("reason", later("Alasan"), hint=later("Mengapa pertanyaan lewat Tuntas tidak cukup.")),
    ), _may_ask, says=later(
        "Orang kedua memutuskan. Pertanyaan biasa kirim lewat Tanya pelapor: kontak tidak perlu dibuka."
    )),
    Form("rule_contact", later("Putuskan permintaan kontak"), later("Putuskan"), (
        Field("number", later("Permintaan"), "select", choices=_wishes),
        Field("granted", later("Boleh dilihat?"), "select", choices=of(_ANSWER)),
        Field("reason", later("Alasan"), required=False),
    ), _may_rule, says=later(
        "Alasannya ada di perjalanan laporan di bawah. Putusan tercatat dengan nama jabatan Anda, dan pelapor dikabari "
        "saat kontaknya dilihat. Tanpa izin pelapor hanya pejabat pelindungan data yang dapat menyetujui."
    )),
    Form("show_contact", later("Lihat kontak pelapor"), later("Tampilkan satu kali"), (
        Field("number", later("Permintaan"), "select", choices=_granted),
    ), _may_see, danger=True, says=later(
        "Ditampilkan satu kali saja dan tercatat. Siapkan telepon dahulu; jangan menyalin ke tempat lain."
    )),
)  # fmt: skip
