"""Breaks things on purpose and counts what is lost: `python3 dev.py faults [--json] [--short] [NAME …]`.

Each fault runs on an installation of its own in a temporary folder. Exit code 1: something was lost, doubled or broken;
a fault that this machine can't make happen is said so and is no pass, but no failure either.
"""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.faults.catalogue import FULL, NAMES, SHORT, Sizes, alone
from tests.faults.outcome import Outcome

_err = Console(stderr=True, highlight=False, soft_wrap=True)


async def _all(names: list[str], sizes: Sizes, keep: bool) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for name in names:
        folder = Path(tempfile.mkdtemp(prefix="tuntas-faults-", dir="/tmp"))
        with _err.status(f"{name} …  (started {time.strftime('%H:%M:%S')})"):
            outcome = await alone(name, folder, sizes)
        outcomes.append(outcome)
        _tell(outcome)
        if keep and not outcome.holds and not outcome.skipped:
            _err.print(f"  its folder: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return outcomes


def _tell(outcome: Outcome) -> None:
    verdict = "skipped" if outcome.skipped else "holds" if outcome.holds else "BROKEN"
    _err.print(f"{outcome.fault:<14} {verdict} after {outcome.seconds:.0f} s", markup=False)
    for line in (
        *outcome.notes,
        *(f"{p.fault}: {note}" for p in outcome.parts for note in p.notes),
        *([outcome.skipped] if outcome.skipped else []),
    ):
        _err.print(f"  {line}", markup=False, style="dim")
    for problem in outcome.problems:
        _err.print(f"  {problem}", markup=False, style="red")


def _table(outcomes: list[Outcome]) -> Table:
    table = Table("fault", box=None, pad_edge=False)
    for column in ("times", "acknowledged", "lost", "doubled", "seconds"):
        table.add_column(column, justify="right")
    table.add_column("verdict")
    for one in [row for outcome in outcomes for row in (outcome, *outcome.parts)]:
        figures = (one.times, one.acknowledged, one.lost, one.doubled)
        shown = ["-"] * 4 if one.skipped else [f"{figure:,}" for figure in figures]
        verdict = f"not tried: {one.skipped}" if one.skipped else "holds" if one.holds else "BROKEN"
        name = one.fault if one in outcomes else f"  {one.fault}"
        table.add_row(name, *shown, f"{one.seconds:.0f}", verdict)
    return table


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("--json", action="store_true", help="a list of fault, times, acknowledged, lost, doubled")
    parser.add_argument("--short", action="store_true", help="the sizes of the tests: seconds instead of minutes")
    parser.add_argument("--keep", action="store_true", help="keep the folder of what broke")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    given = parser.parse_args()
    unknown = [name for name in given.names if name not in NAMES]
    if unknown:
        parser.error(f"there is no fault {', '.join(unknown)}; there are {', '.join(NAMES)}")
    outcomes = asyncio.run(_all(given.names or list(NAMES), SHORT if given.short else FULL, given.keep))
    if given.json:
        print(json.dumps([outcome.row() for outcome in outcomes], indent=1))  # noqa: T201 - the answer
    else:
        Console(highlight=False, soft_wrap=True).print(_table(outcomes))
    sys.exit(0 if all(outcome.holds or outcome.skipped for outcome in outcomes) else 1)


if __name__ == "__main__":
    main()
