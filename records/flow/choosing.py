"""What an actor may choose: people, units, tasks, steps (M19); and what he has chosen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from records.errors import Invalid
from records.flow.capacity import OFFICE_VERBS, acts_for, named, to_be_named
from records.flow.decision import Situation
from records.flow.declarations import Assignment, Choose
from records.flow.task import Task
from records.flow.task_list import of_round
from records.flow.vacancies import in_office
from records.flow.verbs import ANY_STATE, CHOSEN_STEP, Verb
from records.identity import PostName, UnitCode
from records.people.organisation import Organisation, Person
from records.rights.access import person_token

TASKS = "tasks"
"""The key under which tasks of others are chosen."""

STEP = "step"
"""The key under which a state is chosen."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something that can be chosen: the value to send, and its words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of an action; `what` is people, units, tasks or steps.

    No candidates mean everybody (everyone in office, every unit): a picker finds them.
    """

    key: str
    what: str
    many: bool
    optional: bool
    candidates: tuple[Candidate, ...]

    @property
    def label(self) -> str:
        """What is chosen, in words."""
        return {TASKS: "任务", STEP: "环节", "": "办理人"}.get(self.key, self.key)


def choices_of(s: Situation) -> tuple[Choice, ...]:
    """What the action asks its actor to choose, in order."""
    return (*_tasks_choice(s), *_step_choice(s), *_people_choices(s))


def own_choices(s: Situation) -> tuple[Candidate, ...]:
    """The actor's own tasks among which he must say which he answers, by number; mostly none."""
    return tuple(Candidate(str(task.number), _as_held(s, task)) for task in to_be_named(s))


def _as_held(s: Situation, task: Task) -> str:
    """A task of the actor in words; one that he holds for somebody else says for whom."""
    other = acts_for(s, task)
    name = named(s, task)
    return name if other is None else f"{name}，代{s.office.organisation.name_of(other)}"


def given_for(s: Situation, assignment: Assignment) -> tuple[str, ...]:
    """What was chosen for an assignment, without repetition: by its label, else the one choice."""
    chosen = s.given.chosen
    given = chosen.get(assignment.label or "") or chosen.get("") or ()
    return tuple(dict.fromkeys(given))


def may_be_chosen(s: Situation, assignment: Assignment, person: Person) -> bool:
    """Whether a person stands within what the assignment lets choose among."""
    if assignment.post is not None and assignment.chosen is Choose.PEOPLE:
        return person in in_post(s, assignment)
    return not assignment.among or any(_is_among(s, word, person) for word in assignment.among)


def in_post(s: Situation, assignment: Assignment) -> tuple[Person, ...]:
    """Who holds the post of an assignment, from where it looks; nobody where it is vacant."""
    organisation, unit = s.office.organisation, s.revision.unit
    post = assignment.post or PostName("")
    if assignment.of == "own_organ":
        return organisation.all_in_organ(unit, post)
    token = organisation.post_near(unit, post)
    return organisation.holders(token) if token is not None else ()


def targets(s: Situation) -> tuple[Task, ...]:
    """Open tasks of others that the action may touch, by its labels."""
    action = s.action
    side = action.task is Verb.RECALL
    return tuple(
        task
        for task in s.revision.open_tasks
        if task.side == side
        and (not action.of or task.label in action.of)
        and not (action.unheld and _is_held(s, task))
        and not (action.task is Verb.ENTER and task.blocked)
    )


def _is_held(s: Situation, task: Task) -> bool:
    """Whether somebody in office holds the task who may open the record."""
    return in_office(task.holder, s.office.organisation, level=s.revision.level)


def passed_steps(s: Situation) -> dict[str, int]:
    """States that the record has passed and people left → where in the trail, the last time.

    One that the kind does not know any more leads nowhere.
    """
    return {
        step.state: index
        for index, step in enumerate(s.revision.trail)
        if step.state != s.revision.state and step.state in s.office.kind.states
    }


def _tasks_choice(s: Situation) -> Iterator[Choice]:
    if s.action.task not in OFFICE_VERBS:
        return
    many = s.action.task in {Verb.WAIVE, Verb.REMOVE, Verb.RECALL}
    found = tuple(Candidate(str(task.number), named(s, task)) for task in targets(s))
    yield Choice(TASKS, "tasks", many=many, optional=False, candidates=found)


