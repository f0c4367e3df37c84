"""Danger to life: somebody may die in the next minutes or hours. Pure.

A missed danger costs more than a false one, which a person sees within minutes: what sounds like one counts, unless the
words beside it say that it is over, might come, or is a manner of speaking.
"""

# ruff: noqa: E501, ISC004  # lists of phrases are read by their entries, not by their line ends

from dataclasses import dataclass

from services.router.screening.near import Grams, Pairs, listed, pair
from services.router.screening.words import normal


@dataclass(frozen=True)
class Danger:
    phrase: str
    rule: str
    category: str
    """The matter that it makes certain."""


_PHRASES: tuple[tuple[str, str, str], ...] = (
    # rule, matter it makes certain, phrases
    ("danger.fire", "fire",
     "kebakaran|rumah terbakar|sedang terbakar|api membesar|api besar|toko terbakar|ruko terbakar|rumah kebakaran|kios terbakar|rumah kebakar"),
    ("danger.flood", "flood_rescue",
     "terjebak banjir|terseret arus|air sudah sedada|air sudah seleher|terjebak di atap|air setinggi dada|"
     "hilang di laut|hilang di sungai|perahu terbalik|kapal terbalik|butuh perahu|minta perahu|minta evakuasi|butuh evakuasi|mohon evakuasi|tolong evakuasi|terjebak air|air sepinggang|banjir sedada|banjir sudah sedada|banjir sepinggang|banjir sudah sepinggang|naik sampai dada|air sudah sepinggang|banjir seleher|hanyut di sungai|tim sar|banjir bandang|air bah|digulung ombak|terseret ombak|diseret ombak"),
    ("danger.landslide", "landslide", "tertimbun longsor|tertimbun tanah|longsor menimpa|rumah tertimbun|tanah longsor menimpa"),
    ("danger.tree", "fallen_tree", "tertimpa pohon|pohon menimpa orang|pohon menimpa rumah|pohon tumbang menimpa"),
    ("danger.wire", "power_cut", "kesetrum|tersengat listrik|kesengat listrik|kabel listrik putus|kabel putus menjuntai|kabel menjuntai|tersetrum|tasangek listrik|tasangek|kasangek listrik|kesetrom|kena listrik|kabel listrik jatuh"),
    ("danger.violence", "violence_at_home",
     "mau dibunuh|diancam bunuh|sedang dipukul|disiksa|dipukuli suami|memukuli istri|memukuli anak|diperkosa|dianiaya suami|"
     "anak dirantai|anaknya dirantai|dirantai bapaknya|dirantai ibunya|dirantai orang tua|anak dikurung|anaknya dikurung|"
     "dikurung bapaknya|dikurung ibunya|dikurung orang tua|dikurung suami|disekap|diikat bapaknya|diikat ibunya|"
     "takut dibunuh|ancam bunuh|nyawa saya terancam"),
    ("danger.attack", "crime", "kena panah|kena tombak|kena peluru|tertembak|kena tembak|diculik|disandera|dibakar massa|ditikam|tertikam|dibacok|kena bacok|ditusuk orang|ditembak orang|nyawa terancam|mau bunuh|mau membunuh"),
    ("danger.health", "ambulance",
     "tidak sadar|pingsan|sekarat|sesak napas berat|butuh ambulans|butuh ambulan|mau melahirkan|mau lahiran|pendarahan|perdarahan|"
     "tidak bernapas|tidak bernafas|kejang|gawat darurat sekarang|keracunan massal|napas lemah|kolaps|badannya dingin|badan dingin|tidak ada nadi|hilang kesadaran|koma mendadak|pecah ketuban|ketuban pecah|oksigen habis|oksigennya habis|muntah darah|batuk darah|luka dalam|luka tusuk|luka tembak|luka bacok|asma kambuh|serangan asma|kritis sekarang|melahirkan di jalan|melahirkan di mobil|melahirkan sendiri|bayi biru|tersedak|keselek|tasadak|luka bakar|luka parah|luka berat|tidak bangun bangun|kena setrum|kena strum|tersambar petir|disambar petir|kena petir|serangan jantung|henti jantung"),
    ("danger.self", "ambulance", "bunuh diri|gantung diri|mau loncat dari|mau lompat dari|mau terjun dari|mau mengakhiri hidup"),
    ("danger.animal", "animal_rescue",
     "buaya masuk|beruang masuk|gajah mengamuk|gajah masuk kampung|diterkam buaya|diterkam harimau|"
     "digigit ular|dipatuk ular|anjing rabies|anjing gila"),
    ("danger.gas", "fire", "bocor gas|gas bocor|elpiji bocor|lpg bocor|melon bocor|tabung bocor|kebocoran gas|bau gas menyengat|regulator bocor|tabung meledak"),
    ("danger.collapse", "collapse", "bangunan ambruk menimpa|rumah roboh menimpa|tertimpa reruntuhan|jembatan ambruk orang"),
)  # fmt: skip

