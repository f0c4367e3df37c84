"""Messages that are no report: advertising, fraud, chain letters. Only a mark; a person decides. Pure."""

# ruff: noqa: E501  # lists of phrases are read by their entries, not by their line ends

from services.router.screening.near import Grams, Pairs, first, listed, pair

_ABOUT_IT = listed(
    "dibiarkan|polisi|aparat|beking|hubungi siapa|harus hubungi|ke mana|tertibkan|ditertibkan|ditipu|tertipu|penipuan|benarkah|benar tidak|apakah benar|apa benar|benar atau|lapor|melaporkan|laporkan|meresahkan|"
    "ditempel|tempel|mengatasnamakan|diretas|tidak bisa dibuka|korban|hati hati|korban pinjol|tindak|ditindak|razia|dirazia|blokir situs|"
    "hoaks|hoax|bohong|klarifikasi|penipu|diteror|terlilit|terjerat|mohon|keluhan|dekat sekolah|warnet|pak wali|bapak wali kota"
)
"""Who speaks of it does not send it."""

_SPAM = listed(
    "dana cepat|slot gacor|togel|klik link|menang undian|hadiah undian|memenangkan undian|pemenang undian|klik http|klik tautan|"
    "bonus member|jual followers|jasa pinjaman|promo terbatas|jasa seo|pinjaman tanpa jaminan|modal kecil untung besar|deposit bonus|"
    "bonus deposit|open bo|gacor|klik sini|link viral|jual akun|tanpa agunan|anda menang|menang 100 juta|hubungi admin|hubungi nomor ini|ikut trading|kaya cepat|bandar togel|mentor trading|vip member|prediksi togel|klaim di sini|klaim hadiah|klaim sekarang|join grup telegram|new member|obat kuat|maxwin|scatter|rtp live|tanpa bi checking|cair 5 menit|klik di sini|selamat anda mendapat|anda terpilih|"
    "pinjaman online tanpa|pinjaman online cair|daftar slot|judi online terpercaya|investasi pasti untung|kartu kredit terbongkar|pesugihan|penglaris|dukun pengasihan|jasa santet"
)
_OFFERS = Pairs((
    pair("promo|diskon|jual|dijual|jasa|paket|sewa|terima|menerima|ready|stok|grosir|melayani|ditawarkan|tersedia|disewakan|turun harga|cicilan|kredit mobil|kursus",
         "hubungi|wa|whatsapp|bergaransi|original|cod|minat|berminat|marketing|harga promo|terpercaya|dm|inbox|order|gratis ongkir|siap huni|siap antar|hub", 9),
    pair("herbal|pelangsing|pembesar|peninggi|pemutih|obat|kosmetik|skincare", "cod|bayar di tempat|order|reseller|harga grosir|ampuh|hub", 6),
    pair("dana tunai|bpkb|pinjaman|gadai", "proses|cair|jam|bunga|angsuran|menit", 5, "bpkb hilang|bpkb belum|antri"),
    pair("jasa", "murah|followers|terpercaya|bergaransi|sedot|hacker|skripsi|pulsa|pasang|pembuatan website", 4),
    pair("bitcoin|kripto|trading|forex|investasi|modal|robot trading", "untung|profit|sehari|tanpa risiko|tanpa resiko|persen|passive income|pasti", 6),
    pair("judi|slot|poker|kasino|casino|taruhan", "bonus|deposit|daftar|terpercaya|gacor|jackpot|menang|agen", 5),
    pair("gratis|hadiah|kuota|voucher|pulsa|bantuan 5 juta|bantuan tunai", "klik|link|tautan|http|isi data|isi nik|claim|klaim sekarang", 6),
    pair("kerja|lowongan|penghasilan|gaji|income", "hanya like|like video|per hari dari rumah|tanpa modal|dari hp|kerja online|juta per minggu|jutaan per hari|join sekarang|hanya nonton", 8),
    pair("pinjol|pinjaman|kredit|gadai bpkb|dana tunai", "cair|langsung cair|tanpa jaminan|bunga rendah|proses cepat|hubungi|ktp saja|syarat mudah|tanpa survey", 4),
))  # fmt: skip

_HOAX = listed(
    "mengandung chip|jangan mau divaksin|sebarkan sebelum|copas|teruskan pesan|kirim ke 10|dari grup sebelah|copas dari|viralkan ke semua grup|jangan putus di kamu|pesan berantai|bagikan ke semua|"
    "info dari grup|sebelum dihapus|sebar ke semua|copas grup sebelah|jangan berhenti di kamu|share sebanyak banyaknya|sebarkan sebanyak"
)
_PASSED_ON = Pairs((
    pair("sebarkan|sebar|share|teruskan|forward|bagikan|kirim|kirimkan|viralkan", "semua|orang maka|rezeki|azab|15 orang|20 orang|kerabat|teman anda|grup|semua kontak|semua orang|semua teman|10 orang|10 grup|sebelum dihapus|sial|kalau tidak|sebanyak banyaknya|keluarga kita|sanak saudara", 6),
))  # fmt: skip
ASKED: frozenset[str] = _ABOUT_IT | _SPAM | _HOAX | _OFFERS.asked | _PASSED_ON.asked


def spoken_of(grams: Grams) -> bool:
    """Somebody speaks of it, and does not send it."""
    return not _ABOUT_IT.isdisjoint(grams)


def spam(grams: Grams) -> bool:
    if not _ABOUT_IT.isdisjoint(grams):
        return False
    return first(grams, _SPAM) is not None or _OFFERS.any(grams)


def hoax(grams: Grams) -> bool:
    """A chain letter rather than a report of one's own."""
    if not _ABOUT_IT.isdisjoint(grams):
        return False
    return first(grams, _HOAX) is not None or _PASSED_ON.any(grams)
