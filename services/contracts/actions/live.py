"""LIVE sessions: planned, begun, ended by those who run it; seats check in; what was answered on air."""

from typing import Annotated, Literal

from pydantic import Field

from services.contracts.actions.values import Text
from services.contracts.base import Id, Moment, Received, Token
from services.contracts.facts.live import Platform

Roster = Annotated[tuple[Token, ...], Field(max_length=200)]


class PlanLive(Received):
    """A city fact: a session with its host and the seats that stand by. The reply's `fact` is the session's id."""

    do: Literal["plan_live"]
    platform: Platform
    host: Token
    title: str | None = Field(default=None, min_length=1, max_length=200)
    planned_for: Moment
    roster: Roster = ()
    """Empty: the host alone."""


class SetLiveRoster(Received):
    """The whole roster from here on."""

    do: Literal["set_live_roster"]
    session: Id
    roster: Roster


class CheckInLive(Received):
    """The seat stands by; only what is on the roster can."""

    do: Literal["check_in_live"]
    session: Id


class StartLive(Received):
    do: Literal["start_live"]
    session: Id


class EndLive(Received):
    do: Literal["end_live"]
    session: Id


class AnswerOnAir(Received):
    """An answer given on air, as a fact of the complaint. With `settles` the complaint ends by it."""

    do: Literal["answer_on_air"]
    session: Id
    text: Text
    """What was said, in a sentence."""
    settles: bool = False
    """The matter is answered and nothing is left to do: it ends as `answered_on_air`."""


class UndoEntry(Received):
    """What a moderator entered wrongly, within minutes: the entry is taken back."""

    do: Literal["undo_entry"]
