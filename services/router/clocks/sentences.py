"""Due times in a sentence, as officers read them: `Kamis 26 Mar 14.00 WIB: 24 jam sejak penugasan (kebijakan v1)`."""

import re
from collections.abc import Collection
from datetime import datetime
from functools import lru_cache

from services.complaint.events import Clock
from services.contracts.city import City
from services.router.clocks.begun import For

_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
_WHAT = {
    "first_response": "Tanggapan nyata pertama paling lambat",
    "resolve": "Penyelesaian paling lambat",
    "instruction": "Instruksi dijawab paling lambat",
    "subtask": "Sub-tugas selesai paling lambat",
    "screen": "Penyaringan paling lambat",
}
_SET = {
    "extended": "perpanjangan yang disetujui",
    "ruling": "waktu yang tersisa sejak putusan koordinator",
}
_WAITED: dict[For, str] = {
    "reporter": "jawaban pelapor",
    "plan": "tanggal yang direncanakan",
    "signature": "pengesahan",
    "merge": "laporan utama",
}
_USUALLY: tuple[For, ...] = ("reporter",)
_RULE = re.compile(r"^([0-9.]+)(h|m|wd)$")


def when(city: City, moment: datetime) -> str:
    """In the city's zone."""
    local = moment.astimezone(city.zone)
    return (
        f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year} "
        f"{local.hour:02}.{local.minute:02} {_ZONES[city.timezone]}"
    )


def because(
    city: City,
    clock: Clock,
    due: datetime | None = None,
    *,
    recomputed: bool = False,
    waited: Collection[For] = _USUALLY,
) -> str:
    """Why a clock is due when it is. `due`: where it stands now, if it has waited; `waited`: for what.

    `recomputed`: it began under an older policy.
    """
    sentence = f"{_WHAT[clock.name]} {when(city, due or clock.due)}: {_reason(clock.rule)}"
    if recomputed:
        sentence += ", dihitung ulang karena kebijakan baru"
    if due is not None and due != clock.due:
        reasons = [words for reason, words in _WAITED.items() if reason in waited]
        sentence += f", ditambah waktu menunggu {' dan '.join(reasons)}" if reasons else ""
    return f"{sentence} (kebijakan v{clock.policy})."


@lru_cache(maxsize=256)
def _reason(rule: str) -> str:
    found = _RULE.match(rule)
    if found is None:
        return _SET.get(rule, "tanggal yang ditetapkan")
    amount = found[1].replace(".", ",")
    if found[2] == "m":
        return f"{amount} menit sejak penugasan, selama siaran langsung"
    if found[2] == "h":
        return f"{amount} jam sejak penugasan, termasuk malam dan hari libur"
    return f"{amount} hari kerja sejak penugasan, tanpa hari libur nasional dan cuti bersama"
