"""What must not be seen by everybody: corruption, abuse, sexual violence, somebody accused by name. Pure.

Closed once too often costs a screener a look; open once too often can cost the reporter dearly.
"""

# ruff: noqa: E501  # lists of phrases are read by their entries, not by their line ends

from services.contracts.base import Confidentiality
from services.router.screening.near import Grams, Pairs, first, listed, pair

SENSITIVE = frozenset(
    {"violence_at_home", "official_conduct", "alcohol_vice", "crime", "neighbour_in_need", "community_dispute"}
)
"""Reports that can bring their reporter harm, or that show somebody's need: handled without the reporter's name."""
SECRET = frozenset({"violence_at_home"})

_WORDS = listed(
    "korupsi|menyelewengkan|penyelewengan|menggelapkan|penggelapan|suap|menyuap|disuap|gratifikasi|jual beli jabatan|kolusi|fiktif|"
    "mark up|markup|dikorupsi|diselewengkan|pencabulan|mencabuli|dicabuli|pelecehan seksual|pelecehan|dilecehkan|melecehkan|perkosa|diperkosa|"
    "memperkosa|kdrt|disiksa|menyiksa|dianiaya|menganiaya|kekerasan anak|kekerasan seksual|perdagangan orang|dipukul suami|"
    "memukul istri|memukuli istri|dipukuli suami|memukul anak|memukuli anak|rahasiakan identitas|mohon dirahasiakan|"
    "identitas saya dirahasiakan|jangan sebut nama saya|makan uang desa|manangani bini|mukul bini|pukul mama|pukul bini|incest|"
    "eksploitasi anak|anak dirantai|dirantai bapaknya|dirantai ibunya|dirantai orang tua|anak dikurung|dikurung bapaknya|"
    "dikurung ibunya|dikurung suami|disekap|dipasung|ditelantarkan orang tua|main proyek|uang setoran|setoran proyek|fee proyek|"
    "uang proyek|proyek titipan|jual jabatan|menerima uang dari|mengantongi|memeras|diperas|pemerasan|cabul|meraba|diraba|sodomi|"
    "disodomi|begal payudara|dihamili|menghamili|perdagangan anak|jual anak|dijual germo|video pribadi|foto pribadi|"
    "porno|kelamin|disabet|dicambuk|tidak diberi makan|tidak dikasih makan|jual beli nilai|jual nilai|nilai dijual|tanda tangan palsu|tandatangan palsu|dibayari kontraktor|dibayarin kontraktor|di atas kertas saja|cuma di atas kertas|hanya di atas kertas|obat dijual ke luar|jual obat bpjs|menyekap|merantai|memasung|mengikat anak|anak diikat|mengurung anak|mengurung istri|dikurung majikan|pungli jabatan|uang jabatan|uang pelicin|pelicin|ditilep|menilep|tilep|kkn|nepotisme|gelapkan|digelapkan|makan suap|"
    "identitas disembunyikan|sembunyikan identitas|identitas saya disembunyikan|jangan sebut nama|nama saya jangan|tanpa menyebut nama|"
    "rahasiakan nama|nama saya dirahasiakan|jangan bilang saya|jangan kasih tahu saya yang lapor|takut dibalas|takut ketahuan|saya diancam|diancam karena|diteror karena|"
    "disetubuhi|digauli|ditelanjangi|foto telanjang|video telanjang|foto bugil|video mesum|disundut rokok|dicekoki|ditampar suami|suami ringan tangan|"
    "masuk kantong pribadi|masuk rekening pribadi|uang damai|uang tutup mulut|dana fiktif|laporan fiktif|kuitansi kosong|ketahuan saya|saya yang lapor|saya yang melapor|siapa yang lapor|siapa yang melapor|siapa pelapor|jangan sebut|jangan sebutkan|identitas pelapor|jangan diketahui|rahasiakan|dirahasiakan|rahasia ya|tolong rahasia|mohon rahasia|ini rahasia|transaksi jabatan|beli jabatan|jabatan dijual|kongkalikong|main mata dengan|politik uang|foto seksi|vcs|chat mesum|hubungan badan|berhubungan badan|hubungan intim|menyetubuhi|tidur dengannya|dipaksa melayani|meremas|diremas|mancubo mamakso|dipaksa tidur|memaksa tidur|digerayangi|dijamah|menjamah|istri simpanan|uang haram|nota palsu|spj palsu"
)
_PETTY = listed(
    "pungli|pungutan liar|pungut liar|pungutan tidak resmi|minta uang|dimintai uang|diminta uang|uang rokok|dipalak|memalak|calo|percaloan|preman minta|minta jatah|pilih kasih|kecurangan"
)
"""Small dishonesty: whoever tells of it is not named."""
_TALKED_OF = listed(
    "sosialisasi|penyuluhan|anti korupsi|antikorupsi|seminar|pelatihan|tugas kuliah|tugas sekolah|lomba|poster|kampanye|apa hukuman|"
    "pengertian|pencegahan|mencegah|hari anti|edukasi|kapan diadakan|materi|skripsi|penelitian"
)
"""Teaching about it accuses nobody."""

