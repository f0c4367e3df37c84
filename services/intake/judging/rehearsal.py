"""A scripted chat, played to the rules that the door decides by: the same hearing and memory, no database."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from services.contracts import buttons, ids, tickets
from services.contracts.base import Confidentiality
from services.contracts.intake import IntakeMessage, Media, Pin, Sender, Wish
from services.contracts.scripted_chats import ScriptedChat, Turn
from services.intake.conversation import decisions as d
from services.intake.conversation.chat import Chat, Known
from services.intake.conversation.hearing import hear, marker
from services.intake.conversation.remembering import after, asks_again, expired, overdue
from services.intake.conversation.rules import decide
from services.intake.conversation.standing import happened

_KEY = b"rehearsal" * 4
_BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_CARRIES = frozenset({"image", "video", "document", "voice", "sticker"})
_LEVEL: dict[Confidentiality, str] = {"anonymous": "anonymous", "secret": "secret"}
_OURS = {
    "told": "complaint.progressed",
    "asked": "complaint.question_asked",
    "resolved": "complaint.resolved",
    "closed": "complaint.closed",
    "reopened": "complaint.reopened",
}


@dataclass(slots=True)
class Played:
    """What came of it: acts by turn id, as `verb` and complaint, and which messages each complaint has."""

    acts: dict[str, list[tuple[str, str | None]]] = field(default_factory=lambda: defaultdict(list))
    belongs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    aside: set[str] = field(default_factory=set)
    """Turns that are no message of a complaint by themselves: wishes, and answers to what we asked."""
    labels: dict[str, str] = field(default_factory=dict)
    """Complaint → the author's label, as far as one fits."""


