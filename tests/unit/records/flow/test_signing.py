"""会签, 或签, 票签: several people at one step (../shared flow scenarios SIG)."""

from datetime import timedelta

import pytest

from records.errors import Invalid, Refused
from records.flow.task import Outcome, Verdict
from records.identity import CLOCK
from tests.flow_office import Paper, without


def at_leaders(*leaders: str, way: str = "to_leaders") -> Paper:
    paper = Paper.of("dispatch").act("author", "send").act("head", "forward")
    return paper.act("registry", "clean").act("registry", way, leaders)


def ballot(name: str, chosen: object = (), **fields: object) -> Paper:
    return Paper.of("ballot", fields=fields).act("author", name, chosen)


@pytest.mark.feature("FW-13")
def test_parallel_signing_goes_on_when_every_leader_has_signed() -> None:
    paper = at_leaders("leader1", "leader2").act("leader2", "sign")
    assert (paper.now.state, paper.holders()) == ("leaders", ["person:leader1"])
    paper.act("leader1", "sign")
    assert (paper.now.state, paper.holders()) == ("hub", ["post:bureau/机要室"])


def test_sig_03_one_refusal_waits_for_all_and_who_drafts_decides() -> None:
    paper = at_leaders("leader1", "leader2", "leader3").act("leader1", "sign")
    paper.act("leader2", "object")
    assert paper.holders() == ["person:leader3"]
    paper.act("leader3", "sign")
    assert paper.now.state == "hub"
    verdicts = [o.verdict for o in paper.now.opinions if o.state == "leaders"]
    assert verdicts == [Verdict.AGREE, Verdict.DISAGREE, Verdict.AGREE]


def test_sig_03_one_refusal_decides_at_once_where_the_kind_says_so() -> None:
    paper = ballot("to_veto").act("leader1", "agree").act("leader2", "disagree")
    assert paper.now.state == "draft"
    assert paper.outcomes()["role:archivist"] == Outcome.CANCELLED
    ended = next(t for t in paper.now.tasks if t.holder == "role:archivist")
    assert ended.because == paper.now.number


def test_sig_04_refusals_are_not_overruled_by_who_comes_last() -> None:
    """E2: target, marks and effects of all but the last used to be thrown away."""
    paper = ballot("to_count", ["leader1", "leader2", "leader3"])
    paper.act("leader1", "disagree").act("leader2", "disagree")
    assert paper.now.state == "failed"
    assert paper.outcomes()["leader3"] == Outcome.CANCELLED


def test_sig_08_nobody_signs_twice() -> None:
    paper = at_leaders("leader1", "leader2").act("leader1", "sign")
    assert not {"sign", "object", "circle"} & paper.may("leader1")
    with pytest.raises(Refused, match="not_yours"):
        paper.act("leader1", "sign")


def test_sig_10_signers_choose_nobody_and_the_next_is_declared() -> None:
    paper = at_leaders("leader1")
    with pytest.raises(Invalid, match="nobody_to_choose"):
        paper.act("leader1", "sign", ["leader2"])


def test_sig_14_leaders_sign_in_the_order_in_which_they_were_dragged() -> None:
    paper = at_leaders("leader3", "leader1", "leader2", way="in_order")
    for login in ("leader3", "leader1", "leader2"):
        assert paper.holders() == [f"person:{login}"]
        paper.act(login, "sign")
    assert paper.now.state == "hub"


def test_sig_15_one_of_several_is_enough_and_the_others_lose_it_without_having_acted() -> None:
    paper = ballot("to_any").act("leader2", "agree")
    assert paper.now.state == "passed_on"
    assert paper.outcomes()["leader1"] == Outcome.CANCELLED
    assert "person:leader1" in paper.now.participants
    assert next(t for t in paper.now.tasks if t.holder == "person:leader1").done_by == "leader2"


def test_sig_16_after_a_return_all_of_them_have_it_again() -> None:
    paper = ballot("to_any").act("leader1", "return")
    assert (paper.now.state, paper.holders()) == ("draft", ["person:author"])
    paper.act("author", "to_any")
    assert paper.holders() == ["person:leader1", "person:leader2", "person:author"]
    assert {t.round for t in paper.now.holding_tasks} == {2}


def test_sig_16_a_return_to_the_step_of_several_opens_it_for_all_of_them() -> None:
    paper = ballot("to_any").act("leader1", "agree").act("author", "return")
    assert paper.now.state == "any_of"
    assert paper.holders() == ["person:leader1", "person:leader2", "person:author"]