_OFFICE = (
    "kepala|kadis|kabid|kasi|lurah|camat|pejabat|oknum|petugas|pegawai|kades|rt|rw|panitia|bendahara|kepsek|kepala sekolah|pengurus|dinas|loket|"
    "ketua|orang pemda|sekda|satpol|dishub|guru|asn|pns|bidan|pendamping|kader|aparat|perangkat|ajudan|mandor|wali nagari|sekdes|kadus|anggota dewan|penyidik|polisi|jaksa|hakim|pak camat|kapala|kapalo"
)
_CHILD = (
    "murid|siswa|siswi|anak|anaknya|ponakan|keponakan|bocah|adik|adek|gadis|remaja|balita|bayi|cucu|santri|paja|budak"
)
_PUBLIC_MONEY = "dana bos|dana hibah|dana desa|bantuan covid|uang bansos|uang bantuan|dana kelurahan|uang kas|uang negara|uang rakyat|anggaran|dana bantuan|dana nagari|uang komite|dana posyandu|blt|bansos|pkh|pip|dana rt|iuran warga|uang pembangunan|uang kelurahan|beras bantuan|uang sumbangan|dana masjid|dana pkk"
_PAIRS = Pairs((
    pair(_OFFICE, "amplop|suap|setoran|jatah|fee|komisi|kantong|kantongnya|saku|makan uang|sogok|sogokan|nyogok|persenan|upeti|titipan proyek|nego|bagi hasil|terima uang|menerima uang|motong|memotong jasa|memotong honor|memotong insentif|menjual bantuan|menjual traktor|bensin kantor|minta sepuluh persen|minta persen|menjual tanah|jual tanah|menyerobot|merampas|menjual aset|jual aset|minta bagian|minta transfer|kampanye|digadaikan|menggadaikan|gadaikan|ambil sertifikat|agar kasus|judi|beking|membekingi|dibekingi|pungut liar|uang rokok|minta persen|menyunat|sunat|duit setan", 7, "thr untuk|pembagian amplop|jatah beras|jatah pupuk|jatah gas|jatah bbm|kantong plastik|kantong parkir|jatah vaksin"),
    pair("rt|rw|kades|lurah|kadus|pendamping|kepala desa|ketua rt|pak rt", "potong|memotong|dipotong|memungut|pungut|peras|makan|menahan", 3, "potong pohon|pemotongan|potong rumput|potong sapi|makan siang"),
    pair(_PUBLIC_MONEY, "judi|foya|dijual|digadaikan|fiktif|bawa lari|dibawa lari|kabur|tim sukses|keluarga sendiri|kroni|beli rumah|dikorup|tidak jelas ke mana|habis dipakai|dipinjam|motong|memotong|dipotong|tilep|makan|dimakan|masuk kantong|kantong|pribadi|disunat|disalahgunakan|raib|dibawa lari|lenyap|beli motor|foya|diembat|dikuasai|dibagi ke keluarga|bangun rumah|entah kemana|entah ke mana|tidak jelas kemana|lari kemana|lari ke mana|kemana larinya|menguap|tidak pernah sampai|dipakai bu|dipakai pak|dipakai ketua|dipakai kader|dipakai bendahara|dipakai pengurus|arisan", 6),
    pair("lelang|tender|pengadaan|proyek|kontrak", "pemenang diatur|mengatur|diatur|titipan|fee|komisi|amplop|fiktif|setoran|dikondisikan|mengatur pemenang|pinjam bendera|penunjukan langsung|keluarga pejabat|tidak dikerjakan|persen", 6, "persen selesai|persen pekerjaan|diatur lalu lintas|mengatur lalu lintas|fee ojek|kontrak rumah"),
    pair("honorer|sk|pegawai|jabatan|masuk kerja|cpns|pppk|kepala sekolah|pengangkatan|penerimaan", "disuruh bayar|diminta bayar|bayar juta|jual beli|diperjualbelikan|puluhan juta|setor|nyogok|uang masuk|titipan|orang dalam|keluarga semua|semua keluarga|dijual|dibeli|tarifnya|berapa juta", 6, "dijual pegawai koperasi"),
    pair(_CHILD, "hotel|raba|meraba|menjual|jual|dijual|disundut|memar|lebam|hamil|dipaksa|dipaksa mengemis|dipukul|dipukuli|pukul|memukuli|dianiaya|disiksa|cabul|dicium|pangku|diajak tidur|diintip|dikurung|dirantai|ditampar|dieksploitasi|dibuang|dinikahkan paksa", 4, "jual mainan|jual koran|jual gorengan|hotel penuh|pukul tujuh|pukul berapa|menjual seragam|dipaksa bayar|dipaksa beli|sekolah menjual|pukul bola"),
    pair("dicairkan|mencairkan|pencairan|sudah cair", "tidak terima|tidak kami terima|tidak pernah terima|tidak menerima|tidak dibagikan|tidak sampai", 5),
    pair("tanda tangan|ttd|teken|tandatangan|menandatangani", "nota|kuitansi|kwitansi|kosong|honor|spj|daftar hadir", 4, "tanda tangan kosong dijadwalkan|antre"),
    pair("pengadaan|dana|anggaran|proyek|honor|perjalanan dinas", "dilaporkan baru|barangnya bekas|barangnya tidak ada|kebunnya tidak ada|kegiatannya tidak ada|tidak pernah ada|orangnya tidak ada|bangunannya tidak ada", 8, "tanggapan|jawaban|petugas"),
    pair("pengadaan|anggaran|belanja", "digelembungkan|dinaikkan|dilipatgandakan|lipat|tidak masuk akal|dimark|kemahalan", 6, "gaji|tarif|tagihan"),
    pair("memegang|megang|pegang|menyentuh|intip|mengintip|ngintip|masuk kamar|peluk|memeluk|cium|mencium|menggerayangi|grepe|menindih|buka baju|membuka baju|meraba",
         "tubuh|badan|dada|paha|payudara|kemaluan|adik perempuan|anak perempuan|siswi|murid|anak saya|adik saya|ponakan|toilet|kamar mandi|karyawati|waktu tidur|cucu|keponakan|santri", 5),
    pair("dipukua|mamukua|mamukul|dipukul|ditampar|ditendang|dihajar|didera|dilibas|ditinju|disakiti|diinjak|pukua", "apak|amak|abak|mande|laki|bini|bapa|mama|paitua|maitua|suami|istri|bapaknya|ibunya|ayahnya|rotan|tiap hari|tiok hari|tiap malam|sampai biru|kakeknya|pamannya|mertua|majikan", 5),
    pair("kontraktor|rekanan|pengusaha|pengembang|vendor|developer", "kasih uang|beri uang|memberi uang|sogok|nyogok|menyogok|setor|suap|amplop|jatah|main belakang|supaya menang|agar menang|bayar pejabat", 5),
    pair("beras bantuan|sembako bantuan|bantuan|raskin|bansos|blt|beras", "dijual rt|dijual rw|dijual ketua|dijual sama|dijual oleh|dijual petugas|ditimbun ketua|disimpan di rumah|dijual kades|dijual lurah|dijual pak", 3),
    pair("dipukuli|dianiaya|digebukin|digebuk|disekap|dicekik|dibanting|disiram|ditelantarkan|diusir|disiksa|dilecehkan|dirantai", "istri|anak|majikan|suami|bapak|ibu|adik|kakak|mertua|pembantu|art|orang tua|ponakan|nenek|bini", 5),
    pair("paitua|maitua|laki|bini|om|paman|kakek|ayah|apak|bapa", "pukul|memaksa|mamakso|paksa|tidur|banting|tampar|hamili", 4, "pukul berapa|jam"),
    pair("bayi|janin|orok", "dibuang|membuang|ditemukan|gugurkan|aborsi|dipaksa", 4),
    pair("foto|video|gambar", "telanjang|bugil|mesum|tidak senonoh|syur|disebar mantan|diancam disebar|disebar mantannya", 5),
    pair("suami|istri|pacar|mantan|ayah|bapak|bapa|laki|majikan|mertua|ayah tiri|bapak tiri|ibu tiri|mama|bini|paman|om", "pukul|memukul|memukuli|menampar|tampar|mencekik|cekik|menendang|tendang|mukul|mamukua|manangani|siram|menyiram|kurung|badarah|menginjak|membanting|banting|hajar|menghajar|ringan tangan|diancam|mengancam", 4, "pukul tujuh|pukul berapa|pukul delapan|sekarang pukul|jam pukul"),
    pair("atasan|bos|manajer|dosen|ustad|pelatih|guru|pembina|majikan|senior|kepala", "colek|mencolek|dicolek|towel|merayu|menggoda|minta foto|ajak menginap|mengajak menginap|meraba|peluk|memeluk|cium|mencium|tidak senonoh|cabul", 6),
    pair("lapor|melapor|melaporkan|laporan|mengadu", "takut|dibalas|diancam|diteror|diintimidasi|dirahasiakan|rahasia|jangan diketahui|disembunyikan", 4, "atau terbuka|apakah laporan"),
))  # fmt: skip

_BY_NAME = listed("bernama|inisial|berinisial|namanya|atas nama")
ASKED: frozenset[str] = _WORDS | _PETTY | _TALKED_OF | _BY_NAME | _PAIRS.asked


def only_talked_of(grams: Grams) -> bool:
    return not _TALKED_OF.isdisjoint(grams)


def protection(grams: Grams, category: str | None, *, accused: bool) -> tuple[Confidentiality, list[str]]:
    """How closed the content must be, and the rules that said so. `accused`: an official's conduct is complained of."""
    if only_talked_of(grams):
        return ("anonymous" if accused else "normal"), []
    if category in SECRET:
        return "secret", ["secret.matter"]
    if first(grams, _WORDS) is not None:
        return "secret", ["secret.words"]
    if _PAIRS.any(grams):
        return "secret", ["secret.pair"]
    if accused:
        # Accused by name: the words themselves would harm somebody if they were wrong.
        return ("secret", ["secret.name"]) if first(grams, _BY_NAME) else ("anonymous", [])
    hidden = category in SENSITIVE or first(grams, _PETTY) is not None
    return ("anonymous" if hidden else "normal"), []
