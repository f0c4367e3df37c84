"""What stands beside the matter: kind, urgency, protection, competence, advertising. All sentences are our own."""

import pytest

from services.contracts.base import OUT_OF_COMPETENCE, Confidentiality, Kind
from services.router.screening.propose import propose


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("usul dibuatkan taman bermain di perumahan kami", "suggestion"),
        ("alangkah baiknya pasar ini punya tempat parkir", "suggestion"),
        ("saran saya jam buka kelurahan ditambah hari sabtu", "suggestion"),
        ("mau tanya syarat pindah domisili apa saja", "question"),
        ("berapa biaya uji kir mobil pick up?", "question"),
        ("numpang tanya min, jadwal imunisasi di puskesmas kapan", "question"),
        ("kebijakan parkir berlangganan ini pemborosan", "criticism"),
        ("program taman itu cuma pencitraan", "criticism"),
        ("mohon bantuan beras, sudah dua hari kami belum makan", "assistance_request"),
        ("minta tolong bantu tetangga kami lansia lumpuh butuh kursi roda", "assistance_request"),
        ("ada mama tua tinggal sendiri sonde ada makan, tolong bantu", "assistance_request"),
        ("kapan jalan rusak ini diperbaiki?", "complaint"),
        ("apakah tidak ada petugas yang mengangkut sampah menumpuk ini", "complaint"),
        ("air ledeng dak idup lagi, ngapo cak iko", "complaint"),
        ("mohon bantuan agar jalan berlubang kami ditambal", "complaint"),
    ],
)
def test_the_kind_is_told_from_how_people_put_it(text: str, kind: Kind) -> None:
    assert propose([text]).kind == kind


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("rumah tabakar, tolong cepat damkar", True),  # Kupang Malay
        ("rumah tabaka di subarang jalan, capek tolong", True),  # Minang
        ("banjir su sedada, tolong kasi perahu", True),
        ("ado uwong hanyut di sungai, tolong capek", True),  # Bengkulu Malay
        ("tetangga saya mau gantung diri tolong", True),
        ("setelah kebakaran kemarin kami belum dapat bantuan", False),
        ("alat pemadam di gedung ini bisa menyebabkan kebakaran kalau rusak", False),
        ("jalan gelap rawan kecelakaan", False),
        ("harimau masuk kebun warga di ujung kampung", True),
        ("anak tetangga dirantai bapaknya di dapur, kurus sekali", True),
        ("perahu nelayan terbalik tadi pagi, dua orang belum ketemu", True),
        ("bapak saya hilang di laut, perahunya ditemukan kosong", True),
        ("anjing tetangga dirantai di tengah jalan", False),
        ("kambing dikurung di kandang dan bau sekali", False),
    ],
)
def test_danger_is_heard_in_every_speech_and_not_where_it_is_only_talked_of(text: str, danger: bool) -> None:
    assert (propose([text]).urgency == "danger") is danger


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("tiang listrik di depan rumah sudah mau roboh", "urgent"),
        ("pohon beringin di taman kota condong sekali", "urgent"),
        ("jembatan gantung kampung kami talinyo tinggal sebelah", "urgent"),
        ("ada buaya di got belakang sekolah", "urgent"),
        ("lubang galian pipa dibiarkan tanpa rambu", "urgent"),
        ("kabel rendah sekali melintang di gang", "urgent"),
        ("pohon di taman kota perlu disiram", "normal"),
        ("tanaman lidah buaya ada yang mencuri", "normal"),
        ("jembatan timbang buka jam berapa", "normal"),
        ("anjing tetangga menggonggong tiap malam", "normal"),
    ],
)
def test_what_may_come_down_or_bite_is_looked_at_before_the_ordinary(text: str, urgency: str) -> None:
    assert propose([text]).urgency == urgency


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("tiang listrik miring di Gading Cempaka", "other_power_utility"),
        ("tiang listrik sudah mau roboh di depan rumah", "other_power_utility"),
        ("tiang listrik roboh, listrik padam satu kampung", "power_cut"),
        ("listrik mati di Sawah Lebar", "power_cut"),
        ("tiang lampu jalan miring", "street_light"),
    ],
)
def test_a_pole_that_leans_is_no_power_cut(text: str, category: str) -> None:
    assert propose([text]).category == category


