"""`tuntas route explain` of a long life: every road that it took, whose clocks, and nobody's words."""

from datetime import timedelta

from services.complaint import commands as c
from services.complaint import events as e
from services.router.rules.explaining import explain
from tests.complaint.given import another, assigned, cause, clock, sealed
from tests.router.cities import read

H = sealed("handling")


def test_every_road_of_a_long_life_is_named_in_order() -> None:
    life = assigned()
    life.when(c.ReturnAssignment(cause=cause("r"), seat="dlh", ground="not_our_area", reason=H, most_bounces=2))
    life.when(c.RefuseReturn(cause=cause("b"), by="sekda", number=1, reason=H, policy=1))
    life.when(c.ActForVacant(cause=cause("v"), seat="dlh", superior="asisten-2"))
    life.when(c.Instruct(cause=cause("i"), by="walikota", seat="dlh", text=H, due=life.now + timedelta(days=1)))
    life.when(c.Merge(cause=cause("m"), itself=another(9), into=another(1), by="person"))
    life.when(c.Unmerge(cause=cause("u"), by="person"))
    city = read("bengkulu")
    found = explain(life.events, city, lambda version: city if version == 1 else None)
    assert found is not None
    assert [one.what for one in found.passed_on] == [
        "returned by dlh: not_our_area, the lead's bounce number 1",
        "sent back to dlh (lead) by a ruling of sekda, who binds it there",
        "up the line from dlh to asisten-2: nobody sits at dlh",
        "instruction 1 of walikota to dlh",
        "handled under another complaint of the same matter from here on, by person",
        "on its own again: ruling, by person",
    ]
    assert [one.n for one in found.passed_on] == [5, 6, 7, 8, 9, 10]
    assert [line.partition(":")[0] for line in found.decisions[0].clocks] == ["dlh", "camat-contoh"]
    assert "A256GCM" not in str(found.as_json())


def test_a_hand_off_names_whose_clock_began() -> None:
    life = assigned()
    to = e.Assignment(seat="pupr", role="lead", clocks=(clock("pupr", life.now + timedelta(hours=24)),))
    life.when(c.HandOff(cause=cause("h"), seat="dlh", to=to, reason=H, most_bounces=1))
    city = read("bengkulu")
    found = explain(life.events, city, lambda _: city)
    assert found is not None
    (line,) = found.decisions[-1].clocks
    assert line.startswith("pupr: Tanggapan nyata pertama paling lambat Selasa 10 Mar 2026")
