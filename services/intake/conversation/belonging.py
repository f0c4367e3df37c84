"""Where what somebody tells belongs: to a complaint that goes on, to one that is over, or to none yet. Pure."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from services.contracts.intake import Wish
from services.intake.conversation import answers
from services.intake.conversation.chat import Chat, Heard, Known, Phase
from services.intake.conversation.choosing import by_matter, pointed
from services.intake.conversation.decisions import Add, Cancel, Decision, Done, Hold, NotDone, Open, Raise, Tell
from services.intake.conversation.mixing import several
from services.intake.conversation.referring import refers_back
from services.intake.conversation.setting_out import POINTS_BACK, begins, has_place, only_says_where
from services.intake.conversation.signs import denies, leans
from services.intake.conversation.topics import AT_PLACES, akin, differ
from services.intake.conversation.vocabulary import vocabulary

FRESH = timedelta(hours=1)
"""People send a matter in pieces; so long after the last piece the next one is of the same."""
PIECES = timedelta(minutes=15)
"""The pieces of one telling follow each other more quickly."""
LONG_SILENCE = timedelta(hours=12)
"""After it, what plainly tells of something and shares no word with what is open is a new complaint."""
WE_SPOKE = timedelta(hours=36)
"""So long what our side said last is what a person answers to."""
STILL_MEANT = timedelta(days=30)
"""So long after its last word a message may still mean a complaint that is over."""

_DANGER = vocabulary(
    "kebakaran terbakar tabaka tabakar api tenggelam hanyut pingsan sekarat bunuh dibunuh kesetrum tersetrum "
    "tertimbun terjebak melahirkan pendarahan meledak ledakan darurat nyawa tertimpa diperkosa tersengat setrum "
    "keracunan terseret terperangkap kritis kejang kajang parang golok celurit mengamuk menjuntai ditusuk dibacok"
)
"""What never waits for an answer of ours, whatever it belongs to."""


def content(chat: Chat, target: Known | None, heard: Heard) -> Decision:
    """A message that tells something."""
    announced = answers.announced(chat, heard) if target is None else None
    if announced is not None and (heard.reading.says == "content" or heard.carries or heard.reading.telling):
        return several(chat, heard) or announced
    if target is not None:
        return _to_target(target, heard)
    together = several(chat, heard)
    if together is not None:
        return together
    if heard.reading.new:
        return Open(heard.reading.level)
    if not active(chat):
        return _after_the_end(chat, heard)
    return _among(chat, heard)


def _to_target(target: Known, heard: Heard) -> Decision:
    if target.phase in ("open", "resolved"):
        if heard.reading.new and differ(target.topics, heard.reading.topics):
            return Open(heard.reading.level)
        if target.phase == "resolved" and heard.reading.bad and heard.reading.topics & target.topics:
            return NotDone(target.complaint)
        return added(target, heard)
    if heard.reading.new or (heard.reading.telling and differ(target.topics, heard.reading.topics)):
        return Open(heard.reading.level)
    if target.phase == "withdrawn":
        return Open(heard.reading.level)
    return _again_or_new(target, heard)


def _again_or_new(closed: Known, heard: Heard) -> Decision:
    if danger(heard):
        return Open(heard.reading.level)
    return Hold("again_or_new", (closed.complaint,), "not_done")


def _after_the_end(chat: Chat, heard: Heard) -> Decision:
    """Everything of this chat is over."""
    recent = [one for one in chat.latest_first() if one.phase == "closed" and heard.at - one.stirred <= STILL_MEANT]
    if not recent:
        return Open(heard.reading.level)
    told = heard.reading.topics
    meant = pointed(recent, heard)
    if not meant and told and heard.reading.telling and all(differ(one.topics, told) for one in recent):
        return Open(heard.reading.level)
    if not meant and heard.reading.telling and not told and heard.reading.bad and not heard.carries:
        return Open(heard.reading.level)
    beside = "juga" in heard.reading.words and heard.reading.bad and heard.reading.telling and not heard.carries
    apart = bool(told) and all(differ(one.topics, told) for one in recent)
    if beside and (not meant or apart or _elsewhere_too(recent[0], heard)):
        return Open(heard.reading.level)  # `di situ juga ada lubang`: beside what is over
    fitting = next((one for one in recent if one.complaint in meant), recent[0])
    return _again_or_new(fitting, heard)


def _among(chat: Chat, heard: Heard) -> Decision:
    """Something is going on."""
    going = active(chat)
    told = heard.reading.topics
    waiting = asked(chat)
    fitting = tuple(one for one in going if one.topics & told and not _only_there(one, heard))
    if waiting is not None and danger(heard) and told and differ(waiting.topics, told) and not fitting:
        return Open(heard.reading.level)  # whatever was asked, it answers nothing
    if waiting is not None and (waiting in fitting or not fitting):
        return added(waiting, heard)
    if len(fitting) > 1:
        meant = by_matter(fitting, heard)
        fitting = tuple(one for one in fitting if one.complaint in meant) or (_nearest(fitting),)
    if fitting and _elsewhere_too(fitting[0], heard):
        return Open(heard.reading.level)
    if fitting:
        return _fits(fitting[0], heard)
    focus = _focus(going, heard)
    spoke = focus is not None and focus.moved is not None and heard.at - focus.moved <= WE_SPOKE
    if focus is not None and focus.phase == "resolved" and not heard.carries:
        if heard.reading.perhaps_done and (not told or (spoke and not heard.reading.bad and len(going) == 1)):
            return Done(focus.complaint)
        if not told and _denied(heard):
            return NotDone(focus.complaint)
        if spoke and len(going) == 1 and not differ(focus.topics, told) and _praised(heard):
            return Done(focus.complaint)
    if refers_back(heard.reading.words) and heard.at - going[0].last_heard <= LONG_SILENCE:
        return added(going[0], heard)
    if going[0].phase == "open" and only_says_where(heard):
        return added(going[0], heard)
    if told and heard.reading.telling and _another(going, heard):
        return Open(heard.reading.level)
    shared = by_matter(going, heard)
    if shared:
        return _fits(next(one for one in going if one.complaint == shared[0]), heard)
    if focus is None:
        return Open(heard.reading.level) if danger(heard) else Hold("which_complaint", ids(counted(chat, going)), "add")
    if focus.phase == "resolved" and heard.reading.perhaps_done and not heard.carries:
        return Done(focus.complaint)
    if (
        focus.phase == "resolved"
        and spoke
        and not told
        and not has_place(heard)
        and not heard.carries
        and _undone(heard)
    ):
        return NotDone(focus.complaint)
    late = heard.at - focus.stirred > LONG_SILENCE or (focus.phase == "resolved" and heard.reading.bad)
    if (
        late
        and (begins(heard) or _strange(focus, heard))
        and not heard.carries
        and focus.marks
        and not (told and akin(focus.topics, told))
    ):
        return Open(heard.reading.level)
    if (
        late
        and heard.reading.bad
        and len(heard.reading.meaning) > 3
        and not heard.carries
        and not (told and akin(focus.topics, told))
        and (told or has_place(heard) or len(heard.reading.meaning) > 7 or focus.phase == "resolved")
    ):
        return Open(heard.reading.level)
    return added(focus, heard)


def _fits(one: Known, heard: Heard) -> Decision:
    """Of the same matter. What is bad about it after the office said that it is done says that it is not."""
    if one.phase == "resolved" and not heard.carries and (heard.reading.perhaps_done or _praised(heard)):
        return Done(one.complaint)
    if one.phase == "resolved" and _undone(heard) and not heard.carries:
        return NotDone(one.complaint)
    return added(one, heard)


def _denied(heard: Heard) -> bool:
    """A few words against what an office has just called done, and nothing that could be told for the first time."""
    few = len(heard.reading.meaning) <= 6 and not has_place(heard)
    return few and not heard.carries and not heard.reading.asks and denies(heard.reading.words)


OWN_WORDS = 4
"""Words of its own, none of which was told before, that make it another matter after a long silence."""


def _strange(one: Known, heard: Heard) -> bool:
    found, own = frozenset(heard.reading.words), heard.marks
    return len(own) >= OWN_WORDS and not own & one.marks and not found & POINTS_BACK and one.phase == "open"


def _praised(heard: Heard) -> bool:
    return leans(heard.reading.words, asks=heard.reading.asks) == "done"


def _undone(heard: Heard) -> bool:
    return heard.reading.bad or leans(heard.reading.words, asks=heard.reading.asks) == "not_done"


def _only_there(one: Known, heard: Heard) -> bool:
    """`atap pasar bocor`, a while after the market's fence: the place is the same, the matter is not."""
    told = heard.reading.topics
    place = one.topics & told <= AT_PLACES and bool(told - AT_PLACES - one.topics)
    return place and heard.reading.bad and heard.reading.telling and heard.at - one.stirred > PIECES


