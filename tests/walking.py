"""Random walks of permitted actions over a paper, and what holds after every step.

The walks take the unlikely way: optional fields left empty, unlike actions out of a join, the
author, posts and the clock in the middle of one, people who lose their posts or leave.
"""

from hypothesis import strategies as st

from records.errors import Conflict, Invalid, Refused
from records.flow.choosing import choices_of
from records.flow.decision import Situation
from records.flow.vacancies import in_office
from records.flow.verbs import Verb
from records.identity import CLOCK
from records.revision import FieldValue, Revision
from records.rights.editing import may_edit
from records.schema.kind import Kind
from tests.flow_office import VALUES, Paper, bereft, merged, without

TYPED = {"number": "渝市监发〔2026〕3号"}
"""What actors fill in that no record begins with."""


def logins(paper: Paper) -> list[str]:
    """Everybody of the office of a paper."""
    return [str(each.login) for each in paper.organisation.people]


def optional_fields(kind: Kind) -> list[str]:
    return [n for n, f in kind.fields.items() if not f.required and n in VALUES]


def ways(paper: Paper) -> list[tuple[str, str]]:
    """(person, action) for everything that anybody, or the clock, may do now."""
    found = [(login, name) for login in logins(paper) for name in sorted(paper.may(login))]
    clock = [
        (CLOCK, name)
        for name, action in paper.kind.actions.items()
        if "clock" in action.by and paper.now.state in action.from_
    ]
    return [*found, *clock]


def holding(paper: Paper) -> list[str]:
    """The people of whom something is waited for: the likeliest to be missed."""
    tokens = [task.holder for task in paper.now.holding_tasks]
    return [str(p.login) for t in tokens for p in paper.organisation.holders(t)] * 3


def can_be_mended(paper: Paper) -> bool:
    """Whether somebody may fill in what is missing: he goes on after that."""
    return any(
        may_edit(
            paper.kind,
            paper.now,
            paper.reader(login),
            today=paper.today,
            organisation=paper.organisation,
        )
        for login in logins(paper)
    )


def check(paper: Paper, before: Revision | None) -> None:
    """What holds after every step, whoever took it."""
    now, kind = paper.now, paper.kind
    state = kind.states[str(now.state)]
    numbers = [task.number for task in now.tasks]
    assert len(numbers) == len(set(numbers)), "a number was used twice"
    assert all(task.state == now.state for task in now.holding_tasks)
    assert all(task.outcome is not None for task in now.tasks if not task.is_open)
    if state.frozen:
        assert now.open_tasks == (), "something waits on what takes no action"
    if state.done:
        assert now.holding_tasks == ()
    else:
        active = [task for task in now.holding_tasks if not task.blocked]
        assert active, f"nobody holds {now.state}"
        assert ways(paper) or can_be_mended(paper), f"no way out of {now.state}"
        if all(in_office(task.holder, paper.organisation) for task in active):
            moving = {
                name
                for login, name in ways(paper)
                if kind.actions[name].to is not None or kind.actions[name].task is Verb.DONE
            }
            mended = can_be_mended(paper)
            assert moving or mended or now.suspended_on, f"nobody can take {now.state} on"
        else:
            tending = {kind.actions[name].task for _, name in ways(paper)}
            assert tending & {Verb.REASSIGN, Verb.RESUME}, "an unheld task is stuck"
    if before is None:
        return
    assert now.opinions[: len(before.opinions)] == before.opinions, "an opinion changed"
    ended = {t.number: t for t in before.tasks if not t.is_open}
    assert {n: t for t in now.tasks if (n := t.number) in ended} == ended, "an ended task changed"
    assert {t.number for t in before.tasks} <= set(numbers), "a task was lost"
    if before.state == now.state and kind.states[str(now.state)].join is not None:
        closed = {t.number for t in before.holding_tasks} - {t.number for t in now.holding_tasks}
        assert len(closed) <= 1 or any(
            kind.actions[name].task in {Verb.WAIVE, Verb.REMOVE, Verb.TIME_OUT}
            for name in kind.actions
        ), "one click ended several tasks"


def chosen_for(paper: Paper, login: str, name: str, data: st.DataObject) -> object:
    """Something for each choice of the action, of what it offers or of everybody."""
    situation = Situation(paper.office, paper.now, paper.reader(login), name)
    given: dict[str, list[str]] = {}
    for choice in choices_of(situation):
        values = [each.value for each in choice.candidates]
        if not values and choice.what == "people":
            values = ["leader1", "leader2", "author", "keeper2"]
        if not values:
            continue
        picked = data.draw(
            st.lists(st.sampled_from(values), min_size=1, max_size=3 if choice.many else 1)
        )
        given[choice.key] = list(dict.fromkeys(picked))
    return given


def walk(paper: Paper, data: st.DataObject, *, most: int = 16) -> None:
    """So many steps at most, each of what is permitted, people leaving in the middle."""
    check(paper, None)
    for _ in range(data.draw(st.integers(1, most))):
        if data.draw(st.integers(0, 3)) == 0:
            _change_people(paper, data)
        open_ways = ways(paper)
        if not open_ways:
            assert paper.kind.states[str(paper.now.state)].done or can_be_mended(paper)
            return
        login, name = data.draw(st.sampled_from(open_ways))
        before = paper.now
        fields: dict[str, FieldValue] = {
            wanted: TYPED.get(wanted) or VALUES.get(wanted) or "2026-12-20"
            for wanted in paper.kind.actions[name].fields
        }
        try:
            paper.act(
                login,
                name,
                chosen_for(paper, login, name, data),
                fields=fields,
                opinion="意见",
                straight=data.draw(st.booleans()),
            )
        except (Refused, Invalid, Conflict) as refused:
            if paper.now is not before or refused.reason not in REFUSALS:
                raise
            continue
        check(paper, before)


def _change_people(paper: Paper, data: st.DataObject) -> None:
    """Somebody leaves or loses his posts, or a unit is merged; an administrator always stays."""
    if data.draw(st.integers(0, 5)) == 0:
        codes = [u.code for u in paper.organisation.units if u.parent and not u.merged_into]
        if len(codes) > 1:
            gone, into = data.draw(st.permutations(codes))[:2]
            paper.organisation = merged(paper.organisation, gone, into)
        return
    login = data.draw(st.sampled_from([*holding(paper), *logins(paper)]))
    leave = data.draw(st.booleans())
    changed = without(paper.organisation, login) if leave else bereft(paper.organisation, login)
    if any("administrator" in p.roles and not p.disabled for p in changed.people):
        paper.organisation = changed


REFUSALS = {
    "vacant_post",
    "nobody_left",
    "last_task",
    "holds_already",
    "nobody_new",
    "choose_people",
    "choose_one",
    "choose_step",
    "choose_tasks",
    "choose_one_task",
    "choose_signer",
    "which_task",
    "not_to_choose",
    "not_to_oneself",
    "unknown_person",
    "already_opened",
    "nobody_to_choose",
}
"""What may still be wrong with an action that was offered: its choice, or who has left."""
