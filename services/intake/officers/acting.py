"""From an order and what the seat has in hand to the command, or to what is still missing. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from services.contracts.base import ClosureClass
from services.contracts.commands import Accept, Progress, Resolve, Return, SeatAction
from services.contracts.officers import OfficerTask, Said, Standing
from services.contracts.tasks import Task
from services.intake.officers.grounds import NO_PICTURE
from services.intake.officers.words import LOOSE, Wish

PROGRESS_BY_PICTURE = "Foto dari lokasi."
DONE_BY_PICTURE = "Sudah dikerjakan; lihat fotonya."
_GROUND_WORDS = {
    "not_our_function": "Bukan tugas kami.",
    "not_our_area": "Bukan wilayah kami.",
    "incomplete": "Keterangannya kurang jelas.",
    "duplicate": "Sudah ada laporan yang sama.",
}
_STANDINGS: dict[str, Standing] = {
    "waiting_reporter": "waiting_reporter",
    "planned": "planned",
    "waiting_sign_off": "waiting_sign_off",
    "resolved": "resolved",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """What we ask back. `about`: the task, once it is known."""

    what: Said
    about: Task | None = None
    among: tuple[Task, ...] = ()
    """Where not all of his tasks can be meant: the same matter lies with two of his seats."""


def workable(tasks: Sequence[Task]) -> list[Task]:
    """What an officer can still do something about, in the order that it was sent in."""
    return [task for task in tasks if task.state in ("open", "waiting_reporter", "planned", "waiting_sign_off")]


def pick(wish: Wish, tasks: Sequence[Task], listed: Sequence[str]) -> Task | Missing:
    """The task that is meant. Numbers are those of the last list that he was sent."""
    if wish.ticket is not None:
        return _one([task for task in tasks if task.ticket == wish.ticket])
    if wish.complaint is not None:
        return _named(wish.complaint, tasks)
    if wish.number is not None:
        order = list(listed) or [name(task, tasks) for task in tasks]
        return _named(order[wish.number - 1], tasks) if 0 < wish.number <= len(order) else Missing("no_such")
    if not tasks:
        return Missing("nothing")
    return tasks[0] if len(tasks) == 1 else Missing("which")


def named(wish: Wish, listed: Sequence[str]) -> str | None:
    """The complaint that he speaks of, where his order alone says which."""
    if wish.complaint is not None:
        return wish.complaint.partition("@")[0]
    if wish.number is not None and 0 < wish.number <= len(listed):
        return listed[wish.number - 1].partition("@")[0]
    return None


def name(task: Task, tasks: Sequence[Task]) -> str:
    """What a list and a question remember it by: the complaint, and the seat where several of his have it."""
    twice = sum(other.complaint == task.complaint for other in tasks) > 1
    return f"{task.complaint}@{task.seat}" if twice else task.complaint


def _named(wanted: str, tasks: Sequence[Task]) -> Task | Missing:
    complaint, _, seat = wanted.partition("@")
    return _one([task for task in tasks if task.complaint == complaint and seat in ("", task.seat)])


def _one(found: Sequence[Task]) -> Task | Missing:
    if len(found) > 1:
        return Missing("which", among=tuple(found))
    return found[0] if found else Missing("no_such")


def together(tasks: Sequence[Task]) -> list[Task]:
    """Of several seats: what is due first on top, as each seat's own list is."""
    return sorted(tasks, key=lambda task: (_due(task) is None, _due(task) or task.at))


def _due(task: Task) -> datetime | None:
    return min((clock.due for clock in task.clocks if clock.running), default=None)


def action(wish: Wish, said: str, evidence: tuple[str, ...], task: Task) -> SeatAction | Missing:
    text = plain(said)
    match wish.do:
        case "accept":
            return Accept(do="accept", finish_by=wish.until) if wish.until is not None else Missing("when", task)
        case "return":
            if wish.ground is None:
                return Missing("why", task)
            return Return(do="return", ground=wish.ground, reason=text or _GROUND_WORDS[wish.ground])
        case "progress":
            if not text and not evidence:
                return Missing("words", task)
            return Progress(do="progress", text=text or PROGRESS_BY_PICTURE, evidence=evidence)
        case "resolve":
            if not evidence and not wish.without_picture:
                return Missing("photo", task)
            closure: ClosureClass = "explained" if task.kind == "question" else "fixed"
            return Resolve(do="resolve", closure=closure, text=text or DONE_BY_PICTURE, evidence=evidence)
        case "list" | "show":
            raise ValueError(wish.do)
        case _:
            assert_never(wish.do)


def shown_only(wish: Wish, task: OfficerTask) -> Said | None:
    """Nothing is done: he asked to see it, or we could not tell what he wants, or it stands as he says already."""
    if wish.unclear is not None:
        return "voice" if wish.unclear == "voice" else "unclear"
    return "task" if wish.do == "show" or (wish.mild and task.standing != "new") else None


def plain(said: str) -> str:
    """His words as others will read them: without what was meant for us alone."""
    left = NO_PICTURE.sub("", said).strip(LOOSE)
    return left[:1].upper() + left[1:]


def line(task: Task, seat: str | None = None) -> OfficerTask:
    """The task as its officer reads it in a chat. `seat`: title of the one that has it, where he speaks for several."""
    due = _due(task)
    waiting = [one.text for one in task.instructions if not one.answered]
    fresh = any(clock.name == "first_response" for clock in task.clocks)
    brief = task.brief
    return OfficerTask(
        complaint=task.complaint,
        ticket=task.ticket,
        summary="Laporan rahasia" if task.confidentiality == "secret" or brief is None else brief.summary,
        wording=None if task.confidentiality == "secret" or brief is None else brief.wording,
        standing=_STANDINGS.get(task.state, "new" if fresh else "open"),
        due=due,
        late=due is not None and due < task.at,
        instruction=waiting[-1] if waiting else None,
        seat=seat,
    )
