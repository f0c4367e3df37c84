"""Names that are also ordinary words or other places: what must support them before they count.

Kinds: `any`, nothing but that no word behind makes it the thing; `di`, a preposition, or a capital letter where it says
something; `far`, the preposition and nothing behind that makes it the thing; `city`, the same for what is better known
as another city; `mark`, a word for its kind, the kecamatan, an RT or RW.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from services.router.places.spelling import letters

Need = Literal["any", "di", "far", "city", "mark"]


@dataclass(frozen=True, slots=True)
class Ordinary:
    need: Need
    behind: frozenset[str]
    """Words behind it that make it the thing."""


_DI = """
panorama: alam indah
delima: buah
rintis: usaha karir
bajak: laut sawah akun
tampan: sekali banget
maharani:
agrowisata:
alak:
sail: training
sago: mutiara
bello:
solor:
kulim:
sapiran:
merdeka: belajar barat utara timur selatan
mandiangin:
sekip:
palas:
jitra:
oeba:
cintaraja:
kotaraja: banda aceh jayapura
kotatinggi: hujan
kayuputih: minyak
rumbai:
dusunbesar:
bukitraya:
muaradua:
nusaindah: bunga
pasirpanjang: singapura
sumberjaya:
sukamaju: terus
jembatankecil:
lingkarbarat:
lingkartimur:
pasarbengkulu:
"""

_ANY = """
sawahlebar: sekali
pintubatu: nisan alam kali granit
belakangbalok: kayu
tarokdipo: pohon
tarok: pohon
fontein: air mancur
batuplat: nomor motor mobil
tuahnegeri: ini kita
bambukuning: tumbang patah roboh rebah
pondokbesi: karatan
"""

_FAR = """
berkas: permohonan pendaftaran perkara pengajuan ktp kk akta lamaran digital asli persyaratan nikah tanah izin laporan
kandang: ayam sapi kambing kerbau babi kuda bebek ternak itik burung anjing puyuh kelinci lele
penurunan: harga tanah jalan angka kualitas stunting suhu air debit daya pelayanan nilai jumlah kasus muka
pasarbaru: jakarta bandung tangerang
kotabaru: parahyangan bogor
kampungbaru: makassar balikpapan
kampungtengah:
kampungdalam:
airhitam: pekat keluar keruh bau
airputih: keluar bersih jernih hangat
airdingin: panas hangat
airmata: sedih
padangbulan: medan
pesisir: pantai laut selatan barat timur utara sungai
kotalama: semarang
selebar: satu dua tiga empat lima jalan badan setengah satu meter kurang lebih sekitar m
belakangpondok: saya kami itu ini
simpangbaru:
pekanbarukota:
tengahpadang: rumput pasir golf
"""

_CITY = """
semarang: jawa tengah timur barat
surabaya: jawa timur
tanahdatar: sumbar batusangkar sumatera
"""

_MARK = """
simpangempat:
simpangtiga:
limapuluh:
atts:
"""


def _lines() -> Iterator[tuple[Need, str]]:
    kinds: tuple[tuple[Need, str], ...] = (("any", _ANY), ("di", _DI), ("far", _FAR), ("city", _CITY), ("mark", _MARK))
    for need, lines in kinds:
        for line in lines.strip().splitlines():
            yield need, line


ORDINARY: dict[str, Ordinary] = {
    letters(name): Ordinary(need, frozenset(behind.split()))
    for need, line in _lines()
    for name, _, behind in [line.partition(":")]
}
"""By the squeezed name. A joined name counts as its single words: see `is_ordinary`."""
