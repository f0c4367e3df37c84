"""How people type the words that the rules ask for: shortenings, and the speech of the four cities.

The router reads the same speech with a dictionary of its own (`docs/decisions/0014-two-readings.md` says why): there each
word is a feature of a trained model, here it is a sign of what somebody wants. Left the standard word, right how it is
typed. A word of several meanings stands here only if the meaning does not depend on its neighbours; `words` has those.
"""

# ruff: noqa: E501  # a dictionary is read by its entries, not by its line ends

from services.intake.conversation.vocabulary import vocabulary

SPELLINGS: dict[str, str] = {
    # holding sentences together
    "sudah": "udeh ude sdh udh dah udah sudh suda sdah sudha sduah uda ud dh telah tlah alah alh su sudoh suah lh sampun",
    "belum": "blm blum belom blom blon lom lum alun balun bolun bolum ndakado lun bulum belon blem belim belumlah bolom bloom",
    "tidak": "tdk tak tdak ga gak gk g nggak ngak enggak engga ngga gag kagak kaga ndak indak idak dak dk nda ndk tida sonde sond snd son tara tra tarada idakdo indakdo tdaklah tiada takdo takde ora mboten teu henteu nte dakdo katek takada gada kada",
    "bukan": "bkn bukanlah bukang dudu bukn",
    "jangan": "jgn jngn jan jang jangn ojo ulah jangang",
    "bagaimana": "gmn gmana gimana bgmn bgm gimna bgaimana bagaimna baa cakmano cemano camano camno cemana macamana karmana karmna kermana kermna pegimana begimana bagmn gmnaa gmna manamano",
    "kenapa": "knp knapa mengapa ngapa ngapo manga dek-a akurang kanapa apasal ngapai",
    "kapan": "kpn bilo bila pabilo kapang kpan bilamana iraha",
    "berapa": "brp brapa bara barapa brpa",
    "mana": "mano mna",
    "siapa": "sapa sapo siapo sia spa",
    "apa": "apo ap opo naon apakah apokoh apah",
    "juga": "jg jga jugo ju juo jua joga pulo pulak jgak jugak",
    "lagi": "lg lgi lagii maning baliak balik",
    "masih": "msh msih maseh masi masiah msi mash",
    "tapi": "tp tpi tetapi tapiko namun cuman cuma cumo pi",
    "yang": "yg nan nang yng",
    "dengan": "dgn dg jo deng dengn ngan",
    "untuk": "utk tuk untk bakeh kasi",
    "karena": "krn karna krna dek soalnya gara-gara akibat sebab",
    "kalau": "kalo klo kalu kl klau kok-kalau jika bila-nya",
    "dan": "n dn sarato sarta",
    "atau": "ato atw atawa",
    "di": "d kat dekat-di",
    "saja": "se aja sajo aj sj ajo doang sah sa",
    "sekarang": "skrg skrang skg kini kiniko sakarang sekrang saiki",
    "nanti": "nnti nti ntar kelak beko nanty ntr",
    "mau": "mw mo nio nak hendak ingin pengen pingin pgn nok kepengen ndak-ka naik-mau hoyong",
    "akan": "bakal bakalan akn",
    "ini": "iko ni nih inih iki niko ieu",
    "itu": "tu tuh itun iku eta itutu",
    "semua": "smua smw sado galo galonyo samua semuo sadonyo seluruh kabeh segalo",
    "banyak": "byk bnyk banyk rami bany",
    "ada": "ado ad adoh",
    "sama": "sm samo sma",
    "satu": "ciek sicek se-ekor sikok",
    "dua": "duo duwo",
    "tiga": "tigo tgo",
    # people
    "saya": "sy sya saia aku ak ambo awak awa denai den beta b kami kito kita katong ketong kitong kamek sayo gue gw gua ane kmi bt gwe saye hamba",
    "bapak": "pak bpk pk bapa bp pa",
    "ibu": "bu buk bund bunda mama ibuk",
    "kakak": "kak kaka kk ka-kak",
    "nama": "nm namo nam namaku",
    "orang": "org urang orng wong jelma",
    "rumah": "rmh rmah umah rumh",
    "tetangga": "tetanggo tetanga jiran",
    # what is said of a report
    "laporan": "lap lapran laporn laporanku laporannya aduan aduanku pengaduan keluhan keluhanku komplain komplen komplin pelaporan laporang lpran lprn laporen lporan",
    "lapor": "melapor melaporkan malapor malaporkan ngelapor laporin laporkan mengadu mengadukan ngadu adukan maadu lapur dilaporkan bilaporkan balapor",
    "tiket": "ticket tikt",
    "dilanjutkan": "dilanjuikan dilanjutin dilanjutken diteruskan ditaruihan diterusin lanjutkan lanjuikan",
    "sama-sama": "samo-samo samasama samosamo sama2 samo2",
    "berhenti": "berenti brenti baranti baronti stop-dulu",
    "tanya": "tnya nanya bertanya batanya batanyo nanyo batanyak betanya",
    "terima-kasih": "danke suksma syukron jazakallah jazakumullah jazakallahu makasih mksh mksih mkasih trims trimakasih terimakasih trimksh trmksh tks thanks thx tq ty makasi makasiii tarimokasih tarimokasi tarimakasih terimakasi makacih mokasih tengkyu thankyou thank trmakasih suwun nuwun hatur-nuhun mantur maksih trimks mauliate timakasi terimksih",
    "selesai": "clear slesai selsai salasai salasaian selese kelar beres bereh baress tuntas rampung klar bres slse beress teratasi terselesaikan tertangani",
    "jawaban": "jawapan jawabannyo jawabnya",
    "batal": "cancel cancle kensel canceled urungkan diurungkan membatalkan mambatalkan batalin btl batall batol batalin",
    "status": "sttus statusnya statua stts stat",
    "rahasia": "rhsia rahsia rahasio rahasya rasio-nya rasia rahasiakan rahasiain dirahasiakan dirahasiain dirasiokan dirasiakan rasiokan merahasiakan rahasiokan dirahasiokan",
    "anonim": "anonym anonymous anonin annonim anonim-kan",
    "dihapus": "dihapuih dihapusin",
    "hapus": "delete apus hilangkan hapuskan apuskan hapusin musnahkan hilangin hapuih",
    "lupakan": "lupain lupokan lupakanlah",
    "hubungi": "hub talepon call phone hubngi kontak telepon telp tlp tlpn telpon tlpon nelpon telfon calling ditelepon ditelpon dihubungi dikontak menghubungi nelepon kontek telponlah ditelp wa-saja",
    "boleh": "bole blh buliah buleh bolehlah",
    "silakan": "silahkan silhkan monggo",
    "bisa": "bs bsa biso bise isa iso dapat dpt dapek",
    "dapat": "dpt dapek dapt",
    "benar": "bener bnr betul btul btl-betul batua yoi iyo-bana",
    "tolong": "tlg tolg tulung tlong tlng mohon mhn mhon mohn",
    "minta": "mnta mintak mintala mnt",
    "cara": "caro caronyo carane gmn-cara prosedur langkah",
    "kabar": "kaba kbr kabarnyo",
    "progres": "progress progresnya progresnyo",
    "perkembangan": "apdet apdetan updatenya kelanjutan lanjutan update tindaklanjut followup prosesnya prosesnyo prosesnye perkembangn kelanjutannya",
    "sampai": "sampe smpai smpe ampe sampek sampay nyampe tibo",
    "hari": "hr ari hri",
    "minggu": "mgg minggo mnggu pekan",
    "bulan": "bln bulang",
    "tahun": "thn taun tahung",
    "lama": "lamo lm lame lawas",
    # states of things
    "hidup": "idup iduik idop hdup nyala menyala nyalo manyalo menyalah hidoik hidupp nyalak nyale urip idupp",
    "mengalir": "ngalir ngalia mangalia ngaliran mangalir netes ngocor ngucur",
    "baik": "bagus elok dipelokkan bagusan ancak rancak sembuh normal pulih bgs bagos alap apik mantap-sudah oke-lagi membaik",
    "bersih": "barasiah barasih bersi resik",
    "terang": "tarang terangg",
    "mati": "padam mampus mti matik pareum mate",
    "rusak": "rusk hancur ancur rusuak ancua remuk rosak bobrok bopeng rusakk hncur luluh-lantak",
    "gelap": "kalam glap peteng poek golap gulita gelep",
    "banjir": "banjia banjer bnjir banjo kebanjiran",
    "tersumbat": "tasumbek tasumbat mampet mampat sumbat buntu tumpat tesumbat tersumbek kasumbek tersumpat mandek mampek",
    "menumpuk": "numpuk batumpuak batumpuk bertumpuk tertumpuk tumpukan menggunung numpok tatumpuk menumpuknya bertumpuk-tumpuk bertimbun",
    "berlubang": "baluboang balubang berlobang lobang bolong balobang lubang luboang talobang babolong lubang-lubang balubang-balubang",
    "bau": "babau berbau baun babaun busuk bau-nya baubusuk busuak bauk",
    "air": "aia aie aek aiek aer ayer banyu aiar aernyo aianyo",
    "jalan": "jln jlan labuah jalang dalan jalanan",
    "lampu": "lmpu lampunyo lampi lmp lampuk lampo",
    "sampah": "smph sampa sarok uwuh runtah smpah sampahnyo sampahh kotoran",
    "got": "banda parit siring selokan drainase drenase riol saluran solokan bandar gorong-gorong gorong",
    "diperbaiki": "diperbaikin dibenerin dibetulin dibetulkan dibaiki dipaiki diperbaik diperbaikan dibenahi diperbaikinyo dipelokan dielokan dipaelok dibae dibaikin diperbagus dandani",
    "diangkut": "diangkek diangkik diangkat diambil diambik diangkuti diangku",
    "datang": "dtg dateng dtang tibo-nyo datangg datanglah",
    "besok": "bsk bisuak besuk isuak esok beso",
    "kemarin": "kmrn kemaren kmren kapatang kemari-n kamareng kemaring kemrin",
    "tadi": "td tdi tadii cako",
    "baru": "bru baroe anyar",
    "lain": "laen lainnya lainnyo lain-lain",
    "kedua": "kaduo kadua ke-2 ke2 keduanyo kduo ke-dua",
    "pertama": "partamo ke-1 ke1 kesatu ke-satu prtama partama kaciek",
    "ketiga": "katigo ke-3 ke3 ke-tiga",
    "keduanya": "duanya dua-duanya duonyo dua-dua duo-duonyo kaduonyo keduonyo duaduanya kedua-duanya duo-duo dua-duo duoduonyo",
    "petugas": "ptugas petugasnya petugasnyo",
    "dari": "dr dri dai",
    "sini": "siko sko siniko sni",
    "situ": "sinan sitan situn",
    "takut": "takuik tako takot",
    "maaf": "maap mf sory sorry maafkan maafin maf",
    "salah": "slah salh",
    "maksud": "mksud maksudnya maksudku mksd",
    "jadi": "jd jdi jadinyo jado",
    "ke": "k",
    "ya": "iya yo iyo iyolah yoi y ye iye yup yes yaa yah io",
    "oke": "ok okey okay okee oks oce",
    "siap": "siapp",
    "diproses": "proses",
    "cabut": "mencabut mancabuik cabuik",
    "setengah": "stengah satangah stgh setngah",
    "usah": "usa usahlah payahlah",
    "diam": "diem diem2",
}

