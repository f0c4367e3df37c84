"""What people type, and what it says by itself."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.conversation.phrases import Says, read

SAID: dict[Says, list[str]] = {
    "nothing": ["", "👍", "🙏🙏🙏", "...", "?", "x", "❤️"],
    "greeting": [
        "P", "p", "halo", "Assalamualaikum", "assalamu'alaikum wr wb", "selamat pagi pak", "permisi min", "siang bu",
        "pak?", "halooo", "Ping", "selamat malam bapak wali kota", "shalom", "tabik",
    ],
    "thanks": [
        "makasih", "terima kasih banyak pak", "trims", "mksh ya min", "tarimo kasih pak", "Terima kasih 🙏",
        "makasih atas bantuannya", "thanks", "terima kasih sudah dibantu", "makasih pak sudah",
    ],
    "agreed": ["ok", "oke pak", "siap", "iya", "ya pak", "baik bu"],
    "help": ["bantuan", "help", "menu", "cara lapor", "bagaimana cara melapor?"],
    "status": [
        "STATUS", "cek status", "status laporan saya", "gmn laporan sy", "gmn pak?", "bagaimana kabarnya?",
        "baa laporan ambo", "cakmano laporan ambo pak", "karmana beta pung laporan", "sudah sampai mana laporan saya",
        "laporan saya gimana kelanjutannya", "camano aduan saya",
    ],
    "when": ["kapan diperbaiki pak", "kpn beres?", "sudah diperbaiki belum?", "bilo ka dipasang",
             "kalau yang pipa?"],
    "done": [
        "SUDAH", "sudah", "udah pak", "su beres", "lah beres pak", "alah salasai", "sudah selesai, terima kasih",
        "udh nyala pak", "air sudah mengalir", "selesai", "beres pak makasih", "sdh bersih", "dah hidup lampunya",
        "ok sudah", "sudah pak, makasih", "udah makasih ya", "sdh min trims", "su, makasi",
    ],
    "not_done": [
        "BELUM", "blm jg", "belum pak", "alun pak", "belom beres", "sonde jalan air", "ndak hidup pak",
        "masih mati", "mati lagi pak", "dak ado perubahan, masih sama", "lampunya masih gelap", "sudah 3 hari blm juga",
        "air dak ngalir",
    ],
    "withdraw": ["BATAL", "batalkan laporan saya", "cabut laporan", "ndak jadi lapor", "batal saja"],
    "confidential": ["RAHASIA", "tolong dirahasiakan", "ANONIM", "jangan sebut nama saya",
                     "rahasiakan identitas saya ya pak"],
    "forget": ["LUPAKAN SAYA", "lupakan saya", "hapus data saya", "tolong hapus semua data saya"],
    "content": [
        "air mati sejak pagi di padang harapan", "jalan berlubang", "assalamualaikum pak, lampu jalan mati di RT 5",
        "tolong", "sampah menumpuk", "minta bantuan sembako", "pohon tumbang", "tolong tarik pohon tumbang",
        "sudah 3 hari air mati",
        "dana kelurahan sudah ada kah?", "terima kasih, tapi got depan rumah mampet", "iya di jalan merdeka nomor 5",
        "sudah rahasia umum lurah minta uang untuk surat pengantar warga yang mau urus",
    ],
}  # fmt: skip


MEANT: dict[str, set[Says]] = {
    "status": {"status", "when"}, "thanks": {"thanks", "agreed"}, "announce": {"announce", "greeting", "help"},
    "greeting": {"greeting", "announce"}, "anonymous": {"confidential"}, "secret": {"confidential"},
    "nocall": {"call"}, "call": {"call"}, "done": {"done"}, "not_done": {"not_done"}, "withdraw": {"withdraw"},
    "forget": {"forget"}, "help": {"help"},
}  # fmt: skip


def _phrases() -> list[tuple[str, str]]:
    found, wish = [], ""
    for line in (Path(__file__).parent / "phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            wish = line[2:]
        elif line:
            found.append((wish, line))
    return found


@pytest.mark.parametrize("wish", MEANT)
def test_a_wish_is_understood_in_the_words_of_all_five_speeches(wish: str) -> None:
    levels = {"anonymous": "anonymous", "secret": "secret"}
    said = [text for one, text in _phrases() if one == wish]
    assert len(said) >= 10
    for text in said:
        reading = read(text)
        assert reading.says in MEANT[wish] or (wish == "done" and reading.perhaps_done), text
        assert reading.level == levels.get(wish) or wish not in levels, text
        assert reading.call is {"call": True, "nocall": False}.get(wish, reading.call), text


@pytest.mark.parametrize(("says", "text"), [(says, text) for says, texts in SAID.items() for text in texts])
def test_each_phrase_says_what_people_mean_by_it(says: Says, text: str) -> None:
    assert read(text).says == says


def test_a_wish_for_secrecy_is_seen_in_a_long_text_too() -> None:
    told = "lurah saya minta uang setiap kali ada warga mengurus surat, mohon jangan sebut nama saya karena kami takut"
    assert (read(told).says, read(told).level) == ("content", "anonymous")
    assert read(told.replace("jangan sebut nama saya", "dirahasiakan")).level == "secret"
    assert read("air mati").level is None


@pytest.mark.parametrize(
    "text", ["saya mau lapor lagi soal sampah", "laporan baru: jalan rusak", "ini masalah lain pak, got mampet"]
)
def test_a_person_can_call_it_another_complaint(text: str) -> None:
    assert read(text).new


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert read(text).says


CONSENTS = [
    ("atap sekolah bocor. saya guru di situ, boleh hubungi saya kapan saja", True),
    ("got tersumbat di gang mawar, saya bisa dihubungi di nomor ini", True),
    ("ada pohon tumbang, silakan telpon saya kalau mau survei", True),
    ("tiang telpon miring nak roboh di marpoyan", False),
    ("nomor pdam tidak bisa dihubungi dari pagi, air mati", False),
    ("mohon hubungi pln karena kabel putus di jalan merak", False),
    ("lampu mati, siapa yang bisa saya hubungi?", False),
    ("saya sudah hubungi lurah tapi tidak ada jawaban", False),
    ("jangan hubungi saya, got di depan rumah mampet", False),
]


@pytest.mark.parametrize(("text", "given"), CONSENTS)
def test_a_consent_beside_a_complaint_is_only_what_says_so_plainly(text: str, given: bool) -> None:
    assert read(text).consent is given
