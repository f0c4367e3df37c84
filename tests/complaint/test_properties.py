"""Whatever is asked of a complaint, in whatever order: its history folds, counts without gap and repeats nothing."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from services.complaint import commands as c
from services.complaint import events as e
from services.complaint.aggregate import COMPLAINT as AGGREGATE
from services.complaint.decide import decide
from services.complaint.evolve import evolve
from services.complaint.state import INITIAL, Closed, State, Unopened, Working
from services.contracts.commands import Refusal

from .given import MONDAY, another, assigning, cause, clock, matter, message, opening, proposal, recorded, sealed

SEATS = st.sampled_from(["dlh", "camat-contoh", "pupr", "walikota"])
H = sealed("handling")


def _command(name: str, seat: str, other: str, n: int) -> list[c.Command]:
    by, now = cause(name), MONDAY
    said = message()
    return [
        opening(name),
        replace(opening(name), session=another(9), reachable=False),
        c.AnswerOnAir(cause=by, session=another(9), seat="walikota", text=H, settles=n % 2 == 0, by=seat),
        c.UndoEntry(cause=by, by=seat),
        c.RecordAccountLost(cause=by, door="hotline", since=MONDAY, suspect=n % 2 == 0),
        c.AddMessage(cause=by, party="reporter:1", message=said),
        c.SayDone(cause=by, party="reporter:1", message=said),
        c.SayNotDone(cause=by, party="reporter:1", message=said),
        c.Withdraw(cause=by, party="reporter:1", message=said),
        c.RaiseConfidentiality(cause=by, level="anonymous", by="reporter:1", party="reporter:1", message=said),
        c.EraseReporter(cause=by, party="reporter:1"),
        c.AttachEvidence(cause=by, party="reporter:1", media=f"m{n}", content_type="image/jpeg", size=1),
        c.RefuseEvidence(cause=by, party="reporter:1", reason="broken"),
        c.ProposeScreening(cause=by, proposal=proposal(n)),
        c.ProposeScreening(cause=by, proposal=proposal(n), straight=assigning(now, lead=seat, supporting=())),
        c.Screen(cause=by, matter=matter(kind="suggestion"), summary="x", assigning=assigning(now, seat, ())),
        c.Assign(cause=by, by="person", assigning=assigning(now, "dlh", ("camat-contoh",))),
        c.Accept(cause=by, seat=seat, finish_by=now + timedelta(days=n)),
        c.ReportProgress(cause=by, seat=seat, text=H, evidence=("m",)),
        c.RecordVisit(cause=by, seat=seat, text=H),
        c.AskReporter(cause=by, seat=seat, question=H, remind_at=now, lapse_at=now + timedelta(hours=9 * n)),
        c.RemindReporter(cause=by, number=n),
        c.LapseQuestion(cause=by, number=n),
        c.ReturnAssignment(cause=by, seat=seat, ground="not_our_function", reason=H, most_bounces=3),
        c.RefuseReturn(cause=by, by="sekda", number=n, reason=H, policy=1),
        c.DisposeInternally(cause=by, seat=seat, unit="upt"),
        c.AskExtension(
            cause=by, seat=seat, clock="first_response", until=now + timedelta(days=9 * n), reason=H, superior="sekda"
        ),
        c.AskExtension(cause=by, seat=seat, clock="subtask", until=now + timedelta(days=99), reason=H, number=n),
        c.RuleExtension(cause=by, by="sekda", coordinates=True, number=n, ruling="granted", reason=H),
        c.RuleExtension(cause=by, by=other, coordinates=n > 3, number=n, ruling="refused", reason=H),
        c.GiveSubtask(
            cause=by, by=seat, seat=other, text=H, due=now + timedelta(days=9 * n), coordinates=seat == "walikota"
        ),
        c.FinishSubtask(cause=by, seat=seat, number=n, text=H),
        c.DeclineSubtask(cause=by, seat=seat, number=n, reason=H),
        c.DropSubtask(cause=by, by=seat, number=n, reason=H),
        c.PlanWork(
            cause=by, seat=seat, programme=H, text=H, wakes=now + timedelta(days=9 * n), most_moves=2,
            coordinates=seat == "walikota",
        ),
        c.WakePlan(cause=by, started=n + 3),
        c.HandOff(
            cause=by, seat=seat, to=e.Assignment(seat=other, role="lead", clocks=(clock(other, now),)), reason=H,
            most_bounces=3,
        ),
        c.Resolve(cause=by, seat=seat, closure="fixed", text=H, confirm_by=now + timedelta(days=n)),
        c.AnswerInstruction(cause=by, seat=seat, number=n, text=H),
        c.ExplainBreach(cause=by, seat=seat, note=n, text=H),
        c.Instruct(cause=by, by="walikota", seat=other, text=H, due=now + timedelta(days=400)),
        c.RuleNote(cause=by, by="sekda", note=n, ruling="struck", text=H),
        c.MentionSeats(cause=by, by=seat, seats=(other, "sekda"), overseers=frozenset({"sekda"}), text=H),
        c.SendReply(cause=by, seat=seat, text=H),
        c.DraftReply(cause=by, by=seat, seat=other, text=H),
        c.SendDraft(cause=by, seat=seat, number=n, text=H),
        c.DropDraft(cause=by, by=seat, number=n),
        c.DraftProof(cause=by, by=seat, text=H),
        c.ApproveProof(cause=by, by=other, number=n, accounts=("facebook",)),
        c.DropProof(cause=by, by=seat, number=n),
        c.LinkProof(cause=by, by=seat, link="https://example.go.id/1"),
        *(c.RecordPost(cause=by, number=n, account="facebook", post=post) for post in (H, None)),
        *(c.RecordWithdrawal(cause=by, number=n, account=one, how=how) for one in ("facebook", None)
          for how in ("deleted", "by_hand")),
        *(c.ConfirmRemoval(cause=by, by=other, number=n, account=one) for one in ("facebook", None)),
        c.Resolve(
            cause=by, seat=seat, closure="fixed", text=H, confirm_by=now, evidence=("m",),
            marks=(e.Mark(media="m", reason="far_away", km=n),),
            sign_off=c.SignOffAsked(to=other, due=now + timedelta(days=n), rule="48h", policy=1, why=("flagged",)),
        ),
        *(
            c.SignOff(
                cause=by, seat=seat, approved=approved, text=H, resolution=H, referred_to=None, officer=None,
                confirm_by=now,
            )
            for approved in (True, False)
        ),
        c.EscalateSignOff(cause=by, asked=n, to=other, due=now + timedelta(days=n), rule="48h", policy=1),
        c.ClearEvidence(cause=by, seat=seat, media="m", audience="offices"),
        c.DrawAudit(cause=by, round=1, share=0.5, policy=1),
        *(c.RecordAudit(cause=by, seat=seat, passed=passed, text=H) for passed in (True, False)),
        *(
            c.BreachClock(
                cause=by, clock=kind, seat=seat, started=n + 1, superior="sekda", ladder=("sekda", "walikota"),
                escalates_at=now, vacant=n == 1,
            )
            for kind in ("first_response", "instruction", "subtask")
        ),
        *(
            c.Escalate(cause=by, clock=kind, seat=seat, started=n + 1, ladder=("sekda", "walikota"), next_at=now)
            for kind in ("first_response", "instruction")
        ),
        c.ActForVacant(cause=by, seat=seat, superior=other),
        c.RecomputeClocks(
            cause=by, from_policy=1, to_policy=2,
            moved=(e.RecomputedClock(name="first_response", seat=seat, started=n + 1, due=now, base=now, rule="1h"),),
        ),
        c.CloseAtTerm(cause=by),
        c.RecordTold(cause=by, party="reporter:1", notice=f"n{n}", about=n, template="t", channel="whatsapp"),
        c.AskForCall(
            cause=by, party="reporter:1", notice=f"n{n}", about=n, template="t", channel="whatsapp", reason="blocked"
        ),
        *(
            c.RecordCall(cause=by, seat=seat, party="reporter:1", outcome=outcome)
            for outcome in get_args(e.CallOutcome)
        ),
        c.RecordUnreachable(cause=by, party="reporter:1", notice=f"n{n}", about=n, channel="sms", reason="blocked"),
        *_sharing(by, n),
        c.AllowContact(cause=by, party="reporter:1", message=said),
        c.DisallowContact(cause=by, party="reporter:1", message=said),
        *(
            wish(cause=by, party="reporter:1", message=words)
            for wish in (c.StopNews, c.ResumeNews)
            for words in (said, None)
        ),
        c.GiveAfterword(cause=by, party="reporter:1", message=said, score=n),
        *(c.AskContact(cause=by, seat=seat, ground=ground, reason=H) for ground in ("call", "danger")),
        c.RuleContact(
            cause=by, by=other, number=n, granted=n != 2, until=now + timedelta(days=n), policy=1, protects=n > 3
        ),
        c.ShowContact(cause=by, seat=seat, number=n),
    ]  # fmt: skip


def _sharing(by: str, n: int) -> list[c.Command]:
    """Merged, taken apart, and main complaint of others, as machine and people would have it."""
    others = [another(number) for number in range(1, 4)]
    return [
        c.Merge(cause=by, itself=another(9), into=others[n % 3], by="person", reason=H),
        c.Merge(
            cause=by, itself=another(9), into=others[n % 3], by="machine", cluster=another(8), proposal=proposal(n)
        ),
        c.Unmerge(cause=by, by="person"),
        c.Unmerge(cause=by, by="machine", why="main_over"),
        c.JoinMerge(cause=by, complaints=tuple(others[: n % 3 + 1])),
        c.LeaveMerge(cause=by, complaints=(others[n % 3],)),
        c.HearAdvance(cause=by, main=others[n % 3], about=n, what="progressed"),
        c.HearResolution(
            cause=by, main=others[n % 3], about=n, seat="dlh", closure="fixed", without_proof=True,
            confirm_by=MONDAY + timedelta(days=n),
        ),
        c.ReopenMatter(cause=by, complaint=others[n % 3]),
        c.DismissDuplicate(cause=by, of=others[n % 3]),
        c.CountAffected(cause=by, who=others[n % 3], channel="whatsapp"),
    ]  # fmt: skip


_KINDS = len(_command("x", "dlh", "pupr", 1))

STEPS = st.lists(
    st.tuples(st.integers(0, _KINDS - 1), SEATS, SEATS, st.integers(1, 6), st.integers(0, 30)),
    min_size=1,
    max_size=40,
)

BUSY = st.tuples(st.just(0), SEATS, SEATS, st.just(1), st.just(0))
"""Most random lives would end at a refusal to begin: these begin with an opening."""


@given(BUSY, STEPS)
@settings(max_examples=300, deadline=None)
def test_every_allowed_history_folds_without_gap_and_the_same_command_again_yields_nothing(
    first: tuple[int, str, str, int, int], steps: list[tuple[int, str, str, int, int]]
) -> None:
    state: State = INITIAL
    now, n = MONDAY, 0
    history = []
    for index, (kind, seat, other, number, hours) in enumerate([first, *steps]):
        now += timedelta(hours=hours)
        command = _command(f"step {index}", seat, other, number)[kind]
        out = decide(state, command, now)
        if isinstance(out, Refusal):
            assert out.message
            continue
        for event in out:
            n += 1
            fact = recorded(n, event, command.cause, now)
            history.append(fact)
            state = evolve(state, fact)
        if out:
            again = decide(state, command, now)
            assert again == ()
        _holds_together(state, n)
    assert [fact.n for fact in history] == list(range(1, n + 1))
    replayed: State = INITIAL
    for fact in history:
        replayed = evolve(replayed, AGGREGATE.decode(fact.type, 1, AGGREGATE.encode(fact)))
    assert replayed == state, "stored and read again, the same history must give the same state"


def _holds_together(state: State, n: int) -> None:
    if isinstance(state, Unopened):
        assert n == 0
        return
    assert state.file.n == n
    if isinstance(state, Working):
        leads = [seat for seat, hold in state.desk.holds.items() if hold.role == "lead"]
        assert len(leads) <= 1
        opened = [sub.seat for sub in state.desk.subtasks.values() if sub.standing == "open"]
        assert set(opened) <= set(state.desk.holds), "who has a part of the work to do must see the work"
        assert state.desk.plan is None or state.desk.plan.seat == state.desk.lead
    if isinstance(state, Closed) and state.end == "confirmed":
        assert state.desk is not None