_WHO = (
    "anak|anaknya|bayi|bocah|balita|orang|urang|uwong|warga|bapak|ayah|ibu|mama|istri|suami|teman|korban|adik|kakak|nenek|kakek|"
    "nelayan|pemancing|siswa|murid|pengendara|tukang|pekerja|penumpang|saya|kami|satu|dua|tiga|empat|lansia"
)
_NO_FIRE = "sampah|membakar|bakar ban|jerami|unggun|kereta api|rokok|kompor minyak|bakar ikan|asap kendaraan|asap pabrik|semangat|emosi|fogging|kabut asap"

_PAIRS = Pairs((
    pair("api|apoi|asap tebal|asap hitam|asap pekat|si jago merah", "rumah|ruko|toko|kios|dapur|kamar|kontrakan|gudang|membesar|menjalar|merembet|merambat|plafon|lantai|tetangga|atap|asrama|sekolah|los|teriak|minta tolong|di dalam", 5, _NO_FIRE, rule="danger.fire", category="fire"),
    pair("kebakar|terbakar|tarbakar|tabaka|kabaka|hangus dilalap", "rumah|toko|ruko|kios|gudang|orang|masih|sedang|sekarang|barusan|tolong|asrama|kapal|mobil|los|lapak", 4, _NO_FIRE, rule="danger.fire", category="fire"),
    pair("hanyut|hanyuik|anyut|tenggelam|tenggelem|kelelep|karam|terseret", f"{_WHO}|sungai|batang|laut|kolam|danau|muara|pantai|kali|bendungan|embung", 4, "utang|hutang|jembatan|sandal|dagangan|dalam masalah|motor hanyut|nisan", rule="danger.flood", category="flood_rescue"),
    pair("air|banjir|aia|aek|aer", "leher|dada|dagu|sedada|seleher|sepinggang|di atap|atas atap|kepala", 6, "air bocor dari atap|atap bocor|atap seng|sakit kepala|kepala dinas|kepala desa|kepala sekolah|kepala keluarga|talang", rule="danger.flood", category="flood_rescue"),
    pair("dikepung|terkepung|terjebak|kejebak|tajebak|terkurung|terisolasi", "banjir|air|atap|nenek|bayi|lansia|arus", 5, "macet", rule="danger.flood", category="flood_rescue"),
    pair("evakuasi|dievakuasi|diungsikan|jemput pakai perahu|jemput perahu", "banjir|air|nenek|bayi|lansia|sakit|tolong|butuh|segera|warga", 5, "jalur evakuasi|simulasi|pelatihan|rambu|biaya evakuasi|sudah dievakuasi|pasca", rule="danger.flood", category="flood_rescue"),
    pair("perahu|kapal|sampan|speedboat|boat|ketinting|pompong|body", "terbalik|tabale|karam|tenggelam|hilang kontak|belum kembali|belum balik|belum pulang|alun pulang|belum merapat|pecah dihantam|bocor di tengah laut", 5, rule="danger.boat", category="flood_rescue"),
    pair("belum ketemu|belum ditemukan|hilang|alun basobok", "laut|sungai|nelayan|hanyut|tenggelam|hutan|gunung|terseret|melaut|pendaki", 6, "motor hilang|hp hilang|perahu saya hilang|surat hilang", rule="danger.missing", category="flood_rescue"),
    pair("ketimbun|tertimbun|ketimpa|tertimpa|tertindih|ketindih|tatindih|taimpik|tahimpik|kejepit|terjepit|terhimpit|kegencet|tagencet", f"{_WHO}|pohon|tembok|tanah|longsor|bangunan|mobil|reruntuhan|bata", 5, "utang|ekonomi|kebutuhan|musibah", rule="danger.crushed", category="collapse"),
    pair("pohon|dahan|beringin|tumbang", "menimpa orang|nimpa orang|kena orang|menimpa anak|menimpa ibu|menimpa warga|menimpa siswa|menimpa pengendara|menimpa mobil|nimpa mobil|menimpa motor|menimpa rumah|nimpa rumah|manimpo|kena mobil|kena ibu|kena anak", 5, rule="danger.tree", category="fallen_tree"),
    pair("tembok|dinding|tiang|baliho|papan reklame|atap|plafon|crane", "kena ibu|kena orang|kena anak|kena bapak|kena mobil|kena pengendara|menimpa orang|nimpa orang|menimpa pengendara|menimpa anak|menimpa warga|menimpa siswa|nimpa mobil|menimpa mobil|menimpa rumah|nimpa rumah", 5, rule="danger.crushed", category="collapse"),
    pair("kabel listrik|kabel pln|kabel tegangan|kawat listrik|kabel tegangan tinggi|kabel letrik", "putus|jatuh|menjuntai|percikan|berpercik|terkelupas|api|tapercik|genangan|nyetrum", 4, "telepon|internet|fiber", rule="danger.wire", category="power_cut"),
    pair("parang|pisau|celurit|golok|badik|senjata tajam|pistol|kapak|samurai|kelewang|sajam", "mau bunuh|ancam|mengancam|diancam|bunuh|membunuh|menyerang|mengamuk|ngamuk|kejar|mengejar|dikejar|acungkan|mengacungkan|bacok|tikam", 6, rule="danger.attack", category="crime"),
    pair("ditusuk|ditembak|dikeroyok|dihajar|dikejar massa|mau dibakar massa", "darah|berdarah|sekarang|tolong|sekarat|kritis|parang|pisau|cepat", 8, rule="danger.attack", category="crime"),
    pair("dipukuli|dipukul|dianiaya|dikurung|disiksa|dihajar|dicekik|mukul|mamukua|manangani|memukuli|memukul", "sekarang|sedang|barusan|berdarah|teriak|menjerit|capek|malam ini|saat ini|cepat tolong|minta tolong", 6, "pukul berapa|pukul satu|sekarang pukul", rule="danger.violence", category="violence_at_home"),
    pair("darah", "banyak|keluar terus|mengalir|di mana mana|berceceran|lahiran|melahirkan|bersimbah|habis|ngucur|deras", 3, "donor|tekanan darah|gula darah|demam berdarah|pmi|darah tinggi|kantong darah|golongan", rule="danger.health", category="ambulance"),
    pair("sesak|sesak napas|sesak nafas|stroke|jantung|kritis|biru|lemas sekali|diare hebat", "ambulans|ambulan|ambulance|sekarang|tolong jemput|segera jemput|oksigen habis|butuh oksigen|tabung oksigen", 7, "ambulans puskesmas rusak|ambulans rusak", rule="danger.health", category="ambulance"),
    pair("belum sadar|tidak bergerak|tidak bangun|tidak sadarkan diri", "jatuh|napas|bapak|ibu|orang|anak|korban|badan|tubuh|nenek|kakek|teman", 6, "macet|kendaraan|mobil", rule="danger.health", category="ambulance"),
    pair("ketelan|tertelan|menelan|tatalan", "baterai|koin|peniti|jarum|biji|kelereng|paku|anak|bayi|balita", 4, rule="danger.health", category="ambulance"),
    pair("runtuah|runtuh|roboh|ambruk|rubuh|jebol", "manimpo|mahimpok|maimpok|menimpa|nimpa|timpa|kena|tatimpo|terjebak|di bawahnya|di dalamnya", 4, "jangan", rule="danger.crushed", category="collapse"),
    pair("hilang|tersesat|sasek|nyasar|belum ketemu", "di hutan|hutan|di gunung|di laut|pendakian", 3, "motor|sapi|kerbau|kayu", rule="danger.missing", category="flood_rescue"),
    pair("keracunan|racun", "gas|jamur|ikan buntal|puluhan|massal|asap|alkohol|miras oplosan", 3, rule="danger.poison", category="ambulance"),
    pair("lahiran|melahirkan|kontraksi|bumil|ibu hamil|baranak", "darah|ambulans|ambulan|ketuban|di jalan|pendarahan|sungsang|sekarang|tidak ada bidan|bidan tidak", 7, "syarat|bulan depan|rusak|biaya", rule="danger.health", category="ambulance"),
    pair("minum|menelan|menenggak|tertelan|terminum", "racun|baygon|pestisida|obat nyamuk|pembersih lantai|bensin|soda api|racun rumput|racun tikus|satu botol obat", 3, rule="danger.poison", category="ambulance"),
    pair("keracunan|mulut berbusa|muntah busa|muntah darah|overdosis", f"{_WHO}|puluhan|muntah|pingsan|tolong|massal", 6, "mencegah|hama", rule="danger.poison", category="ambulance"),
    pair("loncat|lompat|melompat|terjun|tajun|nyebur|maloncek", "ngarai|jurang|tebing|jembatan|gedung|menara|tower|atap|lantai|flyover|balkon", 4, "air terjun|lomba|lompat jauh|lompat tali|mandi|berenang|atraksi", rule="danger.self", category="ambulance"),
    pair("harimau|macan|inyiak balang", "masuk|mendekat|berkeliaran|jejak baru|terlihat", 4, "pukat", rule="danger.animal", category="animal_rescue"),
    pair("ular|kobra|buaya|harimau|beruang|gajah|piton", "gigit|menggigit|mangigik|digigit|dipatuk|patuk|terkam|menerkam|serang|diserang|menyerang|lilit|melilit|dililit|seret", 4, rule="danger.animal", category="animal_rescue"),
    pair("anjing|anjiang|tawon|babi hutan|monyet|lebah", "berdarah|serang anak|menyerang anak|gigit anak barusan|barusan|sekarat|sedang menyerang|luka robek", 6, rule="danger.animal", category="animal_rescue"),
    pair("kecelakaan|tabrakan|tabrak lari|tertabrak|ditabrak|tabrak|jatuh", "pingsan|berdarah|darah|tergeletak|luka parah|sekarat|butuh ambulans|patah tulang|tidak bergerak|kritis|masih di jalan", 7, rule="danger.accident", category="ambulance"),
    pair("tergeletak|tageletak|terkapar", "orang|korban|bapak|ibu|kakek|nenek|anak|perempuan|laki", 5, "sampah|bangkai|mabuk", rule="danger.accident", category="ambulance"),
    pair("terguling|tabale|terbalik|terperosok|masuk jurang", "bus|mobil|truk|angkot|oto|motor|penumpang", 4, "lumpur|pasir tumpah|jalan rusak|lubang", rule="danger.accident", category="ambulance"),
    pair("kecebur|tercebur|kecemplung|nyemplung|tacebur|jatuh ke|jatuah ka|terperosok", "sumur|sungai|kolam|laut|selokan|septic tank|kali|jurang|parit|got", 4, "sampah|motor saya sering|hampir", rule="danger.fall", category="collapse"),
    pair("masuk|masuk ke|masuak|jatuh di|terperosok ke|terjatuh ke", "sumur bor|lubang sumur|sumur tua|sumur kering|septic tank|lubang bor|lubang pipa", 3, "air masuk|banjir masuk|limbah|sampah|hampir", rule="danger.fall", category="collapse"),
    pair("tergantung|tagantung|menggantung diri|bergantung", f"{_WHO}|mayat|sosok", 3, "kabel|lampu|cuaca|harga|bantuan|obat|sama|pada|dari", rule="danger.self", category="ambulance"),
    pair("lift", "pasien di dalam|orang di dalam|terjebak|sesak|anak di dalam|kejebak|terkunci", 6, rule="danger.trapped", category="collapse"),
    pair("gas|elpiji|lpg|tabung|melon", "ngeses|mendesis|berdesis|desis|bau menyengat|bau sangat", 4, "harga|habis|langka", rule="danger.gas", category="fire"),
    pair("teriak|menjerit|jeritan|minta tolong", "bantingan|bunyi pukulan|suara pukulan|tiba tiba diam|suara bantingan|memukul|dipukul", 8, rule="danger.violence", category="violence_at_home"),
    pair("meledak|meleduk|maladuak|meletus|ledakan", "tabung|gas|trafo|travo|gardu|bom|kompor|rumah|toko|pabrik|gudang|spbu|kilang|petasan|keras|kapal", 4, "harga|emosi|tagihan|populasi|jumlah", rule="danger.gas", category="fire"),
    pair("masih di dalam|terperangkap|kejebak|terjebak|terkunci di dalam|jatuh ke sumur|masuk sumur|kecemplung|tercebur", "lift|rumah|gedung|sumur|anak|orang|nenek|bayi|mobil|kebakaran|sungai|septic tank", 5, "macet|utang|kucing|ayam|kambing", rule="danger.trapped", category="collapse"),
))  # fmt: skip

