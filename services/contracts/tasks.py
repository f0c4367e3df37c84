"""What an office gets in its queue: `agency.<city>.<seat>.<complaint>`, each message the whole current task.

Repeats are harmless: a task with an `n` not above the one you hold says nothing new. Taking a message from the queue
and acking it is not accepting the task; that is a command.
"""

from typing import Literal

from services.contracts.base import Confidentiality, Function, Kind, Moment, Received, Stored, Token, Urgency

TaskUpdate = Literal[
    "assigned", "changed", "instructed", "answered", "reopened", "resolved", "closed", "withdrawn", "merged", "erased",
    "extended", "subtask", "woke", "escalated",
]  # fmt: skip
"""Why this version of the task was published. `extended`: more time was asked for or ruled on; `subtask`: a part of the
work was given or has ended; `woke`: the date of planned work has come.

`escalated`: it came up to you because a seat below did not answer in time, or nobody sits there; your role is
`superior`.
`erased`: the reporter was forgotten. The work goes on: put this task, without his words, in the place of what you hold.
With `state` `gone` a task is a tombstone, whatever led to it (`withdrawn`: no longer yours; `merged`): drop what you
hold of the complaint but its id.
"""


class TaskPlace(Stored):
    """To the kelurahan; what is nearer than that is in `brief.wording` if a screener cleared it."""

    district: str | None
    """Kecamatan."""
    ward: str | None
    """Kelurahan."""
    ward_code: str | None
    """Kemendagri code."""


class Brief(Stored):
    """The field brief. `summary` is made by rules; `wording` are the reporter's words as a screener cleared them."""

    summary: str
    wording: str | None = None
    concerned_name: str | None = None
    concerned_place: str | None = None
    """The person a report is about and where to find the house, never the reporter."""


class TaskClock(Stored):
    name: str
    due: Moment
    because: str
    """One sentence in Indonesian."""
    running: bool
    """False while the clock stands still: the reporter is asked something, or the work is planned for a date."""


class TaskPicture(Stored):
    """A picture that a screener cleared for the offices, or that an office gave as proof.

    `GET /media/<reference>` with your media token gives it, as long as the task is yours and the picture cleared.
    """

    reference: str
    of: Literal["reporter", "office"]
    content_type: str | None
    """None: see the answer's own."""


class TaskSignOff(Stored):
    """Your resolution needs another seat's word before the reporter hears of it."""

    seat: Token
    due: Moment | None
    approved: bool | None
    """None: not yet said. False: back to work, for the reason in `text`."""
    text: str | None


class TaskInstruction(Stored):
    number: int
    by: Token
    text: str
    due: Moment | None
    answered: bool


class TaskQuestion(Stored):
    number: int
    question: str
    answered: bool
    lapsed: bool = False
    """Nobody answered within the term; the work goes on without it."""


class TaskExtension(Stored):
    """More time that this seat asked for."""

    number: int
    clock: str
    until: Moment
    """The date that was granted, or the one asked for."""
    ruling: Literal["granted", "refused"] | None


class TaskSubtask(Stored):
    """A part of the work: the lead sees all of them, every other seat its own."""

    number: int
    by: Token
    seat: Token
    text: str
    due: Moment
    standing: Literal["open", "done", "declined", "dropped"]
    answer: str | None = None
    """What was done, or why not."""


class TaskPlan(Stored):
    """The work has its date; the task wakes itself."""

    programme: str
    date: Moment
    moves: int
    """How often the date has been moved."""


class Task(Stored):
    version: Literal[1] = 1
    complaint: str
    n: int
    city: Token
    seat: Token
    ticket: str
    update: TaskUpdate
    state: Literal["open", "waiting_reporter", "waiting_sign_off", "planned", "resolved", "closed", "gone"]
    role: Literal["lead", "supporting", "territorial", "superior"] | None
    kind: Kind | None = None
    category: str | None = None
    function: Function | None = None
    urgency: Urgency = "normal"
    confidentiality: Confidentiality = "normal"
    place: TaskPlace | None = None
    brief: Brief | None = None
    clocks: tuple[TaskClock, ...] = ()
    instructions: tuple[TaskInstruction, ...] = ()
    questions: tuple[TaskQuestion, ...] = ()
    extensions: tuple[TaskExtension, ...] = ()
    subtasks: tuple[TaskSubtask, ...] = ()
    plan: TaskPlan | None = None
    unit: Token | None = None
    """The bidang or UPT of your office that has it, by the city's rules or as `dispose` said."""
    fixed_here: bool = False
    """Only a coordinator may move it from here: by a ruling, or because it was moved too often."""
    pictures: tuple[TaskPicture, ...] = ()
    sign_off: TaskSignOff | None = None
    round: int = 1
    """1, and one more for each reopening."""
    may_be_called: bool = False
    """The reporter allowed to be called (BOLEH HUBUNGI): the contact is asked for at the console, with a reason."""
    reporters: int = 1
    """Complaints about this matter that are handled by this task, this one included."""
    at: Moment
    traceparent: str | None = None


class OpenWorkRequest(Received):
    """Body of the request on `command.<city>.agency.<agency>.open_work`; `{}` asks for the first page."""

    version: Literal[1] = 1
    next: str | None = None


class OpenWork(Stored):
    """Answer to `open_work`: every open task, at most 100 a page, fewer where they are long; `next` asks for the page
    behind it, None: there is none."""

    version: Literal[1] = 1
    tasks: tuple[Task, ...]
    next: str | None = None


class SeatWork(Stored):
    """Answer to a seat's `open_work`: at most 100 tasks, the one that is due first on top; or a refusal's sentence."""

    version: Literal[1] = 1
    tasks: tuple[Task, ...] = ()
    refusal: str | None = None
