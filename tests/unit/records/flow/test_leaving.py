"""Whoever leaves, or may not open the paper, keeps nobody from going on; and nobody gains by it."""

from datetime import date, timedelta

import pytest

from records.errors import Invalid, Refused
from records.flow.declarations import ActionDeclaration
from records.people.organisation import Organisation
from records.rights.access import Level
from records.rights.editing import may_edit
from records.schema.kind import Kind
from tests.flow_office import OFFICE, Paper, bereft, without


def with_actions(kind: Kind, **declared: dict[str, object]) -> Kind:
    """The kind with more actions."""
    more = {name: ActionDeclaration.model_validate(each) for name, each in declared.items()}
    return kind.model_copy(update={"actions": {**kind.actions, **more}})


def in_hub() -> Paper:
    return Paper.of("dispatch").act("author", "send").act("head", "forward")


def uncleared(login: str) -> Organisation:
    people = (
        each.model_copy(update={"clearance": Level.PUBLIC}) if each.login == login else each
        for each in OFFICE.people
    )
    return Organisation(units=OFFICE.units, people=tuple(people))


def test_a_way_back_to_somebody_who_left_is_none_and_the_record_goes_on() -> None:
    paper = in_hub().act("registry", "to_second", ["leader1"]).act("leader1", "mend")
    paper.organisation = without(OFFICE, "leader1")
    paper.act("registry", "to_second", ["leader2"])
    assert (paper.now.state, paper.holders()) == ("second", ["person:leader2"])
    assert paper.now.ways_back == ()


@pytest.mark.parametrize("left", [without(OFFICE, "registry"), bereft(OFFICE, "registry")])
def test_what_was_claimed_by_somebody_who_left_is_everybodys_again(left: Organisation) -> None:
    paper = in_hub().act("registry", "claim")
    assert "clean" not in paper.may("registry2")
    paper.organisation = left
    assert {"clean", "claim", "to_first"} <= paper.may("registry2")
    reader = paper.reader("registry2")
    assert may_edit(paper.kind, paper.now, reader, today=paper.today, organisation=left)
    assert paper.act("registry2", "claim").now.holding_tasks[0].claimed_by == "registry2"


def test_nobody_gives_what_is_unheld_to_himself() -> None:
    notice = Paper.of("notice").act("author", "submit")
    notice.organisation = without(OFFICE, "head")
    with pytest.raises(Refused, match="not_to_oneself"):
        notice.act("author", "tend", {"": ["author"]})
    assert notice.act("author", "tend", {"": ["keeper"]}).holders() == ["person:keeper"]
    assert "agree" not in notice.may("author")


def test_nobody_gets_a_paper_that_he_may_not_open() -> None:
    paper = Paper.of("dispatch").act("author", "send")
    paper.now = paper.now.model_copy(update={"level": Level.INTERNAL})
    paper.organisation = uncleared("leader3")
    with pytest.raises(Refused, match="not_cleared"):
        paper.act("head", "hand_on", ["leader3"])
    assert paper.act("head", "hand_on", ["leader2"]).holders() == ["person:leader2"]


def test_what_lies_with_somebody_who_may_not_open_it_any_more_can_be_given_on() -> None:
    notice = Paper.of("notice").act("author", "submit")
    notice.now = notice.now.model_copy(update={"level": Level.INTERNAL})
    assert "tend" not in notice.may("author")
    notice.organisation = uncleared("head")
    assert "tend" in notice.may("author")


def test_nobody_who_has_voted_gets_a_second_vote() -> None:
    ballot = Paper.of("ballot")
    ballot.kind = with_actions(
        ballot.kind,
        beside={
            "label": "加签",
            "from": ("count",),
            "task": "add_beside",
            "by": ("holder",),
            "next": ({"chosen": "people"},),
        },
        pass_on={
            "label": "转办",
            "from": ("count",),
            "task": "hand_on",
            "by": ("holder",),
            "next": ({"chosen": "people"},),
        },
    )
    ballot.act("author", "to_count", ["leader1", "leader2"]).act("leader1", "agree")
    for way in ("beside", "pass_on"):
        with pytest.raises(Refused, match="voted_already"):
            ballot.tried("leader2", way, ["leader1"])
    assert ballot.act("leader2", "ask_first", ["leader1"]).holders() == ["person:leader1"]


def test_what_is_entered_from_paper_was_not_signed_tomorrow() -> None:
    paper = in_hub().act("registry", "clean").act("registry", "to_leaders", ["leader1", "leader2"])
    number = str(paper.now.holding_tasks[0].number)
    with pytest.raises(Invalid, match="signed_later"):
        paper.tried("registry", "enter", [number], signed_on=paper.today + timedelta(days=1))
    entered = paper.act("registry", "enter", [number], signed_on=date(2026, 11, 1)).now
    assert entered.opinions[-1].signed_on == date(2026, 11, 1)


def test_a_record_does_not_go_where_nobody_holds_it() -> None:
    ballot = Paper.of("ballot", fields={"signers": ()})
    ballot.kind = with_actions(
        ballot.kind,
        to_field={
            "label": "送签",
            "from": ("draft",),
            "to": "any_of",
            "by": ("holder",),
            "next": ({"field": "signers"},),
        },
    )
    with pytest.raises(Refused, match="nobody_holds"):
        ballot.act("author", "to_field")
    assert ballot.edit(signers=("leader1",)).act("author", "to_field").holders() == [
        "person:leader1"
    ]


def test_a_new_deadline_from_an_empty_field_takes_the_deadline_away() -> None:
    item = Paper.of("supervision", owner="watch").act("watch", "assign")
    assert all(task.due_on for task in item.now.holding_tasks)
    urge = item.kind.action("urge").model_copy(update={"due": "wanted_until"})
    item.kind = item.kind.model_copy(update={"actions": {**item.kind.actions, "urge": urge}})
    item.edit(wanted_until=None).act("watch2", "urge")
    assert {task.due_on for task in item.now.holding_tasks} == {None}


@pytest.mark.parametrize(("name", "chosen"), [("return", ()), ("return_to", {"step": ["first"]})])
def test_a_step_that_the_kind_knows_no_more_is_not_gone_back_to(name: str, chosen: object) -> None:
    paper = in_hub().act("registry", "to_first", ["leader1"])
    paper.act("leader1", "to_second", ["leader2"])
    states = {name: state for name, state in paper.kind.states.items() if name != "first"}
    actions = dict(paper.kind.actions)
    actions["return"] = actions["return"].model_copy(update={"from_": ("second",)})
    paper.kind = paper.kind.model_copy(update={"states": states, "actions": actions})
    with pytest.raises((Invalid, Refused), match=r"no_previous_step|choose_step"):
        paper.act("leader2", name, chosen)
    assert paper.act("leader2", "back").now.state == "hub"


def test_an_action_does_not_empty_the_title() -> None:
    notice = Paper.of("notice")
    with pytest.raises(Invalid, match="incomplete"):
        notice.tried("author", "discard", fields={"title": None})
    assert notice.act("author", "discard", fields={"title": "新题"}).now.fields["title"] == "新题"
