"""The head of an RT is a neighbour: the task tells where and what, and nothing by which to guess who complained."""

from datetime import UTC, datetime

from services.contracts.city import City, Neighbourhood
from services.contracts.tasks import Brief, Task, TaskPlace, TaskQuestion
from services.router.neighbours import is_neighbour, neighbour_safe
from tests.router.cities import read

HEAD = "rt-05-rw-02-padang-harapan"
CANARY = "Ibu Contoh di rumah nomor 7"


def city() -> City:
    known = read("bengkulu")
    ward = next(w for w in known.wards.values() if w.name == "Padang Harapan")
    listed = (Neighbourhood(ward=ward.code, rw="02", rt="05"),)
    return City.model_validate({**known.model_dump(exclude={"rules", "neighbourhoods"}), "neighbourhoods": listed})


def test_no_words_persons_questions_or_numbers_of_reporters_are_left() -> None:
    known = city()
    ward = next(w for w in known.wards.values() if w.name == "Padang Harapan")
    whole = Task(
        complaint="c",
        n=4,
        city="bengkulu",
        seat=HEAD,
        ticket="BKL-4K7QT9M2-X",
        update="assigned",
        state="open",
        role="lead",
        kind="complaint",
        category="garbage",
        function="environment",
        place=TaskPlace(district="Gading Cempaka", ward=ward.name, ward_code=ward.code),
        brief=Brief(summary=CANARY, wording=CANARY, concerned_name=CANARY, concerned_place=CANARY),
        questions=(TaskQuestion(number=1, question=CANARY, answered=False),),
        reporters=7,
        at=datetime(2026, 3, 2, tzinfo=UTC),
    )
    safe = neighbour_safe(whole, known)
    assert CANARY not in safe.model_dump_json()
    assert safe.brief is not None
    assert safe.brief.summary.endswith("di Kelurahan Padang Harapan, Kecamatan Gading Cempaka.")
    assert (safe.reporters, safe.role, safe.n) == (1, "lead", 4)
    assert (safe.place, safe.category) == (whole.place, "garbage")


def test_only_rt_and_rw_are_neighbours() -> None:
    known = city()
    assert is_neighbour(known, HEAD)
    assert not is_neighbour(known, "lurah-padang-harapan")
    assert not is_neighbour(known, "nobody")
