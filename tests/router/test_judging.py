"""`tuntas suggest` and `tuntas evaluate`, run as people run them. All sentences here are our own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from services.router.screening.measures import Judged, measure
from services.router.screening.propose import Ranked

ROOT = Path(__file__).parents[2]


def _tuntas(*arguments: str, given: str = "", home: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "TUNTAS_HOME": str(home / "nothing-runs-here")}
    return subprocess.run(
        [sys.executable, "-m", "services.cli", *arguments],
        input=given,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        check=False,
    )


def test_suggest_answers_each_line_and_says_which_it_cannot_read(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": "lampu jalan mati di padang harapan", "city": "bengkulu"}),
        "no json at all",
        json.dumps({"text": "iuran bpjs saya menunggak"}),
        json.dumps({"words": "without a text"}),
        json.dumps({"text": "got mampet", "city": "atlantis"}),
        "",
        json.dumps({"text": ""}),
    ]
    run = _tuntas("suggest", given="\n".join(lines), home=tmp_path)
    light, broken, insurance, textless, nowhere, empty = map(json.loads, run.stdout.splitlines())
    assert run.returncode == 1
    assert light["functions"][0]["function"] == "housing_lighting"
    assert light["place"]["name"].startswith("Kelurahan Padang Harapan")
    assert light["competence"] == {"within": True}
    assert "lampu jalan" in light["why"]["words"]
    assert light["model"].startswith("base-")
    assert insurance["competence"]["authority"].startswith("BPJS")
    assert insurance["place"] is None
    assert [bad["line"] for bad in (broken, textless, nowhere)] == [2, 4, 5]
    assert empty["abstains"]
    assert sum(one["p"] for one in light["functions"]) <= 1.001


def test_suggest_reads_a_file_and_ends_well_if_every_line_is_one(tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text(json.dumps({"text": "sampah menumpuk"}) + "\n")
    run = _tuntas("suggest", str(file), home=tmp_path)
    assert run.returncode == 0
    assert json.loads(run.stdout)["kind"] == "complaint"


def _labelled(tmp_path: Path, *rows: tuple[str, str]) -> Path:
    file = tmp_path / "labelled.jsonl"
    file.write_text("\n".join(json.dumps({"text": text, "label": label}) for text, label in rows))
    return file


def test_evaluate_measures_labelled_texts(tmp_path: Path) -> None:
    file = _labelled(
        tmp_path,
        ("jalan berlubang parah", "public_works"),
        ("sampah tidak diangkut", "environment"),
        ("ktp belum jadi", "civil_registry"),
        ("lampu jalan mati", "transport"),
    )
    run = _tuntas("evaluate", str(file), "--json", home=tmp_path)
    found: dict[str, Any] = json.loads(run.stdout)
    assert run.returncode == 0
    assert found["count"] == 4
    assert found["accuracy"] == pytest.approx(0.75)
    assert found["confusions"] == [{"label": "transport", "proposed": "housing_lighting", "count": 1}]
    assert {c["coverage"] for c in found["coverage"]} >= {0.6, 1.0}


def test_evaluate_names_lines_that_it_leaves_out(tmp_path: Path) -> None:
    file = _labelled(tmp_path, ("jalan rusak", "public_works"), ("jalan rusak", "PUPR"))
    run = _tuntas("evaluate", str(file), home=tmp_path)
    assert run.returncode == 1
    assert "line 2: there is no function PUPR" in run.stderr
    assert "accuracy     1.000" in run.stdout


def test_evaluate_has_a_sentence_for_a_file_that_is_not_there(tmp_path: Path) -> None:
    run = _tuntas("evaluate", str(tmp_path / "absent.jsonl"), home=tmp_path)
    assert run.returncode == 2
    assert "absent.jsonl" in run.stderr


def _judged(label: str, *ranked: tuple[str, float]) -> Judged:
    return Judged(label, tuple(Ranked(function, p) for function, p in ranked))  # type: ignore[arg-type]


def test_measures_are_what_a_hand_would_count() -> None:
    found = measure(
        [
            _judged("health", ("health", 0.9), ("social", 0.1)),
            _judged("health", ("social", 0.6), ("health", 0.4)),
            _judged("social", ("social", 0.8), ("health", 0.2)),
            _judged("revenue", ("health", 0.5), ("social", 0.3), ("police", 0.1), ("revenue", 0.1)),
        ]
    )
    assert found.accuracy == 0.5
    assert found.top3 == 0.75
    # health: 1 of 2 proposed, 1 of 2 found; social: 1 of 2 proposed, 1 of 1 found; revenue: never.
    assert found.macro_f1 == pytest.approx((0.5 + 2 / 3 + 0) / 3)
    assert found.ece == pytest.approx((abs(1 - 0.9) + abs(0 - 0.6) + abs(1 - 0.8) + abs(0 - 0.5)) / 4)
    assert next(c.accuracy for c in found.coverage if c.coverage == 0.5) == 1.0
    with pytest.raises(ValueError, match="no labelled text"):
        measure([])
