"""Words that people write about everything, in four cities' speech: never a misspelled name of a place."""

from functools import cache
from itertools import chain

from services.router.knowledge.texts import corpus
from services.router.places.spelling import letters
from services.router.screening.words import raw_tokens

_WORDS = """
    memperkosa mencabuli melecehkan memukul memukuli dipukul dipukuli menampar dibunuh dikeroyok mengeroyok
    ada adalah adik admin ado aek aer agar aia aie air aja akan akhir akibat aku alat aliran alun aman ambo ampun anak
    anda ane aneh anggota angguk anggur angkot angkut antara antri apa apakah apalagi aparat api arah arus asap aspal
    ass assalamualaikum atap atas atau awak awal ayah ayam ayer baa badan bae bagaimana bagi bagian bagus bahan bahaya
    bahkan bahwa baik bakar balai balik balun banda bang banjir bantai bantal bantu bantuan bantuannya banyak bapa
    bapak barang baru basah batas batuan bau bawah bayar bayi bebatuan beberapa becek beda begini begitu bekas
    belakang beliau belom belum benar benda bengkak bentang benteng bentuk berada berapa berasap berat berbau berbunyi
    bergelombang berhari berkali berkas berlubang bermain bersama berserakan bersih bertahun besar besok beta betul
    bgmn bgt biar biasa biaya bila bilang bilo binatang bintang bisa bising blg blm bln blom bng bngt bnyk bocor bola
    bolak boleh bolong bongkar bos botol bpk brosur bs bsa bsk bu buah buang buat buka bukan bulan buntu buruk busuk
    byk cair cakmano camat cara cemana cepat ciek cukup cuma curah dah dahan dak dalam dampak dan dana dapat dari
    darurat dasar data datang debit debu deh dek dekat deng dengan depan deras derita desa dgn dgr di dia dibalas
    dibangun dibersihkan dibuang dibuat dicek didata digali digenangi dijawab dikasih dilema dilewati dima dimana
    dimano diminta dinas diperbaiki ditangani ditanggapi ditutup dmn dong dpt dr dri dua duduk dulu enam fantasi
    fasilitas fogging foto ga gading gaji gak galian galo gan gang ganggu ganti gara gas gedung gelandangan gelap
    genangan getah giliran gimana gini gitu gk gmana gmn goreng gorong got gratis gudang guru gw habis hal halaman
    halo hamil hampir hancur hanya hanyut harap harapan harga hari harus hati hewan hidup hijau hilang hingga hotel hp
    hr hri hrs hubungi hujan hutan ibu idak ikan iko ikut ilegal indah infonya ingin ini insya isi istri itu izin jadi
    jadwal jalan jalanan jam jang jangan jaringan jatuh jauh jawab jelek jembatan jemput jentik jg jga jgn jitu jl jln
    jm jngn jo ju jual juga jumat jumlah kabel kadang kah kak kakak kalau kali kalimat kalo kamek kami kamis kampung
    kanan kandang kandas kandungan kantor kapan kapur karena karna kartu kasi kasih kasihan katong kaya kayak kayu
    kebakaran kebersihan kebun kecelakaan kecil kejadian kelas keliling keluar keluarga keluhan kelurahan kemana
    kemarin kembali kemudian kena kenapa kendaraan kepada kepala keras kering kerja kerjakan kermana kesal kesana
    ketong ketua khusus kiri kirim kita kito kl klo kmrn knp knpa ko kok kolam komplain komplek kondisi kosong kota
    kotor kpd kran krn kuat kucing kulit kurang kursi kyk labuah lae lagi lah lahan lai lain lalat lalu lama lambat
    lampu langit langsung lansia lantai lapangan lapisan lapor laporan larut laut layak layanan lebar lebat lebih
    lelah lembut lempeng lemping lempung lengkap lewat lg lgi lho lht liat licin lihat lima limbah lindungan
    lingkungan lintang listrik loh lokasi lorong luar lubang lumpuh lumpur lurah macam macet mahal main maka makan
    makanan makasih malam maling mama mampet mana mandi mantap mas masa masalah mash masih masjid masuk masyarakat
    mata mati mau mawar mbak melalui melapor melati melembung melihat melintang melubang memang membantu membuang
    memperbaiki mempunyai menerus mengalir mengganggu menit menjadi menumpuk menunggu merah meraka merdeka mereka
    mesin meter mgg mhn mimin min minggu minta miring mksh mobil mohon motor msh muara muda muka mulai mulia mulut
    mungkin murah musholla musim mutasi nama nan nanti nasib ndak negara ngalir ngapo ngga nggak nginap nian nih nomor
    nona normal nya nyala nyamuk obat ojek olah om omong orang orangtua org orng padahal pagar pagi pagoda pak pakai
    palang paling palsu panas panjang pantai papan parah parit parkir pasang pasar pasir pasti patah pd pecah pedagang
    pegawai pejabat pekan pekerjaan pelan pelayanan pembuangan pemda pemerintah pencuri penerangan pengaduan
    pengendara penghuni penting penuh penurunan penyakit per perbaikan perbatuan percuma peredaran pergi perlu
    perumahan perusahaan petugas pi pihak pikir pindah pinggir pintu pipa pk pohon pondok pos posisi posko preman
    proses proyek pukul pun pung pungli pupuk pusat putih putus rabu rakyat ramai rantai rapat rata rawa rawan raya
    rentang ribu ribut rintik rmh roboh rokok ruang rumah rumput rusak sa sabtu sago sagu sah saja sakit salah salam
    saluran sama sambil sampah sampai sampe samping sana sangat santai sapi sapiring sapo sarok satu sawah saya sdah
    sdh sebagai sebelah sebelum sebentar seberang seberapa sebesar sebuah sedalam sedang sedikit segar segera sehari
    sehat sejak sekali sekarang sekecil sekitar sekolah sekop selain selalu selama selamat selasa selembar selesai
    selokan seluruh semak semakin sembako sembarang sembarangan semoga sempat sempit semua semut senang sendiri senin
    seorang sepanjang sepatu seperti sepi sering serta setelah setengah setiap sgt sial siang siapa sih sikap sikat
    silakan simpan simpang sini sinyal siring sisa siswa sj skrang skrg sllu smpe smua smw snd solar solusi son sond
    sonde sore sprti spt spy su suami suara subsidi sudah suka sukacita sukarela sulit sumber sumur sungai supaya
    surat susah sy sya syarat tabrakan tabung tadi tahan tahu tahun tak takde takut talalu taman tambah tambal tambang
    tampak tampang tanah tanaman tanding tangga tanggap tanggapan tangis tanjak tanjakan tanpa tapi tarif tdk tebing
    teduh tekan telah telepon teluk teman tempat tempo tenang tengah tepi terang terbakar terendam tergenang terima
    terimakasih terjadi terlalu terlambat terlantar tertutup terus tetangga tetap thn tiang tiba tidak tidur tiga
    tikus tim timbun timbunan tindak tinggal tinggi tlg tlng toko tolong tong trims trlalu trs tu tua tuan tugas tuh
    tumbang tumpah tumpang tumpuk tumpukan tunggu turun tutup uang udah udh ujung untuk upah urang urus usaha usir
    utama utang utk vaksin wa wabah waktu walikota warga warung wb wilayah wisata wr yang yg zebra
"""

