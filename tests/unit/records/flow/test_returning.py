"""退回, 拿回, 撤销, 跳转, 唤醒, 挂起 (flow scenarios RET, WDR)."""

from datetime import timedelta

import pytest

from records.errors import Invalid, Refused
from records.flow.task import Outcome
from records.identity import Login
from tests.flow_office import Paper, a_file, without


def at_hub() -> Paper:
    return Paper.of("dispatch").act("author", "send").act("head", "forward")


def at_second() -> Paper:
    return at_hub().act("registry", "to_second", ["leader1"])


@pytest.mark.feature("FW-07")
def test_a_return_leads_to_the_step_before_and_to_those_who_held_it() -> None:
    paper = at_hub().act("registry2", "return")
    assert (paper.now.state, paper.holders()) == ("section", ["post:law/科室负责人"])
    assert paper.outcomes()["post:bureau/机要室"] == Outcome.RETURNED
    paper.act("head", "return")
    assert (paper.now.state, paper.holders()) == ("draft", ["person:author"])


def test_e6_a_return_goes_to_the_post_and_not_to_a_person_who_has_left() -> None:
    paper = at_second()
    paper.organisation = without(paper.organisation, "registry")
    paper.act("leader1", "mend")
    assert paper.holders() == ["post:bureau/机要室"]
    assert "to_first" in paper.may("registry2")


def test_a_returned_step_has_its_deadline_anew() -> None:
    paper = at_second().act("leader1", "back").act("registry", "return")
    assert paper.now.state == "second"
    assert str(paper.task_of("leader1").due_on) == "2026-11-24"


def test_ret_03_only_steps_that_were_passed_can_be_returned_to() -> None:
    paper = at_second()
    with pytest.raises(Invalid, match="choose_step"):
        paper.act("leader1", "return_to", ["first"])
    paper.act("leader1", "return_to", ["section"])
    assert (paper.now.state, paper.holders()) == ("section", ["post:law/科室负责人"])


def test_ret_04_and_06_the_mended_record_comes_straight_back_as_often_as_it_takes() -> None:
    paper = at_second()
    for _ in range(3):
        paper.act("leader1", "mend")
        assert paper.now.state == "hub"
        paper.act("registry", "to_second", ["leader2"])
        assert (paper.now.state, paper.holders()) == ("second", ["person:leader1"])
    assert not paper.now.ways_back


def test_ret_04_who_returns_chooses_whether_it_goes_through_all_again() -> None:
    straight = at_hub().act("registry", "return", straight=True).act("head", "return")
    straight.act("author", "send")
    assert straight.now.state == "section"
    straight.act("head", "forward")
    assert straight.holders() == ["post:bureau/机要室"]
    again = at_hub().act("registry", "return", straight=False).act("head", "forward")
    assert (again.now.state, again.now.ways_back) == ("hub", ())


def test_ret_07_step_by_step_ends_at_the_author() -> None:
    paper = at_hub().act("registry", "to_first", ["leader1"])
    for login, state in (("leader1", "hub"), ("registry", "section"), ("head", "draft")):
        paper.act(login, "return")
        assert paper.now.state == state
    assert "return" not in paper.may("author")


def test_ret_09_after_it_was_handed_on_whoever_acted_has_it_again_or_who_gave_it_to_him() -> None:
    paper = at_second().act("leader1", "hand_on", ["leader2"]).act("leader2", "back")
    kept = paper.tried("registry", "return")
    assert [t.holder for t in kept.holding_tasks] == ["person:leader2"]
    paper.organisation = without(paper.organisation, "leader2")
    assert paper.act("registry", "return").holders() == ["person:leader1"]


def test_ret_17_a_change_of_the_text_takes_seal_and_layout_away() -> None:
    paper = at_hub().act("registry", "clean").act("registry", "seal")
    assert set(paper.now.marks) == {"clean", "sealed"}
    paper.edit(a_file("body", "1", since=paper.now.number + 1))
    assert paper.now.marks == {}
    with pytest.raises(Refused, match="mark_missing"):
        paper.act("registry", "seal")


def test_a_mark_falls_with_what_it_certified_and_no_other_does() -> None:
    paper = at_hub().act("registry", "clean")
    paper.act("registry", "number_it", fields={"number": "渝〔2026〕1号"})
    paper.edit(number="渝〔2026〕2号")
    assert set(paper.now.marks) == {"clean"}
    paper.edit(a_file("layout", "2", since=paper.now.number + 1))
    assert set(paper.now.marks) == {"clean"}


def test_ret_16_a_number_stays_with_its_record_through_a_return() -> None:
    paper = at_hub().act("registry", "number_it", fields={"number": "渝〔2026〕1号"})
    assert paper.now.marks["numbered"] == "渝〔2026〕1号"
    paper.act("registry", "return").act("head", "forward")
    assert paper.now.fields["number"] == "渝〔2026〕1号"
    assert "numbered" in paper.now.marks


