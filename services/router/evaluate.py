"""`tuntas evaluate`: how good the router's proposals are on labelled texts. Nothing has to run.

In: JSON lines `{"text": …, "label": a function}`. A line that can't be read is named on standard error and left out;
then the exit code is 1.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from services.router.knowledge import base_model
from services.router.screening.measures import Judged, Measures, measure
from services.router.screening.model import FUNCTIONS, BadModel, Model, load
from services.router.screening.propose import propose

FAILED, WRONG = 1, 2


def judged(lines: Iterable[str], model: Model | None = None) -> tuple[list[Judged], list[str]]:
    """What was proposed for each line, and what is wrong with the others."""
    found: list[Judged] = []
    wrong: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            text, label = item["text"], item["label"]
        except (ValueError, KeyError, TypeError, RecursionError):
            wrong.append(f'line {number}: an object with a "text" and a "label" is needed')
            continue
        if not isinstance(text, str) or label not in FUNCTIONS:
            wrong.append(f"line {number}: there is no function {label}")
            continue
        found.append(Judged(label, propose([text], model).functions))
    return found, wrong


def told(measures: Measures, version: str) -> str:
    """The measures as a person reads them."""
    lines = [
        f"model        {version}",
        f"texts        {measures.count}",
        f"accuracy     {measures.accuracy:.3f}",
        f"top-3        {measures.top3:.3f}",
        f"macro-F1     {measures.macro_f1:.3f}   (mean over the {len(measures.functions)} labels that occur)",
        f"calibration  {measures.ece:.3f}   (expected calibration error)",
        "",
        "probability  texts  said  right",
        *(
            f"{b.above:.1f}–{b.above + 0.1:.1f}     {b.count:5}  {b.p:.2f}  {b.accuracy:.2f}"
            for b in measures.reliability
        ),
        "",
        "coverage  from p  right",
        *(f"{c.coverage:7.0%}   {c.least_p:.2f}    {c.accuracy:.3f}" for c in measures.coverage),
        "",
        "function          texts  precision  recall  F1",
        *(f"{f.function:17} {f.count:5}  {f.precision:9.2f}  {f.recall:6.2f}  {f.f1:.2f}" for f in measures.functions),
        "",
        "worst confusions (label → proposed)",
        *(f"{c.count:4}  {c.label} → {c.proposed}" for c in measures.confusions),
    ]
    return "\n".join(lines)


def main() -> int:
    options = argparse.ArgumentParser(prog="tuntas evaluate", description="How good proposals are on labelled texts.")
    options.add_argument("file", type=Path, help='JSON lines with "text" and "label"; - for standard input')
    options.add_argument("--json", action="store_true", help="for programs")
    options.add_argument("--model", type=Path, help="a learned model's file instead of the base model")
    given = options.parse_args()
    try:
        model = load(given.model) if given.model else base_model()
        content = sys.stdin.buffer.read() if str(given.file) == "-" else given.file.read_bytes()
    except (OSError, BadModel) as problem:
        print(problem, file=sys.stderr)  # a command's answer
        return WRONG
    found, wrong = judged(content.decode("utf-8-sig", "replace").split("\n"), model)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    if not found:
        print("no labelled text", file=sys.stderr)
        return WRONG
    measures = measure(found)
    if given.json:
        print(json.dumps(measures.as_json() | {"model": model.version}, ensure_ascii=False, indent=1))
    else:
        print(told(measures, model.version))
    return FAILED if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
