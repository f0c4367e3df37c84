"""The matters that a city knows, each with the words by which rules recognise it.

`strong` phrases name the matter by themselves. `weak` ones only lean towards it. A `pair` names it when one word of
its first set stands near one of its second (`lampu` … `mati`). All words are in the plain form of `screening.words`.
"""

# ruff: noqa: E501, ISC004  # a vocabulary is read by matter: wrapping its lines would hide which words belong together

from dataclasses import dataclass

from services.contracts.base import Function


@dataclass(frozen=True)
class Category:
    id: str
    label: str
    """As officers read it, Indonesian."""
    function: Function
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    """Two sets of words each, separated by spaces."""


_BROKEN = "rusak hancur berlubang lubang lubanglubang amblas retak bergelombang bopeng becek licin parah diperbaiki aspal ditambal"
_DEAD = "mati padam rusak gelap hidup menyala nyala putus dipasang diganti kedip berkedip"
_OFF = "mati mengalir macet kering kecil keluar hidup berhenti putus nyala menyala jalan netes menetes ngocor setetes lancar"
_AID = "terima menerima dapat mendapat dapatkan tersalur cair daftar terdaftar terdata data sasaran layak potong dipotong kapan"
_SLOW = "lama lambat lamban selesai jadi dipersulit sulit persulit antri antre cetak dicetak blanko habis hilang urus mengurus syarat persyaratan rekam salah"