def test_a_danger_told_late_in_a_long_story_is_no_cry_for_help() -> None:
    story = "bengkel di depan rumah kami berisik setiap malam dan pemiliknya tidak peduli " * 6
    assert propose([story + "katanya pernah terjadi kebakaran juga"]).urgency != "danger"
    assert propose([story + "sekarang kebakaran tolong cepat"]).urgency == "danger"


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("kepala desa korupsi dana desa ratusan juta", "secret"),
        ("oknum pegawai minta suap untuk izin usaha", "secret"),
        ("anak di gang kami disiksa ibu tirinya", "secret"),
        ("guru itu melakukan pelecehan seksual kepada murid", "secret"),
        ("laki inyo manangani bini tiok malam, kasihan", "secret"),  # Minang
        ("dong pukul mama tiap malam", "secret"),  # Kupang Malay
        ("lurah bernama Contoh minta uang untuk tanda tangan", "secret"),
        ("tolong identitas saya dirahasiakan, bandar sabu di gang kami", "secret"),
        ("ketua RW minta uang keamanan", "anonymous"),
        ("warung itu jual miras dan orang mabuk tiap malam", "anonymous"),
        ("kepala dinas itu main proyek dengan keluarganya sendiri", "secret"),
        ("anak itu dikurung ibunya di kamar", "secret"),
        ("bukti transfer saya hilang dan pdam menagih lagi", "normal"),
        ("lampu jalan mati", "normal"),
        ("ktp saya belum jadi", "normal"),
    ],
)
def test_corruption_abuse_and_names_are_closed_at_once(text: str, needed: Confidentiality) -> None:
    assert propose([text]).confidentiality == needed


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("listrik padam sejak sore, pln diam saja", "PLN"),
        ("lampu rumah mati semua, sonde ada listrik", "PLN"),
        ("bpjs saya nonaktif tiba tiba", "BPJS Kesehatan"),
        ("klaim jaminan hari tua bpjs ketenagakerjaan ditolak", "BPJS Ketenagakerjaan"),
        ("motor saya dicuri semalam di parkiran kos", "Kepolisian"),
        ("perpanjang stnk di samsat antri lama", "Samsat"),
        ("sertifikat tanah di bpn sudah setahun belum jadi", "Kantor Pertanahan"),
        ("bikin paspor antrian online penuh terus", "Kantor Imigrasi"),
        ("buku nikah hilang, kua minta bayar", "Kantor Kementerian Agama"),
        ("pinjol menyebar data saya", "bank atau lembaga"),
    ],
)
def test_what_is_not_the_citys_names_whose_it_is(text: str, authority: str) -> None:
    found = propose([text])
    assert found.function in OUT_OF_COMPETENCE
    assert found.authority is not None
    assert found.authority.name.startswith(authority)
    assert f"authority.{found.authority.id}" in found.rules


@pytest.mark.parametrize("text", ["jalan rusak", "sampah menumpuk", "lampu jalan mati", "puskesmas tutup"])
def test_what_is_the_citys_names_nobody_else(text: str) -> None:
    assert propose([text]).authority is None


def test_what_the_province_may_hold_is_said_without_sending_anybody_away() -> None:
    found = propose(["sma negeri menahan ijazah karena belum bayar uang komite"])
    assert found.function not in OUT_OF_COMPETENCE
    assert found.perhaps is not None
    assert found.perhaps.id == "province"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("pinjaman online tanpa jaminan cair hari ini klik link", "spam"),
        ("slot gacor deposit bonus", "spam"),
        ("sebarkan ke semua grup, air pdam diracun mulai malam ini", "hoax"),
    ],
)
def test_advertising_and_chain_letters_are_marked_and_left_to_a_person(text: str, mark: str) -> None:
    found = propose([text])
    assert mark in found.rules
    assert found.abstains


@pytest.mark.parametrize(
    ("text", "on_behalf"),
    [
        ("ada nenek sebatang kara di rt kami belum makan", True),
        ("urang gaek tingga surang diri sakik, tolong dibantu", True),
        ("tetangga kami dipukul suaminya tiap malam", True),
        ("rumah saya sendiri hampir roboh, minta bedah rumah", False),
        ("lampu jalan mati", False),
    ],
)
def test_a_report_about_somebody_in_need_is_told_from_ones_own(text: str, on_behalf: bool) -> None:
    assert propose([text]).on_behalf is on_behalf


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("parit kami mampet, jalan pun dah rusak kena air", True),
        ("got mampet bikin banjir di gang kami", False),
        ("sampah menumpuk tidak diangkut, bau", False),
        ("lampu jalan mati semua", False),
    ],
)
def test_two_works_in_one_message_are_left_to_a_person(text: str, several: bool) -> None:
    found = propose([text])
    assert found.several is several
    assert ("several" in found.rules) is several
