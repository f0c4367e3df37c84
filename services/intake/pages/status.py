"""Where a complaint stands, in a sentence for whoever stands at the counter. Pure."""

from collections.abc import Callable
from datetime import datetime

from services.complaint.state import Closed, Desk, Merged, Resolved, Screening, State, Unopened, Working
from services.contracts.city import City
from services.web.i18n import later

Translate = Callable[[str], str]


def sentence(city: City, state: State, tr: Translate, when: Callable[[datetime], str]) -> str:
    match state:
        case Unopened():
            return tr(later("Laporan ini sedang dibuka."))
        case Screening():
            return tr(later("Sedang diperiksa untuk diteruskan."))
        case Working():
            return _working(city, state.desk, tr, when)
        case Resolved():
            return tr(later("{seat} menyatakan selesai; menunggu kata pelapor.")).format(
                seat=_lead(city, state.desk, tr)
            )
        case Merged():
            if state.asked is not None and state.ended is None:
                return tr(later("Dinyatakan selesai bersama laporan lain; menunggu kata pelapor."))
            return tr(later("Ditangani bersama laporan lain tentang hal yang sama."))
        case Closed():
            return tr(later("Sudah berakhir."))


def _working(city: City, desk: Desk, tr: Translate, when: Callable[[datetime], str]) -> str:
    seat = _lead(city, desk, tr)
    if desk.questions:
        return tr(later("{seat} menunggu jawaban pelapor.")).format(seat=seat)
    lead = desk.holds.get(desk.lead) if desk.lead is not None else None
    due = min((clock.due for clock in lead.clocks), default=None) if lead is not None else None
    if due is None:
        return tr(later("Ditangani {seat}.")).format(seat=seat)
    return tr(later("Ditangani {seat}, paling lambat {due}.")).format(seat=seat, due=when(due))


def _lead(city: City, desk: Desk, tr: Translate) -> str:
    seat = city.seats.get(desk.lead or "")
    return seat.title if seat is not None else tr(later("Kantor yang bertugas"))
