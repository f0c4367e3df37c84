"""Forms of own words by draft and of proof of work in public."""

from collections.abc import Callable

from services.contracts.city import City
from services.reporting import labels
from services.reporting.forms.parts import Field, Form
from services.reporting.read_models.cases.card import Card
from services.web.i18n import later
from services.web.staff import Staff


def _signers(city: City, _card: Card, _tr: Callable[[str], str]) -> list[tuple[str, str]]:
    """Whoever answers people in own words: leaders first."""
    found = [seat for seat in city.seats.values() if "leader" in seat.roles or "agency_head" in seat.roles]
    return [(seat.id, seat.title) for seat in sorted(found, key=lambda seat: "leader" not in seat.roles)]


def _mine(city: City, card: Card, _tr: Callable[[str], str]) -> list[tuple[str, str]]:
    return [
        (str(number), f"#{number} · {labels.seat(city, draft.by)} → {labels.seat(city, draft.seat)}")
        for number, draft in card.drafts.items()
        if not draft.over
    ]


def _to_approve(city: City, card: Card, _tr: Callable[[str], str]) -> list[tuple[str, str]]:
    return [
        (str(number), f"#{number} · {labels.seat(city, proof.by)}")
        for number, proof in card.publications.items()
        if proof.standing == "drafted"
    ]


def _standing(city: City, card: Card, _tr: Callable[[str], str]) -> list[tuple[str, str]]:
    return [
        (str(number), f"#{number} · {labels.seat(city, proof.by)}")
        for number, proof in card.publications.items()
        if proof.standing not in ("dropped", "withdrawn")
    ]


def _pictures(_city: City, card: Card, tr: Callable[[str], str]) -> list[tuple[str, str]]:
    """Of offices, cleared for everybody; the latest first."""
    shown = [
        m for m, picture in card.closing.pictures.items() if picture.of == "office" and picture.audience == "public"
    ]
    return [(media, tr(later("Gambar {number}")).format(number=n)) for n, media in reversed(list(enumerate(shown, 1)))]


def _accounts(city: City, _card: Card, _tr: Callable[[str], str]) -> list[tuple[str, str]]:
    return [(one.id, f"{one.channel} · {one.url}") for one in city.accounts if one.door is not None]


def _may_send(staff: Staff, card: Card) -> bool:
    return any(draft.seat == staff.seat.id and not draft.over for draft in card.drafts.values())


def _shows(staff: Staff, card: Card) -> bool:
    done = card.phase in ("resolved", "closed") and card.confidentiality != "secret"
    return done and (staff.has("communication") or staff.seat.id in card.holdings)


FORMS: tuple[Form, ...] = (
    Form("draft_reply", later("Siapkan balasan untuk pimpinan"), later("Simpan konsep"), (
        Field("seat", later("Ditandatangani"), "select", choices=_signers),
        Field("text", later("Balasan"), hint=later("Dikirim kepada pelapor setelah yang bersangkutan menyetujui.")),
    ), lambda s, c: s.has("aide", "communication") and c.phase != "closed"),
    Form("send_draft", later("Kirim balasan yang sudah disiapkan"), later("Setujui dan kirim"), (
        Field("number", later("Konsep"), "select", choices=_mine),
        Field("text", later("Ubah kata-katanya"), required=False, hint=later("Kosongkan untuk mengirim apa adanya.")),
    ), _may_send, says=later("Dikirim kepada pelapor atas nama jabatan Anda.")),
    Form("drop_draft", later("Batalkan konsep balasan"), later("Batalkan konsep"), (
        Field("number", later("Konsep"), "select", choices=_mine), Field("reason", later("Alasan"), required=False),
    ), lambda s, c: any(not d.over and s.seat.id in (d.by, d.seat) for d in c.drafts.values())),
    Form("draft_proof", later("Siapkan publikasi bukti kerja"), later("Simpan bahan"), (
        Field("text", later("Untuk umum"), required=False,
              hint=later("Kosongkan untuk teks bawaan. Cukup sampai kelurahan: tanpa nama, alamat, RT/RW atau nomor.")),
        Field("pictures", later("Gambar"), "select", required=False, choices=_pictures),
    ), _shows, says=later("Hanya gambar kantor yang sudah dibuka untuk umum. Orang lain yang menyetujui.")),
    Form("approve_proof", later("Setujui publikasi"), later("Setujui dan unggah"), (
        Field("number", later("Bahan"), "select", choices=_to_approve),
        Field("accounts", later("Akun"), "select", choices=_accounts),
    ), lambda s, c: s.has("communication") and any(p.standing == "drafted" for p in c.publications.values()),
       says=later("Langsung diunggah. Bila laporan dibuka lagi, unggahan ditarik.")),
    Form("drop_proof", later("Batalkan publikasi"), later("Batalkan publikasi"), (
        Field("number", later("Bahan"), "select", choices=_standing), Field("reason", later("Alasan"), required=False),
    ), lambda s, c: s.has("communication", "leader") and any(
        p.standing not in ("dropped", "withdrawn") for p in c.publications.values()
    )),
    Form("link_proof", later("Catat unggahan kantor sendiri"), later("Simpan tautan"), (
        Field("link", later("Tautan"), "url"),
    ), _shows),
)  # fmt: skip
