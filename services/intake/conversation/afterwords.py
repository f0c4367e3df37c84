"""The word after SUDAH: whether a message answers that one question, and how satisfied it says one is. Pure."""

from services.intake.conversation.belonging import danger
from services.intake.conversation.chat import Chat, Heard
from services.intake.conversation.decisions import Afterword
from services.intake.conversation.topics import differ
from services.intake.conversation.vocabulary import vocabulary

_OF_IT = vocabulary(
    "puas kecewa cepat lambat lelet lama ramah sopan pelayanan layanan petugas kinerja respon tanggap sigap bagus baik "
    "mantap hebat keren salut terima-kasih sukses semoga harap pertahankan tingkatkan ditingkatkan kerja tim nilai "
    "bintang memuaskan senang terbantu membantu profesional cuek jutek judes capek bertele-tele"
)
"""What people speak of when they say how it went."""
_NUMBERS = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5}
_AROUND_A_NUMBER = vocabulary("nilai bintang skor angka dari saya kasih beri puas sangat poin rating aja saja ya")


def answered(chat: Chat, heard: Heard) -> Afterword | None:
    """None: it was not asked for, or asks or tells something else, and is heard like any other."""
    question = chat.question
    if question is None or question.asks != "word":
        return None
    [complaint] = question.options
    reading = heard.reading
    if heard.carries or heard.forwarded or heard.stranger is not None or heard.about not in (None, complaint):
        return None
    if reading.says not in ("content", "also", "thanks", "done") or reading.new or danger(heard):
        return None
    said = score(reading.meaning)
    spoken = frozenset(reading.meaning) & _OF_IT
    if reading.says in ("thanks", "done") and said is None and len(spoken - {"terima-kasih"}) == 0:
        return None  # thanks alone is answered as thanks, SUDAH again as SUDAH
    known = next((one for one in chat.known if one.complaint == complaint), None)
    elsewhere = known is not None and bool(reading.topics) and differ(known.topics, reading.topics)
    if said is None and elsewhere and (reading.bad or not spoken):
        return None  # something else is the matter
    if said is None and reading.bad and not spoken:
        return None
    return Afterword(complaint, said)


def score(meaning: tuple[str, ...]) -> int | None:
    """1 to 5, where a number or a step of the scale stands alone."""
    if not meaning or len(meaning) > 6:
        return None
    numbers = [_NUMBERS[word] for word in meaning if word in _NUMBERS]
    if numbers and all(word in _NUMBERS or word in _AROUND_A_NUMBER for word in meaning):
        alone = len(numbers) == 1 or ("dari" in meaning and len(numbers) == 2) or numbers == [5, 5]
        return numbers[0] if alone else None
    said = " ".join(meaning)
    for step, value in _SCALE:
        if said in (step, f"saya {step}", f"{step} sekali", f"{step} saja"):
            return value
    return None


_SCALE = (
    ("sangat tidak puas", 1), ("kecewa", 1), ("sangat kecewa", 1), ("tidak puas", 2), ("kurang puas", 2),
    ("cukup", 3), ("biasa", 3), ("cukup puas", 3), ("puas", 4), ("sangat puas", 5),
)  # fmt: skip
