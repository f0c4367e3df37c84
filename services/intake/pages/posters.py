"""`/lapor/<city>/poster`: a poster for every kelurahan, to print: two codes, one for WhatsApp and one for the web form,
both with the place filled in."""

from urllib.parse import quote

from starlette.routing import Route

from services.contracts import place_codes
from services.contracts.city import City, Ward
from services.intake.pages import qr
from services.intake.pages.parts import Parts
from services.web.i18n import later
from services.web.pages import Page, Pages, Problem, Visit

CHAT = "https://wa.me/{number}?text={text}"
"""Click to chat (faq.whatsapp.com/5913398998672934): digits of the number with its country, text percent-encoded."""


def routes(pages: Pages, parts: Parts) -> list[Route]:
    async def all_of_them(visit: Visit) -> Page:
        city = parts.city(visit)
        districts = [
            {"name": district.name, "wards": [{"code": ward.code, "name": ward.name} for ward in district.wards]}
            for district in city.districts
        ]
        return Page("posters.html", {"city": city.id, "districts": districts}, city=city)

    async def one(visit: Visit) -> Page:
        city = parts.city(visit)
        ward = city.wards.get(visit.request.path_params["ward"])
        if ward is None:
            raise Problem(404, later("Kelurahan ini tidak ada di kota ini."))
        return _poster(visit, parts, city, [ward])

    async def every(visit: Visit) -> Page:
        city = parts.city(visit)
        return _poster(visit, parts, city, list(city.wards.values()))

    return [
        *pages.get("/lapor/{city}/poster", all_of_them, public=True),
        *pages.get("/lapor/{city}/poster/semua", every, public=True),
        *pages.get("/lapor/{city}/poster/{ward}", one, public=True),
    ]


def form_address(parts: Parts, city: City, ward: Ward) -> str:
    return f"{parts.public_url}/lapor/{city.id}?tempat={place_codes.code(ward.code)[1:]}"


def chat_address(city: City, ward: Ward) -> str | None:
    """None where the city file does not say the number that people write to."""
    district = city.district_of(ward.code)
    door = next(
        (
            d
            for d in city.doors
            if d.number and d.channel == "whatsapp" and d.first_level in (None, city.district_seat(district))
        ),
        None,
    )
    own = next((d for d in city.doors if d.number and d.first_level == city.district_seat(district)), door)
    if own is None or own.number is None:
        return None
    text = f"Lapor dari Kelurahan {ward.name}, Kecamatan {district.name} ({place_codes.code(ward.code)}): "
    return CHAT.format(number=own.number, text=quote(text))


def _poster(visit: Visit, parts: Parts, city: City, wards: list[Ward]) -> Page:
    shown = []
    for ward in wards:
        chat = chat_address(city, ward)
        form = form_address(parts, city, ward)
        shown.append({
            "name": ward.name, "district": city.district_of(ward.code).name, "form": form, "chat": chat,
            "form_code": qr.svg(form, visit.tr(later("Kode QR formulir web"))),
            "chat_code": qr.svg(chat, visit.tr(later("Kode QR WhatsApp"))) if chat else None,
        })  # fmt: skip
    view = {"city": city.id, "posters": [{k: v for k, v in one.items() if not k.endswith("_code")} for one in shown]}
    more = {"posters": shown, "emergency": city.emergency_number, "home": parts.public_url.removeprefix("https://")}
    return Page("poster.html", view, city=city, more=more)
