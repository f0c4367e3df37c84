"""Who may call the reporter: on his own word, for a reason, with a second person's yes, shown once and in time."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.events.contact import ContactGround

from .given import Life, assigned, cause, message, sealed

H = sealed("handling")
Given = Callable[[], Life]
When = Callable[[Life], c.Command]


def allow(name: str = "allow") -> c.AllowContact:
    return c.AllowContact(cause=cause(name), party="reporter:1", message=message())


def disallow() -> c.DisallowContact:
    return c.DisallowContact(cause=cause("disallow"), party="reporter:1", message=message())


def ask(ground: ContactGround = "call", seat: str = "dlh", name: str = "wish") -> c.AskContact:
    return c.AskContact(cause=cause(name), seat=seat, ground=ground, reason=H)


def rule(
    life: Life, *, by: str = "koordinator", granted: bool = True, protects: bool = False, number: int = 1
) -> c.RuleContact:
    until = life.now + timedelta(minutes=30)
    return c.RuleContact(
        cause=cause(f"rule {number} {granted}"), by=by, number=number, granted=granted, until=until, policy=1,
        protects=protects,
    )  # fmt: skip


def show(seat: str = "dlh", name: str = "show") -> c.ShowContact:
    return c.ShowContact(cause=cause(name), seat=seat, number=1)


def allowed() -> Life:
    life = assigned()
    life.when(allow())
    return life


def asked(ground: ContactGround = "call") -> Life:
    life = allowed() if ground == "call" else assigned()
    life.when(ask(ground))
    return life


def granted(ground: ContactGround = "call") -> Life:
    life = asked(ground)
    life.when(rule(life, protects=ground != "call"))
    return life


def shown() -> Life:
    life = granted()
    life.when(show())
    return life


def with_question() -> Life:
    life = assigned()
    life.when(c.AskReporter(cause=cause("q"), seat="dlh", question=H))
    return life


def after(life: Life, command: c.Command) -> Life:
    life.when(command)
    return life


def merged() -> Life:
    life = assigned()
    life.when(c.Merge(cause=cause("m"), itself="a" * 26, into="b" * 26, by="person"))
    return life


def closed(end: str = "withdrawn") -> Life:
    assert end == "withdrawn"
    return after(allowed(), c.Withdraw(cause=cause("w"), party="reporter:1", message=message()))


LEADS_TO: list[tuple[str, Given, When, list[str]]] = [
    ("BOLEH HUBUNGI allows", assigned, lambda _: allow(), ["ContactAllowed"]),
    ("said again it is a message", allowed, lambda _: allow("again"), ["MessageAdded"]),
    ("it answers an open question too", with_question, lambda _: allow(), ["ContactAllowed", "QuestionAnswered"]),
    ("of a merged complaint as well", merged, lambda _: allow(), ["ContactAllowed"]),
    ("taken back", allowed, lambda _: disallow(), ["ContactDisallowed"]),
    ("taken back without having been given is a message", assigned, lambda _: disallow(), ["MessageAdded"]),
    ("a seat asks on the reporter's word", allowed, lambda _: ask(), ["ContactAsked"]),
    ("without it for a life at risk", assigned, lambda _: ask("danger"), ["ContactAsked"]),
    ("by law after the end, too", closed, lambda _: ask("law"), ["ContactAsked"]),
    ("a second person says yes", asked, rule, ["ContactRuled"]),
    ("or no", asked, lambda life: rule(life, granted=False), ["ContactRuled"]),
    ("without the reporter's word the data-protection officer", lambda: asked("danger"),
     lambda life: rule(life, protects=True), ["ContactRuled"]),
    ("a no needs no such office", lambda: asked("law"), lambda life: rule(life, granted=False), ["ContactRuled"]),
    ("it is shown to whoever asked", granted, lambda _: show(), ["ContactShown"]),
    ("just in time", lambda: granted().later(minutes=29), lambda _: show(), ["ContactShown"]),
    ("for a life at risk whatever the reporter says now",
     lambda: after(after(granted("danger"), allow()), disallow()), lambda _: show(), ["ContactShown"]),
    ("after a showing a new wish", shown, lambda _: ask(name="second"), ["ContactAsked"]),
]  # fmt: skip

REFUSED: list[tuple[str, Given, When, str]] = [
    ("nobody calls without the reporter's word", assigned, lambda _: ask(), "wrong_state"),
    ("nor after it was taken back", lambda: after(allowed(), disallow()), lambda _: ask(), "wrong_state"),
    ("nor after the end", closed, lambda _: ask(), "wrong_state"),
    ("one wish of a seat at a time", asked, lambda _: ask(name="again"), "wrong_state"),
    ("nobody says yes to himself", asked, lambda life: rule(life, by="dlh"), "not_allowed"),
    ("without the reporter's word a coordinator can't", lambda: asked("danger"), rule, "not_allowed"),
    ("no yes after it was taken back", lambda: after(asked(), disallow()), rule, "wrong_state"),
    ("ruled once", granted, lambda life: rule(life, granted=False), "wrong_state"),
    ("a wish that is not there", allowed, rule, "unknown_number"),
    ("not shown before the yes", asked, lambda _: show(), "unknown_number"),
    ("nor after a no", lambda: after(asked(), rule(asked(), granted=False)), lambda _: show(), "unknown_number"),
    ("to nobody else", granted, lambda _: show("pupr"), "not_yours"),
    ("once", shown, lambda _: show(name="again"), "wrong_state"),
    ("not later", lambda: granted().later(minutes=30), lambda _: show(), "wrong_state"),
    ("not after it was taken back", lambda: after(granted(), disallow()), lambda _: show(), "wrong_state"),
    ("not of one who was forgotten",
     lambda: after(granted(), c.EraseReporter(cause=cause("e"), party="reporter:1")), lambda _: show(), "wrong_state"),
    ("who was forgotten allows nothing",
     lambda: after(assigned(), c.EraseReporter(cause=cause("e"), party="reporter:1")), lambda _: allow(),
     "wrong_state"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "when", "then"), [row[1:] for row in LEADS_TO], ids=[row[0] for row in LEADS_TO])
def test_a_command_leads_to_exactly_these_events(given: Given, when: When, then: list[str]) -> None:
    life = given()
    command = when(life)
    assert [type(event).__name__ for event in life.when(command)] == then
    assert life.when(command) == (), "the same command again must lead to nothing"


@pytest.mark.parametrize(("given", "when", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_command_is_refused_with_a_code_of_the_closed_list(given: Given, when: When, code: str) -> None:
    life = given()
    assert life.refuses(when(life)).code == code


def test_a_refusal_grants_nothing_and_a_yes_has_an_end() -> None:
    life = asked()
    (no,) = life.when(rule(life, granted=False))
    assert isinstance(no, e.ContactRuled)
    assert no.until is None
    life = granted()
    (yes,) = life.last
    assert isinstance(yes, e.ContactRuled)
    assert yes.until == life.now + timedelta(minutes=30)


def test_the_words_that_answered_a_question_stand_in_the_answer_once() -> None:
    life = with_question()
    first, second = life.when(allow())
    assert isinstance(first, e.ContactAllowed)
    assert isinstance(second, e.QuestionAnswered)
    assert first.message is None
    assert second.message == message()


def test_consent_in_the_words_that_opened_it_is_given_once() -> None:
    life = assigned()
    [given] = life.when(c.AllowContact(cause=cause("with the opening"), party="reporter:1"))
    assert given == e.ContactAllowed(party="reporter:1", message=None)
    assert life.when(c.AllowContact(cause=cause("again"), party="reporter:1")) == ()
