"""Own words by draft, and proof of work: who signs, what may be shown, and that nothing stands that does not hold."""

from dataclasses import replace

from services.complaint import commands as c
from services.complaint import events as e
from tests.complaint.given import Life, assigning, cause, message, opening, proposal, sealed

H = sealed("handling")


def working(**changes: object) -> Life:
    life = Life()
    life.when(opening())
    straight = assigning(life.now, "dlh", ())
    life.when(c.ProposeScreening(cause=cause("screen"), proposal=proposal(**changes), straight=straight))
    return life


def finished(*evidence: str, cleared: bool = True) -> Life:
    life = working()
    life.when(
        c.Resolve(cause=cause("done"), seat="dlh", closure="fixed", text=H, confirm_by=life.now, evidence=evidence)
    )
    for one in evidence if cleared else ():
        life.when(c.ClearEvidence(cause=cause(f"clear {one}"), seat="tim-saring", media=one, audience="public"))
    return life


def posted() -> Life:
    life = finished("picture")
    life.when(c.DraftProof(cause=cause("draft"), by="dlh", text=H, pictures=("picture",)))
    life.when(c.ApproveProof(cause=cause("yes"), by="prokopim", number=1, accounts=("facebook", "telegram")))
    for account in ("facebook", "telegram"):
        life.when(c.RecordPost(cause=cause(account), number=1, account=account, post=H))
    return life


def test_words_are_drafted_by_one_and_sent_by_whoever_signs_them() -> None:
    life = working()
    life.when(c.DraftReply(cause=cause("draft"), by="prokopim", seat="walikota", text=H))
    send = c.SendDraft(cause=cause("send"), seat="walikota", number=1, text=H)
    assert life.refuses(replace(send, seat="wawali")).code == "not_yours"
    assert life.refuses(replace(send, number=2)).code == "unknown_number"
    [sent] = life.when(send)
    assert sent == e.ReplySent(seat="walikota", text=H, draft=1, drafted_by="prokopim")
    assert life.when(send) == ()
    assert life.refuses(replace(send, cause=cause("again"))).code == "wrong_state"
    assert life.when(c.DropDraft(cause=cause("drop"), by="prokopim", number=1)) == ()


def test_a_dropped_draft_is_never_sent() -> None:
    life = working()
    life.when(c.DraftReply(cause=cause("draft"), by="prokopim", seat="walikota", text=H))
    assert life.refuses(c.DropDraft(cause=cause("x"), by="wawali", number=1)).code == "not_yours"
    life.when(c.DropDraft(cause=cause("drop"), by="walikota", number=1))
    assert life.refuses(c.SendDraft(cause=cause("s"), seat="walikota", number=1, text=H)).code == "wrong_state"


def test_only_finished_work_is_shown_with_pictures_that_a_person_cleared() -> None:
    draft = c.DraftProof(cause=cause("draft"), by="dlh", text=H, pictures=("picture",))
    assert working().refuses(draft).code == "wrong_state"
    assert finished("picture", cleared=False).refuses(draft).code == "evidence_unknown"
    assert finished("other").refuses(draft).code == "evidence_unknown"
    assert finished("picture").when(draft) == (
        e.ProofDrafted(number=1, by="dlh", text=H, pictures=("picture",), round=1),
    )  # fmt: skip


def test_a_secret_matter_is_never_shown() -> None:
    life = finished("picture")
    level = c.RaiseConfidentiality(cause=cause("secret"), level="secret", by="seat:walikota")
    life.when(c.DraftProof(cause=cause("draft"), by="dlh", text=H))
    life.when(level)
    assert life.refuses(c.DraftProof(cause=cause("d2"), by="dlh", text=H)).code == "not_allowed"
    assert (
        life.refuses(c.ApproveProof(cause=cause("y"), by="prokopim", number=1, accounts=("f",))).code == "not_allowed"
    )
    assert life.refuses(c.LinkProof(cause=cause("l"), by="dlh", link="https://example.go.id/1")).code == "not_allowed"