def test_ret_18_what_was_circulated_stays_when_the_record_goes_back() -> None:
    paper = at_hub().act("registry", "circulate", ["leader3"]).act("registry", "return")
    assert paper.task_of("leader3").label == "传阅"
    assert paper.may("leader3") == {"read"}


def test_par_04_a_return_out_of_a_join_ends_the_others_and_both_begin_anew() -> None:
    paper = at_hub().act("registry", "clean").act("registry", "to_leaders", ["leader1", "leader2"])
    paper.act("leader1", "sign").act("leader2", "return_to", ["hub"])
    assert (paper.now.state, paper.holders()) == ("hub", ["post:bureau/机要室"])
    paper.act("registry", "to_leaders", ["leader1", "leader2"])
    assert paper.holders() == ["person:leader1", "person:leader2"]


def test_wdr_03_and_07_the_sender_takes_it_back_to_his_own_step_while_nobody_has_opened_it() -> (
    None
):
    paper = at_second()
    assert "take_back" not in paper.may("author")
    taken = paper.tried("registry", "take_back")
    assert (taken.state, [t.holder for t in taken.holding_tasks]) == (
        "hub",
        ["post:bureau/机要室"],
    )
    paper.opened_by = frozenset({Login("leader1")})
    with pytest.raises(Refused, match="already_opened"):
        paper.act("registry", "take_back")


def test_add_06_whoever_was_sent_it_by_mistake_may_not_read_it_any_more() -> None:
    paper = at_second().act("registry", "take_back")
    assert "person:leader1" not in paper.now.participants
    assert any(t.holder == "person:leader1" for t in paper.now.tasks)
    seen = at_second()
    seen.opened_by = frozenset({Login("leader1")})
    seen.act("registry", "reassign", {"": ["leader2"]})
    assert "person:leader1" in seen.now.participants
    unseen = at_second().act("registry", "reassign", {"": ["leader2"]})
    assert "person:leader1" not in unseen.now.participants


def test_wdr_04_nothing_is_taken_back_by_halves() -> None:
    paper = at_hub().act("registry", "clean").act("registry", "to_leaders", ["leader1", "leader2"])
    paper.act("leader1", "sign")
    with pytest.raises(Refused, match="already_acted"):
        paper.act("registry", "take_back")
    assert paper.holders() == ["person:leader2"]


def test_wdr_06_the_words_said_before_are_kept() -> None:
    paper = Paper.of("dispatch").act("author", "send", opinion="请审").act("author", "take_back")
    paper.act("author", "send", opinion="再请审")
    assert [o.text for o in paper.now.opinions] == ["请审", "再请审"]


def test_wdr_12_while_it_is_suspended_nobody_acts_and_no_day_counts() -> None:
    paper = at_second().act("registry", "suspend")
    with pytest.raises(Refused, match="suspended"):
        paper.act("leader1", "back")
    due = paper.task_of("leader1").due_on
    assert due is not None
    paper.later(days=3).act("registry", "resume")
    assert paper.task_of("leader1").due_on == due + timedelta(days=3)
    assert paper.act("leader1", "back").now.state == "hub"


def test_a_void_record_is_woken_for_those_who_held_it() -> None:
    paper = at_hub().act("author", "discard").act("registry", "reopen")
    assert (paper.now.state, paper.holders()) == ("hub", ["post:bureau/机要室"])


def test_trf_19_an_administrator_moves_it_with_a_reason_and_no_opinion_is_lost() -> None:
    paper = at_second().act("leader1", "back", opinion="可行")
    paper.act("admin", "jump", {"step": ["first"], "": ["leader3"]}, opinion="补初审")
    assert (paper.now.state, paper.holders()) == ("first", ["person:leader3"])
    paper.act("admin", "jump", {"step": ["hub"]}, opinion="复原")
    assert paper.holders() == ["post:bureau/机要室"]
    assert "可行" in {o.text for o in paper.now.opinions}
    with pytest.raises(Refused, match="not_yours"):
        paper.act("registry", "jump", {"step": ["first"]})


def test_signing_in_order_stays_in_order_when_the_step_is_opened_again() -> None:
    paper = at_hub().act("registry", "in_order", ["leader1", "leader2"])
    paper.act("author", "discard").act("registry", "reopen")
    assert paper.holders() == ["person:leader1"]
    assert paper.act("leader1", "sign").holders() == ["person:leader2"]


def test_nothing_is_entered_from_paper_for_who_is_not_asked_yet() -> None:
    paper = at_hub().act("registry", "in_order", ["leader1", "leader2"])
    with pytest.raises(Invalid, match="choose_tasks"):
        paper.act("registry", "enter", ["person:leader2"])
