"""README's promise: eight practices, each from receipt to its end, told and printed."""

import re
from datetime import datetime

import pytest

from tests.journeys.conftest import Demo

pytestmark = pytest.mark.slow

ENDS = {"confirmed", "silent"}


def test_the_stories_reach_their_end(demo: Demo) -> None:
    assert demo.code == 0, demo.told
    assert len(demo.stories) == 8
    assert {story["city"] for story in demo.stories} == {"bengkulu", "bukittinggi", "pekanbaru", "kupang"}
    assert [story["state"] for story in demo.stories].count("silent") == 1
    assert {story["state"] for story in demo.stories} == ENDS


def test_only_json_on_stdout_and_exactly_the_promised_fields(demo: Demo) -> None:
    for story in demo.stories:
        assert set(story) == {"city", "title", "ticket", "state", "events", "messages", "traces"}
        assert re.fullmatch(r"[A-Z]{3}-[0-9A-Z]{8}-[0-9A-Z]", story["ticket"])
        assert all(set(event) == {"type", "n", "at"} for event in story["events"])
        assert all(set(message) == {"at", "text"} for message in story["messages"])
        assert story["traces"]
        assert all(re.fullmatch(r"[0-9a-f]{32}", trace) for trace in story["traces"])


def test_every_life_is_without_a_gap_and_begins_with_receipt(demo: Demo) -> None:
    for story in demo.stories:
        assert [event["n"] for event in story["events"]] == list(range(1, len(story["events"]) + 1))
        assert story["events"][0]["type"] == "complaint.received"
        moments = [datetime.fromisoformat(event["at"]) for event in story["events"]]
        assert all(moment.tzinfo is not None for moment in moments)


def test_each_practice_leaves_its_own_facts(demo: Demo) -> None:
    hotline, social, bukittinggi, pekanbaru, kupang, lurah, live, lost = (_types(story) for story in demo.stories)
    assert {"complaint.concerned_recorded", "complaint.instructed", "complaint.instruction_answered"} <= hotline
    assert {"complaint.subtask_given", "complaint.subtask_done"} <= hotline
    assert {"complaint.clock_breached", "complaint.breach_explained", "complaint.note_ruled"} <= social
    assert "complaint.escalated" in social
    assert {"complaint.question_asked", "complaint.question_answered", "complaint.handed_off"} <= bukittinggi
    assert "complaint.closed" in bukittinggi
    assert "complaint.confirmed" not in bukittinggi
    assert {"complaint.merge_joined", "complaint.matter_reopened"} <= pekanbaru
    assert {"complaint.replied", "complaint.visited", "complaint.evidence_attached"} <= kupang
    assert {"complaint.returned", "complaint.return_refused", "complaint.planned", "complaint.plan_woke"} <= kupang
    assert {"complaint.accepted", "complaint.progressed", "complaint.resolved"} <= lurah
    assert {"complaint.reply_drafted", "complaint.proof_posted", "complaint.proof_withdrawn"} <= kupang
    assert "complaint.accepted" in live
    assert "complaint.account_lost" in lost
    for confirmed in (hotline, social, pekanbaru, kupang, lurah, live, lost):
        assert "complaint.confirmed" in confirmed


def test_no_reporter_is_named_in_what_is_printed(demo: Demo) -> None:
    for canary in ("628110", "Tetangga Contoh", "Warga Contoh", "warga.contoh", "Pak Lurah Contoh"):
        assert canary not in demo.out


def _types(story: dict[str, object]) -> set[str]:
    events = story["events"]
    assert isinstance(events, list)
    return {event["type"] for event in events}
