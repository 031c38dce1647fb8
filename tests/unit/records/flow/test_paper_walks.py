"""Random walks over 发文, 收文, 文稿, 综合事务, 传阅 in offices where every post is filled.

In an office without 办公室初审 and the like most steps of a paper end at a vacant post; here none
does, for each flow profile, until people leave, lose their posts, or units are merged.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.flow.task import Outcome
from records.identity import KindName
from records.people.organisation import Organisation
from records.people.organisation_check import checked
from records.revision import FieldValue
from tests.flow_office import KINDS, OFFICE, Paper, begun, person
from tests.walking import check, optional_fields, walk, ways

POSTS = (
    *("文印室", "办公室初审", "办公室复审", "办公室主任", "主要领导", "分管领导", "局领导"),
    *("收发员", "发文员", "印章管理员", "档案员", "信息编审"),
)
STAFF = (
    *(person(f"p{n}", "bureau", post) for n, post in enumerate(POSTS)),
    person("first2", "bureau", "办公室初审"),
    person("boss2", "bureau", "局领导", "分管领导"),
    person("foodhead", "food", "科室负责人"),
    person("pricehead", "price", "科室负责人"),
)
PROFILES = ("市局", "区县局", "简易")
PAPERS = (
    *(("outgoing", profile) for profile in PROFILES),
    ("incoming", "市局"),
    ("incoming", "简易"),
    ("manuscript", "市局"),
    ("affair", "简易"),
    ("seal_request", "市局"),
    ("supply_request", "区县局"),
    ("circulation", "区县局"),
    ("supplement", "市局"),
    ("info_item", "市局"),
    ("info_issue", "区县局"),
)
"""发文 differs by profile; the others do not, and are walked in one or two."""


def office(profile: str) -> Organisation:
    """All posts filled, in an organ of this profile."""
    bureau, *sections = OFFICE.units
    organ = bureau.model_copy(update={"profile": profile})
    return checked(Organisation(units=(organ, *sections), people=(*OFFICE.people, *STAFF)))


OFFICES = {profile: office(profile) for profile in PROFILES}


def paper(kind: str, profile: str, *, received: bool = False, **fields: FieldValue) -> Paper:
    """A paper in such an office, begun by somebody who may."""
    declared = KINDS[KindName(kind)]
    owner = "registry" if any(by.startswith("post:") for by in declared.start.by) else "author"
    revision = begun(
        declared, owner=owner, fields=fields, organisation=OFFICES[profile], received=received
    )
    return Paper(declared, revision, organisation=OFFICES[profile])


@pytest.mark.feature("FW-09", "FW-20", "FW-22", "SW-10", "WG-02", "RW-05", "ZS-02", "XX-02")
@pytest.mark.parametrize(("kind", "profile"), PAPERS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_walk_of_a_paper_loses_a_task_or_strands_it(
    kind: str, profile: str, data: st.DataObject
) -> None:
    declared = KINDS[KindName(kind)]
    optional = optional_fields(declared)
    fields: dict[str, FieldValue] = {}
    if optional:
        fields = dict.fromkeys(data.draw(st.sets(st.sampled_from(optional))))
    for name, field in declared.fields.items():
        if field.options and name in {"source", "way", "wanted", "sign_way"}:
            fields[name] = data.draw(st.sampled_from(field.options))
    received = declared.start.received is not None and data.draw(st.booleans())
    walk(paper(kind, profile, received=received, **fields), data, most=24)


@pytest.mark.feature("FW-10")
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_has_been_at_first_review_never_comes_back_but_through_the_second(
    data: st.DataObject,
) -> None:
    walked = paper("outgoing", "市局", source="拟稿")
    walked.act("author", "send", ["head"]).act("head", "forward").act(
        "registry", "to_first", ["p1"]
    )
    seen = [str(walked.now.state)]
    for _ in range(6):
        login, name = data.draw(st.sampled_from(sorted(set(ways(walked)))))
        if name not in {"first_done", "take_back", "second_done", "return", "urge"}:
            continue
        chosen = ["p2"] if name == "first_done" else ()
        before = walked.now
        walked.act(login, name, chosen, opinion="意见")
        check(walked, before)
        seen.append(str(walked.now.state))
        forward = name in {"first_done", "second_done"}
        if forward and before.state == "first":
            assert walked.now.state == "second"


@pytest.mark.feature("FW-26")
@pytest.mark.parametrize("profile", ["市局", "区县局"])
def test_a_paper_that_is_repealed_while_units_sign_leaves_nothing_with_them(profile: str) -> None:
    walked = paper("outgoing", profile, source="拟稿")
    walked.act("author", "consult", ["food", "price"])
    before = {task.number for task in walked.now.holding_tasks}
    walked.act("author", "discard", opinion="不再发文")
    assert walked.now.state == "void"
    ended = [task for task in walked.now.tasks if task.number in before]
    assert {task.outcome for task in ended} == {Outcome.CANCELLED}
    assert len(ended) == 2