class Rehearsal:
    """One chat. `ScriptedChat` in, `Played` out; nothing is kept between chats."""

    def __init__(self, script: ScriptedChat) -> None:
        self._script = script
        self._chat = Chat()
        self._played = Played()
        self._about: dict[str, str] = {}
        """Turn id → complaint, of both sides' messages."""
        self._codes: dict[str, str] = {}
        """Ticket → complaint."""

    def play(self) -> Played:
        last = _BEGIN
        for position, turn in enumerate(self._script.turns, start=1):
            name = turn.id or str(position)
            last = _BEGIN + timedelta(seconds=turn.at)
            self._wait_until(last)
            if turn.ours is not None:
                self._ours(turn, name, last)
            else:
                self._says(turn, name, last)
        self._wait_until(last + timedelta(days=1))
        return self._played

    def _wait_until(self, at: datetime) -> None:
        settle = overdue(self._chat, at)
        if settle is not None:
            self._settle(settle, None, at)
        self._chat = expired(self._chat, at)

    def _ours(self, turn: Turn, name: str, at: datetime) -> None:
        complaint = self._complaint(turn.of)
        if complaint is not None and turn.ours is not None:
            self._about[name] = complaint
            self._chat = happened(self._chat, complaint, _OURS[turn.ours], at)

    def _says(self, turn: Turn, name: str, at: datetime) -> None:
        message = self._message(turn, name)
        mine = [one.complaint for one in self._chat.known]
        code = tickets.find(message.text) if message.text else None
        about = self._about.get(message.edits or message.reply_to or "")
        heard = hear(
            message,
            at=at,
            key=name,
            about=about,
            cited=self._codes.get(code) if code else None,
            mine=mine,
            mark=marker(_KEY),
        )
        decision = decide(self._chat, heard)
        opened = self._opened(turn, name, decision)
        before = {one.complaint: one for one in self._chat.known}
        if isinstance(decision, d.Hold) and not asks_again(self._chat, heard, decision):
            self._act(name, "none", None)
        self._chat = after(self._chat, heard, decision, opened)
        self._note(decision, name, at, before, opened)

    def _opened(self, turn: Turn, name: str, decision: d.Decision) -> list[str]:
        match decision:
            case d.Open():
                count = 1
            case d.Settle(wish="open"):
                count = 1
            case d.Together():
                count = sum(isinstance(one, d.Open) for one in decision.parts)
            case _:
                return []
        wanted = _open_labels(turn, count)
        found = []
        for i in range(count):
            complaint = ids.derive(_KEY, "complaint", name, str(i))
            found.append(complaint)
            if i < len(wanted):
                self._played.labels[complaint] = wanted[i]
        return found

    def _note(self, decision: d.Decision, name: str, at: datetime, before: dict[str, Known], opened: list[str]) -> None:
        match decision:
            case d.Open():
                self._opens(name, opened[0], decision)
            case d.Together():
                fresh = iter(opened)
                for part in decision.parts:
                    if isinstance(part, d.Open):
                        self._opens(name, next(fresh), part)
                    else:
                        self._does(part, name, at, before)
            case d.Add() | d.Done() | d.NotDone() | d.Cancel():
                self._does(decision, name, at, before)
            case d.Raise():
                self._played.aside.add(name)
                for complaint in decision.complaints:
                    self._act(name, _LEVEL[decision.level], complaint)
            case d.MayCall():
                self._played.aside.add(name)
                for complaint in decision.complaints:
                    self._act(name, "call" if decision.may else "nocall", complaint)
            case d.News():
                self._played.aside.add(name)
                for complaint in decision.complaints:
                    self._act(name, "resume" if decision.wanted else "stop", complaint)
            case d.Afterword():
                self._played.aside.add(name)
                self._act(name, "word", decision.complaint)
            case d.Settle():
                self._settle(decision, name, at, opened)
            case d.Hold():
                if ("none", None) not in self._played.acts[name]:
                    for complaint in decision.complaints:
                        self._act(name, "again" if decision.kind == "again_or_new" else "which", complaint)
            case d.Tell():
                self._told(decision, name)
            case d.Forget():
                self._act(name, "forget", None)
                self._chat = Chat()
            case d.Affected():
                self._act(name, "affected", None)
            case d.Nothing():
                self._act(name, "none", None)

    def _told(self, tell: d.Tell, name: str) -> None:
        if tell.kind != "status":
            self._act(name, tell.kind, None)
        for complaint in tell.complaints if tell.kind == "status" else ():
            self._act(name, "status", complaint)

    def _opens(self, name: str, complaint: str, opening: d.Open) -> None:
        self._act(name, "open", complaint)
        if opening.level is not None and opening.level in _LEVEL:
            self._act(name, _LEVEL[opening.level], complaint)
        if opening.call:
            self._act(name, "call", complaint)
        self._joins(name, complaint)

    def _does(
        self, one: d.Add | d.Done | d.NotDone | d.Cancel, name: str, at: datetime, before: dict[str, Known]
    ) -> None:
        phase = before[one.complaint].phase
        asked = before[one.complaint].asked
        verb, event = "add", "complaint.question_answered" if asked else ""
        match one:
            case d.Done() if phase == "resolved":
                verb, event = "confirm", "complaint.confirmed"
            case d.NotDone() if phase in ("resolved", "closed"):
                verb, event = "reopen", "complaint.reopened"
            case d.Cancel() if phase in ("open", "resolved"):
                verb, event = "withdraw", "complaint.withdrawn"
            case _:
                pass
        self._act(name, verb, one.complaint)
        for complaint in one.hush if isinstance(one, d.Done | d.NotDone) else ():
            self._act(name, "stop", complaint)
        self._joins(name, one.complaint)
        self._chat = happened(self._chat, one.complaint, event, at)

    def _settle(self, settle: d.Settle, name: str | None, at: datetime, opened: list[str] | None = None) -> None:
        """`name` None: nobody answered in time."""
        complaints = list(settle.complaints)
        if settle.wish == "open":
            fresh = opened[0] if opened else ids.derive(_KEY, "complaint", settle.waiting[0])
            if name is None:
                self._label(fresh, settle.waiting)
                self._chat = Chat((*self._chat.known, Known(fresh, "open", at, opened=at)))
            else:
                self._act(name, "open", fresh)
            complaints = [fresh]
        elif name is None:
            self._chat = Chat(self._chat.known)
        before = {one.complaint: one for one in self._chat.known}
        for complaint in complaints:
            for waiting in settle.waiting:
                self._joins(waiting, complaint)
            if name is not None:
                self._played.aside.add(name)
                self._joins(name, complaint)
                if settle.wish not in ("open", "call", "no_call", "status"):
                    self._does(_WISHES[settle.wish](complaint), name, at, before)

    def _label(self, complaint: str, waiting: tuple[str, ...]) -> None:
        taken = set(self._played.labels.values())
        for label, messages in self._script.complaints.items():
            if label not in taken and set(messages) & set(waiting):
                self._played.labels[complaint] = label
                return

    def _joins(self, name: str, complaint: str) -> None:
        self._about.setdefault(name, complaint)
        self._played.belongs[complaint].add(name)
        if complaint not in self._codes.values():
            code = _code(len(self._codes))
            self._codes[code] = complaint

    def _act(self, name: str, verb: str, complaint: str | None) -> None:
        if (verb, complaint) not in self._played.acts[name]:
            self._played.acts[name].append((verb, complaint))

    def _complaint(self, label: str | None) -> str | None:
        return next((one for one, known in self._played.labels.items() if known == label), None)

    def _message(self, turn: Turn, name: str) -> IntakeMessage:
        pressed = None
        if turn.pressed is not None:
            wish, _, label = turn.pressed.partition(" ")
            complaint = self._complaint(label) or "a" * 26
            pressed = buttons.payload(
                "confirm" if wish == "confirm" else "reopen" if wish == "reopen" else "status", complaint
            )
        return IntakeMessage(
            id=name,
            sender=Sender(person="rehearsal"),
            form=turn.kind,
            text=self._with_tickets(turn.text),
            media=(Media(handle=name),) if turn.kind in _CARRIES else (),
            pin=Pin(latitude=0, longitude=0) if turn.kind == "location" else None,
            button=pressed,
            reply_to=turn.replies_to,
            edits=turn.edits,
            forwarded=turn.forwarded,
        )

    def _with_tickets(self, text: str | None) -> str | None:
        if text is None or "{ticket:" not in text:
            return text
        for code, complaint in self._codes.items():
            label = self._played.labels.get(complaint)
            if label is not None:
                text = text.replace(f"{{ticket:{label}}}", code)
        other = _code(30)
        self._codes[other] = "stranger"
        return text.replace("{ticket:other}", other)


_WISHES: dict[Wish, type[d.Add] | type[d.Done] | type[d.NotDone] | type[d.Cancel]] = {
    "add": d.Add,
    "done": d.Done,
    "not_done": d.NotDone,
    "withdraw": d.Cancel,
}


def _open_labels(turn: Turn, count: int) -> list[str]:
    """The labels that the author gave to what opens here, of the outcome that opens as many."""
    found: list[list[str]] = [
        [label for act in acts if act.startswith("open ") for label in act[5:].split(",")]
        for acts in (turn.does, *turn.other)
    ]
    return next((labels for labels in found if len(labels) == count), max(found, key=len))


def _code(number: int) -> str:
    while (code := tickets.make("TST", 7_000_003 * (number + 1))) is None:
        number += 100
    return code