COMMON = vocabulary(
    """
    susah basah sudut bantal batas botol bata balai bubar kabur kapal kapas kapak papan lapar lapangan lembar selama
    sekali selatan utara timur barat tengah depan belakang samping sebelah atas bawah dalam luar dekat jauh besar kecil
    panjang pendek tinggi rendah tua muda anak ayah kakek nenek guru murid warga pegawai pejabat dinas kantor sekolah
    masjid gereja pasar toko warung ruko simpang gang lorong blok perumahan komplek kompleks perumnas kelurahan kecamatan kota
    desa kampung pantai sungai laut bukit gunung jembatan trotoar taman kuburan makam lapor kabel tiang pohon tanah batu
    pasir debu asap api bakar rokok miras judi narkoba polisi satpol tentara dokter bidan obat ambulans puskesmas bantuan
    beras uang bayar bayaran harga mahal murah pajak surat ktp kk akta kartu hilang dicuri maling pencuri begal motor mobil truk
    angkot bus sopir parkir macet cepat lambat pelan segera sering selalu pernah jarang kadang setiap pagi siang sore malam
    senin selasa rabu kamis jumat sabtu ahad tanggal januari februari maret april mei juni juli agustus september oktober
    november desember bagian bagus bahaya bahwa balik bangun bantu banting batuk bawa bayi beda beli belajar belakang
    beliau belut bekas benci bening berani berat berita beri besi biasa biaya bicara bilang bising bocor bodoh bohong
    boros buang dicabut ditarik buat buka bukti bulat bunga bunuh buruk cabut cari catat cerita cinta coba contoh cuci cukup curang dagang
    daerah daftar dagu dalih damai dapur darah dasar data demam demi diam didik dingin diri dorong dosa duduk duka dunia
    emas enak gaji ganti garis gatal gelas gempa gerak gigi gigit gila goyang guna hadap hadir hak halaman hama hampir hancur
    hanya hangus harap hasil hati haus hebat heran hewan hias hibur hidung hijau hilir hirup hitam hitung hormat hujan hukum
    hutan ikan ikut indah ingat ijin izin jaga jahat jajan jaksa jalur jam jamban janda jangka janji jarak jari jasa jatah
    jatuh jauh jawab jebol jelas jelek jemput jenis jenuh jera jual jujur jumlah jurang kaca kaki kalah kali kambing kamar
    kanan kandang kapal karung kasar kasih kasur kasus kawan kayu kejam keluarga keluar kemah kembali kena kencang kendaraan
    kepala keras kering kerja keruh ketua kiri kirim kolam kopi korban kosong kotor kuat kuda kuning kunci kursi lahir laki
    laku lalu lampau lancar langkah langsung lantai lapis larang lari laut lawan layan layak lebar lebih leher lemah lengkap
    lepas letak lewat libur licin lihat lima lindung lingkungan listrik loket lokasi longsor luas lucu lunas lupa lurah
    lurus makan malah malas malu mandi mangga manis marah masa masak masalah masuk mata mayat meja melati memang menara
    menang menit merah merdeka mereka mesin meter mimpi minum miskin mobil modal mohon muat mudah muka mulai mulut mundur
    mungkin musim musuh nasi nasib negara ngantuk niat nilai nomor nyaman nyamuk nyata nyawa obat oknum olah ombak ongkos
    padat padi pagar pakai paket paku paksa palsu panas panci pandai panen pangkat panggil pantas papa parah pasang pasien
    pasti patah patuh pecah peduli pegang pekarangan pelan pelayanan peluk pemerintah pendek penduduk pengaruh penjara penting penuh
    perahu perang perempuan pergi periksa perintah perkara perlu permisi perut pesan pesta pikir pilih pinggir pintar pintu
    piring pisah pompa pondok potong pukul pulang pulau pungli puas puasa pusat putih putra putri putus racun rajin raja
    ramai rambut rantai rapat rapi rasa rata rawat rebut rekam remaja rendah repot resah resmi ribut rindu ringan robek roboh
    roda rokok rombongan rugi rukun ruang rumput rupa sabar sabun sadar sakit saksi salam salon sampan sanggup sangat santai
    sapi sapu sarang saudara sawah sayang sayur sebab sebar sebut sederhana sedih sedikit sehat sejak sejuk selamat selang
    selimut semak sembako semen sempit semut senang sendiri senjata sepatu sepeda sepi serang seret siaga sibuk sikap siksa
    silau simpan sisa siswa sopan sorak suami suara suatu sulit sumber sumur sungguh suntik suruh susu susul syarat tagihan
    tahan tahu takdir tambah tambal tampung tanam tanda tangan tangga tangis tanggung tangkap tanya tarif tarik tawar tebang tebal
    tegur teman tembok tempat tempel tempuh tenaga tenang tenggelam tentang tepat tepi terbang terbuka terjadi terlalu tersebut
    tertib tertutup tetap tiba tidur tikus timbang timbun tindak tinggal tipu titik titip tokoh tolak topi tugas tukang tulis
    tumbang tumpah tunggu tunjuk turun tusuk tutup uang ubah ujung ukur ulang ular umum umur undang untung upah urus usaha
    usul waktu wajah wajib walau walikota wanita warna wilayah wisata yakin zona blokir sumbangan beberapa seminggu sebulan
    sehari setahun semalam sejam minyak gas elpiji bensin solar pupuk tani nelayan becak ojek kreta sapi kerbau ayam anjing kucing babi
    kabari kabarin dikabari dikabarin ngabari ngabarin mengabari kabarkan dikabarkan bangku pengaman sembunyikan disembunyikan samarkan disamarkan lindungi publikasikan dipublikasikan sebarkan disebarkan
    sampaikan menyampaikan disampaikan ceritakan tanyakan menanyakan mengganggu memberkati diberkati lurus miring akhirnya rupanya ternyata
    selasa batalyon bantar perbaikan perbaiki memperbaiki penerangan pengumuman bantalan bersama bergantian pengajuan mengajukan ajukan pengadaan pengajar ngomong bicara ngobrol curhat konsultasi seng balas malas ingat senang teman bareng dekat cepat rapat
    """
)
"""Words that are no slips of the finger, however near they are to a key word (`susah` is not `sudah`)."""

KEY = (
    "sudah", "belum", "tidak", "selesai", "batal", "batalkan", "rahasia", "anonim", "lupakan", "hubungi", "status",
    "laporan", "lapor", "bagaimana", "kapan", "hidup", "mengalir", "bersih", "diperbaiki", "diangkut", "lampu",
    "sampah", "jalan", "banjir", "rusak", "masih", "tersumbat", "berlubang", "menumpuk", "assalamualaikum",
    "terimakasih", "tolong", "kedua", "pertama", "keduanya", "perkembangan", "kelanjutan", "bantuan", "selokan",
    "drainase", "pohon", "tumbang", "terang", "gelap", "dihubungi", "silakan", "jangan", "identitas", "nomor", "petugas",
    "nyala", "menyala", "beres", "ngalir", "makasih", "dibersihkan", "ditambal", "mampet", "padam", "diganti", "dipasang",
    "sekarang", "kemarin", "keluhan", "pengaduan", "kelurahan", "dibatalkan", "dirahasiakan", "bagaimana",
)  # fmt: skip
"""What is looked for through typing errors."""