def _step_choice(s: Situation) -> Iterator[Choice]:
    states = s.office.kind.states
    if s.action.to == CHOSEN_STEP:
        names = tuple(passed_steps(s))
    elif s.action.to == ANY_STATE:
        names = tuple(n for n, each in states.items() if not each.done and n != s.revision.state)
    else:
        return
    found = tuple(Candidate(name, states[name].label) for name in names if name in states)
    yield Choice(STEP, "steps", many=False, optional=False, candidates=found)


def _people_choices(s: Situation) -> Iterator[Choice]:
    for assignment in s.action.next:
        if assignment.chosen is None:
            continue
        what = "units" if assignment.chosen is Choose.UNITS else "people"
        candidates = tuple(_candidates(s, assignment))
        if assignment.chosen is Choose.AGAIN:
            what = "units" if any(task.unit for task in _earlier(s)) else "people"
        yield Choice(
            assignment.label or "",
            what,
            many=assignment.many,
            optional=assignment.optional,
            candidates=candidates,
        )


def _candidates(s: Situation, assignment: Assignment) -> Iterator[Candidate]:
    organisation = s.office.organisation
    if assignment.chosen is Choose.AGAIN:
        for task in _earlier(s):
            yield Candidate(task.unit or str(task.number), named(s, task))
    elif assignment.chosen is Choose.UNITS:
        yield from _units(organisation, assignment.post)
    elif assignment.post is not None:
        for person in in_post(s, assignment):
            yield Candidate(person.login, person.name)
    elif assignment.among:
        for person in organisation.people:
            if not person.disabled and may_be_chosen(s, assignment, person):
                yield Candidate(person.login, person.name)


def _units(organisation: Organisation, post: PostName | None) -> Iterator[Candidate]:
    for unit in organisation.units:
        if post is None or organisation.post_of(unit.code, post) is not None:
            yield Candidate(unit.code, organisation.full_name(unit.code))


def _earlier(s: Situation) -> tuple[Task, ...]:
    return tuple(t for t in of_round(s.action.to, s.revision.tasks) if t.returns_to is None)


def _is_among(s: Situation, word: str, person: Person) -> bool:
    organisation = s.office.organisation
    scheme, _, rest = word.partition(":")
    if word == "own_unit":
        return person.unit == s.revision.unit
    if word == "own_organ":
        return (
            organisation.organ_of(person.unit).code == organisation.organ_of(s.revision.unit).code
        )
    if scheme == "post":
        return PostName(rest) in person.posts
    if scheme == "field":
        value = s.revision.fields.get(rest)
        units = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
        return any(person.unit in organisation.subtree(UnitCode(unit)) for unit in units)
    return word in {person_token(person.login), *(f"role:{role}" for role in person.roles)}


def sorted_out(
    s: Situation, given: Sequence[str] | Mapping[str, Sequence[str]]
) -> tuple[dict[str, tuple[str, ...]], tuple[int, ...], str | None]:
    """What came as `next`: people and units by label, numbers of tasks, the step.

    A bare list is the action's only choice. A task may be named by its number, its unit or its
    holder. Raises Invalid (``choose_by_label``, ``choose_tasks``).
    """
    keys = [choice.key for choice in choices_of(s)]
    if not isinstance(given, Mapping):
        if given and len(keys) > 1:
            labels = tuple(choice.label for choice in choices_of(s))
            raise Invalid("choose_by_label", labels=labels, field="next")
        given = {keys[0] if keys else "": given} if given else {}
    chosen = {label: tuple(values) for label, values in given.items()}
    named = chosen.pop(TASKS, ()) if TASKS in keys else ()
    step = chosen.pop(STEP, ()) if STEP in keys else ()
    return chosen, tuple(_number(s, value) for value in named), step[0] if step else None


def _number(s: Situation, value: str) -> int:
    for task in targets(s):
        if value in {str(task.number), task.unit, task.holder}:
            return task.number
    raise Invalid("choose_tasks", field="next", action=s.action.label)
