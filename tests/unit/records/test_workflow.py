"""The engine of actions over every kind that is loaded, in random walks of permitted actions."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.access import Reader, person_token
from records.assignment import Holder, opened_tasks
from records.errors import Invalid, Refused
from records.identity import CLOCK, Login, RecordId, Token, UnitCode
from records.kind import Kind, OpinionRule
from records.kind_loader import load_kinds
from records.office_time import office_day
from records.organisation import Organisation, Person
from records.organisation_check import checked
from records.revision import Event, FileVersion, Revision
from records.unit_tree import Unit
from records.workflow import ActionInput, Office, act, offers

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
TODAY = office_day(NOW)
KINDS = [
    kind
    for folder in ("records/kinds", "tests/kinds")
    for kind in load_kinds(Path(folder))
    if kind.has_flow
]


def person(login: str, unit: str, *posts: str, roles: tuple[str, ...] = ("staff",)) -> Person:
    return Person.model_validate(
        {"login": login, "name": login, "unit": unit, "posts": posts, "roles": roles}
    )


OFFICE = checked(
    Organisation(
        units=(
            Unit.model_validate({"code": "bureau", "name": "局", "level": "市", "profile": "市局"}),
            Unit.model_validate({"code": "law", "name": "法规科", "parent": "bureau"}),
            Unit.model_validate({"code": "food", "name": "食品科", "parent": "bureau"}),
        ),
        people=(
            person("author", "law"),
            person("head", "law", "科室负责人"),
            person("registry", "bureau", "机要室"),
            person("registry2", "bureau", "机要室"),
            person("keeper", "law", "督查管理员"),
            person("keeper2", "food", "督查管理员"),
            person("rooms", "bureau", "会议室管理员"),
            person("leader1", "bureau"),
            person("leader2", "bureau"),
            person("admin", "bureau", roles=("administrator",)),
            person("officer", "bureau", roles=("security_officer",)),
        ),
    )
)
PEOPLE = [each.login for each in OFFICE.people]


def begun(kind: Kind) -> Revision:
    """A complete record of the kind in its first state, held by its author."""
    values: dict[str, object] = {
        "title": "题",
        "audience": ("everyone",),
        "receivers": ("everyone",),
        "body": "文",
        "main_unit": ("law",),
        "assisting": ("food",),
        "room": "R",
        "day": "2026-11-21",
        "begins": "09:00",
        "ends": "10:00",
    }
    holder = Token(kind.start.holder or person_token(Login("author")))
    blank = Revision(
        record=RecordId("R"),
        number=1,
        kind=kind.kind,
        kind_version=1,
        previous=None,
        created_at=NOW,
        owner=Login("author"),
        unit=UnitCode("law"),
        fields={k: v for k, v in values.items() if k in kind.fields},
        files=tuple(
            FileVersion.model_validate(
                {
                    "part": part,
                    "name": part,
                    "sha256": "0" * 64,
                    "size_bytes": 1,
                    "media_type": "text/plain",
                    "since": 1,
                }
            )
            for part in kind.parts
        ),
        state=kind.start.state,
        participants=frozenset({holder}),
        event=Event(action="create", actor=Login("author"), at=NOW, write_id="w"),
    )
    tasks = opened_tasks(
        [Holder(holder, None, None)],
        kind=kind,
        state=str(kind.start.state),
        revision=blank,
        now=NOW,
    )
    return blank.model_copy(update={"tasks": tasks})


def office(kind: Kind) -> Office:
    return Office(kind=kind, organisation=OFFICE, now=NOW)


def permitted(kind: Kind, revision: Revision) -> list[tuple[str, str]]:
    """(person, action) for everything anybody may do now."""
    return [
        (login, offer.name)
        for login in PEOPLE
        for offer in offers(office(kind), revision, OFFICE.reader(login, TODAY))
        if offer.why_not is None
    ]


def check_invariants(kind: Kind, before: Revision | None, now: Revision) -> None:
    state = kind.states[str(now.state)]
    numbers = [task.number for task in now.tasks]
    assert len(numbers) == len(set(numbers))
    active = [task for task in now.open_tasks if not task.blocked]
    if state.done:
        assert now.open_tasks == ()
    else:
        assert active, f"nobody holds {now.state}"
        assert all(OFFICE.holders(task.holder) for task in active)
        assert any(action for _, action in permitted(kind, now)), f"no way out of {now.state}"
    assert all(task.state == now.state for task in now.open_tasks)
    if before is not None:
        assert set(before.opinions) <= set(now.opinions)
        assert before.participants <= now.participants
        assert {t.number for t in before.tasks} <= set(numbers)


@pytest.mark.feature("GI-03", "FW-19")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_walk_of_permitted_actions_loses_a_task_or_strands_a_record(
    kind: Kind, data: st.DataObject
) -> None:
    revision = begun(kind)
    check_invariants(kind, None, revision)
    for _ in range(data.draw(st.integers(1, 14))):
        ways = permitted(kind, revision)
        if not ways:
            assert kind.states[str(revision.state)].done
            return
        login, name = data.draw(st.sampled_from(ways))
        action = kind.actions[name]
        wanted = any(assignment.chosen for assignment in action.next)
        many = any(assignment.many for assignment in action.next)
        given_input = ActionInput(
            opinion="意见" if action.opinion is not OpinionRule.NONE else "",
            chosen=(Login("leader1"), Login("leader2"))[: 1 + many] if wanted else (),
        )
        after = act(office(kind), revision, OFFICE.reader(Login(login), TODAY), name, given_input)
        check_invariants(kind, revision, after)
        revision = after


def walk(kind: Kind, *steps: tuple[str, str], chosen: tuple[str, ...] = ()) -> Revision:
    revision = begun(kind)
    for login, name in steps:
        wanted = any(assignment.chosen for assignment in kind.actions[name].next)
        people = tuple(Login(each) for each in chosen) if wanted else ()
        revision = act(
            office(kind),
            revision,
            OFFICE.reader(Login(login), TODAY),
            name,
            ActionInput(opinion="意见", chosen=people),
        )
    return revision


def kind_named(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.kind == name)


def test_a_return_leads_to_the_step_before_and_the_person_who_sent_it() -> None:
    kind = kind_named("dispatch")
    at_hub = walk(kind, ("author", "send"), ("head", "forward"))
    back = act(
        office(kind),
        at_hub,
        OFFICE.reader(Login("registry2"), TODAY),
        "return",
        ActionInput(opinion="改"),
    )
    assert back.state == "section"
    assert [task.holder for task in back.open_tasks] == ["person:head"]
    again = act(
        office(kind),
        back,
        OFFICE.reader(Login("head"), TODAY),
        "return",
        ActionInput(opinion="x"),
    )
    assert again.state == "draft"
    assert [task.holder for task in again.open_tasks] == ["person:author"]


def test_parallel_signing_goes_on_when_every_leader_has_signed() -> None:
    kind = kind_named("dispatch")
    revision = walk(
        kind,
        ("author", "send"),
        ("head", "forward"),
        ("registry", "clean"),
        ("registry", "to_leaders"),
        ("leader2", "sign"),
        chosen=("leader1", "leader2"),
    )
    assert revision.state == "leaders"
    assert [task.holder for task in revision.open_tasks] == ["person:leader1"]
    done = act(
        office(kind),
        revision,
        OFFICE.reader(Login("leader1"), TODAY),
        "sign",
        ActionInput(opinion="同意"),
    )
    assert done.state == "hub"
    assert [task.holder for task in done.open_tasks] == ["post:bureau/机要室"]


def test_a_mark_that_is_missing_or_was_cleared_holds_an_action_back() -> None:
    kind = kind_named("dispatch")
    hub = walk(kind, ("author", "send"), ("head", "forward"))
    registry = OFFICE.reader(Login("registry"), TODAY)
    with pytest.raises(Refused, match="mark_missing"):
        act(office(kind), hub, registry, "seal", ActionInput())
    for name in ("clean", "number_it", "seal", "lay_out", "clean"):
        hub = act(office(kind), hub, registry, name, ActionInput())
        assert len(hub.open_tasks) == 1
    with pytest.raises(Refused) as caught:
        act(office(kind), hub, registry, "issue", ActionInput())
    assert caught.value.facts["missing"] == ("sealed", "laid_out")


def test_the_main_unit_is_blocked_until_the_assisting_unit_has_answered() -> None:
    kind = kind_named("supervision")
    assigned = walk(kind, ("author", "assign"))
    main = OFFICE.reader(Login("keeper"), TODAY)
    with pytest.raises(Refused, match="not_yours"):
        act(office(kind), assigned, main, "report", ActionInput(opinion="已办"))
    one = act(
        office(kind),
        assigned,
        OFFICE.reader(Login("keeper2"), TODAY),
        "report",
        ActionInput(opinion="协"),
    )
    assert one.state == "handling"
    two = act(office(kind), one, main, "report", ActionInput(opinion="主"))
    assert two.state == "review"


def test_a_choice_of_nobody_or_of_the_unknown_is_refused() -> None:
    kind = kind_named("dispatch")
    hub = walk(kind, ("author", "send"), ("head", "forward"))
    registry = OFFICE.reader(Login("registry"), TODAY)
    for chosen, reason in (
        ((), "choose_people"),
        (("ghost",), "unknown_person"),
        (("leader1", "leader2"), "choose_one"),
    ):
        people = tuple(Login(each) for each in chosen)
        with pytest.raises(Invalid, match=reason):
            act(office(kind), hub, registry, "to_second", ActionInput(chosen=people))


def test_the_clock_acts_and_nobody_can_act_as_it() -> None:
    kind = kind_named("room_booking")
    booked = walk(kind, ("author", "submit"), ("rooms", "approve"))
    later = Office(kind=kind, organisation=OFFICE, now=NOW + timedelta(days=3))
    with pytest.raises(Refused, match="not_yours"):
        act(later, booked, OFFICE.reader(Login("author"), TODAY), "pass_by", ActionInput())
    clock = Reader(login=CLOCK, tokens=frozenset(), clearance=OFFICE.people[0].clearance)
    assert act(later, booked, clock, "pass_by", ActionInput()).state == "used"
