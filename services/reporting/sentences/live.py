"""What happened in a LIVE session, and to the account that a complaint came by."""

from services.complaint import events as e
from services.reporting.sentences.voice import Line, Voice
from services.web.i18n import later


def line(say: Voice, data: e.Event) -> Line | None:
    tr = say.tr
    match data:
        case e.AnsweredOnAir():
            title = tr(later("Dijawab di siaran oleh {seat}")).format(seat=say.seat(data.seat))
            words = say.some((later("Jawaban"), "text", data.text))
            return Line(title, "good" if data.settles else "", words=words)
        case e.AccountLost():
            label = next((door.label for door in say.city.doors if door.id == data.door), data.door)
            title = tr(later("Akun {door} pernah dikuasai orang lain sejak {since}"))
            facts = (tr(later("pesan dari masa itu diragukan")),) if data.suspect else ()
            return Line(title.format(door=label, since=say.when(data.since)), "bad", facts=facts)
        case e.EntryUndone():
            return Line(tr(later("Catatan dibatalkan: salah catat")), "wait")
        case _:
            return None
