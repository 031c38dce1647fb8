"""What an organ has of a flow, whom one chooses by post, words entered later (SY-08, FW-15)."""

import pytest

from records.errors import Invalid, NotFound, Refused
from records.flow.marks import standing_copies
from records.identity import KindName, UnitCode
from records.people.organisation import Organisation
from records.people.organisation_check import checked
from records.rights.reading import audience_of
from tests.flow_office import KINDS, OFFICE, Paper, a_file, begun, person

OUTGOING = KINDS[KindName("outgoing")]
VALUES = {
    "note": "请审核",
    "code": "渝市监发",
    "scope": "内部",
    "disclosure": "公开发布",
    "main_to": "各科",
    "receivers": ("food",),
}


def office(profile: str | None, *more: object) -> Organisation:
    units = (OFFICE.units[0].model_copy(update={"profile": profile}), *OFFICE.units[1:])
    return checked(Organisation(units=units, people=(*OFFICE.people, *more)))


def paper(profile: str | None, *more: object, **fields: object) -> Paper:
    organisation = office(profile, *more)
    values = {**VALUES, "urgency": "一般", "sign_way": "线上", "source": "拟稿", **fields}
    now = begun(OUTGOING, fields=values, organisation=organisation)  # type: ignore[arg-type]
    return Paper(OUTGOING, now, organisation)


def test_an_organ_has_the_steps_of_its_profile_and_no_others() -> None:
    assert "send" in paper("市局").may("author")
    assert "to_review" not in paper("市局").may("author")
    assert "to_review" in paper("简易").may("author")


def test_an_organ_without_a_profile_sends_by_people() -> None:
    assert {"to_review", "to_sign"} <= paper(None).may("author")
    assert "send" not in paper(None).may("author")


def test_the_step_of_another_profile_cannot_be_taken_by_its_name() -> None:
    with pytest.raises((Refused, NotFound)):
        paper("简易").act("author", "send")


def test_the_only_one_of_a_post_need_not_be_named() -> None:
    assert paper("市局").act("author", "send").holders() == ["person:head"]


def test_of_two_of_a_post_one_is_chosen_and_nobody_else() -> None:
    second = person("head2", "law", "科室负责人")
    drawn = paper("市局", second)
    with pytest.raises(Invalid, match="choose_people"):
        drawn.act("author", "send")
    with pytest.raises(Invalid, match="not_to_choose"):
        drawn.act("author", "send", ["leader1"])
    assert drawn.act("author", "send", ["head2"]).holders() == ["person:head2"]


def test_a_post_that_nobody_holds_is_named() -> None:
    drawn = paper("市局").act("author", "send").act("head", "forward")
    with pytest.raises(Refused, match="vacant_post"):
        drawn.act("registry", "to_first")


def test_words_on_paper_are_entered_after_the_signing_as_the_leader_s_own() -> None:
    leaders = [person("chief", "bureau", "局领导"), person("deputy", "bureau", "局领导")]
    drawn = paper("市局", *leaders).act("author", "send").act("head", "forward")
    drawn.act("registry", "clean").act("registry", "to_leaders", ["chief"]).act("chief", "sign")
    with pytest.raises(Invalid, match="choose_signer"):
        drawn.act("registry", "enter_more", opinion="抓紧")
    with pytest.raises(Invalid, match="choose_signer"):
        drawn.act("registry", "enter_more", opinion="抓紧", signer="author")
    drawn.act("registry", "enter_more", opinion="抓紧", signer="deputy")
    last = drawn.now.opinions[-1]
    assert (last.by, last.entered_by, last.text) == ("deputy", "registry", "抓紧")


def test_everyone_reads_an_issued_paper_of_general_scope_and_the_receivers_an_inner_one() -> None:
    inner = paper("市局").now
    general = paper("市局", scope="一般").now
    assert audience_of(OUTGOING, inner) == {"unit:food"}
    assert audience_of(OUTGOING, general) == {"unit:food", "everyone"}


def test_a_change_of_the_text_takes_clean_copy_seal_and_layout_away() -> None:
    drawn = paper("市局").act("author", "send").act("head", "forward").act("registry", "clean")
    assert "clean" in drawn.now.marks
    assert drawn.edit(a_file("body", "5")).now.marks == {}


def test_what_was_laid_out_stands_for_the_text_until_that_changes() -> None:
    drawn = paper("市局").act("author", "send").act("head", "forward")
    drawn.act("registry", "clean").act("registry", "number_it", fields={"number": "渝〔2026〕1号"})
    drawn.edit(a_file("layout", "6"))
    assert standing_copies(OUTGOING, drawn.now) == {}  # nothing certifies it
    drawn.act("registry", "lay_out")
    assert standing_copies(OUTGOING, drawn.now) == {"body": "layout"}
    drawn.edit(a_file("body", "5"))
    assert standing_copies(OUTGOING, drawn.now) == {}


def test_the_unit_of_a_post_may_lie_anywhere_in_the_organ() -> None:
    spread = [person("a", "food", "局领导"), person("b", "price", "局领导")]
    found = office("市局", *spread).all_in_organ(UnitCode("law"), "局领导")  # type: ignore[arg-type]
    assert [each.login for each in found] == ["a", "b"]