def test_sig_17_weight_decides_without_the_rest() -> None:
    chosen = {"组长": ["leader1"], "成员": ["leader2", "leader3"]}
    paper = ballot("to_weigh", chosen).act("leader1", "agree").act("leader2", "agree")
    assert paper.now.state == "passed_on"
    assert paper.outcomes()["leader3"] == Outcome.CANCELLED
    lost = ballot("to_weigh", chosen).act("leader1", "disagree").act("leader2", "abstain")
    assert lost.now.state == "failed"


def test_sig_20_a_member_who_left_hangs_nobody() -> None:
    paper = at_leaders("leader1", "leader2").act("leader1", "sign")
    paper.organisation = without(paper.organisation, "leader2")
    assert "tend" in paper.may("admin")
    assert {"let_go", "tend"} & paper.may("author") == {"tend"}
    replaced = paper.tried("author", "tend", {"": ["leader3"]})
    assert [t.holder for t in replaced.holding_tasks] == ["person:leader3"]
    assert paper.act("registry", "let_go", opinion="已调离").now.state == "hub"


def test_only_those_who_refused_are_asked_again_where_the_kind_says_so() -> None:
    paper = ballot("to_veto").act("leader1", "agree").act("leader2", "disagree")
    paper.act("author", "to_veto")
    assert paper.holders() == ["person:leader2"]


def test_ccr_12_a_circle_without_words_stands_in_the_leaders_box() -> None:
    paper = at_leaders("leader1").act("leader1", "circle")
    said = paper.now.opinions[-1]
    assert (said.by, said.text, said.verdict) == ("leader1", "", Verdict.READ)


def test_con_12_an_opinion_on_paper_is_entered_with_both_names_and_both_days() -> None:
    paper = at_leaders("leader1", "leader2")
    day = paper.today - timedelta(days=2)
    paper.act("registry", "enter", ["person:leader2"], opinion="同意", signed_on=day)
    said = paper.now.opinions[-1]
    assert (said.by, said.entered_by, said.signed_on) == ("leader2", "registry", day)
    assert paper.holders() == ["person:leader1"]


def test_prm_06_a_text_that_changed_after_it_was_signed_is_not_issued() -> None:
    paper = at_leaders("leader1").act("leader1", "sign")
    paper.act("registry", "number_it", fields={"number": "渝〔2026〕1号"})
    for name in ("seal", "lay_out"):
        paper.act("registry", name)
    assert "issue" in paper.may("registry")
    changed = Paper.of("dispatch")
    changed.now = paper.now
    changed.edit(title="另一个题")
    with pytest.raises(Refused) as caught:
        changed.act("registry", "issue")
    assert (caught.value.reason, caught.value.facts["by"]) == ("text_changed", "leader1氏")


def test_nobody_signs_what_he_has_drafted_himself() -> None:
    paper = at_leaders("author", "leader1")
    with pytest.raises(Refused, match="own_record"):
        paper.act("author", "sign")


@pytest.mark.feature("SW-11")
def test_tim_07_when_time_is_up_only_what_is_open_ends_and_that_is_no_consent() -> None:
    chosen = ["leader1", "leader2", "leader3"]
    paper = ballot("to_count", chosen).act("leader1", "agree")
    paper.act(CLOCK, "lapse")
    assert paper.now.state == "failed"
    signed, *late = [t for t in paper.now.tasks if t.state == "count"]
    assert (signed.outcome, signed.verdict) == (Outcome.DONE, Verdict.AGREE)
    assert {(t.outcome, t.verdict) for t in late} == {(Outcome.TIMED_OUT, Verdict.NONE)}
    with pytest.raises(Refused, match="not_yours"):
        ballot("to_count", chosen).act("author", "lapse")


def test_e3_whoever_leaves_a_join_leaves_it_at_once() -> None:
    paper = at_leaders("leader1", "leader2").act("author", "discard")
    assert paper.now.state == "void"
    assert paper.now.holding_tasks == ()


def test_con_04_the_answers_of_two_last_signers_open_the_next_step_once() -> None:
    paper = at_leaders("leader1", "leader2").act("leader1", "sign").act("leader2", "sign")
    assert len([t for t in paper.now.tasks if t.state == "hub" and t.is_open]) == 1


def test_what_would_wait_for_everybody_is_refused_with_the_field_that_says_so() -> None:
    paper = Paper.of("ballot", fields={"signers": ("leader1", "everyone")})
    with pytest.raises(Invalid, match="everyone_holds") as refused:
        paper.act("author", "to_any")
    assert refused.value.facts["field"] == "signers"
