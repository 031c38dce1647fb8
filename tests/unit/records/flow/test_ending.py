"""撤销, 终止, branches, people who come and go, kinds that grow (WDR, PAR, ASG, PRM, VER)."""

import pytest

from records.errors import Invalid, Refused
from records.flow.task import Outcome, Verdict
from records.people.organisation import Organisation
from records.rights.access import Level
from records.rights.editing import may_edit
from records.rights.reading import filter_for, may_read
from records.schema.kind_fields import FieldDeclaration
from tests.flow_office import OFFICE, Paper, bereft, without


def at_hub() -> Paper:
    return Paper.of("dispatch").act("author", "send", opinion="请审").act("head", "forward")


def at_leaders(*leaders: str) -> Paper:
    return at_hub().act("registry", "clean").act("registry", "to_leaders", leaders)


def with_posts(organisation: Organisation, login: str, *posts: str) -> Organisation:
    people = tuple(
        p.model_copy(update={"posts": posts}) if p.login == login else p
        for p in organisation.people
    )
    return Organisation(units=organisation.units, people=people)


def edits(paper: Paper, login: str) -> bool:
    reader = paper.reader(login)
    return may_edit(
        paper.kind, paper.now, reader, today=paper.today, organisation=paper.organisation
    )


@pytest.mark.parametrize("who", ["author", "registry"])
def test_wdr_08_and_10_with_the_whole_every_open_task_ends_and_history_stays(who: str) -> None:
    paper = at_leaders("leader1", "leader2").act("leader1", "sign", opinion="可")
    paper.act(who, "discard", opinion="不再需要")
    assert (paper.now.state, paper.now.open_tasks) == ("void", ())
    assert paper.outcomes()["leader2"] == Outcome.CANCELLED
    assert [o.text for o in paper.now.opinions] == ["请审", "可", "不再需要"]
    assert all(not paper.may(login) for login in ("leader1", "leader2", "head"))


def test_wdr_07_a_drafter_who_is_the_next_step_too_takes_it_back_to_that_step() -> None:
    paper = Paper.of("dispatch", owner="registry")
    paper.organisation = with_posts(OFFICE, "leader3", "科室负责人")
    paper.act("registry", "send").act("leader3", "forward")
    paper.act("registry", "to_second", ["leader1"]).act("registry", "take_back")
    assert (paper.now.state, paper.holders()) == ("hub", ["post:bureau/机要室"])


def test_par_06_two_of_three_branches_that_end_end_nothing() -> None:
    paper = at_leaders("leader1", "leader2", "leader3").act("leader3", "sign")
    paper.act("leader1", "object")
    assert (paper.now.state, paper.holders()) == ("leaders", ["person:leader2"])
    assert paper.act("leader2", "sign").now.state == "hub"


def test_par_07_what_is_open_beside_the_end_leaves_every_holders_work() -> None:
    paper = at_leaders("leader1", "leader2").act("leader1", "circulate", ["leader3"])
    paper.act("registry", "discard")
    assert [str(t.holder) for t in paper.now.holding_tasks] == []
    assert "person:leader3" not in paper.holders()


def test_add_05_adding_a_signer_after_a_join_opens_no_branch_of_it_again() -> None:
    paper = at_leaders("leader1", "leader2").act("leader1", "sign").act("leader2", "sign")
    paper.act("registry", "to_second", ["leader3"]).act("leader3", "after_me", ["head"])
    assert paper.act("leader3", "back").holders() == ["person:head"]
    assert paper.act("head", "back").holders() == ["post:bureau/机要室"]


def test_asg_03_who_was_disabled_while_he_was_picked_is_named_and_nothing_is_sent() -> None:
    paper = at_hub().act("registry", "clean")
    paper.organisation = without(OFFICE, "leader2")
    with pytest.raises(Invalid, match=r"unknown_person.*leader2"):
        paper.act("registry", "to_leaders", ["leader1", "leader2"])
    assert paper.now.state == "hub"


def test_asg_04_who_joins_a_post_sees_its_open_task_and_who_leaves_it_does_not() -> None:
    paper = at_hub()
    assert "claim" in paper.may("registry2")
    paper.organisation = with_posts(bereft(OFFICE, "registry2"), "leader3", "机要室")
    assert "claim" in paper.may("leader3")
    assert "claim" not in paper.may("registry2")


def test_prm_01_the_text_is_edited_in_its_step_and_by_its_holder_alone() -> None:
    paper = Paper.of("dispatch")
    assert (edits(paper, "author"), edits(paper, "head")) == (True, False)
    paper.act("author", "send")
    assert (edits(paper, "author"), edits(paper, "head")) == (False, True)


def test_prm_04_who_has_acted_reads_on_from_another_unit_but_only_up_to_his_clearance() -> None:
    paper = at_hub()
    paper.organisation = bereft(OFFICE, "head")
    moved = paper.reader("head")
    assert may_read(paper.kind, paper.now, filter_for(moved, paper.today))
    secret = paper.now.model_copy(update={"level": Level.SECRET})
    assert moved.clearance < Level.SECRET
    assert not may_read(paper.kind, secret, filter_for(moved, paper.today))


def test_ret_11_a_return_changes_no_field_and_no_file() -> None:
    paper = at_hub()
    before = (paper.now.fields, paper.now.files)
    paper.act("registry", "return")
    assert (paper.now.fields, paper.now.files) == before


def test_ret_19_a_refusal_is_no_return() -> None:
    paper = at_leaders("leader1").act("leader1", "object", opinion="不宜发文")
    assert (paper.now.state, paper.holders()) == ("hub", ["post:bureau/机要室"])
    assert paper.now.opinions[-1].verdict == Verdict.DISAGREE
    vote = Paper.of("ballot").act("author", "to_count", ["leader1", "leader2"])
    vote.act("leader1", "disagree")
    assert (vote.now.state, vote.now.open_tasks) == ("failed", ())


def test_ver_04_a_field_required_since_holds_no_record_that_is_past_its_draft() -> None:
    paper = at_hub()
    added = {"label": "用途", "type": "text", "required": True}
    grown = {**paper.kind.fields, "purpose": FieldDeclaration.model_validate(added)}
    paper.kind = paper.kind.model_copy(update={"fields": grown, "version": 2})
    assert paper.act("registry", "clean").act("registry", "to_leaders", ["leader1"])
    assert paper.act("leader1", "sign").now.state == "hub"
    fresh = Paper(paper.kind, Paper.of("dispatch").now)
    with pytest.raises(Refused, match="incomplete"):
        fresh.act("author", "send")
