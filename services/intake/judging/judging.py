"""A played chat held against what its author expects: right or wrong, and where. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.contracts.scripted_chats import ScriptedChat, Turn
from services.intake.judging.rehearsal import Played, Rehearsal

Act = tuple[str, str | None]
_WISHES = frozenset({"anonymous", "secret", "call", "nocall", "stop", "resume", "word"})


@dataclass(frozen=True, slots=True)
class Judged:
    id: str
    speech: str
    turns: int
    wrong: tuple[str, ...]
    """A sentence for each thing that is not as expected; empty: exactly right."""
    wrong_turns: int


def judge(script: ScriptedChat) -> Judged:
    played = Rehearsal(script).play()
    wrong: list[str] = []
    turns = 0
    for position, turn in enumerate(script.turns, start=1):
        if turn.ours is not None:
            continue
        turns += 1
        name = turn.id or str(position)
        found = _plain(_labelled(played, played.acts.get(name, [])))
        expected = [_plain(_written(acts)) for acts in (turn.does, *turn.other)]
        if not any(_alike(found, one) for one in expected):
            wrong.append(f"{name} {_quoted(turn)}: {_shown(found)}, expected {' | '.join(map(_shown, expected))}")
    wrong_turns = len(wrong)
    wrong += _belonging(script, played)
    return Judged(script.id, script.speech, turns, tuple(wrong), wrong_turns)


def _labelled(played: Played, acts: Iterable[Act]) -> set[Act]:
    return {(verb, None if of is None else played.labels.get(of, f"?{of[:4]}")) for verb, of in acts}


def _written(acts: Sequence[str]) -> set[Act]:
    found: set[Act] = set()
    for act in acts:
        verb, _, of = act.partition(" ")
        found |= {(verb, label) for label in of.split(",")} if of else {(verb, None)}
    return found


def _plain(acts: set[Act]) -> set[Act]:
    """That a message of a complaint is added goes without saying where it does something else to it."""
    more = {of for verb, of in acts if verb not in ("add", "status", "which", "again")}
    return {(verb, of) for verb, of in acts if verb != "add" or of not in more}


def _alike(found: set[Act], expected: set[Act]) -> bool:
    if expected == {("status", None)}:
        return bool(found) and all(verb == "status" for verb, _ in found)
    return found == {
        (verb, None if verb in ("greeting", "thanks", "help", "nothing_open") else of) for verb, of in expected
    }


def _belonging(script: ScriptedChat, played: Played) -> list[str]:
    if not script.complaints and not played.belongs:
        return []
    wrong: list[str] = []
    wishes = {
        turn.id or str(position)
        for position, turn in enumerate(script.turns, start=1)
        if turn.does and all(act.partition(" ")[0] in _WISHES for act in turn.does)
    }
    by_label = {played.labels.get(one, f"?{one[:4]}"): messages for one, messages in played.belongs.items()}
    free = _free(script)
    for label in sorted(script.complaints.keys() | by_label.keys()):
        may = played.aside | wishes | free | set(script.may.get(label, ()))
        found, expected = by_label.get(label, set()), set(script.complaints.get(label, ()))
        if found - may != expected - may:
            wrong.append(f"complaint {label} has {_listed(found)}, expected {_listed(expected)}")
    return wrong


def _free(script: ScriptedChat) -> set[str]:
    """Messages of which the author says that several outcomes are right: they belong where they come."""
    return {turn.id or str(position) for position, turn in enumerate(script.turns, start=1) if turn.other}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names, key=lambda name: (len(name), name))) or "nothing"


def _quoted(turn: Turn) -> str:
    text = " ".join((turn.text or "").split())
    return (f"[{turn.kind}] " if turn.kind != "text" else "") + (f"“{text[:90]}”" if text else "")


def _shown(acts: set[Act]) -> str:
    return "; ".join(sorted(verb if of is None else f"{verb} {of}" for verb, of in acts)) or "nothing"


@dataclass(frozen=True, slots=True)
class Report:
    judged: tuple[Judged, ...]

    @property
    def right(self) -> int:
        return sum(not one.wrong for one in self.judged)

    @property
    def by_speech(self) -> dict[str, tuple[int, int]]:
        """Right and all, by speech."""
        every, right = Counter[str](), Counter[str]()
        for one in self.judged:
            every[one.speech] += 1
            right[one.speech] += not one.wrong
        return {speech: (right[speech], every[speech]) for speech in sorted(every)}

    @property
    def turns(self) -> tuple[int, int]:
        """Messages answered as expected, and all."""
        every = sum(one.turns for one in self.judged)
        return every - sum(one.wrong_turns for one in self.judged), every
