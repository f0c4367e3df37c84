"""The leaders' morning: five lines, each figure with what it counts. And a seat's list of what it has in hand."""

from datetime import datetime

from services.contracts.city import City
from services.contracts.mornings import Morning, SeatList
from services.contracts.officers import payload
from services.notifier.sending import Rendered
from services.notifier.templates.officers import HOW, LIST
from services.notifier.templates.phrases import DAYS, MONTHS, one_line, when
from services.notifier.templates.seat_lists import fitting


def five_lines(city: City, title: str, counted: Morning, board: str) -> Rendered:
    """No name, no complaint, nothing of a secret one but that it counts."""
    day = _day(city, counted.at)
    since = when(counted.since, city.zone, counted.at)
    lines = (
        f"1. Baru: {counted.new} (diterima sejak {since})",
        f"2. Terlambat: {counted.late} (masih terbuka, ada batas waktu yang lewat)",
        f"3. Diam: {_silent(city, counted)}",
        f"4. Menunggu kata warga: {counted.resolved} (dinyatakan selesai kantor, pelapor belum menjawab)",
        f"5. Bahaya jiwa: {counted.danger} (masih terbuka)",
    )
    short = f"pagi ini {counted.new} baru, {counted.late} terlambat, {counted.danger} bahaya jiwa"
    return Rendered(
        f"{title}, {city.name}, {day}:\n\n" + "\n".join(lines) + f"\n\nRinciannya: {board}", one_line(short, 200)
    )


def _silent(city: City, counted: Morning) -> str:
    if not counted.silent:
        return "tidak ada (tanggapan pertama yang lewat batas)"
    named = ", ".join(f"{_title(city, one.seat)} {one.complaints}" for one in counted.silent)
    more = f", dan {counted.silent_more} jabatan lain" if counted.silent_more else ""
    return f"{named}{more} (laporan yang tanggapan pertamanya lewat batas)"


def seat_list(city: City, title: str, given: SeatList, at: datetime, waited: str = "") -> Rendered:
    """`waited`: what came in for it since, in lines of its own."""
    counts = f"{given.late} terlambat, {given.soon} jatuh tempo dalam sehari, {given.new} baru menunggu tanggapan"
    rows = [
        f"• {one.ticket}{f' {one.about}' if one.about else ''}"
        + ("" if one.due is None else f"\n   {_limit(city, one.due, at)}")
        for one in given.tasks
    ]
    total = given.late + given.soon + given.new

    def said(most: int) -> str:
        more = [f"• dan {total - most} lagi"] if total > most else []
        listed = "\n".join([*rows[:most], *more])
        return "\n\n".join(part for part in (f"Tugas {title}: {counts}.", listed, waited, HOW) if part)

    text = fitting(len(rows), said)
    return Rendered(text, one_line(f"tugas pagi ini: {counts}", 200), ((payload("list"), LIST),))


def _limit(city: City, due: datetime, now: datetime) -> str:
    return f"{'TERLAMBAT sejak' if due <= now else 'batas'} {when(due, city.zone, now)}"


def _day(city: City, at: datetime) -> str:
    local = at.astimezone(city.zone)
    return f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}"


def _title(city: City, seat: str) -> str:
    return city.seats[seat].title if seat in city.seats else seat
