"""Whether a report is about somebody in need who is not the reporter. Pure."""

# ruff: noqa: E501  # lists of phrases are read by their entries, not by their line ends

from services.router.screening.near import Grams, Pairs, first, listed, pair

ON_BEHALF = frozenset({"neighbour_in_need", "street_people", "violence_at_home"})
"""Matters that are about somebody, and seldom about who writes."""
PERHAPS = frozenset({"unfit_house", "social_aid"})
"""Matters that are about somebody only if somebody is named."""

_SELF = listed(
    "saya sendiri|rumah saya|saya dipukul|saya dipukuli|saya disiksa|saya diancam|saya takut|saya korban|keluarga saya|anak saya|"
    "suami saya|istri saya|ibu saya|bapak saya|ayah saya|orang tua saya|saya janda|saya lumpuh|saya sakit|saya lansia|saya miskin|saya difabel|"
    "saya cacat|saya butuh|saya belum makan|kami sekeluarga|kami belum makan|kami butuh|saya tidak mampu|saya stroke|saya buta|"
    "beta lumpuh|awak sakik|ambo sakit|beta sakit|bantuan saya|nama saya|saya belum|saya tidak dapat|mama saya|adik saya|kakek saya|nenek saya"
)
_OTHERS = listed(
    "tetangga|warga kami|ada seorang|ada nenek|ada kakek|ada warga|seorang nenek|seorang kakek|seorang ibu|seorang bapak|beliau|ada bapak|"
    "ada ibu|ada anak|ada keluarga|ada lansia|ada orang tua|ada opa|ada oma|ada mama|teman saya|kakak ipar|mantan guru|anak tetangga|kakek itu|"
    "nenek itu|ibu itu|bapak itu|anak itu|orang itu|keluarga itu|nenek sebelah|kakek sebelah|janda sebelah|sebelah rumah|di sebelah|sabalah|subalah|"
    "di ujung gang|di kampung kami|di gang kami|di rt kami|di lingkungan kami|nenek tua|kakek tua|bapak tua|orang tua renta|seorang lansia|"
    "untuk pak|untuk ibu|untuk mbah|untuk nenek|untuk kakek|untuk seorang|ada urang|ado anduang|ado urang|ado nenek|ado kakek|ibu hamil di|anak yatim|orang terlantar|"
    "tinggal sendiri|tinggal seorang diri|tinggal surang|tinggal sorang|hidup sebatang kara|dia pung|bininya|bini e|laki e|suaminya tega|kasihan|kasian"
)
_NEED = (
    "sakit|sakik|lumpuh|stroke|buta|tidak makan|belum makan|lapar|litak|sendirian|seorang diri|surang|sorang|sendiri|sebatang kara|roboh|reyot|tidak mampu|"
    "biaya|gizi buruk|kurang gizi|kursi roda|dipukuli|dipukul|dipasung|terlantar|telantar|kasihan|kasian|tidur|yatim|miskin|cacat|disabilitas|"
    "difabel|luka|kanker|putus sekolah|melahirkan|bocor|tidak ada yang urus|tidak terurus|mengemis|ngamen|pikun|gangguan jiwa|odgj|"
    "tidak dapat bantuan|tidak dapat apa|butuh bantuan|minta bantuan|tongkat|susu|popok|hidup sendiri|tua|urus|merawat|tumor|kedinginan|minta minta|robek|busuk|tidak bisa jalan|sonde bisa jalan|tidak punya bpjs|belas kasihan|gubuk|kolong|kelaparan|dirantai|ditampar|dianiaya|disiksa|diusir|tanpa baju|tidak pernah sekolah|dak makan|tidak ada makan|sonde ada yang urus|yang urus|menangis|anak kecil|lansia"
)
_IN_NEED = pair(
    "tetangga|seorang|nenek|kakek|opa|oma|janda|lansia|anak tetangga|teman saya|keluarga|bapak|ibu|mama|warga kami|orang gila|odgj|orang terlantar|anak jalanan|"
    "anak yatim|ibu hamil|mantan guru|guru saya|urang gaek|anduang|nenek itu|kakek itu|pak|mbah|beliau|orang tua|anak itu|ibu itu|tukang becak|pemulung|bayi",
    _NEED, 8, "toko|kafe|cafe|restoran|musik|mengganggu|terganggu|pedagang|satpol pp",
)  # fmt: skip


_SURELY = pair(
    "mbah|oma|opa|nenek|kakek|pemulung|lansia|tetangga|pak tua|janda|teman saya|anak disabilitas|anak difabel|remaja|anduang|urang gaek|urang tuo|uwong tuo|"
    "orang gila|odgj|tunawisma|gelandangan|seorang ibu|seorang bapak|seorang anak|ibu penjual|bapak penjual|tukang becak|anak jalanan|bayi itu|bapak tua|ibu tua|bocah|sebelah|pengungsi|mama tua|anak itu|ponakan saya|keponakan saya|bapak pemulung|ibu itu|bapak itu|orang itu",
    _NEED, 8, "mengganggu|berisik|karaoke|meresahkan|ditertibkan|tertibkan|vaksin di mana",
)  # fmt: skip
"""Words for somebody who is seldom the one that writes."""


_NEEDY, _SURELY_NEEDY = Pairs([_IN_NEED]), Pairs([_SURELY])
ASKED: frozenset[str] = _SELF | _OTHERS | _NEEDY.asked | _SURELY_NEEDY.asked


def of_oneself(grams: Grams) -> bool:
    """Who writes speaks of himself or of his own family, and of nobody else."""
    return first(grams, _SELF) is not None and first(grams, _OTHERS) is None


def on_behalf(grams: Grams, category: str | None) -> bool:
    if of_oneself(grams):
        return False
    if category in ON_BEHALF:
        return True
    other = first(grams, _OTHERS)
    return (other is not None and _NEEDY.any(grams)) or _SURELY_NEEDY.any(grams)