def _elsewhere_too(one: Known, heard: Heard) -> bool:
    """`lampu mati juga di Liliba`, a while after the one in Kayu Putih: the same trouble at a new place."""
    found = heard.reading.words
    placed = "di" in found and found.index("di") + 1 < len(found) and found[found.index("di") + 1] not in _HERE
    late = heard.at - one.stirred > PIECES
    if heard.at - one.stirred > FRESH and heard.streets and one.marks and not heard.streets & one.marks:
        whole = heard.reading.bad and heard.reading.telling and not heard.reading.asks
        if whole and frozenset(found).isdisjoint(POINTS_BACK | {"salah", "bukan", "alamat", "lokasi"}):
            return True  # `jl salak berlubang`, a day after the one in jl pisang
    return late and "juga" in found and placed and heard.reading.bad and bool(heard.marks - one.marks)


_HERE = frozenset(
    {
        "sini",
        "situ",
        "sana",
        "rumah",
        "tempat",
        "daerah",
        "gang",
        "saya",
        "rt",
        "kampung",
        "lingkungan",
        "atas",
        "bawah",
    }
)


def _another(going: Sequence[Known], heard: Heard) -> bool:
    """Plainly of something else than all that is open."""
    told = heard.reading.topics
    if not (heard.reading.bad or heard.reading.says == "also") and len(heard.reading.meaning) < 4:
        return False
    for one in going:
        if not one.topics:
            if heard.at - one.stirred <= (FRESH if one.marks else LONG_SILENCE):  # a picture alone waits for its words
                return False
            continue
        fresh = heard.at - one.stirred <= LONG_SILENCE and one.phase == "open"
        apart = heard.at - one.stirred > PIECES and has_place(heard)
        if fresh and not heard.reading.bad and not apart:
            return False
        beside = "juga" in heard.reading.words and heard.reading.bad and has_place(heard)
        if fresh and akin(one.topics, told) and not apart and not beside:
            return False
    return True


