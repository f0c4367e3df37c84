"""One complaint that holds two matters: which messages can begin one of their own."""

from dataclasses import replace

from services.complaint import commands as c
from services.complaint import events as e

from .given import Life, another, assigned, cause, message, received, resolved, sealed


def split(*messages: int, name: str = "split") -> c.Split:
    return c.Split(cause=cause(name), into=another(7), messages=messages, reason=sealed("handling"))


def told_twice() -> Life:
    life = received()
    life.when(c.AddMessage(cause=cause("second"), party="reporter:1", message=message()))
    return life


def test_a_message_is_split_off_and_stays_where_it_is() -> None:
    life = told_twice()
    n = max(life.state.file.spoken)  # type: ignore[union-attr]  # it was received
    [event] = life.when(split(n))
    assert event == e.ComplaintSplit(into=another(7), messages=(n,), reason=sealed("handling"))
    assert n in life.state.file.spoken  # type: ignore[union-attr]


def test_the_same_messages_are_not_split_off_twice_and_a_repeated_command_yields_nothing() -> None:
    life = told_twice()
    assert life.when(split(1))
    assert life.when(split(1)) == ()
    assert life.when(split(1, name="another seat's")) == ()
    assert life.when(split(1, max(life.state.file.spoken), name="more")) != ()  # type: ignore[union-attr]


def test_only_what_the_reporter_said_can_be_split_off() -> None:
    assert received().refuses(split(99)).code == "unknown_number"
    assert received().refuses(split()).code == "unknown_number"


def test_nothing_is_copied_of_somebody_who_was_forgotten() -> None:
    life = received()
    life.when(c.EraseReporter(cause=cause("forget"), party="reporter:1"))
    assert life.refuses(split(1)).code == "wrong_state"


def test_a_resolved_complaint_can_be_split_too() -> None:
    assert resolved().when(split(1))


def voiced() -> Life:
    life = received()
    note = message().model_copy(update={"form": "voice", "text": None, "media": 1})
    life.when(c.AddMessage(cause=cause("voice note"), party="reporter:1", message=note))
    return life


def written(of: int, name: str = "written") -> c.Transcribe:
    words = message().model_copy(update={"channel": "staff", "door": "staff", "transcribes": of})
    return c.Transcribe(cause=cause(name), of=of, message=words)


def test_what_a_voice_note_says_is_the_reporters_word_and_no_new_message_of_his() -> None:
    life = voiced()
    [event] = life.when(written(2))
    assert isinstance(event, e.MessageAdded)
    assert event.message.transcribes == 2
    assert life.state.file.spoken == {1, 2}  # type: ignore[union-attr]  # it was received
    assert life.when(written(2)) == (), "the same command again"
    assert life.when(written(2, "better heard")), "a better hearing corrects it"


def test_only_what_can_be_listened_to_is_written_down() -> None:
    assert voiced().refuses(written(1)).code == "unknown_number"
    assert voiced().refuses(written(99)).code == "unknown_number"


def test_nothing_is_written_down_of_somebody_who_was_forgotten() -> None:
    life = voiced()
    life.when(c.EraseReporter(cause=cause("forget"), party="reporter:1"))
    assert life.refuses(written(2)).code == "wrong_state"


def test_an_offices_question_is_not_answered_by_what_staff_wrote_down() -> None:
    life = assigned()
    life.when(c.AddMessage(cause=cause("note"), party="reporter:1",
                           message=message().model_copy(update={"form": "voice", "media": 1})))  # fmt: skip
    n = life.events[-1].n
    life.when(c.AskReporter(cause=cause("ask"), seat="dlh", question=sealed("handling"), officer=None))
    [event] = life.when(written(n))
    assert isinstance(event, e.MessageAdded)
    assert life.state.desk.questions  # type: ignore[union-attr]  # still open


def test_a_picture_of_another_message_that_shows_both_goes_along() -> None:
    life = told_twice()
    life.when(c.AttachEvidence(cause=cause("pic"), party="reporter:1", media="m1", content_type="image/jpeg", size=9))
    n = life.events[-1].n
    [event] = life.when(replace(split(1), pictures=(n, n)))
    assert event == e.ComplaintSplit(into=another(7), messages=(1,), pictures=(n,), reason=sealed("handling"))
    assert life.refuses(replace(split(2, name="other"), pictures=(1,))).code == "unknown_number"