def test_somebody_else_approves_and_a_picture_that_was_hidden_since_is_not_shown() -> None:
    life = finished("picture")
    life.when(c.DraftProof(cause=cause("draft"), by="prokopim", text=H, pictures=("picture",)))
    yes = c.ApproveProof(cause=cause("yes"), by="prokopim", number=1, accounts=("facebook",))
    assert life.refuses(yes).code == "not_allowed"
    life.when(c.ClearEvidence(cause=cause("hide"), seat="tim-saring", media="picture", audience="hidden"))
    assert life.refuses(replace(yes, by="komunikasi")).code == "evidence_unknown"


def test_what_became_of_it_is_written_down_once_for_each_account() -> None:
    life = posted()
    assert life.when(c.RecordPost(cause=cause("again"), number=1, account="facebook", post=H)) == ()
    assert set(life.state.file.publications[1].posted) == {"facebook", "telegram"}  # type: ignore[union-attr]


def test_after_a_reopening_every_post_is_taken_back_and_the_next_resolution_shows_anew() -> None:
    life = posted()
    life.when(c.SayNotDone(cause=cause("no"), party="reporter:1", message=message()))
    taken = [
        life.when(c.RecordWithdrawal(cause=cause(f"w {one}"), number=1, account=one, how="deleted"))
        for one in ("facebook", "telegram", "facebook")
    ]
    assert [len(events) for events in taken] == [1, 1, 0]
    proof = life.state.file.publications[1]  # type: ignore[union-attr]
    assert proof.standing == "withdrawn"
    assert life.refuses(c.ApproveProof(cause=cause("y"), by="x", number=1, accounts=("f",))).code == "wrong_state"


def test_the_office_s_own_post_is_a_link_that_is_counted_once() -> None:
    life = finished()
    link = c.LinkProof(cause=cause("link"), by="dlh", link="https://example.go.id/1")
    assert life.when(link) == (e.ProofLinked(number=1, by="dlh", link=link.link, round=1),)
    assert life.when(replace(link, cause=cause("again"))) == ()
    [gone] = life.when(c.RecordWithdrawal(cause=cause("w"), number=1, account=None, how="by_hand"))
    assert isinstance(gone, e.ProofWithdrawn)
    assert (gone.why, gone.how) == ("reopened", "by_hand")


def test_a_post_that_only_its_people_reach_is_ticked_off_once_and_only_where_it_stands() -> None:
    life = posted()
    life.when(c.SayNotDone(cause=cause("no"), party="reporter:1", message=message()))
    life.when(c.RecordWithdrawal(cause=cause("w f"), number=1, account="facebook", how="by_hand"))
    life.when(c.RecordWithdrawal(cause=cause("w t"), number=1, account="telegram", how="deleted"))
    tick = c.ConfirmRemoval(cause=cause("tick"), by="prokopim", number=1, account="facebook")
    assert life.refuses(replace(tick, number=7)).code == "unknown_number"
    assert life.refuses(replace(tick, account="telegram")).code == "wrong_state"
    assert life.refuses(replace(tick, account=None)).code == "wrong_state"
    assert life.when(tick) == (e.ProofRemoved(number=1, account="facebook", by="prokopim"),)
    assert life.when(tick) == ()
    assert life.refuses(replace(tick, cause=cause("again"))).code == "wrong_state"


def test_the_office_s_own_post_is_ticked_off_without_an_account() -> None:
    life = finished()
    life.when(c.LinkProof(cause=cause("link"), by="dlh", link="https://example.go.id/1"))
    life.when(c.RecordWithdrawal(cause=cause("w"), number=1, account=None, how="by_hand"))
    tick = c.ConfirmRemoval(cause=cause("tick"), by="walikota", number=1)
    assert life.when(tick) == (e.ProofRemoved(number=1, by="walikota"),)
