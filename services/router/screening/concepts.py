"""Words of one sense under one name, so that what was learned of `golok` is known of `kelewang`. Pure.

Only for marks: whose work it is depends on the very word, whether somebody is in danger on its sense. Words are given in
any spelling that `words` knows; what stands in several senses counts for each.
"""

# ruff: noqa: E501  # lists of words are read by their entries, not by their line ends

from collections.abc import Sequence
from functools import cache

from services.router.screening.words import tokens

SENSE = "#"
"""Before a sense: `#fire`; two near each other: `#fire #inside`, in the order in which they were said."""
NEAR = 6
"""Words from one to the other, at most."""

_SENSES: dict[str, str] = {
    "self": "saya aku beta ambo awak kami kita katong den ketong sy gua kamek",
    "kin": "bapak ayah ibu mama papa mak amak apak abak suami istri laki bini paitua maitua anak adik kakak kakek nenek cucu paman om tante bibi ponakan keponakan mertua ipar oma opa abang uni uda etek mamak wak datuk ande mande adiak anduang inyiak mbah bapa saudara sepupu menantu",
    "other": "tetangga seorang dia ia beliau orang warga urang uwong teman kawan sebelah itu mereka korban penumpang pengendara sopir tukang pekerja karyawan kuli buruh nelayan siswa murid santri penghuni pasien pengemis pemulung janda lansia jompo odgj tunawisma gelandangan yatim piatu pria wanita perempuan lelaki remaja pemuda gadis bocah balita bayi budak paja penjual pendatang pengungsi veteran",
    "weak": "lansia jompo tua renta sepuh bayi balita yatim piatu lumpuh buta tuli cacat difabel disabilitas tunanetra janda odgj gaek uzur pikun bisu sebatang sendirian surang sorang telantar terlantar kanker tumor stroke tbc hidrosefalus invalid gelandangan tunawisma",
    "want": "lapar kelaparan makan beras biaya miskin bansaik reyot gubuk bedeng emperan kolong kontrakan bocor selimut popok susu berobat putus diusir telantar terlantar kasihan kasian iba belas urus mengurus merawat rawat sanak sendiri surang jalanan mengemis minta ngamen tidur lalok menumpang sarapan ongkos utang kedinginan pakaian baju",
    "fire": "api kebakaran terbakar menyala nyala bakar membakar dibakar asap hangus meledak meletup ledakan gas bensin elpiji lpg kompor korsleting konslet nyamber menyambar menjalar merembet damkar pemadam percikan gosong solar",
    "water": "banjir air arus sungai laut ombak gelombang pantai perahu kapal sampan muara danau kolam sumur hanyut tenggelam karam terseret rawa tambak bendungan selokan got gorong dermaga empang waduk",
    "drown": "hanyut tenggelam karam terseret tercebur kecebur terbawa digulung terbalik tabaliak kelelep nyemplung kecemplung anyut hanyuik terendam",
    "crush": "tertimbun tertimpa tertindih terjepit menimpa menimbun ambruk runtuh roboh rubuh tumbang longsor ambles ambrol tergencet terhimpit kejepit ketimpa ketindih ketimbun reruntuhan jatuh terjatuh terperosok jurang terguling nyungsep terjun terlindas tergilas rabah ambrol jebol lepas bergantungan",
    "body": "kepala dada leher perut kaki tangan muka mata mulut bibir badan napas nafas angok lengan tulang jari tangan pinggang punggung lidah tubuh nadi telinga hidung paha perutnya",
    "harm": "darah berdarah luka pendarahan perdarahan bengkak biru melepuh patah putus sobek robek hancur gosong pucat lebam memar bocor pecah membiru hitam menghitam kuning parah",
    "faint": "pingsan sadar kejang kejet lemas lemah bergerak bangun menyahut bernapas napas tergeletak sekarat kritis kolaps menggigil meracau sesak tersedak muntah berbusa stroke mati meninggal nyawa drop asma serangan jantung miring mencong lumpuh keracunan racun overdosis oplosan tersengat kesetrum setrum strum alergi",
    "birth": "melahirkan lahiran ketuban mulas hamil bumil bidan sungsang bersalin kontraksi baranak",
    "weapon": "parang pisau golok celurit badik kapak senapan pistol tombak panah linggis kelewang samurai kayu besi rotan sajam senjata kayu balok clurit panah bom",
    "strike": "pukul memukul memukuli dipukul dipukuli tampar menampar ditampar tendang menendang tusuk menusuk ditusuk bacok dibacok tikam ditikam sabet bunuh membunuh dibunuh hajar menghajar dihajar keroyok dikeroyok cekik mencekik dicekik banting membanting dibanting siksa menyiksa disiksa aniaya menganiaya dianiaya serang menyerang diserang siram menyiram disiram menyetrika disekap sekap dikurung kurung mengurung dirantai diikat cambuk dicambuk tinju ditinju injak lempar dilempar dibuang ditembak tembak kejar mengejar dikejar mengamuk ngamuk potong tabok gebuk digebuk jambak sundut disundut ringan kasar",
    "threat": "ancam mengancam diancam ancaman teror meneror diteror intimidasi diintimidasi dibuntuti takut dipecat dibalas disayat didatangi dihabisi ketakutan menakuti lindungi perlindungan",
    "beast": "ular ula buaya harimau macan beruang gajah tawon lebah anjing babi kobra piton ubur kalajengking monyet sapi kerbau",
    "bite": "gigit menggigit digigit patuk dipatuk dipatuak sengat menyengat disengat terkam menerkam menyerang menyeruduk melilit kanai kena keno tagigit menarik",
    "wire": "listrik kabel kawat setrum strum arus tegangan tiang gardu pln panel letrik",
    "now": "sekarang barusan sedang lagi masih tadi cepat segera tolong cepetan lekas capek capat lakeh darurat langsung mendadak ini malam terus saat makin belum alun",
    "inside": "terjebak terkurung terkunci dikunci dalam kamar loteng atap lantai sembunyi sembunyi tersesat terperangkap terisolasi dikepung loteng lift nyangkut tersangkut tergantung kejebak basambunyi",
    "rescue": "ambulans ambulan damkar pemadam sar basarnas evakuasi jemput selamatkan pertolongan bantu tolong igd puskesmas polisi perahu",
    "past": "kemarin kapatang lalu dulu pernah sudah bulan tahun minggu bekas korban setelah sejak sembuh selamat surut padam selesai dibawa",
    "maybe": "takut takutnya khawatir was rawan jangan kalau kalo bila supaya agar cegah mencegah antisipasi sering kadang hampir nyaris bisa potensi membahayakan bahaya miring lapuk retak condong mau musim",
    "wish": "mohon minta usul pasang dipasang dibuatkan perbaiki diperbaiki ditebang dipangkas pelatihan penyuluhan sosialisasi lomba jadwal kapan syarat bagaimana berapa apakah dimana urus mengurus ditambah dicek dirapikan disediakan rambu pagar alat izin daftar benarkah",
    "money": "uang duit pitih doi dana anggaran honor gaji insentif tunjangan juta ratus ribu persen fee tarif bayar bayaran membayar setor setoran menyetor pungut pungutan iuran sumbangan kas tabungan rekening komisi upah jatah bagian potongan kuitansi nota biaya amplop bingkisan bungkusan pelicin imbalan pokir bantuan blt bansos pkh beasiswa sk rupiah retribusi",
    "take": "ambil mengambil diambil potong memotong dipotong sunat disunat korupsi makan dimakan masuk kantong saku selewengkan tilep gelapkan bawa kabur dibawa lari jual dijual menjual manjua oplos dioplos bagi dibagi dipakai pakai memakai pribadi nitip titip menitipkan palsu dipalsukan manipulasi dimanipulasi diatur mengatur dinaikkan dikurangi disisihkan menyisihkan minta mintak meminta memungut menarik tarik terima menerima diselipkan lewat sogok suap fiktif raib hilang menikmati",
    "office": "kepala lurah camat kades sekdes kadis kabid kadus pejabat dinas kantor kelurahan petugas pegawai oknum aparat perangkat ketua bendahara panitia rt rw guru kepsek sekolah polisi jaksa hakim penyidik satpol dishub dewan bidan dokter mandor penghulu jorong nagari wali atasan bos pengurus pengawas kontraktor koordinator staf asn pns honorer penyuluh sekda tentara satpam dosen pelatih ustad pengasuh",
    "deal": "proyek tender lelang pengadaan pemenang menang jabatan promosi mutasi izin surat lulus tes kir sim kontraktor pengusaha perusahaan karyawan kasus tanda tangan teken diteken kenalan keluarga ipar sodara saudara kerabat tim sukses titipan dibekingi beking melindungi dijamu main orang",
    "intimate": "kemaluan kelamin payudara paha rok celana baju telanjang bugil cium mencium menciumi peluk memeluk dipeluk raba meraba diraba pegang memegang dipegang dipacik elus intip mengintip mandi kamar tidur cabul mencabuli senonoh mesum vital memangku pangku menodai sentuh menyentuh hamil menghamili perkosa diperkosa memaksa paksa dipaksa rayu foto video rekaman hotel sodomi sembunyi gadis siswi santriwati perawan nikahi kawin dikawinkan",
    "hide": "rahasia rahasiakan dirahasiakan identitas nama sembunyikan disembunyikan tahu tau ketahuan sebut tampilkan dibuka melapor lapor mengadu ngadu pelapor saksi menyampaikan bukti malapor",
    "scold": "membentak bentak mengusir menghina marah sewenang arogan selingkuh mabuk memihak mengancam menahan memaksa semena kasar mempersulit",
    "offer": "promo diskon jual dijual jasa paket sewa ready stok stock murah termurah gratis harga grosir original garansi cod cicilan angsuran kredit dp nego reseller agen open order pesan pemesanan booking bonus hemat penawaran produk testimoni testi layani melayani minat berminat unit tersedia sedia diskon potongan lepas berangkat kavling siap servis antar beli",
    "contact": "hubungi hub wa whatsapp chat inbox dm telegram klik link tautan daftar gabung join follow subscribe kontak nomor admin bio situs website aplikasi kunjungi add kirim isi klaim kak bos gan sis",
    "gain": "untung profit cuan komisi bonus penghasilan modal jutaan harian kaya cair pinjaman dana tunai limit bunga jaminan agunan survei deposit depo wd jackpot jp slot judi gacor togel menang undian hadiah member trading investasi saham kripto koin bitcoin passive balik transfer pencairan otp terpilih beruntung nasabah rekening verifikasi blokir diblokir",
    "charm": "obat kuat herbal pelangsing pembesar pria stamina ereksi pemutih diet dukun pelet mahar peramal pesugihan gaib wanita panggilan cewek nonton video",
    "spread": "sebarkan sebar share teruskan diteruskan forward bagikan viralkan copas salin kirim kirimkan lanjutkan sebarluaskan kasih grup kontak keluarga semua saudara teman sabaan tulung",
    "omen": "besok bisuak malam mulai tengah awas jangan kata katanya pakar dokter info valid dalam nasa kapolri celaka pahala rezeki doa sial menyesal mati meledak racun beracun chip plastik palsu kiamat gempa razia penculik culik nyulik",
    "polite": "terima kasih semoga apresiasi bagus ramah",
    "thing": "jalan lampu got drainase trotoar jembatan sampah parkir pasar taman loket ktp kk akta antre antri surat tiang aspal lubang rambu halte toilet",
}  # fmt: skip


