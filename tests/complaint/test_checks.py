"""Honest closing: another seat's signature, pictures and who may see them, the audit."""

from datetime import timedelta

import pytest

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.state import Closed, Resolved, Working
from tests.complaint.given import Life, assigned, assigning, cause, message, resolved, resolving, sealed

H = sealed("handling")
PICTURE = "p" * 26


def asked(life: Life, to: str = "lurah-contoh", hours: int = 48) -> c.SignOffAsked:
    return c.SignOffAsked(to=to, due=life.now + timedelta(hours=hours), rule="48h", policy=1, why=("flagged",))


def submitted() -> Life:
    life = assigned().later(hours=2)
    life.when(resolving(life, evidence=(PICTURE,), sign_off=asked(life)))
    return life


def signing(life: Life, *, approved: bool, seat: str = "lurah-contoh") -> c.SignOff:
    return c.SignOff(
        cause=cause(f"sign {len(life.events)}"), seat=seat, approved=approved, text=H, resolution=H, referred_to=None,
        officer=None, confirm_by=life.now + timedelta(days=14),
    )  # fmt: skip


def test_what_waits_for_a_signature_is_not_resolved_and_the_reporter_is_not_asked() -> None:
    life = submitted()
    assert [type(event) for event in life.last] == [e.ResolutionSubmitted]
    assert isinstance(life.state, Working)
    assert life.state.desk.submission is not None
    assert life.state.desk.submission.to == "lurah-contoh"
    life.when(c.SayDone(cause=cause("done"), party="reporter:1", message=message()))
    assert [type(event) for event in life.last] == [e.MessageAdded], "nobody has asked for this word yet"


def test_without_a_signature_asked_for_the_way_is_as_before() -> None:
    assert [type(event) for event in resolved().last] == [e.ComplaintResolved]


def test_approval_resolves_as_it_was_submitted_in_the_same_decision() -> None:
    life = submitted().later(hours=3)
    word, done = life.when(signing(life, approved=True))
    assert isinstance(word, e.SignOffRecorded)
    assert word.approved
    assert word.submitted == len(life.events) - 2
    assert isinstance(done, e.ComplaintResolved)
    assert (done.seat, done.closure, done.evidence, done.without_proof) == ("dlh", "fixed", (PICTURE,), False)
    assert isinstance(life.state, Resolved)
    assert life.state.desk.submission is None


def test_refusal_returns_it_to_work_and_the_wait_is_charged_to_nobody() -> None:
    life = submitted()
    assert isinstance(life.state, Working)
    before = {(k.seat, k.name): k.due for hold in life.state.desk.holds.values() for k in hold.clocks}
    life.later(hours=30)
    (word,) = life.when(signing(life, approved=False))
    assert isinstance(word, e.SignOffRecorded)
    assert isinstance(life.state, Working)
    assert life.state.desk.submission is None
    after = {(k.seat, k.name): k.due for hold in life.state.desk.holds.values() for k in hold.clocks}
    assert after == {key: due + timedelta(hours=30) for key, due in before.items()}
    assert life.when(resolving(life, evidence=("q" * 26,))), "and it can be resolved again"


def test_no_clock_breaches_while_another_seat_looks() -> None:
    life = submitted()
    started = next(event.n for event in life.events if isinstance(event.data, e.ComplaintAssigned))
    life.later(days=9)
    breach = c.BreachClock(cause=cause("breach"), clock="first_response", seat="camat-contoh", started=started)
    assert life.when(breach) == ()


@pytest.mark.parametrize("seat", ["dlh", "camat-contoh", "walikota"])
def test_only_the_seat_that_was_asked_signs(seat: str) -> None:
    life = submitted()
    assert life.refuses(signing(life, approved=True, seat=seat)).code == "not_allowed"


def test_the_doer_waits_and_cannot_submit_twice_or_go_on() -> None:
    life = submitted()
    for command in (
        resolving(life),
        c.ReportProgress(cause=cause("p"), seat="dlh", text=H, evidence=("x",)),
        c.AskReporter(cause=cause("a"), seat="dlh", question=H),
        c.HandOff(cause=cause("h"), seat="dlh", to=e.Assignment(seat="pupr", role="lead"), reason=H),
    ):
        assert life.refuses(command).code == "wrong_state"


def test_a_ruling_takes_a_submission_off_the_table() -> None:
    life = submitted()
    life.when(c.Assign(cause=cause("rule"), by="person", assigning=assigning(life.now, lead="pupr")))
    assert life.refuses(signing(life, approved=True)).code == "wrong_state"


def test_the_time_to_sign_escalates_once_and_only_when_it_is_over() -> None:
    life = submitted()
    assert isinstance(life.state, Working)
    assert life.state.desk.submission is not None
    first = life.state.desk.submission.asked

    def escalation(asked_at: int, to: str) -> c.EscalateSignOff:
        due = life.now + timedelta(hours=48)
        name = cause(f"escalate {asked_at} {to} {life.now}")
        return c.EscalateSignOff(cause=name, asked=asked_at, to=to, due=due, rule="48h", policy=1)

    assert life.when(escalation(first, "camat-contoh")) == (), "not yet"
    life.later(hours=48)
    assert life.when(escalation(first, "dlh")) == (), "never to the doer"
    assert [type(event) for event in life.when(escalation(first, "sekda"))] == [e.SignOffEscalated]
    assert life.when(escalation(first, "walikota")) == (), "that asking is over"
    assert life.refuses(signing(life, approved=True)).code == "not_allowed", "it was the lurah's to sign"
    assert life.when(signing(life, approved=True, seat="sekda"))


