"""转办, 委派, 加签, 减签, 认领, 传阅, 沟通, 委托 (flow scenarios TRF, ADD, CCR)."""

import pytest

from records.errors import Refused
from records.flow.task import Outcome, Verdict
from records.identity import Login
from records.people.delegation import Delegation
from records.people.organisation import Organisation
from records.rights.access import person_token
from records.rights.editing import may_edit
from tests.flow_office import Paper, without


def at_hub() -> Paper:
    return Paper.of("dispatch").act("author", "send").act("head", "forward")


def at_leaders(*leaders: str) -> Paper:
    return at_hub().act("registry", "clean").act("registry", "to_leaders", leaders)


def test_trf_03_who_was_handed_the_task_signs_in_that_place() -> None:
    paper = at_leaders("leader1", "leader2").act("leader2", "hand_on", ["leader3"])
    paper.act("leader1", "sign")
    assert paper.holders() == ["person:leader3"]
    assert paper.act("leader3", "sign").now.state == "hub"
    assert paper.outcomes()["leader2"] == Outcome.HANDED_ON


def test_trf_04_nobody_gets_a_second_task_that_one_click_would_end_with_the_first() -> None:
    paper = at_leaders("leader1", "leader2")
    with pytest.raises(Refused, match="holds_already"):
        paper.act("leader2", "hand_on", ["leader1"])
    with pytest.raises(Refused, match="holds_already"):
        paper.act("leader2", "hand_on", ["leader2"])


def test_trf_05_the_deadline_stays_when_a_task_is_handed_on() -> None:
    paper = at_hub().act("registry", "to_second", ["leader1"])
    due = paper.task_of("leader1").due_on
    paper.later(days=1).act("leader1", "hand_on", ["leader2"])
    assert paper.task_of("leader2").due_on == due


def test_trf_07_and_08_what_was_delegated_comes_back_and_both_have_their_row() -> None:
    paper = at_leaders("leader1").act("leader1", "delegate", ["leader2"], opinion="请先看")
    assert paper.holders() == ["person:leader2"]
    assert "delegate" not in paper.may("leader1")
    paper.act("leader2", "reply", opinion="可行")
    assert paper.holders() == ["person:leader1"]
    assert paper.act("leader1", "sign").now.state == "hub"
    assert [o.by for o in paper.now.opinions if o.state == "leaders"] == [
        "leader1",
        "leader2",
        "leader1",
    ]


def test_add_01_before_me_and_it_comes_back_also_after_it_was_handed_on() -> None:
    paper = at_leaders("leader1").act("leader1", "hand_on", ["leader2"])
    paper.act("leader2", "before_me", ["leader3"])
    assert paper.holders() == ["person:leader3"]
    assert paper.act("leader3", "reply").holders() == ["person:leader2"]


def test_add_02_after_me_and_only_then_the_step_that_was_planned() -> None:
    paper = at_hub().act("registry", "to_second", ["leader1"])
    paper.act("leader1", "after_me", ["leader2"]).act("leader1", "back")
    assert (paper.now.state, paper.holders()) == ("second", ["person:leader2"])
    paper.act("leader2", "back")
    assert (paper.now.state, paper.holders()) == ("hub", ["post:bureau/机要室"])


def test_add_03_one_more_beside_and_the_count_is_right() -> None:
    paper = at_leaders("leader1").act("leader1", "beside_me", ["leader2"])
    paper.act("leader1", "sign")
    assert paper.now.state == "leaders"
    assert paper.act("leader2", "sign").now.state == "hub"


def test_add_06_to_08_who_has_not_acted_can_be_dropped_but_not_the_last_and_not_who_signed() -> (
    None
):
    paper = at_leaders("leader1", "leader2", "leader3").act("leader3", "sign")
    paper.act("registry", "drop", ["person:leader2"])
    assert paper.outcomes()["leader2"] == Outcome.CANCELLED
    with pytest.raises(Refused, match="last_task"):
        paper.act("registry", "drop", ["person:leader1"])
    assert "leader3" in {o.by for o in paper.now.opinions}


def test_add_10_and_11_one_of_a_post_claims_it_and_the_others_are_told_who() -> None:
    paper = at_hub().act("registry", "claim")
    with pytest.raises(Refused) as caught:
        paper.act("registry2", "clean")
    assert (caught.value.reason, caught.value.facts["by"]) == ("claimed", "registry氏")
    assert "clean" in paper.may("registry")
    assert "clean" in paper.act("registry", "unclaim").may("registry2")


def test_add_12_the_office_frees_what_somebody_claimed_and_left() -> None:
    paper = at_hub().act("registry", "claim")
    paper.organisation = without(paper.organisation, "registry")
    paper.act("registry2", "reassign", {"": ["leader1"]})
    assert paper.holders() == ["person:leader1"]


def test_ccr_01_and_06_what_is_circulated_outlives_the_step_and_holds_nothing() -> None:
    paper = at_hub().act("registry", "circulate", ["leader1", "leader2"])
    assert paper.holders() == ["post:bureau/机要室"]
    paper.act("author", "discard")
    assert {t.label for t in paper.now.open_tasks} == {"传阅"}
    assert person_token(Login("leader1")) in paper.now.participants


def test_a_reader_neither_edits_nor_moves_the_record() -> None:
    paper = at_hub().act("registry", "circulate", ["leader1"])
    reader = paper.reader("leader1")
    office = {"today": paper.today, "organisation": paper.organisation}
    assert not may_edit(paper.kind, paper.now, reader, **office)  # type: ignore[arg-type]
    assert paper.may("leader1") == {"read"}
    paper.act("leader1", "read")
    assert paper.now.opinions[-1].verdict is Verdict.READ
    assert paper.outcomes()["leader1"] == Outcome.READ


