"""What speaks against a picture, as tables: likeness, place, time; who signs; what chance draws."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaint.commands import SignOffAsked
from services.complaint.state import Desk, Hold, Submission
from services.contracts.city import City
from services.contracts.city.policy import EvidenceRules, Policy, SignOffRules
from services.contracts.commands import Resolve
from services.router.evidence import signing
from services.router.evidence.judging import Likeness, Matter, Shown, Spot, judge, kilometres
from tests.complaint.given import matter
from tests.router.cities import read

BENGKULU = read("bengkulu")
RECEIVED = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")
PINNED = Spot(-3.8000, 102.2600)
HERE = Matter(RECEIVED, JAKARTA, PINNED)
RULES = EvidenceRules()
OTHER = "o" * 26


def marks(shown: Shown, doing: str = "resolve", rules: EvidenceRules = RULES, against: Matter = HERE) -> list[str]:
    judged = judge(rules, against, [shown], finished=doing == "resolve")
    if judged.refusal is not None:
        return [f"refused: {judged.refusal.code}"]
    return [mark.reason for mark in judged.marks]


@pytest.mark.parametrize(
    ("what", "likeness", "doing", "found"),
    [
        ("the reporter's own picture", Likeness(0, "before"), "resolve", ["refused: evidence_reused"]),
        ("the reporter's own, compressed anew", Likeness(4, "before"), "progress", ["refused: evidence_reused"]),
        ("the reporter's own, painted over", Likeness(8, "before"), "resolve", ["like_before"]),
        ("on the way it may look as before", Likeness(8, "before"), "progress", []),
        ("on a visit too", Likeness(8, "before"), "visit", []),
        ("one from elsewhere", Likeness(0, "another", OTHER), "visit", ["refused: evidence_reused"]),
        ("one cut from elsewhere", Likeness(9, "another", OTHER), "progress", ["like_another"]),
        ("one from before BELUM", Likeness(2, "used_before"), "resolve", ["refused: evidence_reused"]),
        ("something else", Likeness(11, "another", OTHER), "resolve", []),
    ],
)
def test_likeness(what: str, likeness: Likeness, doing: str, found: list[str]) -> None:
    assert marks(Shown("m", (likeness,)), doing) == found, what


def test_a_city_may_have_used_pictures_marked_instead_of_refused() -> None:
    likeness = (Likeness(0, "another", OTHER), Likeness(3, "another", OTHER), Likeness(1, "before"))
    judged = judge(EvidenceRules(reused="mark"), HERE, [Shown("m", likeness)], finished=False)
    assert [(mark.reason, mark.bits, mark.other) for mark in judged.marks] == [
        ("like_another", 0, OTHER), ("like_before", 1, None),
    ]  # fmt: skip


NEAR, FAR = Spot(-3.8100, 102.2600), Spot(-3.9000, 102.2600)


@pytest.mark.parametrize(
    ("what", "place", "against", "found"),
    [
        ("says nothing", None, PINNED, []),
        ("a kilometre off", NEAR, PINNED, []),
        ("eleven kilometres off", FAR, PINNED, ["far_away"]),
        ("nobody knows where the complaint is", FAR, None, []),
        ("somewhere in the kelurahan", Spot(-3.8300, 102.2600), replace(PINNED, exact=False), []),
        ("in another part of the city", FAR, replace(PINNED, exact=False), ["far_away"]),
    ],
)
def test_place_counts_only_where_both_are_known(
    what: str, place: Spot | None, against: Spot | None, found: list[str]
) -> None:
    assert marks(Shown("m", place=place), against=replace(HERE, place=against)) == found, what


@pytest.mark.parametrize(
    ("what", "taken", "found"),
    [
        ("says nothing", None, []),
        ("afterwards, in the camera's local time", datetime(2026, 11, 20, 9, 30), []),  # noqa: DTZ001
        ("the day before", datetime(2026, 11, 19, 9, 30), ["taken_before"]),  # noqa: DTZ001
        ("the camera's clock is a bit off", RECEIVED - timedelta(minutes=50), []),
        ("with its offset", RECEIVED - timedelta(hours=3), ["taken_before"]),
    ],
)
def test_time_counts_only_where_it_is_known(what: str, taken: datetime | None, found: list[str]) -> None:
    assert marks(Shown("m", taken=taken)) == found, what


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert kilometres(Spot(0, 100), Spot(1, 100)) == pytest.approx(111.2, abs=0.1)
    assert kilometres(PINNED, PINNED) == 0


# Who signs

WARD = "17.71.02.1001"


def working(**changes: object) -> Desk:
    return Desk(matter(**changes), holds={"dlh": Hold("lead"), "camat-gading-cempaka": Hold("territorial")})


def with_rules(rules: SignOffRules) -> City:
    policy = Policy.model_validate({**BENGKULU.policy.model_dump(), "sign_off": rules})
    return City.model_validate({**BENGKULU.model_dump(exclude={"policy"}), "policy": policy})


def asked(desk: Desk, doer: str = "dlh", city: City = BENGKULU) -> SignOffAsked | None:
    return signing.asked(city, desk, doer, ("flagged",), at=RECEIVED, scale=1.0)


def seat_asked(desk: Desk, doer: str = "dlh", city: City = BENGKULU) -> str | None:
    found = asked(desk, doer, city)
    return None if found is None else found.to


def lurah() -> str:
    return BENGKULU.territorial[WARD].id


def test_the_lurah_of_the_place_signs_and_has_the_policys_time() -> None:
    found = asked(working(ward_code=WARD))
    assert found is not None
    assert (found.to, found.rule, found.due) == (lurah(), "48h", RECEIVED + timedelta(hours=48))


def test_without_a_kelurahan_the_camat_and_without_a_place_the_oversight() -> None:
    assert seat_asked(working(ward_code=None)) == BENGKULU.territorial["17.71.02"].id
    assert seat_asked(working(ward_code=None, district_code=None)) == "inspektorat"


def test_a_secret_matter_is_not_shown_in_the_neighbourhood() -> None:
    assert seat_asked(working(ward_code=WARD, confidentiality="secret")) == "inspektorat"


def test_nobody_signs_own_work_nor_that_of_a_superior() -> None:
    camat = BENGKULU.territorial["17.71.02"].id
    assert seat_asked(working(ward_code=WARD), doer=lurah()) == camat
    assert seat_asked(working(ward_code=WARD), doer=camat) == "inspektorat", "the lurah is below the camat"
    supporting = replace(working(ward_code=WARD), holds={"dlh": Hold("lead"), lurah(): Hold("supporting")})
    assert seat_asked(supporting) == camat, "the lurah worked on it"


def test_a_seat_that_the_policy_names_is_asked_first() -> None:
    assert seat_asked(working(ward_code=WARD), city=with_rules(SignOffRules(by=("dlh", "sekda")))) == "sekda"


def test_who_is_complained_of_does_not_sign() -> None:
    desk = working(ward_code=WARD, about="lurah", against=lurah())
    assert seat_asked(desk) not in (lurah(), None)


def test_a_term_that_passes_goes_up_the_line_and_ends_at_its_top() -> None:
    desk, seats = working(ward_code=WARD), []
    now = Submission(5, RECEIVED, "dlh", lurah(), 5, RECEIVED, "fixed", (), None, without_proof=False)
    while (above := signing.above(BENGKULU, desk, now, RECEIVED, 1.0)) is not None:
        seats.append(above.to)
        now = replace(now, to=above.to)
    assert seats == [BENGKULU.territorial["17.71.02"].id, "sekda", "walikota"]


RESOLVE = Resolve(do="resolve", closure="fixed", text="x", evidence=("m",))


@pytest.mark.parametrize(
    ("rules", "action", "chance", "why"),
    [
        (SignOffRules(), RESOLVE, False, ()),
        (SignOffRules(), Resolve(do="resolve", closure="fixed", text="x"), False, ()),
        (SignOffRules(without_proof=True), Resolve(do="resolve", closure="fixed", text="x"), False, ("without_proof",)),
        (SignOffRules(without_proof=True), Resolve(do="resolve", closure="explained", text="x"), False, ()),
        (SignOffRules(categories=("garbage",)), RESOLVE, False, ("category",)),
        (SignOffRules(share=0.1), RESOLVE, True, ("share",)),
    ],
)
def test_the_policy_says_when_another_must_look(
    rules: SignOffRules, action: Resolve, chance: bool, why: tuple[str, ...]
) -> None:
    assert signing.reasons(with_rules(rules), working(), action, (), by_chance=chance) == why


@given(st.floats(0, 1), st.binary(min_size=16, max_size=16))
def test_chance_is_the_same_whenever_it_is_asked_and_a_larger_share_keeps_what_was_drawn(
    share: float, key: bytes
) -> None:
    found = signing.drawn(key, "audit", "c" * 26, 1, share)
    assert found == signing.drawn(key, "audit", "c" * 26, 1, share)
    assert not found or signing.drawn(key, "audit", "c" * 26, 1, min(1.0, share * 1.5))
    assert not signing.drawn(key, "audit", "c" * 26, 1, 0)
    assert signing.drawn(key, "audit", "c" * 26, 1, 1)


def test_about_the_share_is_drawn_and_other_keys_draw_others() -> None:
    names = [f"{number:026d}" for number in range(4_000)]
    one = {name for name in names if signing.drawn(b"k" * 16, "audit", name, 1, 0.1)}
    other = {name for name in names if signing.drawn(b"l" * 16, "audit", name, 1, 0.1)}
    assert 320 < len(one) < 480
    assert len(one & other) < 90