def test_marks_are_told_before_what_they_are_about() -> None:
    life = assigned()
    mark = e.Mark(media=PICTURE, reason="like_before", bits=7)
    flagged, submission = life.when(resolving(life, marks=(mark,), policy=3, sign_off=asked(life)))
    assert isinstance(flagged, e.EvidenceFlagged)
    assert (flagged.marks, flagged.policy) == ((mark,), 3)
    assert isinstance(submission, e.ResolutionSubmitted)


def attached() -> Life:
    life = assigned()
    life.when(c.AttachEvidence(cause=cause("m"), party="reporter:1", media=PICTURE, content_type="image/jpeg", size=9))
    return life


def clearing(life: Life, audience: e.Audience, media: str = PICTURE) -> c.ClearEvidence:
    return c.ClearEvidence(
        cause=cause(f"clear {len(life.events)} {audience}"), seat="tim-saring", media=media, audience=audience
    )


def test_the_last_word_on_a_picture_counts_and_the_same_word_is_nothing_new() -> None:
    life = attached()
    assert life.when(clearing(life, "hidden")) == (), "hidden it is from the beginning"
    for audience in ("offices", "public", "hidden"):
        assert life.when(clearing(life, audience))
        assert life.state.file.cleared[PICTURE] == audience  # type: ignore[union-attr]  # it is open
        assert life.when(clearing(life, audience)) == ()


def test_a_picture_that_is_not_there_or_gone_can_not_be_cleared() -> None:
    life = attached()
    assert life.refuses(clearing(life, "offices", "x" * 26)).code == "evidence_unknown"
    life.when(c.EraseReporter(cause=cause("forget"), party="reporter:1"))
    assert life.refuses(clearing(life, "offices")).code == "wrong_state"


def test_nothing_of_a_secret_matter_becomes_public() -> None:
    life = attached()
    life.when(c.RaiseConfidentiality(cause=cause("up"), level="secret", by="seat:tim-saring"))
    assert life.refuses(clearing(life, "public")).code == "not_allowed"
    assert life.when(clearing(life, "offices"))


def test_an_offices_own_proof_can_be_cleared_too() -> None:
    life = resolved(evidence=())
    assert life.refuses(clearing(life, "public", "none" + "x" * 22)).code == "evidence_unknown"
    assert life.when(clearing(life, "public", "picture"))


def drawn(life: Life) -> Life:
    life.when(c.DrawAudit(cause=cause(f"draw {len(life.events)}"), round=1, share=0.1, policy=1))
    return life


def finding(life: Life, *, passed: bool, seat: str = "inspektorat") -> c.RecordAudit:
    return c.RecordAudit(cause=cause(f"audit {len(life.events)}"), seat=seat, passed=passed, text=H)


def test_a_resolution_is_drawn_once() -> None:
    life = drawn(resolved())
    assert [type(event) for event in life.last] == [e.AuditDrawn]
    assert drawn(life).last == ()


def test_what_is_not_resolved_is_not_drawn_and_what_is_not_drawn_is_not_audited() -> None:
    life = assigned()
    assert drawn(life).last == ()
    assert life.refuses(finding(life, passed=True)).code == "wrong_state"


def test_nobody_audits_their_own_work() -> None:
    life = drawn(resolved())
    assert life.refuses(finding(life, passed=True, seat="dlh")).code == "not_allowed"


def test_a_passed_audit_changes_nothing_else() -> None:
    life = drawn(resolved())
    assert [type(event) for event in life.when(finding(life, passed=True))] == [e.AuditRecorded]
    assert isinstance(life.state, Resolved)
    assert life.refuses(finding(life, passed=False)).code == "wrong_state", "it has been looked at"


@pytest.mark.parametrize("end", ["silent", "answered_on_air", None])
def test_a_failed_audit_reopens_what_no_reporter_has_confirmed(end: str | None) -> None:
    life = drawn(resolved())
    if end is not None:
        life.when(c.CloseAtTerm(cause=cause("close"), end=end))  # type: ignore[arg-type]  # from the table above
    found, reopened = life.when(finding(life, passed=False))
    assert isinstance(found, e.AuditRecorded)
    assert isinstance(reopened, e.ComplaintReopened)
    assert (reopened.party, reopened.round) == ("handling", 2)
    assert isinstance(life.state, Working)
    assert life.state.desk.lead == "dlh"


def test_a_failed_audit_of_what_the_reporter_confirmed_is_counted_and_leaves_it_closed() -> None:
    life = drawn(resolved())
    life.when(c.SayDone(cause=cause("done"), party="reporter:1", message=message()))
    assert [type(event) for event in life.when(finding(life, passed=False))] == [e.AuditRecorded]
    assert isinstance(life.state, Closed)


def test_a_second_round_may_be_drawn_again() -> None:
    life = drawn(resolved())
    life.when(c.SayNotDone(cause=cause("not done"), party="reporter:1", message=message()))
    life.when(resolving(life, evidence=("r" * 26,)))
    life.when(c.DrawAudit(cause=cause("second"), round=2, share=0.1, policy=1))
    (found,) = [event for event in life.when(finding(life, passed=True)) if isinstance(event, e.AuditRecorded)]
    assert found.round == 2
