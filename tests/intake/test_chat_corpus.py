"""The corpus of scripted chats: what of it is understood exactly must not become less."""

import json
from pathlib import Path

import pytest

from services.contracts.scripted_chats import ScriptedChat
from services.intake.evaluate import as_json, judged, told
from services.intake.judging.judging import Report, judge

CHATS = Path(__file__).parent / "chats"
REGIONAL = {"bengkulu", "minang", "pekanbaru", "kupang"}


def lines(name: str) -> list[str]:
    return (CHATS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("first", 0.97),
        ("second", 0.97),
        ("third", 0.96),
        ("fourth", 0.97),
        ("fifth", 0.97),
        ("sixth", 0.97),
        ("seventh", 0.97),
        ("eighth", 0.95),
        ("ninth", 0.97),
        ("tenth", 0.97),
        ("eleventh", 0.97),
        ("twelfth", 0.97),
        ("thirteenth", 0.97),
        ("fourteenth", 0.97),
        ("fifteenth", 0.97),
        ("sixteenth", 0.97),
        ("seventeenth", 0.92),
        ("eighteenth", 0.96),
        ("nineteenth", 0.97),
        ("twentieth", 0.97),
        ("twenty-first", 0.97),
        ("twenty-second", 0.97),
        ("twenty-third", 0.97),
        ("twenty-fourth", 0.97),
        ("twenty-fifth", 0.97),
        ("twenty-sixth", 0.97),
        ("twenty-seventh", 0.97),
        ("outside", 0.98),
    ],
)
def test_scripted_chats_are_understood(name: str, least: float) -> None:
    found, wrong = judged(lines(name))
    report = Report(tuple(found))
    assert not wrong
    assert report.right / len(found) >= least, told(report)


def test_the_corpus_is_large_and_half_of_it_is_regional_speech() -> None:
    scripts = [ScriptedChat.model_validate_json(line) for path in CHATS.glob("*.jsonl") for line in lines(path.stem)]
    assert len(scripts) >= 200
    assert len({script.id for script in scripts}) == len(scripts)
    assert sum(script.speech in REGIONAL for script in scripts) >= len(scripts) / 2


def test_a_wrong_expectation_is_seen_and_named() -> None:
    turns = [
        {"at": 0, "text": "lampu jalan mati di simpang lima", "does": ["open a"]},
        {"at": 60, "text": "makasih", "does": ["add a"]},
    ]
    script = ScriptedChat.model_validate({"id": "x", "turns": turns, "complaints": {"a": ["1", "2"]}})
    found = judge(script)
    assert found.wrong == (
        "2 “makasih”: thanks, expected add a", "complaint a has 1, expected 1, 2",
    )  # fmt: skip
    assert as_json(Report((found,)))["share"] == 0


def test_a_line_that_is_no_chat_is_named_and_left_out() -> None:
    good = {"id": "x", "turns": [{"at": 0, "text": "P", "does": ["greeting"]}]}
    found, wrong = judged(["nonsense", json.dumps(good), json.dumps({**good, "turns": [{"at": 0, "text": "P"}]})])
    assert [one.wrong for one in found] == [()]
    assert [sentence.partition(":")[0] for sentence in wrong] == ["line 1", "line 3"]
