"""How a wish for no news, and a word after a confirmation, change a complaint's file; in any phase."""

from services.complaint.changes import told as told_changes
from services.complaint.events import news
from services.complaint.state import File
from services.contracts.changing import replace

NEWS = news.NewsStopped | news.NewsResumed | news.AfterwordGiven


def changed(file: File, data: news.Event) -> File:
    heard = told_changes.heard(file)
    match data:
        case news.NewsStopped():
            return replace(heard, hushed=heard.hushed | {data.party})
        case news.NewsResumed():
            return replace(heard, hushed=heard.hushed - {data.party})
        case news.AfterwordGiven():
            return replace(heard, afterwords=heard.afterwords | {data.party})


def confirmed(file: File, party: str) -> File:
    """Another word is welcome after another confirmation."""
    return replace(file, afterwords=file.afterwords - {party}) if party in file.afterwords else file
