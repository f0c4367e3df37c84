"""Example data for every text: full, bare, long and late. Nothing of it is anybody's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import get_args

from services.contracts.base import Confidentiality, Kind
from services.contracts.city import City
from services.contracts.mornings import Listed, Morning, SeatList, Silent
from services.contracts.officers import OfficerAnswer, OfficerDo, OfficerTask, Said
from services.notifier.sending import Rendered
from services.notifier.story import Happened, Last, Phase, Place, Story
from services.notifier.templates import ANSWERS, NOTICES, morning, officer_answers, officers, seat_lists
from services.notifier.templates.officers import Seen
from services.notifier.templates.phrases import one_line
from services.notifier.templates.several import together

NOW = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
TICKET = "XXX-4K7QT9M2-X"
COMPLAINT = "abcdefghijklmnopqrstuvwxyz"
WORDS = "Saluran di depan pasar sudah kami keruk dan sampahnya diangkut. Besok pagi kami periksa lagi alirannya."
LONG = f"{WORDS} " * 14
"""An office that likes to write."""
PRIVATE_WORDS = "rahasia-isi-kantor"
"""Stands in every field that an anonymous or secret complaint's message must not show."""

PHASE: Mapping[str, Phase] = {
    "received": "screening", "where": "screening", "danger": "screening", "question": "waiting",
    "question_reminded": "waiting", "planned": "planned", "returned": "leaderless", "resolved": "resolved",
    "word_reminded": "resolved",
    "confirmed": "closed", "closed_silent": "closed", "closed_on_air": "closed", "withdrawn": "withdrawn",
    "erased": "closed", "afterword": "closed",
}  # fmt: skip
"""Where a complaint is when this is told; otherwise it is worked on."""

ROUND: Mapping[str, int] = {"reopened": 2, "reopened_by_audit": 2}


@dataclass(frozen=True, slots=True)
class Sample:
    """`case`: what is special about its data."""

    template: str
    audience: str
    case: str
    ticket: str
    rendered: Rendered
    confidentiality: Confidentiality = "normal"


def samples(city: City, confidentiality: Confidentiality) -> Iterator[Sample]:
    """Every text to a reporter in every case; what does not depend on confidentiality comes with `normal` alone."""
    for template, render in NOTICES.items():
        for case, story in _stories(city, template, confidentiality):
            yield Sample(template, "reporter", case, TICKET, render(story), confidentiality)
    yield Sample("several", "reporter", "full", TICKET, _several(city, confidentiality), confidentiality)
    for kind, answer in ANSWERS.items():
        story = _story(city, "resolved", confidentiality)
        rendered = answer(story.place, [replace(story, began=one_line(WORDS, 45), last=_last(city))])
        yield Sample(kind, "answer", "full", TICKET, rendered, confidentiality)
    if confidentiality == "normal":
        yield from _for_seats(city)
        yield from _in_chats(city)


def first(city: City, confidentiality: Confidentiality) -> list[Sample]:
    """One of each text, with full data."""
    return [one for one in samples(city, confidentiality) if one.case == "full"]


def _stories(city: City, template: str, confidentiality: Confidentiality) -> Iterator[tuple[str, Story]]:
    full = _story(city, template, confidentiality)
    yield "full", full
    yield "long", replace(full, happened=replace(full.happened, words=LONG))
    yield "bare", replace(full, due=None, lead=None, happened=Happened(seat="Petugas", to="Petugas"))
    page = f"https://contoh.go.id/gambar/{COMPLAINT}-{COMPLAINT}"
    yield "pictured", replace(full, happened=replace(full.happened, words=LONG, pair=page))
    yield "late", replace(full, overdue=True, due=NOW - timedelta(days=1))
    yield "merged", replace(full, others=True, about_mayor=True)
    for kind in get_args(Kind):
        yield kind, replace(full, kind=kind)


def _story(city: City, template: str, confidentiality: Confidentiality) -> Story:
    lead = next(iter(city.agencies)).id
    title = city.seats[lead].title
    return Story(
        place=_place(city),
        complaint=COMPLAINT,
        ticket=TICKET,
        confidentiality=confidentiality,
        phase=PHASE.get(template, "working"),
        now=NOW,
        page=f"https://contoh.go.id/lacak/{TICKET}",
        lead=title,
        due=NOW + timedelta(days=1),
        happened=Happened(
            seat=title, words=WORDS if confidentiality == "normal" else PRIVATE_WORDS, when=NOW + timedelta(days=2),
            to=city.seats[city.seats[lead].superior or lead].title, ground="not_our_function", closure="fixed",
            link="https://contoh.go.id/kabar/1", level="secret" if confidentiality == "secret" else "anonymous",
            clock="first_response", programme="Normalisasi Saluran 2026", round=ROUND.get(template, 1),
            account=city.doors[0].label, places=tuple(ward.name for ward in city.districts[0].wards[:2]),
        ),
    )  # fmt: skip


