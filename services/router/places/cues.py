"""Words before and behind a name that say what it is and how it is meant."""

# ruff: noqa: E501  # lists are read by their entries, not by their line ends
# fmt: off

WARD_MARKS = frozenset({"kel", "kalurahan", "kelurahaan", "kelrhan", "keluraha", "kelurahan", "lurah", "klurahan", "kelurhan", "kelrahan", "kelurahn", "klrhn", "kelrhn", "klh", "klrahan", "keluarahan", "kelurahannya", "desa", "kelurah"})
DISTRICT_MARKS = frozenset({"kec", "kecamatan", "camat", "kcamatan", "kecmatan", "kecamtan", "kcmtn", "kecmtn", "kecamatn", "kcmatan"})
AREA_MARKS = frozenset({"daerah", "drh", "dareah", "wilayah", "wil", "kawasan", "kws", "warga", "wrga", "penduduk", "masyarakat", "urang", "orang", "lokasi", "alamat", "tkp", "seputaran", "sekitaran", "seputar", "area", "areal", "lingkungan", "rw", "rt", "bilangan"})
"""They say that the next word is a place, not which kind."""
IN = frozenset({"di", "d", "dii", "dr", "dari", "ke", "kat"})
STREET_MARKS = frozenset({"jl", "jln", "jalan", "jlan", "jalur", "gang", "gg", "gng", "lorong", "lrg", "jembatan"})
HEADS_THAT_STAND_THERE = frozenset({"puskesmas", "pkm", "pustu", "posyandu", "pasar", "psr", "kantor", "perumahan", "perum", "komplek", "kompleks", "pantai", "terminal", "lapangan", "simpang", "simp", "pos", "tpu", "tps", "pelabuhan", "kampung", "kp", "dusun"})
"""What is called after the kelurahan that it stands in."""
OTHER_HEADS = frozenset({"sd", "sdn", "smp", "smpn", "sma", "sman", "smk", "smkn", "tk", "paud", "mts", "man", "masjid", "mesjid", "musholla", "mushola", "gereja", "toko", "warung", "rm", "hotel", "bank", "apotek", "klinik", "rs", "rsud", "kafe", "cafe", "salon", "bengkel", "cv", "pt", "koperasi", "yayasan", "stadion", "universitas", "kampus", "hari", "buah", "bunga", "minyak", "pohon", "kayu", "bpr", "spbu", "danau", "pulau", "gunung", "laut", "nasi", "sate", "rumahmakan", "aplikasi", "app", "grup", "group", "band", "orkes", "lagu", "kapal", "bus", "travel", "agen", "merek", "merk", "produk", "perusahaan", "developer", "pengembang", "distributor", "swalayan", "minimarket", "radio", "majelis", "klub", "ssb", "butik", "loket", "ekspedisi"})
"""What is called after anything, also after a place where it is not."""
ELSEWHERE = frozenset({"kota", "kab", "kabupaten", "provinsi", "prov", "propinsi", "negeri", "jakarta", "jawa", "walikota", "pemkot", "pemkab", "bupati", "gubernur", "pemprov", "polres", "polda", "dprd"})
"""Before a name: another city's, or a province's."""

