"""`tuntas templates`: every text with example data. `check` holds them against providers' and readers' rules (1 if
something is wrong); `show` prints one as it would arrive; `forms` lists the bodies to hand in for approval.

Reads `TUNTAS_CITIES_DIR` (deploy/cities). Needs nothing that runs.
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from services.contracts.city import City
from services.contracts.city.template_forms import FORMS
from services.notifier.previewing.checks import Fault, faults
from services.notifier.previewing.forms import forms
from services.notifier.previewing.samples import first
from services.notifier.templates import VERSION
from services.runtime import cities


def main() -> None:
    parser = argparse.ArgumentParser(prog="tuntas templates", description=__doc__)
    parser.add_argument("what", choices=("check", "show", "forms"))
    parser.add_argument("name", nargs="?", help="Of one text, for show.")
    parser.add_argument("--city", help="One city; left out: all, for show the first.")
    parser.add_argument("--confidentiality", choices=("normal", "anonymous", "secret"), default="normal")
    parser.add_argument("--json", action="store_true", help="For programs.")
    given = parser.parse_args()
    known = cities.load(Path(os.environ.get("TUNTAS_CITIES_DIR", "deploy/cities")))
    wanted = [known[given.city]] if given.city in known else list(known.values())
    if given.city is not None and given.city not in known:
        _say(f"there is no city {given.city}; there are {', '.join(sorted(known))}")
        sys.exit(2)
    if given.what == "forms":
        _forms(as_json=given.json)
    elif given.what == "show":
        _show(wanted[0], given)
    else:
        found = {city.id: list(faults(city)) for city in wanted}
        _check(found, as_json=given.json)
        sys.exit(1 if any(found.values()) else 0)


def _check(found: Mapping[str, Sequence[Fault]], *, as_json: bool) -> None:
    if as_json:
        told = {city: [asdict(one) for one in wrong] for city, wrong in found.items()}
        _say(json.dumps({"version": VERSION, "wrong": told}, ensure_ascii=False, indent=1))
        return
    for city, wrong in found.items():
        _say(f"{city}: texts of version {VERSION}, {len(wrong)} faults")
        for one in wrong:
            _say(f"  {one.template} ({one.case}, {one.confidentiality}) by {one.form}: {one.says}")


def _show(city: City, given: argparse.Namespace) -> None:
    found = [one for one in first(city, given.confidentiality) if given.name in (None, one.template)]
    if not found:
        _say(f"there is no text {given.name}")
        sys.exit(2)
    shown = {f"{one.audience}.{one.template}": list(forms(one, city.name)) for one in found}
    if given.json:
        told = {name: [form.model_dump() for form in many] for name, many in shown.items()}
        _say(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for name, many in shown.items():
        for form in many:
            parts = f", {form.parts} SMS" if form.form == "sms" else ""
            _say(f"--- {name} by {form.form}: {form.size} of {form.limit} {form.unit}{parts}")
            _say(form.text)
            _say("".join(f"[{label}] " for label in form.buttons))


def _forms(*, as_json: bool) -> None:
    if as_json:
        _say(json.dumps([asdict(form) for form in FORMS.values()], ensure_ascii=False, indent=1))
        return
    for form in FORMS.values():
        _say(f"{form.name} ({form.language}, {form.category}): {form.body}  {' '.join(f'[{b}]' for b in form.buttons)}")


def _say(line: str) -> None:
    print(line)  # a command's answer


if __name__ == "__main__":
    main()