def _place(city: City) -> Place:
    return Place(city.name, city.zone, city.emergency_number, city.doors[0].label)


def _last(city: City) -> Last:
    return Last(city.seats[city.agencies[0].id].title, WORDS, NOW - timedelta(days=1), "progress")


def _several(city: City, confidentiality: Confidentiality) -> Rendered:
    return together(
        [NOTICES[name](_story(city, name, confidentiality)) for name in ("assigned", "accepted", "visited")]
    )


def _for_seats(city: City) -> Iterator[Sample]:
    for name, render in officers.NOTICES.items():
        for case, seen in _seen(city):
            yield Sample(name, "seat", case, TICKET, render(seen))
    waited = [("task", one) for _, one in _seen(city)]
    yield Sample("list_of_news", "seat", "full", TICKET, seat_lists.together(waited[0][1].title, waited))
    title = city.leaders[0].title
    yield Sample("code", "seat", "full", TICKET, officers.code(_place(city), title, "000000"))
    off = officers.webhook_off(title, "https://contoh.go.id/webhook", gone=False)
    yield Sample("webhook_off", "seat", "full", city.name, off)
    yield Sample("morning", "seat", "full", city.name, morning.five_lines(
        city, title, _counted(city), "https://contoh.go.id/papan",
    ))  # fmt: skip
    listed = tuple(Listed(ticket=TICKET, about="Sampah menumpuk, Kelurahan Contoh", due=NOW) for _ in range(8))
    yield Sample("list", "seat", "full", city.name, morning.seat_list(
        city, title, SeatList(new=4, soon=3, late=2, tasks=listed), NOW,
    ))  # fmt: skip


def _in_chats(city: City) -> Iterator[Sample]:
    """What an officer is answered in his chat, once for each end and, where it was done, for each wish."""
    title = city.seats[city.agencies[0].id].title
    task = OfficerTask(complaint=COMPLAINT, ticket=TICKET, summary="Pengaduan: Saluran air tersumbat.", wording=WORDS,
                       standing="new", due=NOW + timedelta(hours=20))  # fmt: skip
    done: tuple[OfficerDo, ...] = ("accept", "return", "progress", "resolve")
    ends: list[tuple[Said, OfficerDo]] = [(what, "show") for what in get_args(Said) if what != "done"]
    for what, do in [*ends, *(("done", do) for do in done)]:
        said = OfficerAnswer(
            what=what, do=do, title=title, tasks=(task, task) if what in _SEVERAL else (task,),
            until=NOW + timedelta(days=2), pictures=2, sentence="Laporan ini sudah dinyatakan selesai.",
        )  # fmt: skip
        name = f"officer_{do}" if what == "done" else f"officer_said_{what}"
        yield Sample(name, "answer", "full", TICKET, officer_answers.answer(_place(city), said, NOW))


_SEVERAL = ("list", "which", "no_such", "one_each")


def _counted(city: City) -> Morning:
    silent = tuple(Silent(seat=agency.id, complaints=12) for agency in city.agencies[:3])
    return Morning(since=NOW - timedelta(days=1), at=NOW, new=123, late=45, silent=silent, silent_more=6, resolved=78,
                   danger=2)  # fmt: skip


def _seen(city: City) -> Iterator[tuple[str, Seen]]:
    full = Seen(
        place=_place(city), title=city.seats[city.agencies[0].id].title, ticket=TICKET, complaint=COMPLAINT,
        summary="Pengaduan: Saluran air tersumbat di Kelurahan Contoh.", now=NOW,
        page=f"https://contoh.go.id/laporan/{TICKET}", due=NOW + timedelta(hours=20), words=WORDS,
        by=city.leaders[0].title, when=NOW + timedelta(days=2),
    )  # fmt: skip
    yield "full", full
    yield "long", replace(full, words=LONG)
    yield "late", replace(full, late=True, due=NOW - timedelta(hours=2))
    yield "bare", replace(full, due=None, when=None, words=None, by=None, summary="")
