"""`tuntas evaluate conversations`: how many scripted chats are understood exactly. Nothing has to run.

In: JSON lines, a chat each, in the form of `contracts.scripted_chats`. A line that can't be read is named on standard
error and left out; then the exit code is 1. Wrong chats are no failure of the command: `--at-least 0.9` makes them one.
"""

import argparse
import json
import sys
from pathlib import Path

from pydantic import ValidationError

from services.contracts.scripted_chats import ScriptedChat
from services.intake.judging.judging import Judged, Report, judge

FAILED, WRONG = 1, 2


def judged(lines: list[str]) -> tuple[list[Judged], list[str]]:
    """What came of each chat, and what is wrong with the lines that are none."""
    found: list[Judged] = []
    wrong: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            script = ScriptedChat.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            wrong.append(f"line {number}: {'.'.join(map(str, first['loc'])) or 'line'}: {first['msg']}")
            continue
        found.append(judge(script))
    return found, wrong


def told(report: Report, *, quiet: bool = False) -> str:
    """As a person reads it: the share, and each chat that is not exactly right."""
    count = len(report.judged)
    right_turns, turns = report.turns
    lines = [
        f"chats          {count}",
        f"exactly right  {report.right} ({report.right / count:.1%})",
        f"messages       {turns}, {right_turns} answered as expected ({right_turns / max(turns, 1):.1%})",
        *(f"  {speech:12} {right} of {every}" for speech, (right, every) in report.by_speech.items()),
    ]
    for one in report.judged:
        if one.wrong and not quiet:
            lines += ["", f"{one.id} ({one.speech})", *(f"  {sentence}" for sentence in one.wrong)]
    return "\n".join(lines)


def as_json(report: Report) -> dict[str, object]:
    right_turns, turns = report.turns
    return {
        "chats": len(report.judged),
        "right": report.right,
        "share": report.right / len(report.judged),
        "messages": turns,
        "messages_right": right_turns,
        "by_speech": {speech: {"right": right, "chats": every} for speech, (right, every) in report.by_speech.items()},
        "wrong": [{"id": one.id, "speech": one.speech, "why": list(one.wrong)} for one in report.judged if one.wrong],
    }


def main() -> int:
    options = argparse.ArgumentParser(
        prog="tuntas evaluate conversations", description="How many scripted chats are understood exactly."
    )
    options.add_argument("file", type=Path, help="JSON lines of scripted chats; - for standard input")
    options.add_argument("--json", action="store_true", help="for programs")
    options.add_argument("--at-least", type=float, default=0.0, metavar="SHARE", help="end with 1 below this share")
    given = options.parse_args()
    try:
        content = sys.stdin.buffer.read() if str(given.file) == "-" else given.file.read_bytes()
    except OSError as problem:
        print(problem, file=sys.stderr)  # a command's answer
        return WRONG
    found, wrong = judged(content.decode("utf-8", "replace").split("\n"))
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    if not found:
        print("no scripted chat", file=sys.stderr)
        return WRONG
    report = Report(tuple(found))
    print(json.dumps(as_json(report), ensure_ascii=False, indent=1) if given.json else told(report))
    return FAILED if wrong or report.right / len(found) < given.at_least else 0


if __name__ == "__main__":
    sys.exit(main())
