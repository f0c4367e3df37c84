"""What we appended ourselves is taken into the complaint in hand only directly behind what we had read of it."""

import pytest

from services.complaint.evolve import evolve
from services.complaint.state import State
from services.router import rows
from services.router.dossier import Dossier
from services.runtime.deciding import Decided
from tests.complaint.given import COMPLAINT, Life, assigned


def _read(life: Life, count: int) -> Dossier:
    dossier = Dossier("bengkulu", COMPLAINT)
    for at, event in enumerate(life.events[:count], start=1):
        dossier.add(event, at)
    return dossier


def _done(life: Life, since: int, *, sequence: int, repeated: bool = False) -> "Decided[State, object]":
    state: State = Dossier("", "").state
    for event in life.events:
        state = evolve(state, event)
    events = tuple(life.events[since:])
    return Decided(n=len(life.events), events=events, state=state, repeated=repeated, sequence=sequence)


def test_what_stands_directly_behind_is_taken_in() -> None:
    life = assigned()
    dossier = _read(life, 1)
    assert list(dossier.adopt(_done(life, 1, sequence=9))) == life.events[1:]  # type: ignore[arg-type]
    assert (dossier.n, dossier.sequence, dossier.adopted) == (len(life.events), 9, 9)
    assert dossier.state == life.state


@pytest.mark.parametrize(
    ("read", "since", "sequence"),
    [(1, 2, 9), (2, 1, 9), (1, 1, 0)],
    ids=["another wrote between", "read already", "an earlier try had appended it"],
)
def test_anything_else_waits_for_its_delivery(read: int, since: int, sequence: int) -> None:
    life = assigned()
    dossier = _read(life, read)
    before = dossier.state
    assert not dossier.adopt(_done(life, since, sequence=sequence))  # type: ignore[arg-type]
    assert (dossier.n, dossier.adopted, dossier.state) == (read, 0, before)


def test_since_when_a_seat_holds_it_is_known_without_reading_it_again() -> None:
    life = assigned()
    folded = _read(life, len(life.events))
    whole = Dossier("bengkulu", COMPLAINT, list(life.events), life.state, 9)
    assert folded.since == rows.held_since(whole)
    assert rows.held_since(folded) == folded.since != {}

    adopted = _read(life, 1)
    adopted.adopt(_done(life, 1, sequence=9))  # type: ignore[arg-type]
    assert adopted.since == folded.since


def test_of_one_that_was_read_whole_later_events_do_not_tell_since_when() -> None:
    """They would say that everybody holds it only since then."""
    life = assigned()
    whole = Dossier("bengkulu", COMPLAINT, list(life.events[:-1]), _read(life, len(life.events) - 1).state, 9)
    whole.add(life.events[-1], 10)
    assert whole.since is None
    assert rows.held_since(whole) == _read(life, len(life.events)).since