def test_ccr_08_what_was_read_stays_and_what_was_not_is_taken_back() -> None:
    paper = at_hub().act("registry", "circulate", ["leader1", "leader2"])
    paper.opened_by = frozenset({Login("leader2")})
    paper.act("author", "uncirculate", ["person:leader1", "person:leader2"])
    assert [t.holder for t in paper.now.side_tasks] == ["person:leader2"]
    assert "person:leader1" not in paper.now.participants


def test_ccr_10_nobody_circulates_to_himself_or_to_who_holds_it() -> None:
    paper = at_hub().act("registry", "circulate", ["registry", "leader1"])
    assert [t.holder for t in paper.now.side_tasks] == ["person:leader1"]
    with pytest.raises(Refused, match="nobody_new"):
        paper.act("registry", "circulate", ["registry", "leader1"])


def test_ccr_15_a_question_and_its_answer_change_neither_holder_nor_state() -> None:
    paper = at_hub().act("registry", "ask", ["leader3"], opinion="数据来源？")
    assert paper.holders() == ["post:bureau/机要室"]
    paper.act("leader3", "answer", opinion="统计局")
    assert [(o.by, o.text) for o in paper.now.opinions][-2:] == [
        ("registry", "数据来源？"),
        ("leader3", "统计局"),
    ]
    assert not paper.now.side_tasks


def deputised(paper: Paper, of: str, to: str, **scope: object) -> Paper:
    today = paper.today
    given = {"number": 1, "of": of, "to": to, "from_on": today, "until_on": today, **scope}
    delegation = Delegation.model_validate({"set_by": of, **given})
    office = paper.organisation
    paper.organisation = Organisation(
        units=office.units, people=office.people, delegations=(delegation,)
    )
    return paper


@pytest.mark.feature("SY-10")
def test_a_deputy_signs_for_another_and_the_opinion_says_for_whom() -> None:
    paper = deputised(at_leaders("leader1"), "leader1", "leader2")
    paper.act("leader2", "sign")
    said = paper.now.opinions[-1]
    assert (said.by, said.for_) == ("leader2", "leader1")
    assert paper.now.state == "hub"


@pytest.mark.feature("SY-10")
def test_trf_11_the_day_after_it_ended_a_deputy_may_do_nothing() -> None:
    paper = deputised(at_leaders("leader1"), "leader1", "leader2").later(days=1)
    assert not {"sign", "object"} & paper.may("leader2")
    assert "sign" in paper.may("leader1")


@pytest.mark.feature("SY-10")
def test_trf_13_nobody_approves_his_own_paper_as_a_deputy() -> None:
    paper = deputised(at_leaders("leader1"), "leader1", "author")
    with pytest.raises(Refused, match="own_record"):
        paper.act("author", "circle")


@pytest.mark.feature("SY-10")
def test_a_deputy_of_other_kinds_has_nothing_to_do_with_this_one() -> None:
    paper = deputised(at_leaders("leader1"), "leader1", "leader2", kinds=("notice",))
    assert "sign" not in paper.may("leader2")


def test_ret_12_a_step_that_the_clock_left_is_not_returned_to() -> None:
    paper = Paper.of("ballot").act("author", "to_veto")
    paper.act("clock", "lapse")
    assert paper.now.state == "passed_on"
    paper.act("author", "return")
    assert paper.now.state == "draft"


def test_who_was_asked_before_the_holder_answers_him_and_decides_nothing() -> None:
    paper = at_leaders("leader1").act("leader1", "before_me", ["leader2"])
    assert "return_to" not in paper.may("leader2")
    paper.act("leader2", "reply").act("leader1", "beside_me", ["leader3"])
    paper.act("leader1", "sign")
    assert paper.now.state == "leaders"


def test_an_answer_to_a_holder_is_no_vote() -> None:
    paper = Paper.of("ballot").act("author", "to_count", ["leader1", "leader2", "leader3"])
    paper.act("leader1", "ask_first", ["filer"]).act("filer", "agree")
    paper.act("leader2", "agree")
    assert (paper.now.state, paper.holders()) == ("count", ["person:leader1", "person:leader3"])
    assert paper.act("leader1", "agree").now.state == "passed_on"


def test_in_order_the_next_waits_for_whoever_the_one_before_handed_it_to() -> None:
    paper = at_hub().act("registry", "in_order", ["leader1", "leader2"])
    paper.act("leader1", "hand_on", ["leader3"])
    assert paper.holders() == ["person:leader3"]
    assert paper.act("leader3", "sign").holders() == ["person:leader2"]


def test_nobody_who_holds_it_gets_it_to_read_as_well() -> None:
    paper = at_leaders("leader1", "leader2")
    with pytest.raises(Refused, match="nobody_new"):
        paper.act("leader1", "circulate", ["leader2"])


def test_what_one_has_claimed_the_others_of_the_post_do_not_edit() -> None:
    paper = at_hub().act("registry", "claim")
    office = {"today": paper.today, "organisation": paper.organisation}
    may = {
        login: may_edit(paper.kind, paper.now, paper.reader(login), **office)  # type: ignore[arg-type]
        for login in ("registry", "registry2")
    }
    assert may == {"registry": True, "registry2": False}


def test_a_task_that_somebody_holds_is_not_taken_from_him_in_the_name_of_vacancies() -> None:
    paper = at_hub()
    assert "tend" not in paper.may("author") | paper.may("admin")
    with pytest.raises(Refused, match="nothing_unheld"):
        paper.act("admin", "tend", {"": ["leader1"]})