def _focus(going: Sequence[Known], heard: Heard) -> Known | None:
    """The one that is being spoken of; None: it could be any of several."""
    if len(going) == 1:
        return going[0]
    latest, before = going[0], going[1]
    if heard.at - latest.last_heard <= FRESH:
        return latest
    ours = latest.moved is not None and heard.at - latest.moved <= WE_SPOKE
    apart = latest.stirred - before.stirred > FRESH
    return latest if ours and apart else None


def _nearest(some: Sequence[Known]) -> Known:
    return max(some, key=lambda one: one.stirred)


def added(to: Known, heard: Heard) -> Decision:
    level = heard.reading.level
    return Add(to.complaint) if level is None else Raise((to.complaint,), level)


def stranger_to(chat: Chat, heard: Heard) -> bool:
    """It speaks of something, and of nothing that this chat has brought."""
    told = heard.reading.topics
    return bool(told) and heard.reading.bad and all(differ(one.topics, told) for one in chat.known)


def unheard(chat: Chat, heard: Heard) -> bool:
    """Whatever it asks, it asks of something that none of this chat's complaints speaks of."""
    told = heard.reading.topics
    return bool(told) and bool(chat.known) and all(differ(one.topics, told) for one in chat.known)


def danger(heard: Heard) -> bool:
    return speaks_of_danger(heard.reading.words)


def speaks_of_danger(words: Iterable[str]) -> bool:
    """Standard words, as `phrases.read` gives them."""
    return not _DANGER.isdisjoint(words)


def active(chat: Chat) -> tuple[Known, ...]:
    """What goes on, the one spoken of last first."""
    return tuple(one for one in chat.latest_first() if one.phase in ("open", "resolved"))


def within(chat: Chat, phase: Phase) -> tuple[Known, ...]:
    return tuple(one for one in chat.latest_first() if one.phase == phase)


def asked(chat: Chat) -> Known | None:
    """The one for which an office waits to be answered; of several the one spoken of last."""
    return next(iter(all_asked(chat)), None)


def all_asked(chat: Chat) -> tuple[Known, ...]:
    """Those for which an office waits, the one spoken of last first."""
    return tuple(one for one in chat.latest_first() if one.asked and one.phase == "open")


def ids(some: Sequence[Known]) -> tuple[str, ...]:
    return tuple(one.complaint for one in some)


def counted(chat: Chat, some: Sequence[Known]) -> tuple[Known, ...]:
    return tuple(one for one in chat.in_order() if one in some)


def one_of(
    candidates: Sequence[str], act: type[Cancel] | type[Done] | type[NotDone], wish: Wish, otherwise: str
) -> Decision:
    """The one there is; of several we ask which."""
    if not candidates:
        return Tell("nothing_open") if otherwise == "nothing_open" else Tell("thanks")
    return act(candidates[0]) if len(candidates) == 1 else Hold("which_complaint", tuple(candidates), wish)
