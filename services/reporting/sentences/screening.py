"""What it was found to be."""

from services.complaint import events as e
from services.reporting import labels
from services.reporting.sentences.voice import Line, Voice
from services.web.i18n import later


def line(say: Voice, data: e.Event) -> Line | None:
    tr = say.tr
    match data:
        case e.ScreeningProposed():
            sure = tr(later("keyakinan {share}")).format(share=f"{data.confidence:.0%}")
            return Line(tr(later("Usul penyaringan")), facts=(*_matter(say, data.matter), sure), routine=True)
        case e.ComplaintScreened():
            by = tr(later("Disaring oleh petugas")) if data.by == "person" else tr(later("Disaring otomatis"))
            words = say.some(
                (later("Kata yang boleh dibaca petugas"), "wording", data.wording),
                (later("Catatan cek-ricek"), "notes", data.notes),
            )
            return Line(by, facts=_matter(say, data.matter), words=words)
        case e.ConcernedRecorded():
            words = say.some(
                (later("Nama"), "name", data.name), (later("Alamat"), "place", data.place),
            )  # fmt: skip
            return Line(tr(later("Orang yang dilaporkan keadaannya")), words=words)
        case _:
            return None


def _matter(say: Voice, matter: e.Matter) -> tuple[str, ...]:
    place = labels.place(say.city, matter.ward_code, matter.district_code)
    found = [say.tr(labels.KIND[matter.kind]), labels.category(matter.category, say.tr) or ""]
    if place:
        found.append(place)
    if matter.urgency != "normal":
        found.append(say.tr(labels.URGENCY[matter.urgency]))
    return tuple(found)
