"""Words that say how a thing is, whether it is over or not, and words that say nothing: what `signs` reads by. Pure.

All words are the standard ones of `words`.
"""

# ruff: noqa: E501  # lists of words are read by their entries

from services.intake.conversation.lexicon_english import FILLING
from services.intake.conversation.vocabulary import vocabulary

ADDRESS = vocabulary(
    "bapak ibu min admin mimin kakak bang abang om tante mas mbak uda uni da ni dang bung nona adik dek sanak wali kota walikota "
    "wako camat lurah yth dan ya yo e oh o kok sih dong deh lah la nih itu ini banyak sekali semua semoga sehat selalu nian kah ko sis "
    "gan bos boss cik pakcik makcik bro bray bu eh nah wah aduh waduh hai ha he hehe wkwk wkwkwk doh do na lo loh kan mah atuh kali "
    "angku inyiak buya ustad ustadz datuk datuak encik puan tuan opa oma pace mace bosku kakanda juragan hmm hm hem anu "
    "yang terhormat hormat saudara bana bah kito la so tim pemkot pemko pemda operator"
)
"""Words that carry nothing by themselves."""
ADDRESS |= vocabulary(FILLING)

GOOD = vocabulary(
    "selesai hidup mengalir baik bersih diperbaiki diangkut ditambal terang surut aman lancar dibersihkan diganti dipasang ditebang "
    "ditangani ditindak ditindaklanjuti dirapikan dikeruk diaspal diurus diterima dipangkas kering ditutup dibuka ditertibkan cair keluar dikerjakan "
    "dicor rapi mulus nyaman tenang diselesaikan datang turun terpasang berfungsi jernih ditangkap dievakuasi dipindahkan difogging "
    "dikunjungi dibantu diproses dijemput sembuh oke dipotong dibongkar ditimbun dibuatkan dikasih ditanggapi direspon sukses dilayani terkendali padam-api tertib berhenti hilang-bau nyambung tersambung dikuras disedot disemprot"
)
STATES = vocabulary("hidup mengalir bersih terang surut lancar selesai aman mulus rapi jernih sembuh berfungsi")
"""What a thing is when it is as it should be."""
DONE_ALONE = vocabulary("selesai aman")
BAD = vocabulary(
    "mati rusak bau bocor gelap banjir macet tersumbat kotor menumpuk keruh kering kecil berlubang amblas ambles retak patah roboh rubuh "
    "tumbang miring putus hilang longsor jebol tergenang tagenang meluap becek licin redup kedip berkedip semrawut ribut bising mabuk sakit "
    "lapar berserakan berantakan bolong lubang terbuka bergelombang bahaya berbahaya parah buruk jelek lambat kasar liar menetes merembes "
    "terbakar kebakaran hanyut kumuh jorok nyamuk pecah korslet seret mengganggu resah meresahkan celaka jatuh tertutup terhalang penuh sempit "
    "reyot lapuk kacau sepi jarang mahal langka habis menggunung berdebu debu pungli memukul dipukul minta-duit terlantar sulit susah dipersulit "
    "pudar luntur aus usang ambrol ambruk runtuh ompong karatan keropos doyong ambyar "
    "rawan bolak-balik menutup kebanjiran terendam luber kecewa gatal bengkak dicuri mencuri hancur"
)
SAME = vocabulary("sama begitu gitu itu-itu tetap begini begitu-begitu gini")
NO = vocabulary("tidak belum bukan jangan tanpa")
FUTURE = vocabulary(
    "akan mau nanti besok rencana rencananya janji janjinya dijanjikan semoga tolong minta supaya agar harap berharap kalau biar moga mudah-mudahan "
    "harus perlu segera usul saran sebaiknya lusa harusnya seharusnya kapan insyaallah"
)
ASKS = vocabulary("kapan bagaimana apa mana berapa siapa kenapa dimana kemana")
PARTLY = vocabulary(
    "sebagian separuh setengah separo asal asal-asalan sebelah beberapa cuman doang sekedar sekadar dilihat difoto dicek sedikit secuil"
)
NOBODY = vocabulary(
    "perubahan petugas tindakan tindak tanggapan respon orang datang yang hasil perbaikan jawaban realisasi aksi kabar perkembangan penanganan solusi bedanya kemajuan sapa siapa"
)
BAD_PASSIVE = vocabulary(
    "dibiarkan dibuang dicuri dirusak dipukul diabaikan ditabrak dijual dipakai dibakar dilempar ditinggal disampaikan ditanya diminta "
    "dijanjikan dikirim diberitahu disuruh dipersulit digigit dipungut dibully diperkosa dimatikan ditutupi dicuekin didiamkan dicueki dipotong-bansos "
    "disebut dipalak dirampok diserobot digali dibobol disebutkan diketahui dilihat difoto dicek disurvei disurvey diukur didata diundur ditunda ditolak dibuat dilewati"
)
NO_PASSIVE = vocabulary(
    "di dia dinas diri didik dinding dingin dijalan disini disitu dimana dirumah didepan diatas dibawah dekat dibelakang dibandingkan disana dipasar"
)
AGAIN = vocabulary("masih lagi tetap makin tambah semakin terus kambuh")
LIES = vocabulary("bohong tipu menipu php bual hoax pembohong palsu ngibul dusta")
CONTEMPT = vocabulary("pala palamu matamu gundulmu ndasmu hongkong jidatmu mbahmu apanya apaan")
"""`selesai pala lu`, `selesai dari hongkong`."""
WORKS = vocabulary("beroperasi bekerja jalan melayani beroperasi operasi")
MONEY = vocabulary("uang dana gaji honor upah bantuan bansos blt pkh insentif tunjangan beras")

WORDS = GOOD | BAD | SAME | FUTURE | ASKS | PARTLY | NOBODY | BAD_PASSIVE | NO_PASSIVE | AGAIN | LIES | ADDRESS
"""Every word that some rule here knows."""