CATEGORIES: tuple[Category, ...] = (
    # public works
    Category("road_damage", "Jalan rusak", "public_works",
             ("jalan rusak", "jalan berlubang", "jalan hancur", "jalan amblas", "lubang jalan", "aspal rusak", "jalan tanah",
              "perbaikan jalan", "perbaiki jalan", "pengaspalan", "pengaspalan jalan", "cor jalan", "jalan dicor"),
             ("aspal", "berlubang", "lubang", "jalan", "betonisasi"),
             (("jalan jl gang aspal", _BROKEN),)),
    Category("bridge_damage", "Jembatan rusak", "public_works", ("jembatan putus", "jembatan ambruk", "jembatan rusak"),
             ("jembatan",), (("jembatan titian", "rusak putus ambruk roboh retak lapuk lubang berlubang goyang miring"),)),
    Category("drain_clogged", "Saluran air tersumbat", "public_works",
             ("got tersumbat", "drainase tersumbat", "selokan tersumbat", "gorong gorong", "saluran tersumbat", "normalisasi got",
              "perbaikan drainase", "saluran drainase"),
             ("got", "drainase", "selokan", "gorong", "drenase", "drainasi"),
             (("got drainase selokan saluran gorong parit riol drenase",
               "tersumbat meluap dangkal pendangkalan rusak penuh sampah dibersihkan bersihkan kotor keruk dikeruk bau air hujan banjir"),)),
    Category("flood", "Banjir atau genangan", "public_works", ("banjir", "air tergenang", "genangan air", "air pasang rob"),
             ("tergenang", "genangan", "meluap", "rob", "terendam"),
             (("air hujan sungai", "meluap naik masuk tergenang genangan terendam merendam"),)),
    Category("sidewalk_damage", "Trotoar rusak", "public_works", ("trotoar rusak", "guiding block"), ("trotoar",),
             (("trotoar", "rusak hancur lubang berlubang dibongkar retak pecah"),)),
    Category("river_works", "Sungai, talud atau tanggul", "public_works",
             ("normalisasi sungai", "tanggul jebol", "talud roboh", "abrasi pantai", "pengerukan sungai"),
             ("tanggul", "talud", "bronjong", "irigasi", "abrasi", "normalisasi"),
             (("sungai kali tanggul talud irigasi", "jebol dangkal pendangkalan longsor roboh dikeruk normalisasi ambrol"),)),
    Category("building_project", "Pekerjaan bangunan pemerintah", "public_works", ("proyek mangkrak", "galian kabel", "bekas galian"),
             ("proyek", "galian", "kontraktor", "pengecoran"),
             (("proyek galian pekerjaan", "mangkrak asal terbengkalai berantakan lambat selesai bahaya ditimbun"),)),
    # housing and lighting
    Category("street_light", "Lampu jalan mati", "housing_lighting",
             ("lampu jalan", "penerangan jalan", "lampu penerangan", "lpju", "pju", "lampu pju", "tiang lampu"),
             ("penerangan", "lampu", "gelap gulita"),
             (("lampu penerangan pju", _DEAD),)),
    Category("unfit_house", "Rumah tidak layak huni", "housing_lighting",
             ("bedah rumah", "tidak layak huni", "rtlh", "rumah tidak layak", "rumah roboh", "rumah ambruk"), ("layak huni", "rusunawa"),
             (("rumah dinding atap", "roboh ambruk lapuk reyot bocor huni bedah"),)),
    Category("park_cemetery", "Taman atau pemakaman", "housing_lighting", ("taman kota", "pemakaman umum", "tpu", "tanah makam"),
             ("taman", "makam", "pemakaman", "kuburan"), (("taman makam kuburan pemakaman", "rusak kotor semak rawat terawat biaya"),)),
    # transport
    Category("traffic_jam", "Lalu lintas macet", "transport", ("jalan macet", "kemacetan", "satu arah", "putar balik", "lawan arus"),
             ("macet", "lalulintas", "semrawut"), (("jalan simpang lalulintas kendaraan mobil", "macet semrawut padat padatnya arus"),)),
    Category("illegal_parking", "Parkir liar", "transport",
             ("parkir liar", "juru parkir", "tukang parkir", "parkir sembarangan", "jukir", "karcis parkir", "uang parkir", "tarif parkir"),
             ("parkir", "karcis"), (("parkir", "liar sembarangan paksa mahal karcis bahu jalan trotoar"),)),
    Category("traffic_light", "Lampu lalu lintas", "transport",
             ("lampu merah", "traffic light", "apill", "lampu lalulintas", "lampu lalu lintas", "lampu pengatur"), ("trafik",), ()),
    Category("road_signs", "Rambu dan marka", "transport",
             ("rambu", "zebra cross", "marka jalan", "polisi tidur", "cermin tikungan", "pembatas jalan", "pita kejut"), ("marka",), ()),
    Category("public_transport", "Angkutan umum", "transport",
             ("angkot", "sopir angkot", "bus kota", "trans metro", "transmetro", "halte", "terminal bus", "bemo", "brt", "bus sekolah"),
             ("sopir", "terminal", "trayek", "bus", "penumpang"), (("sopir bus angkot", "ugal ngebut kasar tarif ongkos merokok"),)),
    Category("heavy_vehicles", "Kendaraan berat", "transport", ("truk odol", "truk besar", "truk batubara", "truk batu bara", "truk tanah", "truk pasir"),
             ("truk", "tronton", "muatan"), (("truk tronton", "lewat melintas muatan debu tumpah jam"),)),
    # environment
    Category("garbage", "Sampah tidak diangkut", "environment",
             ("air lindi", "bank sampah", "penyapu jalan", "sampah menumpuk", "tumpukan sampah", "sampah berserakan", "angkut sampah", "sampah tidak diangkut", "petugas sampah",
              "bak sampah", "tong sampah", "kontainer sampah", "truk sampah", "mobil sampah", "iuran sampah", "retribusi sampah"),
             ("sampah",),
             (("sampah", "menumpuk tumpukan tumpuk numpuk bertumpuk diangkut angkut diambil ambil bau busuk berserakan bertaburan penuh "
                         "betaburan berhari bersihkan dibersihkan berantakan"),)),
    Category("illegal_dump", "Pembuangan sampah liar", "environment",
             ("buang sampah", "tps liar", "sampah liar", "membuang sampah", "pembuangan sampah", "pembuangan liar", "buang sampah sembarangan"),
             ("tps", "tpa"), (("sampah", "buang membuang dibuang sungai got liar sembarangan"),)),
    Category("pollution", "Pencemaran lingkungan", "environment",
             ("kawasan tanpa rokok", "amdal", "limbah b3", "limbah medis", "asap hitam", "bau busuk pabrik", "mangrove", "limbah pabrik", "limbah cair", "air limbah", "pencemaran", "asap pabrik", "bakar sampah", "polusi udara", "bau limbah",
              "kabut asap", "limbah"), ("tercemar", "polusi", "asap", "mencemari"),
             (("limbah pabrik asap", "bau busuk hitam mencemari tercemar sungai sumur sesak"),)),
    Category("tree_hazard", "Pohon rawan tumbang", "environment",
             ("pohon rawan tumbang", "pangkas pohon", "pemangkasan pohon", "tebang pohon", "pohon lapuk", "pohon pelindung", "dahan pohon"),
             ("pohon", "ranting", "dahan"), (("pohon dahan ranting", "rawan lapuk pangkas dipangkas tebang ditebang menutupi miring kabel tinggi rimbun"),)),
    # water utility
    Category("water_off", "Air PDAM tidak mengalir", "water_utility",
             ("air tidak keluar", "keran kering", "kran kering", "air mati", "air tidak mengalir", "pdam mati", "air pdam", "air ledeng", "air leding", "ledeng mati", "leding mati",
              "air bersih mati", "krisis air", "air tidak hidup", "air tidak jalan", "air macet"),
             ("pdam", "ledeng", "leding", "perumda", "tirta", "air bersih"),
             (("air pdam ledeng leding perumda", _OFF),)),
    Category("water_quality", "Air PDAM keruh", "water_utility", ("air keruh", "air pdam keruh", "air bau", "air kotor", "air berwarna"),
             ("keruh",), (("air pdam ledeng leding", "keruh kuning coklat lumpur bau berbau berlumpur"),)),
    Category("water_leak", "Pipa air bocor", "water_utility", ("pipa bocor", "pipa pdam", "pipa pecah", "kebocoran pipa", "pipa air"),
             ("pipa", "meteran air"), (("pipa meteran", "bocor pecah patah air pdam rusak"),)),
    Category("water_bill", "Tagihan air", "water_utility", ("tagihan air", "tagihan pdam", "rekening air", "bayar air", "tarif air", "pasang baru pdam"),
             (), (("pdam air ledeng", "tagihan rekening bayar tarif denda mahal"),)),
    # civil registry
    Category("id_card", "KTP elektronik", "civil_registry", ("ktp", "e ktp", "kartu tanda penduduk", "suket", "rekam ktp", "kia"),
             (), (("ktp", _SLOW),)),
    Category("family_card", "Kartu keluarga", "civil_registry", ("kartu keluarga", "kk hilang", "kk baru", "urus kk", "buat kk", "pecah kk"),
             ("kk",), (("kk", _SLOW),)),
    Category("birth_certificate", "Akta catatan sipil", "civil_registry",
             ("akta", "akte", "akta kelahiran", "akte kelahiran", "akta lahir", "akta kematian", "akta cerai"), (), (("akta akte", _SLOW),)),
    Category("registry_service", "Pelayanan kependudukan", "civil_registry",
             ("dukcapil", "disdukcapil", "capil", "surat pindah", "pindah domisili", "kependudukan", "catatan sipil"), ("nik",), (("nik", "ganda online terdaftar"),)),
    # social
    Category("social_aid", "Bantuan sosial", "social",
             ("bansos", "pkh", "blt", "bantuan sosial", "bpnt", "dtks", "dtsen", "bantuan sembako", "kartu sembako", "bantuan pangan", "raskin", "rastra"),
             ("bantuan", "sembako"), (("bantuan sembako beras dana", _AID),)),
    Category("neighbour_in_need", "Warga butuh pertolongan", "social",
             ("kaki palsu", "tongkat", "gizi buruk", "tetangga sakit", "tidak makan", "hidup sebatang kara", "sebatang kara", "tinggal sendiri", "nenek sebatang kara", "kursi roda",
              "tidak mampu berobat", "belum makan", "orang terlantar", "lansia terlantar", "janda tua", "hidup sendiri", "kurang gizi",
              "tidak ada beras", "orang miskin"),
             ("lansia", "nenek", "kakek", "yatim", "janda", "lumpuh", "terlantar", "miskin", "cacat", "disabilitas", "difabel"),
             (("nenek kakek lansia janda tetangga ibu bapak warga orang anak yatim",
               "sendiri sendirian sebatang terlantar lumpuh miskin lapar makan membantu dibantu pertolongan sakit"),)),
    Category("street_people", "Orang terlantar di jalan", "social",
             ("odgj", "orang gila", "gangguan jiwa", "gelandangan", "pengemis", "anak jalanan", "pengamen", "manusia silver", "anak punk", "orang dipasung", "pasung"),
             (), ()),
    # health
    Category("health_service", "Pelayanan kesehatan", "health",
             ("puskesmas", "rumahsakit", "rumah sakit", "pelayanan kesehatan", "posyandu", "pustu", "igd", "ugd", "bidan"),
             ("dokter", "perawat", "pasien", "obat", "berobat", "rawat"),
             (("dokter perawat pasien obat", "lambat lama habis ditolak antri kasar pelayanan layanan rujukan tidak"),)),
    Category("disease", "Penyakit menular", "health", ("demam berdarah", "dbd", "fogging", "foging", "malaria", "muntaber", "diare", "wabah", "imunisasi", "vaksin", "rabies", "keracunan makanan"),
             ("nyamuk", "jentik"), (("nyamuk", "banyak semprot fogging"),)),
    Category("ambulance", "Ambulans", "health", ("ambulans", "ambulan", "ambulance", "mobil jenazah"), (), ()),
    # education
    Category("school_fees", "Pungutan sekolah", "education", ("uang komite", "uang sekolah", "pungutan sekolah", "spp", "dana bos", "uang seragam", "uang perpisahan", "ijazah ditahan"),
             ("komite", "pungutan"), (("sekolah siswa murid sd smp sma guru kepsek", "pungutan bayar iuran uang dana sumbangan biaya lks seragam pungli"),)),
    Category("school_building", "Bangunan sekolah", "education", ("gedung sekolah", "ruang kelas", "atap sekolah", "wc sekolah", "meja kursi sekolah"),
             (), (("sekolah kelas sd smp", "roboh rusak bocor atap plafon ambruk toilet"),)),
    Category("school_admission", "Penerimaan murid", "education", ("ppdb", "spmb", "zonasi", "pip", "kip", "kartu indonesia pintar", "beasiswa"),
             ("siswa", "murid", "sekolah"), (("sekolah siswa murid", "diterima daftar pendaftaran beasiswa putus zonasi"),)),
    Category("school_conduct", "Guru dan kegiatan sekolah", "education", ("kepala sekolah", "guru honorer", "perundungan", "bullying", "makan bergizi"),
             ("guru", "kepsek", "mbg"), (("guru kepsek sekolah siswa murid", "pukul memukul bolos jarang kasar tawuran bully"),)),
    # public order
    Category("street_vendors", "Pedagang kaki lima", "public_order", ("pak ogah", "berjualan di trotoar", "jualan di trotoar", "pkl", "pedagang kaki lima", "lapak liar", "kaki lima", "pedagang liar"),
             ("lapak", "pedagang"), (("pedagang lapak jualan", "trotoar bahu badan liar ditertibkan tertibkan sembarangan"),)),
    Category("noise", "Kebisingan", "public_order", ("live music", "live musik", "petasan", "mercon", "musik kafe", "suara bising", "musik keras", "organ tunggal", "orgen tunggal", "karaoke", "kebisingan", "knalpot brong", "suara keras", "pesta malam"),
             ("bising", "berisik", "ribut"), (("musik suara karaoke pesta orgen", "keras kencang malam ribut berisik bising ganggu mengganggu"),)),
    Category("alcohol_vice", "Miras dan penyakit masyarakat", "public_order",
             ("kos campur", "hotel mesum", "esek esek", "panti pijat", "kumpul kebo", "miras", "minuman keras", "tuak", "moke", "sopi", "prostitusi", "mesum", "kos kosan bebas", "judi", "warung remang", "tempat maksiat"), ("mabuk", "maksiat"),
             (("orang anak pemuda remaja", "mabuk mabukan minum judi sopi moke"),)),
    Category("illegal_building", "Bangunan liar", "public_order", ("bangunan liar", "bangunan tanpa izin", "pondok liar", "menutup jalan", "pagar menutup"),
             (), (("bangunan pagar rumah tembok pondok", "liar menutup tutup sempadan melanggar izin"),)),
    Category("billboards", "Reklame liar", "public_order", ("baliho", "reklame", "spanduk liar", "papan iklan"), ("spanduk",), ()),
    # trade
    Category("market_facility", "Pasar", "trade_markets", ("pasar becek", "los pasar", "kios pasar", "sewa kios", "retribusi pasar", "atap pasar", "pedagang pasar", "revitalisasi pasar"),
             ("pasar", "kios"), (("pasar kios los", "becek rusak kotor bocor sewa retribusi toilet sepi bau"),)),
    Category("prices_gas", "Harga dan kelangkaan", "trade_markets",
             ("spbu", "gas 3 kg", "gas tiga kilo", "tera ulang", "kedaluwarsa", "kadaluarsa", "operasi pasar murah", "minyak goreng", "gas melon", "elpiji", "lpg", "gas langka", "harga beras", "harga cabai", "harga sembako", "pasar murah", "operasi pasar", "minyak tanah", "timbangan curang", "bbm langka"),
             ("langka", "mahal", "pangkalan"), (("gas minyak beras harga bbm solar pertalite sembako", "langka mahal naik habis antri susah"),)),
    # manpower
    Category("wages", "Upah dan hubungan kerja", "manpower",
             ("outsourcing", "pekerja migran", "tki", "majikan", "lembur", "serikat buruh", "ijazah ditahan perusahaan", "gaji belum dibayar", "gaji tidak dibayar", "umr", "umk", "ump", "upah minimum", "phk", "thr", "gaji karyawan", "uang lembur", "kontrak kerja", "dipecat", "ketenagakerjaan", "pesangon"),
             ("gaji", "upah", "karyawan", "buruh", "perusahaan"), (("gaji upah perusahaan karyawan buruh", "dibayar bayar telat tunda ditahan rendah lembur dipotong"),)),
    Category("jobs", "Lowongan dan pelatihan kerja", "manpower", ("lowongan kerja", "loker", "pelatihan kerja", "kartu kuning", "ak1", "prakerja", "cari kerja", "job fair"),
             ("lowongan", "pengangguran"), ()),
    # licensing
    Category("business_permit", "Izin usaha", "licensing", ("kbli", "izin praktik", "izin operasional", "sertifikat standar", "izin reklame", "izin usaha", "ijin usaha", "nib", "oss", "siup", "izin gangguan", "perizinan", "dpmptsp", "ptsp", "mall pelayanan publik", "mpp"),
             ("izin", "ijin"), (("izin ijin", "urus mengurus usaha terbit lama syarat"),)),
    Category("building_permit", "Izin bangunan", "licensing", ("slf", "kkpr", "sertifikat laik fungsi", "imb", "pbg", "izin mendirikan bangunan", "izin bangunan", "krk"), (), ()),
    # disaster and fire
    Category("fire", "Kebakaran", "disaster_fire", ("kebakaran", "rumah terbakar", "terbakar", "damkar", "pemadam kebakaran", "api membesar", "karhutla", "lahan terbakar"),
             ("api", "pemadam"), (("api rumah lahan toko hutan", "besar membesar terbakar bakar menjalar merambat"),)),
    Category("landslide", "Longsor", "disaster_fire", ("longsor", "tanah longsor", "tanah bergerak", "tebing runtuh"), ("tebing",), (("tanah tebing", "runtuh bergerak turun amblas retak"),)),
    Category("fallen_tree", "Pohon tumbang", "disaster_fire", ("pohon tumbang", "pohon roboh", "tumbang menimpa", "angin puting beliung", "puting beliung"),
             ("tumbang",), (("pohon dahan", "tumbang roboh menimpa patah jatuh"),)),
    Category("flood_rescue", "Warga terjebak banjir", "disaster_fire", ("terjebak banjir", "evakuasi banjir", "perahu karet", "evakuasi warga", "terjebak air"),
             ("evakuasi", "mengungsi", "pengungsi", "hanyut"), (("warga orang anak rumah", "terjebak hanyut evakuasi mengungsi"), ("banjir air", "dada leher atap sepinggang terjebak"))),
    Category("collapse", "Bangunan runtuh", "disaster_fire", ("bangunan runtuh", "bangunan ambruk", "gedung ambruk", "gedung runtuh"), ("runtuh", "reruntuhan"), ()),
    Category("earthquake", "Gempa dan tsunami", "disaster_fire", ("gempa", "tsunami", "sirine tsunami", "jalur evakuasi"), (), ()),
    Category("animal_rescue", "Hewan berbahaya", "disaster_fire", ("ular masuk", "ular besar", "sarang tawon", "tawon", "ular kobra", "ular piton", "buaya"), ("ular",), ()),
    # food and farming
    Category("livestock", "Ternak dan hewan liar", "agriculture_food",
             ("anjing liar", "kandang ayam", "kandang babi", "ternak liar", "sapi liar", "kucing liar", "flu burung", "kambing liar", "babi mati", "virus babi"),
             ("ternak", "anjing", "kandang", "sapi", "kambing", "babi"), (("anjing sapi kambing babi ternak ayam kucing", "liar lepas berkeliaran bau gigit menggigit mati sakit"),)),
    Category("farming", "Pertanian dan perikanan", "agriculture_food", ("pupuk subsidi", "pupuk langka", "hama tikus", "hama", "kelompok tani", "gagal panen", "traktor", "nelayan", "bibit"),
             ("pupuk", "petani", "sawah", "panen"), ()),
    # tourism and sport
    Category("tourist_site", "Tempat wisata", "tourism_sport", ("museum", "cagar budaya", "air terjun", "homestay", "desa wisata", "duta wisata", "benteng", "tempat wisata", "objek wisata", "obyek wisata", "pantai panjang", "jam gadang", "wisatawan", "tiket masuk", "pemandu wisata"),
             ("wisata", "pantai"), (("wisata pantai pengunjung", "kotor pungli mahal rusak tiket preman"),)),
    Category("sport_facility", "Sarana olahraga", "tourism_sport", ("atlet", "koni", "porprov", "lapangan futsal", "lapangan basket", "klub bola", "jogging track", "lapangan sepak bola", "lapangan bola", "kolam renang", "stadion", "gor", "lapangan olahraga", "lapangan voli", "gelanggang"), ("lapangan",),
             (("lapangan", "rusak semak terbengkalai becek"),)),
    # the city's own administration
    Category("local_tax", "Pajak dan retribusi daerah", "revenue", ("pajak reklame", "pajak hiburan", "retribusi daerah", "pbb", "pajak bumi", "pajak daerah", "bphtb", "pajak restoran", "pajak hotel", "njop", "sppt"), ("pajak",), ()),
    Category("civil_servants", "Kepegawaian", "personnel", ("bkd", "bkpsdm", "bkpp", "pegawai negeri", "disiplin pegawai", "jam dinas", "tenaga kontrak", "tenaga honorer", "gaji honorer", "honor kami", "sk pppk", "seleksi pppk", "kenaikan gaji berkala", "lelang jabatan", "mutasi jabatan", "tugas belajar", "cpns", "pppk", "honorer", "kenaikan pangkat", "sk pensiun", "tpp pegawai", "gaji berkala", "mutasi pegawai", "tunjangan kinerja"), ("pns", "asn", "pegawai"), ()),
    Category("information_service", "Layanan informasi", "communication", ("tiang internet", "kabel fiber", "fiber optik", "videotron", "blank spot", "aplikasi pengaduan", "website pemkot", "112", "website kota", "aplikasi kota", "wifi gratis", "wifi publik", "ppid", "informasi publik", "nomor kontak", "call center", "situs pemkot", "cctv"), ("wifi", "aplikasi", "website"), ()),
    Category("violence_at_home", "Kekerasan perempuan dan anak", "women_children",
             ("hak asuh", "nikah paksa", "rumah aman", "pernikahan anak", "nikah dini", "kdrt", "kekerasan rumah tangga", "kekerasan anak", "pelecehan", "pelecehan seksual", "pencabulan", "perkosa", "diperkosa", "dipukul suami", "penelantaran anak", "anak disiksa", "dianiaya suami"),
             ("kekerasan", "disiksa"), (("suami ayah bapak tiri istri anak", "memukul pukul dipukul siksa menyiksa aniaya dianiaya cabul"),)),
    Category("community_dispute", "Kerukunan warga", "community", ("rumah ibadah", "ormas", "konflik warga", "kerukunan", "keributan warga", "intoleransi"), (), ()),
    Category("ward_service", "Pelayanan kelurahan atau kecamatan", "village_ward",
             ("kantor lurah", "kantor camat", "kantor kelurahan", "kantor kecamatan", "pelayanan kelurahan", "pelayanan kecamatan", "surat keterangan", "surat domisili", "surat pengantar", "dana kelurahan", "gotong royong", "kantor lurah tutup"),
             ("kelurahan", "kecamatan", "lurah", "camat"), (("lurah camat kelurahan kecamatan", "pelayanan surat tutup lama tanda"),)),
    Category("official_conduct", "Perilaku aparat", "village_ward",
             ("pungli", "pungutan liar", "pilih kasih", "minta uang", "uang pelicin", "penyelewengan", "menyelewengkan", "korupsi", "nepotisme", "jual beli jabatan", "minta bayaran"),
             ("oknum", "mempersulit", "arogan"), ()),
    # outside a city's competence
    Category("crime", "Kejahatan", "police", ("pencurian", "begal", "maling", "curanmor", "narkoba", "penipuan", "tawuran", "perampokan", "preman", "jambret", "pembunuhan", "sabu", "sim", "samsat", "balap liar", "kehilangan motor"),
             ("mencuri", "polisi", "dicuri", "ancaman"), (("motor hp uang rumah", "dicuri hilang maling dirampok"),)),
    Category("power_cut", "Listrik PLN padam", "power_utility",
             ("listrik padam", "listrik mati", "mati lampu", "pln", "tiang listrik", "kabel listrik", "mati listrik", "meteran listrik", "token listrik", "lampu rumah mati", "trafo", "gardu listrik"), ("listrik",),
             (("listrik", "padam mati voltase turun putus tegangan"),)),
    Category("health_insurance", "BPJS", "national_insurance", ("jht", "jamsostek", "bpjs ketenagakerjaan", "jaminan hari tua", "jkp", "bpjs", "jkn", "kis", "kartu indonesia sehat", "iuran bpjs"), (), (("bpjs kis jkn", "aktif nonaktif bayar iuran tunggakan"),)),
    Category("land_title", "Sertifikat tanah", "national_agency", ("sertifikat tanah", "sertipikat", "bpn", "prona", "ptsl", "mafia tanah", "sengketa tanah"), (), (("tanah sertifikat", "sengketa serobot bpn balik"),)),
    Category("national_service", "Layanan instansi pusat", "national_agency", ("ukt", "taspen", "asuransi", "imei", "kartu kredit", "kpr", "paspor", "imigrasi", "kantor pos", "bea cukai", "pajak penghasilan", "npwp", "pengadilan", "kejaksaan", "sinyal hp", "telkomsel", "indihome", "bank", "pinjol", "buku nikah", "kua", "haji", "porsi haji", "atm", "leasing", "asuransi", "ojk", "jalan tol",
              "tarif tol", "kereta api", "pt kai", "kejaksaan", "lapas", "kpu", "bawaslu", "pemilu", "taspen", "pajak pratama", "spt tahunan", "visa"), ("sinyal",), ()),
    # what is known to be an office's, and nothing more: by its name
    Category("other_public_works", "Pekerjaan umum lainnya", "public_works", ("dinas pekerjaan umum", "dinas pu", "pupr", "dpu", "bina marga", "psda",)),
    Category("other_housing_lighting", "Perumahan dan permukiman lainnya", "housing_lighting", ("disperkim", "perkim", "dinas perumahan", "dinas pertamanan",)),
    Category("other_transport", "Perhubungan lainnya", "transport", ("dinas perhubungan", "dishub",)),
    Category("other_environment", "Lingkungan hidup lainnya", "environment", ("dinas lingkungan hidup", "dlh", "dlhk", "dinas kebersihan", "pd kebersihan",)),
    Category("other_water_utility", "Layanan air minum lainnya", "water_utility"),
    Category("other_social", "Urusan sosial lainnya", "social", ("dinas sosial", "dinsos",)),
    Category("other_health", "Kesehatan lainnya", "health", ("dinas kesehatan", "dinkes",)),
    Category("other_education", "Pendidikan lainnya", "education", ("dinas pendidikan", "disdik", "dikbud",)),
    Category("other_public_order", "Ketertiban umum lainnya", "public_order", ("satpol pp", "pamong praja",)),
    Category("other_trade_markets", "Perdagangan dan koperasi lainnya", "trade_markets", ("umkm", "usaha mikro", "koperasi", "minimarket", "toko modern", "bantuan modal usaha", "perlindungan konsumen", "oleh oleh", "dinas perdagangan", "disperindag", "disdag", "dinas pasar", "dinas koperasi",)),
    Category("other_manpower", "Ketenagakerjaan lainnya", "manpower", ("dinas tenaga kerja", "disnaker",)),
    Category("other_licensing", "Perizinan lainnya", "licensing", ("dinas penanaman modal", "dpmptsp", "bpmptsp",)),
    Category("other_disaster_fire", "Kebencanaan lainnya", "disaster_fire", ("bpbd", "badan penanggulangan bencana",)),
    Category("other_agriculture_food", "Pertanian, perikanan dan pangan lainnya", "agriculture_food", ("dinas pertanian", "dinas peternakan", "dinas perikanan", "dinas pangan", "dinas ketahanan pangan",)),
    Category("other_tourism_sport", "Wisata, budaya dan olahraga lainnya", "tourism_sport", ("seni budaya", "kesenian", "sanggar seni", "seniman", "festival budaya", "paskibraka", "kepemudaan", "pramuka", "gelanggang remaja", "disparpora", "disporapar", "dinas pariwisata", "dispora", "dinas pemuda", "disparbud", "disbudpar",)),
    Category("other_revenue", "Keuangan dan pendapatan daerah lainnya", "revenue", ("aset daerah", "aset pemda", "aset pemkot", "aset pemko", "barang milik daerah", "kas daerah", "sp2d", "apbd", "kendaraan dinas", "mobil dinas", "pendapatan asli daerah", "ganti rugi lahan", "bkad", "bapenda", "bpkad", "dispenda", "badan keuangan",)),
    Category("other_communication", "Komunikasi dan informatika lainnya", "communication", ("diskominfo", "dinas komunikasi", "kominfo",)),
    Category("other_women_children", "Perempuan, anak dan keluarga lainnya", "women_children", ("dp3a", "dp3akb", "uptd ppa", "dinas pemberdayaan perempuan", "p2tp2a",)),
    Category("other_community", "Desa dan kemasyarakatan lainnya", "community", ("bpd", "bumdes", "musrenbang", "fkub", "apbdes", "siltap", "sekdes", "kadus", "lpm kelurahan", "wali nagari", "pemerintah desa", "dinas pemberdayaan masyarakat", "dpmd", "kesbangpol", "kepala desa", "kades", "perangkat desa", "pilkades", "dana desa",)),
    Category("other_village_ward", "Urusan kelurahan dan kecamatan lainnya", "village_ward", ("pelayanan kelurahan", "pelayanan kecamatan",)),
    Category("other_police", "Urusan kepolisian lainnya", "police", ("polres", "polsek", "polda", "kepolisian",)),
    Category("other_power_utility", "Urusan listrik lainnya", "power_utility", ("kantor pln", "petugas pln",)),
)  # fmt: skip