CITIES = frozenset({"jakarta", "jkt", "bandung", "medan", "makassar", "palembang", "padang", "batam", "denpasar", "yogyakarta", "jogja", "jogjakarta", "malang", "bogor", "bekasi", "depok", "tangerang", "balikpapan", "samarinda", "banjarmasin", "pontianak", "manado", "ambon", "jayapura", "mataram", "jambi", "lampung", "dumai", "payakumbuh", "pariaman", "cirebon", "surakarta", "kediri", "madiun", "atambua", "maumere", "surabaya", "semarang"})
"""Behind a name: it is there, and not here; unless this city has a kelurahan of that name."""
NOT = frozenset({"bukan", "bkn", "bukannya", "selain", "kecuali"})
COMPARED = frozenset({"dibanding", "dibandingkan", "bandingkan", "daripada", "beda", "berbeda", "seperti", "sprti", "spt", "kayak", "macam", "mirip", "padahal", "sedangkan", "sementara"})
COMPARED_IF_GOOD = frozenset({"padahal", "sedangkan", "sementara"})
AS_FOR = frozenset({"kalau", "klo", "kalo", "kl", "kalu", "kok", "kenapa", "mengapa"})
"""They compare if something good is said of the place."""
BETTER = frozenset({"bersih", "bagus", "lancar", "mulus", "terang", "rapi", "aman", "nyaman", "beres", "normal", "enak", "diperbaiki", "dibangun", "diaspal", "cepat", "hidup", "nyala", "menyala", "kering", "lebih", "rutin", "dapat"})
TOWARDS = frozenset({"arah", "menuju", "jurusan", "tujuan", "rute", "ke", "dari", "dr", "lewat", "antara", "perbatasan", "batas", "sampai", "hingga"})
LIVES = frozenset({"warga", "wrga", "tinggal", "tnggal", "berdomisili", "domisili", "penduduk", "asal", "berasal", "beralamat", "orang", "urang", "ktp", "rumah", "rmh", "menetap", "ngontrak", "ngekos", "kos", "anak", "masyarakat"})
"""Where somebody lives is not always where the matter is."""
FIRST_PERSON = frozenset({"saya", "sy", "sya", "kami", "kmi", "aku", "beta", "ambo", "awak", "kito", "kita", "katong", "ketong", "kamek", "nama", "perkenalkan", "dari", "ibu", "bapak", "ini"})
TITLES = frozenset({"pak", "pk", "bpk", "bapak", "bapa", "bu", "ibu", "mama", "mamak", "om", "tante", "nona", "usi", "kak", "kakak", "bang", "abang", "mas", "mbak", "uni", "uda", "sdr", "sdri", "saudara", "saudari", "nenek", "kakek", "opa", "oma", "ustad", "ustadz", "pendeta", "dr", "drg", "hj", "almarhum", "alm", "bernama", "namanya"})
"""Before what people are called."""
NAMED = frozenset({"saya", "sy", "aku", "beta", "ambo", "anak", "ibu", "bapak", "istri", "suami", "adik", "kakak", "petugas", "petugasnya", "pelapor", "orangnya"})
"""Behind `nama`: whose name follows."""
AWAY = frozenset({"kuliah", "merantau", "lahir", "bekerja", "kerja", "sekolah", "liburan", "berobat", "dirujuk", "pindah", "pulang", "mudik", "berangkat", "pesawat", "terbang", "dulu", "waktu", "kiriman", "paket", "kirim", "dikirim", "pabrik"})
"""What people do in other cities."""

HAPPENS = frozenset({"banjir", "kebanjiran", "banjia", "gelap", "kalam", "macet", "tergenang", "longsor", "kotor", "sampah", "sampahnya", "sarok", "jalannya", "lampunya", "airnya", "gotnya", "kebakaran", "becek", "dekat", "dkt", "dakek", "depan", "dpn", "samping", "got", "lampu", "pju", "drainase", "selokan", "banda", "siring", "pkl", "begal", "truk"})
"""Behind a name that begins a sentence: what goes on in a place, not in a thing."""
STANDS = HAPPENS | {"tiang", "pohon", "parit", "trotoar", "jembatan", "tumpukan", "lubang", "aspal", "kabel", "jalan", "jln", "selokan", "gorong", "kali", "air", "pipa", "anjing", "penerangan", "tps", "warga", "ada"}
"""Behind a name and a colon: what is, or lies, in a place."""
OWNED = frozenset({"saya", "sy", "sya", "kami", "kita", "dia", "mereka", "itu", "itulah", "ini", "yang", "yg", "tersebut", "tsb", "nya", "orang", "beliau", "anda", "kakak", "adik", "milik", "punya", "pribadi", "ku", "mu", "beta", "ambo", "awak", "kito", "katong"})
"""Behind an ordinary word: it is the thing, no place."""
STATE = frozenset({"kondisi", "keadaan", "hal", "rangka", "waktu", "keadaannya", "kondisinya", "proses", "tahap"})
JUST = frozenset({"kemarin", "kmrn", "saja", "aja", "tadi", "ini", "dibangun", "diperbaiki", "selesai", "beberapa", "seminggu", "sehari", "sebulan", "diaspal", "dicor", "satu", "dua", "sekali", "kali", "jadi", "datang", "pindah", "lahir", "mulai", "pertama", "minggu", "bulan", "tahun"})
"""Behind `baru`: it says when, and is no part of a name."""

COUNTED = frozenset("butir buah ekor lembar biji kilo kg meter ribu rb juta bata potong porsi liter".split())  # noqa: SIM905 - a list of words
"""Behind a name they make it a thing: `kelapa lima butir`, `pintu batu bata`."""