@cache
def _of_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for sense, words in _SENSES.items():
        for word in dict.fromkeys(tokens(words)):
            found.setdefault(word, []).append(f"{SENSE}{sense}")
    return {word: tuple(senses) for word, senses in found.items()}


def senses(words: Sequence[str]) -> set[str]:
    """Every sense of a message, and every two that stand near each other."""
    numbered, two = _numbered(), _two()
    count = len(two.groups)
    at = [(place, numbered[word]) for place, word in enumerate(words) if word in numbered]
    asked: set[int] = set()
    for number, (place, here) in enumerate(at, start=1):
        asked.add(here)
        row = (here + 1) * count
        for other, there in at[number : number + NEAR]:
            if other - place > NEAR:
                break
            asked.add(row + there)
    found: set[str] = set()
    return found.union(*map(two.__getitem__, asked))


@cache
def _numbered() -> dict[str, int]:
    """Word → which group of senses it stands for."""
    groups = _two().groups
    at = {senses: number for number, senses in enumerate(groups)}
    return {word: at[senses] for word, senses in _of_word().items()}


class _Two(dict[int, tuple[str, ...]]):
    """A group's number → its senses; (one group's number + 1) times their count, plus another's behind it → the features
    of the two. Made when first asked for."""

    def __init__(self, groups: Sequence[tuple[str, ...]]) -> None:
        super().__init__(enumerate(groups))
        self.groups = groups

    def __missing__(self, key: int) -> tuple[str, ...]:
        first, then = divmod(key, len(self.groups))
        here, there = self.groups[first - 1], self.groups[then]
        made = self[key] = tuple(f"{one} {other}" for one in here for other in there if one != other)
        return made


@cache
def _two() -> _Two:
    return _Two(list(dict.fromkeys(_of_word().values())))


def of_word(word: str) -> Sequence[str]:
    return _of_word().get(word, ())


def table() -> dict[str, tuple[str, ...]]:
    """Every word with its senses."""
    return _of_word()