_DANGERS: dict[str, Danger] = {
    normal(phrase): Danger(phrase, rule, matter) for rule, matter, phrases in _PHRASES for phrase in phrases.split("|")
}
OWN_WORDS: frozenset[str] = frozenset(
    word for phrase in (*_DANGERS, *(d.phrase for d in _DANGERS.values()), *_PAIRS.words) for word in phrase.split()
)
"""Every single word of these rules: they may stand in an event, as the lexicon's may."""

_NOT_NOW = listed(
    "kemarin|tahun lalu|bulan lalu|minggu lalu|dulu|pernah|rawan|takut|khawatir|antisipasi|mencegah|cegah|pencegahan|simulasi|"
    "pelatihan|kalau|supaya|korban kebakaran|pasca|jangan sampai|sebelum|mengakibatkan|menyebabkan|potensi|berpotensi|ancaman|"
    "hampir|sering|bekas kebakaran|bekas banjir|bekas longsor|bekas terbakar|setelah|bisa|alat|sosialisasi|penyuluhan|bantuan korban|hidran|rumah korban|sejak|meninggal karena|"
    "santunan|asuransi|bulan depan|minggu depan|alat pemadam|pemadam|biar tidak|akibat|trauma|berita|film|lomba|kabut asap|berkabut|jenggot|bakar jenggot|katanya|hari ulang tahun|obat serangan jantung|obat jantung|obat asma|obat kejang|stok obat"
)
"""Talk of a danger that is over or might come: urgent perhaps, but nobody's life hangs on the next minutes."""
_AT_ONCE = listed("sekarang|tolong|cepat|segera|sedang|saat ini|darurat|butuh|capek|capat|barusan|baru saja|masih")
_LASTING = frozenset({"danger.missing", "danger.boat"})
_OVER = _NOT_NOW - {"kemarin", "sejak"}
"""Who is missing since yesterday is in danger today."""
_ENDED = listed(
    "sudah padam|telah padam|berhasil dipadamkan|sudah dipadamkan|sudah surut|sudah selamat|sudah sembuh|sudah dievakuasi|"
    "sudah ditangani|sudah dimakamkan|sudah aman"
)
"""Wherever it stands the danger is over, unless something is asked for at once."""
ASKED: frozenset[str] = frozenset(_DANGERS) | _PAIRS.asked | _NOT_NOW | _AT_ONCE | _ENDED
_FIRST = 40
"""Who is in danger says so in the first words; behind them a danger is a thing that is told."""


def danger(grams: Grams) -> Danger | None:
    """Somebody may die in the next minutes or hours."""
    if not _ENDED.isdisjoint(grams) and _AT_ONCE.isdisjoint(grams):
        return None
    for phrase in grams:
        if phrase in _DANGERS and _now(grams, grams[phrase]):
            return _DANGERS[phrase]
    for two, one, other in _PAIRS.found(grams):
        over = _OVER if two.rule in _LASTING else _NOT_NOW
        if _now(grams, grams[one], over) and _now(grams, grams[other], over):
            return Danger(f"{one} {other}", two.rule, two.category)
    return None


def _now(grams: Grams, at: int, over: frozenset[str] = _NOT_NOW) -> bool:
    if at > _FIRST and not any(abs(grams[w] - at) <= 6 for w in _AT_ONCE if w in grams):
        return False
    past = [grams[word] for word in over if word in grams]
    return not any(0 <= at - told <= 4 or 0 < told - at <= 3 for told in past)
