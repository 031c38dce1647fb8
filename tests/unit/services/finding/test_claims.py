"""What one of a post took for himself is his colleagues' again when he has left it (ADD-10)."""

from datetime import date

import pytest

from indexers.analysis import Analyser, Fold
from records.identity import Login, PostName, UnitCode
from records.people.delegation import Delegation
from records.people.organisation import Organisation, Person
from records.people.unit_tree import Unit
from records.rights.access import person_token, post_token
from services.finding.worklists import FEW, Worklist
from services.people.caller import Caller
from tests.matters import LI, NOW, TODAY, UNIT, WANG, held, matter
from tests.unit.services.finding.test_listing import Rig, named

POST = post_token(UNIT, PostName("机要室"))
ZHAO = Login("zhao")
YESTERDAY, LONG = date(2026, 11, 22), date(2026, 12, 30)


def office(*, gone: str = "", moved: str = "", until: date = LONG) -> Organisation:
    """李 and 王 hold the post; 赵 acts for 王."""
    people = [
        Person(
            login=login,
            name=login,
            unit=UNIT,
            posts=() if login in (moved, ZHAO) else (PostName("机要室"),),
            disabled=login == gone,
        )
        for login in (LI, WANG, ZHAO)
    ]
    given = Delegation(number=1, of=WANG, to=ZHAO, from_on=TODAY, until_on=until, set_by=WANG)
    return Organisation(
        units=(Unit(code=UNIT, name="办公室"), Unit(code=UnitCode("law"), name="法规科")),
        people=tuple(people),
        delegations=(given,),
    )


def waiting(rig: Rig, organisation: Organisation, login: Login, which: Worklist) -> list[str]:
    person = organisation.person(login)
    caller = Caller(person, organisation.reader(login, TODAY), organisation, NOW)
    page = rig.work.page(caller, which)
    assert rig.work.totals(caller, [which])[which] == page.total == len(page.rows)
    return [row.step for row in page.rows]


@pytest.fixture(params=[True, False], ids=["indexed", "not yet indexed"])
def rig(request: pytest.FixtureRequest) -> Rig:
    """A task of the post that 李 took, overdue."""
    rig = Rig(Analyser(Fold.load()))
    (task,) = held(POST, due_on=YESTERDAY)
    taken = task.model_copy(update={"claimed_by": LI})
    rig.write(matter(named(1), tasks=(taken,)), indexed=request.param)
    return rig


@pytest.mark.feature("GT-06")
@pytest.mark.parametrize("which", [Worklist.WAITING, Worklist.OVERDUE])
def test_what_one_took_is_his_alone_while_he_holds_the_post(rig: Rig, which: Worklist) -> None:
    assert waiting(rig, office(), LI, which) == ["承办"]
    assert waiting(rig, office(), WANG, which) == []
    assert waiting(rig, office(), ZHAO, which) == []


@pytest.mark.feature("GT-06")
@pytest.mark.parametrize("which", [Worklist.WAITING, Worklist.OVERDUE])
@pytest.mark.parametrize(("gone", "moved"), [(LI, ""), ("", LI)])
def test_his_colleagues_have_it_again_when_he_has_left_the_post(
    rig: Rig, gone: str, moved: str, which: Worklist
) -> None:
    left = office(gone=gone, moved=moved)
    assert waiting(rig, left, WANG, which) == ["承办"]
    assert waiting(rig, left, ZHAO, which) == ["承办"], "who acts for one of them too"
    if moved:
        assert waiting(rig, left, LI, which) == []


def test_what_a_deputy_took_is_free_when_his_delegation_is_over() -> None:
    rig = Rig(Analyser(Fold.load()))
    (task,) = held(POST)
    rig.write(matter(named(1), tasks=(task.model_copy(update={"claimed_by": ZHAO}),)))
    assert waiting(rig, office(), ZHAO, Worklist.WAITING) == ["承办"]
    assert waiting(rig, office(), WANG, Worklist.WAITING) == []
    over = office(until=TODAY).model_copy(update={"delegations": ()})
    assert waiting(rig, over, WANG, Worklist.WAITING) == ["承办"]
    assert waiting(rig, over, ZHAO, Worklist.WAITING) == []


def test_of_a_post_of_very_many_each_has_what_he_took(rig: Rig) -> None:
    many = tuple(
        Person(login=Login(f"z{n}"), name=f"z{n}", unit=UNIT, posts=(PostName("机要室"),))
        for n in range(FEW)
    )
    crowded = office().model_copy(update={"people": (*office().people, *many)})
    assert waiting(rig, crowded, LI, Worklist.WAITING) == ["承办"]
    assert waiting(rig, crowded, WANG, Worklist.WAITING) == []


@pytest.mark.feature("GT-06")
def test_what_one_took_is_not_late_by_the_day_of_a_colleague() -> None:
    rig = Rig(Analyser(Fold.load()))
    mine, other = held(POST, person_token(WANG))
    tasks = (
        mine.model_copy(update={"claimed_by": LI}),
        other.model_copy(update={"due_on": YESTERDAY}),
    )
    rig.write(matter(named(1), tasks=tasks))
    assert waiting(rig, office(), LI, Worklist.WAITING) == ["承办"]
    assert waiting(rig, office(), LI, Worklist.OVERDUE) == []
    assert waiting(rig, office(), WANG, Worklist.OVERDUE) == ["承办"]


@pytest.mark.feature("GT-01", "GT-06")
@pytest.mark.parametrize("indexed", [True, False])
def test_what_one_took_and_left_is_not_late_by_the_day_of_a_colleague(*, indexed: bool) -> None:
    rig = Rig(Analyser(Fold.load()))
    mine, other = held(POST, person_token(ZHAO))
    tasks = (
        mine.model_copy(update={"claimed_by": LI, "due_on": TODAY}),
        other.model_copy(update={"due_on": YESTERDAY}),
    )
    rig.write(matter(named(1), tasks=tasks), indexed=indexed)
    left = office(gone=LI)
    assert waiting(rig, left, WANG, Worklist.WAITING) == ["承办"]
    assert waiting(rig, left, WANG, Worklist.OVERDUE) == []
    assert waiting(rig, left, WANG, Worklist.SOON) == ["承办"]
    assert waiting(rig, left, ZHAO, Worklist.OVERDUE) == ["承办"]
