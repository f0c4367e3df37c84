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
            facts = (*_matter(say, data.matter), *_doubt(say, data.whereabouts), sure)
            return Line(tr(later("Usul penyaringan")), facts=facts, routine=True)
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


def _doubt(say: Voice, found: e.Whereabouts | None) -> tuple[str, ...]:
    """What the machine could not settle about the place."""
    if found is None:
        return ()
    places = (labels.place(say.city, one.ward_code, one.district_code) for one in found.candidates)
    names = "; ".join(place for place in places if place)
    facts = [say.tr(later("mungkin di: {places}")).format(places=names)] if names else []
    if found.how == "outside":
        facts.append(say.tr(later("titik lokasi di luar kota")))
    if found.disagrees:
        facts.append(say.tr(later("titik lokasi dan kata-katanya tidak cocok")))
    if found.ask:
        facts.append(say.tr(later("tempatnya ditanyakan kepada pelapor")))
    return tuple(facts)
