"""What a message says to the question that we put: which complaint, or whether a new matter. Pure."""

from services.contracts.intake import Wish
from services.intake.conversation.chat import Chat, Heard, Question
from services.intake.conversation.choosing import pointed
from services.intake.conversation.decisions import Decision, Open, Settle
from services.intake.conversation.vocabulary import vocabulary

_NO_ANSWER = frozenset({"forget", "greeting", "thanks", "help", "confidential", "nothing"})
"""What asks for something else, whatever we had asked."""

_POINTING = vocabulary(
    "yang laporan soal masalah nomor no nomer itu ini tadi kemarin pertama kedua ketiga keduanya semua satu "
    "dua tiga lama baru lain punya maksud saya untuk tentang dulu tadinya terakhir barusan di ke bukan sudah "
    "belum selesai beres oke ya jawab pilih pilihan mengenai perihal kasus urusan hal sama lagi masih juga"
)
_NEW = frozenset({"baru", "lain", "beda", "berbeda", "bukan", "terpisah", "anyar"})
_OLD = vocabulary(
    "lama lanjutan kemarin sama masih belum dulu lagi itu ya sebelumnya terdahulu tadi benar lanjut "
    "melanjutkan sambungan tetap lanjutkan"
)


def answered(chat: Chat, heard: Heard) -> Decision | None:
    """None: it is no answer, so it is heard like any other."""
    question = chat.question
    if question is None or question.asks == "word" or heard.form == "sticker":
        return None
    if heard.reading.says in _NO_ANSWER and heard.about not in question.options:
        return None
    match question.asks:
        case "which":
            return _which(chat, question, heard)
        case "again":
            return _again(question, heard)
        case "next":
            return None


def _which(chat: Chat, question: Question, heard: Heard) -> Settle | None:
    says = heard.reading.says
    if says in ("status", "withdraw") and says != question.wish:
        return None
    known = {one.complaint: one for one in chat.known}
    options = tuple(known[one] for one in question.options if one in known)
    found = pointed(options, heard, asked=True)
    if not found:
        return None
    return Settle(_wish(question, heard), found, question.waiting, joins=_tells(heard))


def _wish(question: Question, heard: Heard) -> Wish:
    """`sudah` … "yang mana?" … `yang lampu belum`: the last word counts."""
    says = heard.reading.says
    if question.wish in ("done", "not_done") and says in ("done", "not_done"):
        return "done" if says == "done" else "not_done"
    return question.wish


def _again(question: Question, heard: Heard) -> Decision | None:
    found = heard.reading.words
    meaning = frozenset(heard.reading.meaning) or frozenset(found)
    new = (
        bool(meaning & _NEW) or heard.reading.new or tuple(heard.reading.meaning[:1]) in (("2",), ("dua",), ("kedua",))
    )
    old = heard.about in question.options or heard.reading.says == "not_done" or tuple(heard.reading.meaning[:1]) in (
        ("1",), ("satu",), ("pertama",),
    )  # fmt: skip
    old = old or (not new and heard.reading.says == "agreed") or (bool((meaning | frozenset(found)) & _OLD) and not new)
    if new and meaning & {"bukan"} and meaning & {"baru"} and found.index("bukan") < found.index("baru"):
        new, old = False, True  # `bukan baru, yang lama`
    if new or old:
        wish: Wish = "open" if new else ("add" if question.wish == "add" else "not_done")
        return Settle(wish, () if new else question.options[:1], question.waiting, joins=_tells(heard))
    if heard.carries and not found:
        return None
    if heard.reading.telling:
        # Neither: who goes on telling brings something; it must not wait for a word that does not come.
        return Settle("open", (), question.waiting, joins=True)
    return None


def _tells(heard: Heard) -> bool:
    """More than the answer: it goes along."""
    return heard.carries or len([word for word in heard.reading.meaning if word not in _POINTING]) >= 4


def announced(chat: Chat, heard: Heard) -> Decision | None:
    """The matter that somebody said was to come."""
    question = chat.question
    if question is None or question.asks != "next" or heard.about is not None:
        return None
    return Open(heard.reading.level or question.level)