_ELSEWHERE = """
    aceh agam alor ambon atambua balikpapan banda bandung bangka banjar banjarmasin banten batam bekasi belitung
    bengkalis bijak blitar bogor bondowoso borneo brebes bukittinggi cianjur cilacap cilegon cimahi cirebon curup daya
    demak denpasar depok dumai ende flores garut gendang gondang gorontalo gresik jakarta jambi jawa jayapura jember
    jepara jogja jogjakarta kalimantan kampar kebumen kediri kendal kendari klaten kudus kupang lamongan lampung
    lembata limpung lombok lumajang madiun magelang makassar malang maluku manado manna mataram maumere medan
    mojokerto mukomuko ngawi pacitan palangkaraya palembang palu papua pariaman pasaman pasuruan pati payakumbuh
    pekalongan pekanbaru pelalawan pemalang ponorogo pontianak probolinggo purwokerto purwodadi rejang riau rote
    ruteng salatiga samarinda sidoarjo singkawang situbondo solo solok sragen subang sukabumi sukoharjo sulawesi
    sumatera sumatra sumenep tangerang tarakan tasikmalaya tegal ternate timor tuban tulungagung waingapu wonogiri
    wonosobo yogyakarta
"""
"""Other cities, and words beside which a letter more or less makes a name of ours."""

_PEOPLE = """
    berkah berkat bella bayu delia delina dewi jefri kulina liliana lina malinda maulana maulani maulida maulina
    mardiana melina namira naomi nuraini rahmah rahman rani rini rizal sagala sapri sapriadi sapriyan sapriyanto sari
    sukarmi sukarni sukarno sukarsih sukarti sukirman sumarni surabi surya syahrani tamrin taufan wahyu yuni
"""
"""What people are called, a letter or two beside a name of ours; and whose name is nobody's misspelling."""

COMMON = frozenset(map(letters, f"{_WORDS} {_ELSEWHERE} {_PEOPLE}".split()))
"""As `letters` has them."""

_LEAST = 5
"""Letters: a shorter word says little by itself, and is as likely a name's."""


@cache
def ordinary_words() -> frozenset[str]:
    """`COMMON`, and every word of our own complaints: `sambungan baru` is no misspelled `Limbungan Baru`."""
    words = chain.from_iterable(map(raw_tokens, corpus()))
    return COMMON | {letters(word) for word in words if len(word) >= _LEAST and word.isalpha()}
