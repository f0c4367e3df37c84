"""What the course of a complaint teaches: people's decisions, the last one, and never what nobody decided."""

from datetime import UTC, datetime, timedelta

import pytest

from services.complaint import events as e
from services.contracts.base import Function
from services.contracts.envelope import Recorded
from services.router.learning.courses import Course
from tests.router.cities import read

CITY = read("bengkulu")
SEALED = f"A256GCM.{'a' * 26}/handling.x"
BEGAN = datetime(2026, 3, 17, 2, tzinfo=UTC)


def screened(function: Function, by: e.Decider = "machine", *, corrected: bool = False) -> e.ComplaintScreened:
    matter = e.Matter(
        kind="complaint", category="road_damage", function=function, urgency="normal", confidentiality="normal"
    )
    return e.ComplaintScreened(matter=matter, by=by, summary="Pengaduan.", corrected=corrected)


def assigned(lead: str, by: e.Decider = "machine") -> e.ComplaintAssigned:
    parts = (e.Assignment(seat=lead, role="lead"), e.Assignment(seat="camat-selebar", role="territorial"))
    return e.ComplaintAssigned(assignments=parts, by=by, rule="ruling" if by == "person" else "by_function", policy=1)


def returned(seat: str, ground: str = "not_our_function") -> e.AssignmentReturned:
    return e.AssignmentReturned.model_validate({"seat": seat, "ground": ground, "reason": SEALED})


def handed_off(seat: str, to: str) -> e.LeadHandedOff:
    return e.LeadHandedOff(seat=seat, to=e.Assignment(seat=to, role="lead"), reason=SEALED)


def resolved(seat: str, closure: str = "fixed") -> e.ComplaintResolved:
    return e.ComplaintResolved.model_validate({"seat": seat, "closure": closure, "text": SEALED, "confirm_by": BEGAN})


def refused_return(seat: str) -> e.ReturnRefused:
    return e.ReturnRefused(
        number=1,
        seat=seat,
        by="sekda",
        to=e.Assignment(seat=seat, role="lead"),
        reason=SEALED,
    )


ACCEPTED = e.AssignmentAccepted(seat="pupr")
ERASED = e.ReporterErased(party="reporter:1")
STRAIGHT: list[e.Event] = [screened("public_works"), assigned("pupr")]
TO_TRANSPORT = [screened("transport"), assigned("dishub")]


def course(*steps: e.Event) -> Course:
    found = Course()
    for n, data in enumerate(steps, start=2):
        type_ = next(name for name, cls in e.TYPES.items() if cls is type(data))
        found.add(
            Recorded[e.Event](
                id="a" * 26,
                complaint="b" * 26,
                n=n,
                type=type_,
                schema=1,
                city="bengkulu",
                at=BEGAN + timedelta(minutes=n),
                actor="service:router",
                causation="c" * 26,
                data=data,
            ),
            CITY.seats,
        )
    return found


@pytest.mark.parametrize(
    ("steps", "taught"),
    [
        ([], None),
        (STRAIGHT, None),
        ([screened("transport", "person")], ("transport", 1.0, "screened")),
        ([screened("transport", "person", corrected=True)], ("transport", 1.0, "corrected")),
        ([screened("transport", "person"), assigned("dishub", "person")], ("transport", 1.0, "screened")),
        ([*STRAIGHT, ACCEPTED], ("public_works", 0.5, "carried_out")),
        ([*STRAIGHT, ACCEPTED, resolved("pupr")], ("public_works", 0.8, "carried_out")),
        ([*STRAIGHT, resolved("pupr", "other_authority")], None),
        ([*STRAIGHT, e.AssignmentAccepted(seat="camat-selebar")], None),
        ([*STRAIGHT, returned("pupr")], None),
        ([screened("public_works", "person"), assigned("pupr", "person"), returned("pupr")], None),
        ([*STRAIGHT, returned("pupr"), assigned("perkim", "person")], ("housing_lighting", 1.0, "ruled")),
        ([*STRAIGHT, returned("pupr", "not_our_area"), assigned("pupr", "person")], ("public_works", 1.0, "ruled")),
        ([*STRAIGHT, returned("pupr"), refused_return("pupr")], ("public_works", 1.0, "ruled")),
        ([*STRAIGHT, returned("pupr"), assigned("camat-selebar", "person")], None),
        ([*STRAIGHT, handed_off("pupr", "dishub")], ("transport", 0.8, "handed_off")),
        ([*STRAIGHT, handed_off("pupr", "lurah-sukarami"), e.AssignmentAccepted(seat="lurah-sukarami")], None),
        ([*STRAIGHT, ACCEPTED, handed_off("pupr", "dishub")], ("transport", 0.8, "handed_off")),
        (
            [screened("public_works", "person"), assigned("pupr", "person"), ACCEPTED, resolved("pupr")],
            ("public_works", 1.0, "screened"),
        ),
        ([screened("transport", "person"), screened("social", "person", corrected=True)], ("social", 1.0, "corrected")),
        ([*TO_TRANSPORT, e.AssignmentAccepted(seat="pupr")], None),
        ([screened("transport", "person"), ERASED], None),
        ([ERASED, screened("transport", "person")], None),
    ],
)  # fmt: skip
def test_the_last_word_of_a_person_is_the_label(
    steps: list[e.Event], taught: tuple[Function, float, str] | None
) -> None:
    label = course(*steps).label
    assert (None if label is None else (*label.functions, label.weight, label.source)) == taught


def test_an_office_of_several_functions_teaches_that_it_is_one_of_them() -> None:
    seats = dict(CITY.seats)
    office = seats["perkim"].model_copy(update={"functions": ("housing_lighting", "environment")})
    seats["perkim"] = office
    found = course(*STRAIGHT)
    event = Recorded[e.Event](
        id="a" * 26, complaint="b" * 26, n=9, type="complaint.assigned", schema=1, city="bengkulu", at=BEGAN,
        actor="seat:sekda", causation="c" * 26, data=assigned("perkim", "person"),
    )  # fmt: skip
    found.add(event, seats)
    assert found.label is not None
    assert found.label.functions == {"housing_lighting", "environment"}


def test_words_count_up_to_the_screening() -> None:
    assert course(*STRAIGHT, ACCEPTED).words_until == 2
