"""Vacant seats as the board knows them."""

from datetime import UTC, datetime, timedelta

from services.contracts.envelope import Recorded
from services.contracts.facts.seats import SeatActive, SeatFact, SeatFoundVacant, SeatVacated
from services.contracts.ids import derive
from services.reporting.facts.vacancies import Vacancies
from services.runtime.log import Entry

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def entry(n: int, type_: str, fact: SeatFact, seat: str = "dlh", city: str = "bengkulu") -> Entry:
    event = Recorded[SeatFact](
        id=derive(b"t", "e", str(n)), complaint=seat, n=n, type=type_, schema=1, city=city, at=NOW,
        actor="service:router", causation=derive(b"t", "c", str(n)), data=fact,
    )  # fmt: skip
    return Entry(f"city.{city}.seat.{seat}", n, type_, {}, event.model_dump_json(by_alias=True).encode())


def test_a_seat_is_on_the_board_until_somebody_there_acts_again() -> None:
    known = Vacancies()
    found = SeatFoundVacant(unread_since=NOW - timedelta(days=5), unread=3, hours=72, policy=1)
    known.take(entry(1, "city.seat_vacant", found))
    known.take(entry(1, "city.seat_vacated", SeatVacated(since=NOW, by="administrator"), "pupr"))
    known.take(entry(1, "city.seat_vacated", SeatVacated(since=NOW, by="administrator"), "pupr", "kupang"))
    known.take(Entry("city.bengkulu.service.x", 9, "city.service_restored", {}, b"{}"))
    assert set(known.of("bengkulu", NOW)) == {"dlh", "pupr"}
    assert set(known.of("bengkulu", NOW - timedelta(hours=1))) == {"dlh"}
    known.take(entry(2, "city.seat_active", SeatActive(seen_at=NOW)))
    assert set(known.of("bengkulu", NOW)) == {"pupr"}