BY_ID: dict[str, Category] = {category.id: category for category in CATEGORIES}
FUNCTION_OF: dict[str, Function] = {category.id: category.function for category in CATEGORIES}

_OTHERWISE: dict[Function, str] = {
    "civil_registry": "registry_service", "personnel": "civil_servants", "national_insurance": "health_insurance",
    "national_agency": "national_service",
}  # fmt: skip
"""Functions of which one category says no more anyway."""

OTHER: dict[Function, str] = _OTHERWISE | {c.function: c.id for c in CATEGORIES if c.id.startswith("other_")}
"""The category of what is known to be a function's and nothing more."""

AKIN: tuple[frozenset[str], ...] = (
    frozenset({"drain_clogged", "flood", "river_works"}),
    frozenset({"road_damage", "building_project", "sidewalk_damage", "bridge_damage"}),
    frozenset({"drain_clogged", "building_project"}),
    frozenset({"garbage", "illegal_dump", "pollution"}),
    *(
        frozenset(c.id for c in CATEGORIES if c.function == function)
        for function in (
            "transport", "water_utility", "civil_registry", "social", "health", "education", "public_order",
            "trade_markets", "manpower", "licensing", "disaster_fire", "village_ward", "women_children", "police",
            "power_utility", "national_insurance", "national_agency", "personnel", "revenue", "communication", "community",
        )
    ),
)  # fmt: skip
"""Matters that one piece of work settles together; others of one function are two."""
