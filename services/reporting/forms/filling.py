"""A form as it is shown, and what comes back of it: the contract's action, or what is wrong with which field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from services.contracts.city import City
from services.contracts.commands import StaffAction
from services.reporting.forms.parts import Field, Form
from services.reporting.read_models.cases.card import Card
from services.web.i18n import later
from services.web.staff import Staff

ACTION: TypeAdapter[StaffAction] = TypeAdapter(StaffAction)


@dataclass(frozen=True)
class FieldView:
    name: str
    label: str
    kind: str
    hint: str
    required: bool
    choices: list[tuple[str, str]]
    value: str = ""
    error: str = ""


@dataclass(frozen=True)
class FormView:
    """`command` makes a form that is sent twice one command."""

    do: str
    title: str
    button: str
    says: str
    danger: bool
    command: str
    fields: list[FieldView]
    open: bool = False

    @property
    def seldom(self) -> bool:
        """It stands folded away behind what is done every day."""
        return self.do in SELDOM


SELDOM = frozenset(
    {"hand_off", "return", "mention", "plan", "ask_extension", "dispose", "give_subtask", "drop_subtask", "ask_contact",
     "raise_confidentiality", "erase_reporter", "draft_proof", "link_proof", "drop_proof", "drop_draft"}
)  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """What came back: the action, or what is wrong with which field."""

    action: StaffAction | None
    errors: list[tuple[str, str]] = field(default_factory=list)


def view(
    form: Form, staff: Staff, card: Card, tr: Callable[[str], str], *, command: str,
    values: Mapping[str, str] | None = None, errors: Sequence[tuple[str, str]] = (),
) -> FormView:  # fmt: skip
    wrong = dict(errors)
    return FormView(
        form.do, tr(form.title), tr(form.button), tr(form.says) if form.says else "", form.danger, command,
        [
            FieldView(
                f.name, tr(f.label), f.kind, tr(f.hint) if f.hint else "", f.required,
                f.choices(staff.city, card, tr) if f.choices else [], (values or {}).get(f.name, ""),
                wrong.get(f.name, ""),
            )
            for f in form.fields
        ],
        open=values is not None,
    )  # fmt: skip


def read(do: str, fields: Sequence[Field], city: City, values: Mapping[str, str], tr: Callable[[str], str]) -> Filled:
    """The action that the fields say; empty optional fields are left out."""
    given: dict[str, object] = {"do": do}
    errors: list[tuple[str, str]] = []
    for one in fields:
        text = values.get(one.name, "").strip()
        if not text:
            if one.required:
                errors.append((one.name, tr(later("{label}: belum diisi")).format(label=tr(one.label))))
            continue
        if one.kind == "moment":
            try:
                given[one.name] = local_moment(text, city)
            except ValueError:
                errors.append((one.name, tr(later("Tulis tanggal dan jam: {label}")).format(label=tr(one.label))))
        elif one.kind == "files" or one.name in ("accounts", "pictures", "messages", "seats"):
            given[one.name] = tuple(text.replace(",", " ").replace("#", " ").split())
        else:
            given[one.name] = text
    return Filled(None, errors) if errors else checked(given, tr, {one.name: one.label for one in fields})


NAMES: Mapping[str, str] = {
    "kind": later("Jenis"), "category": later("Pokok laporan"), "ward_code": later("Kelurahan"),
    "urgency": later("Seberapa mendesak"), "confidentiality": later("Kerahasiaan"),
    "wording": later("Kata untuk petugas lapangan"), "about": later("Mengadukan siapa"),
    "against": later("Jabatan yang diadukan"), "notes": later("Catatan cek-ricek"),
    "lead": later("Penanggung jawab"), "instruction": later("Instruksi"), "platform": later("Di mana"),
    "host": later("Pembawa acara"), "title": later("Judul"), "planned_for": later("Waktu siaran"),
    "roster": later("Siapa yang siaga"), "since": later("Sejak kapan"), "reason": later("Apa yang terjadi"),
    "text": later("Apa yang dijawab"),
}  # fmt: skip
"""What pages with a form of their own call their fields."""


def checked(given: Mapping[str, object], tr: Callable[[str], str], names: Mapping[str, str] = NAMES) -> Filled:
    """As the contract reads it. `names`: a field → what its form calls it, in the source language."""
    try:
        return Filled(ACTION.validate_python(given))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        wrong = dict.fromkeys(_named(one["loc"], names) for one in found)
        # What no field is named for follows from one that is.
        told = [name for name in wrong if name] or [""]
        return Filled(None, [(name, _check(tr, names.get(name))) for name in told])


def _named(loc: tuple[int | str, ...], names: Mapping[str, str]) -> str:
    """The field that is wrong, also where it is a part of it (`accounts.0`)."""
    return next((part for part in reversed(loc) if isinstance(part, str) and part in names), "")


def _check(tr: Callable[[str], str], label: str | None) -> str:
    if label is None:
        return tr(later("Ada isian yang tidak dapat dibaca. Periksa lagi."))
    return tr(later("Periksa isian ini: {field}")).format(field=tr(label))


def local_moment(text: str, city: City) -> datetime:
    """`2026-11-21T09:10` as a browser sends it, in the city's zone. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=city.zone)
