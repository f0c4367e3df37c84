"""What the log's events change in a chat: which complaint is resolved, which waits for an answer. Pure."""

from dataclasses import replace
from datetime import datetime

from services.intake.conversation.chat import Chat, Known, Phase

PHASES: dict[str, Phase] = {
    "complaint.resolved": "resolved",
    "complaint.matter_resolved": "resolved",
    "complaint.reopened": "open",
    "complaint.confirmed": "closed",
    "complaint.closed": "closed",
    "complaint.withdrawn": "withdrawn",
}
ASKED: dict[str, bool] = {
    "complaint.question_asked": True,
    "complaint.question_answered": False,
    "complaint.resolved": False,
    "complaint.matter_resolved": False,
}
SPOKE = frozenset(
    {
        "complaint.resolved",
        "complaint.matter_resolved",
        "complaint.closed",
        "complaint.question_asked",
        "complaint.replied",
        "complaint.progressed",
        "complaint.visited",
        "complaint.planned",
        "complaint.question_reminded",
    }
)
"""Our side had something to say."""


def happened(chat: Chat, complaint: str, type_: str, at: datetime) -> Chat:
    """The chat after an event of one of its complaints; the same chat for what does not concern it."""
    if type_ not in PHASES and type_ not in ASKED and type_ not in SPOKE:
        return chat
    return replace(
        chat, known=tuple(_changed(one, type_, at) if one.complaint == complaint else one for one in chat.known)
    )


def _changed(one: Known, type_: str, at: datetime) -> Known:
    return replace(
        one,
        phase=PHASES.get(type_, one.phase),
        asked=ASKED.get(type_, one.asked),
        moved=at if type_ in SPOKE else one.moved,
    )
