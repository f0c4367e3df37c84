"""Scripted chats: the form of a corpus on which the understanding of conversations is judged. One chat a line, JSON.

    {"id": "b-01", "speech": "bengkulu", "turns": [
        {"at": 0, "text": "lampu jalan padam di simpang skip", "does": ["open a"]},
        {"at": 20, "kind": "image", "does": ["add a"]},
        {"at": 90000, "ours": "resolved", "of": "a", "id": "done"},
        {"at": 93600, "text": "alun idup pak", "replies_to": "done", "does": ["reopen a"]}],
     "complaints": {"a": ["1", "2", "4"]}}

Turns stand in the order in which they arrive; `at` is in seconds from the chat's beginning. A turn with `ours` is what
happened on our side: a message of ours that the person may answer (`told`), an office's question (`asked`), its word
that it is done (`resolved`), the end of the term (`closed`), a reopening by an audit (`reopened`). Any other turn is a
message of the person. A turn's id is its position (the first is "1") unless it names one.

`does` is what must come of a message. Labels (`a`, `b` …) are the author's names of complaints.

    open a         a new complaint, with a ticket and an acknowledgement
    add a          a further message of a; so is SUDAH, BELUM or an answer to an office before anything is resolved
    confirm a      the person says that a resolved matter is finished
    reopen a       … that it is not, or is so no more
    withdraw a     BATAL
    anonymous a    the reporter is hidden · secret a: the content, too (each may name several: `secret a,b`)
    call a         the person may be called · nocall a: rather not
    stop a         no news of a any more (several: `stop a,b`) · resume a: news again
    word a         how it went with a, said after SUDAH; nothing opens
    forget         LUPAKAN SAYA
    affected       counted as affected by somebody else's complaint, "saya juga"
    status a       news of a; `status` alone: of somebody else's ticket, or of all that goes on
    which a,b      we ask which one is meant, in the order in which they were brought; the message waits
    again a        a is over: we ask whether it is meant again, or something new; the message waits
    greeting · thanks · help · nothing_open · not_understood      what is answered and changes nothing
    none           neither answer nor change

A message that does several things lists them (`["confirm a", "open b"]`, `["open a", "anonymous a"]`); `or` lists other
outcomes that are right as well. `complaints` says which messages belong to which complaint in the end: those that open,
add, confirm, reopen or withdraw. One that waited belongs where the answer said; the answer itself belongs there too if
it tells more than which one (`boleh`, optional members: `may` lists, by label, messages that may belong or not). What
nobody answers within an hour becomes a complaint of its own (`again`) or goes to the one spoken of last (`which`).

In a text `{ticket:a}` stands for a's ticket code, `{ticket:other}` for a stranger's. A message with `replies_to` or
`edits` names the turn that it answers or changes.
"""

import re
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from services.contracts.base import Received

Label = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{0,7}$")]
TurnId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,20}$")]

_ACT = re.compile(
    r"^(?:(?:open|add|confirm|reopen|withdraw|anonymous|secret|call|nocall|stop|resume|word|status|which|again)"
    r"(?: [a-z][a-z0-9]{0,7}"
    r"(?:,[a-z][a-z0-9]{0,7})*)|status|forget|affected|greeting|thanks|help|nothing_open|not_understood|none)$"
)

Act = Annotated[str, StringConstraints(pattern=_ACT.pattern)]


class Turn(Received):
    """A message of the person, or what happened on our side."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    at: float = Field(ge=0)
    id: TurnId | None = None
    ours: Literal["told", "asked", "resolved", "closed", "reopened"] | None = None
    of: Label | None = None
    """The complaint that `ours` is about."""
    kind: Literal[
        "text", "image", "video", "document", "voice", "location", "button", "sticker", "reaction", "contact", "other",
        "removed",
    ] = "text"  # fmt: skip
    text: str | None = None
    replies_to: TurnId | None = None
    edits: TurnId | None = None
    forwarded: bool = False
    pressed: Annotated[str, StringConstraints(pattern=r"^(confirm|reopen|status) [a-z][a-z0-9]{0,7}$")] | None = None
    """A button of ours: `confirm a`."""
    does: tuple[Act, ...] = ()
    other: tuple[tuple[Act, ...], ...] = Field(default=(), alias="or")

    @model_validator(mode="after")
    def _one_of_two(self) -> "Turn":
        if (self.ours is None) != (self.of is None):
            raise ValueError("`ours` and `of` stand together")
        if self.ours is None and not self.does:
            raise ValueError("a message of the person needs `does`")
        return self


class ScriptedChat(Received):
    """One person's chat with a city."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    speech: str = "indonesian"
    """`bengkulu`, `minang`, `pekanbaru`, `kupang`, `indonesian`, or any other."""
    about: str | None = None
    turns: tuple[Turn, ...] = Field(min_length=1)
    complaints: dict[Label, tuple[TurnId, ...]] = {}
    may: dict[Label, tuple[TurnId, ...]] = {}
