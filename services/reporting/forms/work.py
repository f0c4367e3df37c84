"""Forms of the work itself: more time, parts of the work, plans, units, rulings on what came back."""

from collections.abc import Callable

from services.contracts.city import City
from services.reporting import labels
from services.reporting.forms.parts import PICTURES, Field, Form, holder, lead, of, seats
from services.reporting.read_models.cases.card import Card
from services.web.i18n import later
from services.web.staff import Staff

Tr = Callable[[str], str]
Chosen = list[tuple[str, str]]


def _coordinates(staff: Staff, card: Card) -> bool:
    return card.phase == "working" and staff.has("coordinator")


def _leads(staff: Staff, card: Card) -> bool:
    return lead(staff, card) or _coordinates(staff, card)


def _may_ask(staff: Staff, card: Card) -> bool:
    """There is a clock of this seat that can be extended."""
    return holder(staff, card) and bool(_extensible(card, staff.seat.id))


def _extensible(card: Card, seat: str) -> set[str]:
    return {clock.name for clock in card.holdings[seat].clocks if clock.name != "first_response" and not clock.late}


def _clocks(_city: City, card: Card, tr: Tr) -> Chosen:
    names = {name for seat in card.holdings for name in _extensible(card, seat)}
    return [(name, tr(labels.CLOCK[name])) for name in labels.CLOCK if name in names]


def _may_grant(staff: Staff, card: Card) -> bool:
    return card.phase == "working" and any(
        one.ruling is None and one.seat != staff.seat.id and (staff.has("coordinator") or one.superior == staff.seat.id)
        for one in card.extensions.values()
    )


def _wishes(city: City, card: Card, tr: Tr) -> Chosen:
    return [
        (str(number), f"#{number} · {labels.seat(city, one.seat)} · {tr(labels.CLOCK[one.clock])}")
        for number, one in card.extensions.items()
        if one.ruling is None
    ]


def _returns(city: City, card: Card, _tr: Tr) -> Chosen:
    return [(str(number), f"#{number} · {labels.seat(city, seat)}") for number, seat in card.returns.items()]


def _units(city: City, card: Card, _tr: Tr) -> Chosen:
    """Of every office that holds it; whoever fills the form in can name only its own."""
    return [(unit.id, unit.name) for agency in city.agencies if agency.id in card.holdings for unit in agency.units]


def _own_part(staff: Staff, card: Card) -> bool:
    return card.phase == "working" and any(
        one.seat == staff.seat.id and one.standing == "open" for one in card.subtasks.values()
    )


def _parts(city: City, card: Card, _tr: Tr) -> Chosen:
    return [
        (str(number), f"#{number} · {labels.seat(city, one.seat)}")
        for number, one in card.subtasks.items()
        if one.standing == "open"
    ]


def _has_parts(staff: Staff, card: Card) -> bool:
    return _leads(staff, card) and any(one.standing == "open" for one in card.subtasks.values())


FORMS: tuple[Form, ...] = (
    Form("plan", later("Jadwalkan"), later("Jadwalkan"), (
        Field("programme", later("Program"), "text", hint=later("Seperti akan dibaca pelapor.")),
        Field("date", later("Tanggal"), "moment"),
        Field("text", later("Rencana")),
    ), _leads, says=later("Belum selesai: laporan tetap terbuka, dan pada tanggal itu bangun sendiri.")),
    Form("ask_extension", later("Minta tambahan waktu"), later("Kirim permintaan"), (
        Field("clock", later("Batas waktu"), "select", choices=_clocks),
        Field("until", later("Sampai"), "moment"), Field("reason", later("Alasan")),
    ), _may_ask, says=later("Atasan atau koordinator memutuskan. Sampai itu batas waktu yang lama tetap berlaku.")),
    Form("rule_extension", later("Putuskan tambahan waktu"), later("Putuskan"), (
        Field("number", later("Permintaan"), "select", choices=_wishes),
        Field("ruling", later("Putusan"), "select", choices=of(labels.GRANT)),
        Field("until", later("Sampai"), "moment", required=False, hint=later("Kosong: seperti yang diminta.")),
        Field("reason", later("Alasan")),
    ), _may_grant),
    Form("refuse_return", later("Tolak pengembalian"), later("Kembalikan kepada pemegang"), (
        Field("number", later("Pengembalian"), "select", choices=_returns), Field("reason", later("Alasan")),
    ), lambda s, c: _coordinates(s, c) and bool(c.returns),
       says=later("Jabatan itu memegangnya lagi dengan waktu yang tersisa, dan tidak dapat mengembalikannya lagi.")),
    Form("dispose", later("Disposisi internal"), later("Teruskan di dalam kantor"), (
        Field("unit", later("Bidang atau UPT"), "select", required=False, choices=_units),
        Field("assignee", later("Petugas"), "text", required=False), Field("note", later("Catatan"), required=False),
    ), lambda s, c: holder(s, c) and s.has("agency_head", "territorial"),
       says=later("Jabatan Anda tetap yang bertanggung jawab, dan batas waktunya tetap.")),
    Form("give_subtask", later("Beri sub-tugas"), later("Beri sub-tugas"), (
        Field("seat", later("Kepada"), "select", choices=seats), Field("text", later("Tugas")),
        Field("due", later("Batas"), "moment"),
    ), _leads),
    Form("finish_subtask", later("Selesaikan sub-tugas"), later("Simpan"), (
        Field("number", later("Sub-tugas"), "select", choices=_parts), Field("text", later("Yang dikerjakan")),
        PICTURES,
    ), _own_part),
    Form("decline_subtask", later("Tolak sub-tugas"), later("Tolak"), (
        Field("number", later("Sub-tugas"), "select", choices=_parts), Field("reason", later("Alasan")),
    ), _own_part),
    Form("drop_subtask", later("Batalkan sub-tugas"), later("Batalkan"), (
        Field("number", later("Sub-tugas"), "select", choices=_parts), Field("reason", later("Alasan")),
    ), _has_parts),
)  # fmt: skip
