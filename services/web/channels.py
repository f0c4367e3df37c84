"""The ways that messages come by and go out by, as people call them."""

from collections.abc import Callable

from services.web.i18n import later

NAMES = {
    "whatsapp": "WhatsApp", "facebook": "Facebook", "messenger": "Messenger", "instagram": "Instagram",
    "telegram": "Telegram", "tiktok": "TikTok", "x": "X", "youtube": "YouTube", "sms": "SMS", "email": "E-mail",
    "web": later("formulir web"), "desk": later("meja pengaduan"), "staff": later("laporan petugas"),
    "live": later("siaran langsung"), "link": later("tautan kiriman"), "open311": "Open311",
    "import": later("berkas impor"), "phone": later("telepon"), "website": later("situs web"),
}  # fmt: skip


def named(name: str, tr: Callable[[str], str]) -> str:
    """A channel as people call it; an external one that this version does not know by its id."""
    return tr(NAMES.get(name, name))
