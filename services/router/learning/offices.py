"""What the offices of Indonesian cities are called, and what each is there for: for tables that name an office which
the city file calls otherwise, or that merged and split since. A city's own names come first (`labels`)."""

from services.contracts.base import Function

_NAMES: dict[Function, str] = {
    "public_works": "pupr dpupr dpu dpupkp|dinas pu|pekerjaan umum|dinas pekerjaan umum|penataan ruang|bina marga|"
    "dinas pekerjaan umum dan penataan ruang|sumber daya air|cipta karya",
    "housing_lighting": "perkim disperkim dpkp disperkimtan perkimtan dprkp|perumahan dan kawasan permukiman|"
    "dinas perumahan rakyat dan kawasan permukiman|pertamanan|dinas pertamanan dan pemakaman",
    "transport": "dishub dishubkominfo|dinas perhubungan|perhubungan",
    "environment": "dlh dlhk dklh blh|lingkungan hidup|dinas lingkungan hidup|kebersihan|dinas kebersihan",
    "water_utility": "pdam perumdam|perumda air minum|perusahaan daerah air minum|air minum",
    "civil_registry": "dukcapil disdukcapil capil dispendukcapil|kependudukan dan pencatatan sipil|"
    "dinas kependudukan dan pencatatan sipil",
    "social": "dinsos dinsosp3a|dinas sosial",
    "health": "dinkes rsud puskesmas|dinas kesehatan|rumah sakit umum daerah",
    "education": "disdik dikbud disdikbud dispendik disdikpora|dinas pendidikan|dinas pendidikan dan kebudayaan",
    "public_order": "satpol satpolpp|satpol pp|satuan polisi pamong praja|pol pp",
    "trade_markets": "disdag disperindag perindag disdagkop disperindagkop diskopukm dinkop|dinas perdagangan|"
    "dinas pasar|perdagangan dan perindustrian|dinas koperasi usaha kecil dan menengah|koperasi dan ukm",
    "manpower": "disnaker disnakertrans naker|dinas tenaga kerja|tenaga kerja dan transmigrasi",
    "licensing": "dpmptsp ptsp bpmptsp dpmpptsp|dinas penanaman modal|penanaman modal dan pelayanan terpadu satu pintu",
    "disaster_fire": "bpbd damkar diskar dpkp2|pemadam kebakaran|badan penanggulangan bencana daerah",
    "agriculture_food": "distan dkpp distanpangan diskan|dinas pertanian|pertanian|ketahanan pangan|"
    "dinas perikanan|peternakan",
    "tourism_sport": "dispar disbudpar dispora disparpora disporapar|dinas pariwisata|pemuda dan olahraga",
    "revenue": "bapenda dispenda bpkad bkad bppkad bpkpd|badan pendapatan daerah|badan keuangan daerah|pajak daerah",
    "personnel": "bkd bkpsdm bkpp bkdpsda|badan kepegawaian daerah|kepegawaian",
    "communication": "diskominfo kominfo diskominfotik diskominfosp|komunikasi dan informatika",
    "women_children": "dp3a dppa dp3ap2kb dp3akb dp2kbp3a dppkb|pemberdayaan perempuan dan perlindungan anak|"
    "pengendalian penduduk dan keluarga berencana",
    "community": "kesbangpol bakesbangpol dpmd dpmk pmd|kesatuan bangsa dan politik|pemberdayaan masyarakat",
    "village_ward": "kecamatan kelurahan camat lurah|kantor camat|kantor lurah|bagian pemerintahan",
    "police": "polri polres polresta polsek polda kepolisian",
    "power_utility": "pln|perusahaan listrik negara",
    "national_insurance": "bpjs|bpjs kesehatan|bpjs ketenagakerjaan",
    "national_agency": "bpn imigrasi kejaksaan bulog kemenag kpu|badan pertanahan nasional|kementerian agama|"
    "kementerian",
}
"""Single words are separated by spaces before the first bar, phrases by bars."""


def names() -> dict[str, Function]:
    """Every name in its plain form → function."""
    found: dict[str, Function] = {}
    for function, listed in _NAMES.items():
        words, *phrases = listed.split("|")
        for name in (*words.split(), *phrases):
            found[name] = function
    return found
