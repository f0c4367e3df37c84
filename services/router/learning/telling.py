"""What `tuntas learn` says: tables for people, dictionaries for programs. Names offices and figures, never a text."""

from collections.abc import Sequence
from typing import Any

from services.contracts.envelope import Recorded
from services.contracts.facts import ModelPutInForce
from services.router.learning.comparing import Figures
from services.router.learning.harvest import Harvest
from services.router.learning.history import History
from services.router.learning.teaching import Taught

_SHOWN = 10
"""Rows named by number for each reason."""

_FIGURES = (
    ("accuracy", "right at first", True),
    ("top3", "right among three", True),
    ("macro_f1", "macro-F1", False),
    ("calibration", "calibration error", False),
    ("surprise", "surprise (log loss)", False),
)


def history(found: History) -> str:
    columns = ", ".join(f"{meaning}: {name!r}" for meaning, name in found.columns.names.items())
    lines = [
        f"{found.file}, {found.sheet}: {found.rows} rows, {len(found.examples)} can be learned from",
        f"columns  {columns}",
        "labels",
    ]
    ranked = sorted(found.labels.items(), key=lambda item: (-item[1][1], item[0]))
    for label, (understood, times) in ranked:
        meant = "NOT UNDERSTOOD"
        if understood is not None:
            meant = f"{' or '.join(sorted(understood.functions))}  ({understood.how})"
        lines.append(f"  {times:6}  {label[:60]}  →  {meant}")
    if found.refused:
        lines.append(f"not used: {len(found.refused)} rows")
    for reason, times in found.reasons.most_common():
        numbers = [str(one.row) for one in found.refused if one.why.partition(":")[0] == reason]
        more = ", …" if len(numbers) > _SHOWN else ""
        lines.append(f"  {times:6}  {reason} (rows {', '.join(numbers[:_SHOWN])}{more})")
    return "\n".join(lines)


def history_as_dict(found: History) -> dict[str, Any]:
    return {
        "file": found.file,
        "sheet": found.sheet,
        "rows": found.rows,
        "usable": len(found.examples),
        "columns": dict(found.columns.names),
        "labels": {
            label: {
                "rows": times,
                "functions": sorted(understood.functions) if understood else None,
                "how": understood.how if understood else None,
            }
            for label, (understood, times) in sorted(found.labels.items())
        },
        "refused": [{"row": one.row, "why": one.why} for one in found.refused],
    }


def harvest(found: Harvest) -> str:
    return (
        f"{found.complaints} complaints in the log, {found.decided} decided by people, "
        f"{len(found.examples)} of them with words that can be read"
    )


def harvest_as_dict(found: Harvest) -> dict[str, Any]:
    return {
        "complaints": found.complaints,
        "decided": found.decided,
        "without_words": found.unreadable,
        "usable": len(found.examples),
    }


def taught(done: Taught, name: str | None) -> str:
    """`name`: of the version or file that it became; None: it does not take over."""
    compared = done.comparison
    lines = [
        f"learned from {done.learned}, compared on {done.held_back} held back",
        f"{'':22}{'in force':>10}{'new':>10}",
        *(
            f"{title:22}{_figure(compared.before, field, share):>10}{_figure(compared.after, field, share):>10}"
            for field, title, share in _FIGURES
        ),
        f"{'common examples right':22}{compared.known_before.accuracy:>10.1%}{compared.known_after.accuracy:>10.1%}",
    ]
    if name is not None:
        lines.append(f"takes over as {name}")
    else:
        lines.append("the model in force stays:")
        lines += [f"  - {objection}" for objection in compared.objections]
    return "\n".join(lines)


def _figure(figures: Figures, field: str, share: bool) -> str:
    value: float = getattr(figures, field)
    return f"{value:.1%}" if share else f"{value:.3f}"


def taught_as_dict(done: Taught, name: str | None) -> dict[str, Any]:
    compared = done.comparison
    return {
        "learned": done.learned,
        "held_back": done.held_back,
        "before": compared.before.as_dict(),
        "after": compared.after.as_dict(),
        "common_before": compared.known_before.accuracy,
        "common_after": compared.known_after.accuracy,
        "objections": compared.objections,
        "in_force": name,
    }


def versions(facts: Sequence[Recorded[ModelPutInForce]]) -> str:
    if not facts:
        return "no version was ever put in force: the common model proposes"
    lines = [f"{'version':20}{'since (UTC)':18}{'learned':>8}{'held back':>11}{'right before':>14}{'right':>8}"]
    for fact in facts:
        told = fact.data
        before, after = told.before.get("accuracy"), told.after.get("accuracy")
        lines.append(
            f"{told.version:20}{fact.at:%Y-%m-%d %H:%M}  {sum(told.learned.values()):>8}{told.held_back:>11}"
            f"{'' if before is None else f'{before:.1%}':>14}{'' if after is None else f'{after:.1%}':>8}"
        )
    return "\n".join(lines)


def versions_as_list(facts: Sequence[Recorded[ModelPutInForce]]) -> list[dict[str, Any]]:
    return [{"at": fact.at.isoformat(), **fact.data.model_dump(mode="json")} for fact in facts]
