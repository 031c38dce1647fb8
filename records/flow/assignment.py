"""Whom the next task goes to: an action's `next`, resolved against the organisation."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from records.errors import Invalid, NotFound, Refused
from records.flow.acting_unit import acting_unit_of
from records.flow.capacity import own_tasks
from records.flow.choosing import given_for, in_post, may_be_chosen
from records.flow.decision import Situation
from records.flow.declarations import Assignment, Choose
from records.flow.task import Held
from records.flow.task_list import Holder, of_round
from records.flow.vacancies import in_office
from records.identity import Login, PostName, Token, UnitCode
from records.people.organisation import Organisation
from records.rights.access import EVERYONE, person_token, role_token


def next_holders(
    s: Situation, assignments: Sequence[Assignment], *, state: str
) -> tuple[Holder, ...]:
    """Everyone who gets a task of `state`, in order.

    Raises Refused (``vacant_post``) when nobody holds a post that is needed (SY-07) and
    (``not_cleared``) when nobody who holds it may open the record, Invalid (``choose_people``,
    ``choose_one``, ``unknown_person`` …) when the choice does not fit.
    """
    _refuse_unasked(s, assignments)
    found = tuple(
        replace(
            holder,
            label=assignment.label or holder.label,
            after=assignment.after or holder.after,
            side=assignment.side,
            serial=assignment.serial,
            weight=assignment.weight,
        )
        for assignment in assignments
        for holder in _holders(s, assignment, state)
    )
    for holder in found:
        _refuse_uncleared(s, holder)
    return found


def _refuse_uncleared(s: Situation, holder: Holder) -> None:
    """Whoever may not open the record cannot act on it, and it would wait for ever."""
    organisation, level = s.office.organisation, s.revision.level
    if in_office(holder.token, organisation) and not in_office(
        holder.token, organisation, level=level
    ):
        raise Refused("not_cleared", name=organisation.describe(holder.token), level=level.label)


def reopened(
    held: Sequence[Held], organisation: Organisation, *, instead: Login | None
) -> tuple[Holder, ...]:
    """Those who held a step before, as they can hold it now.

    Whoever has left is replaced by who handed the task to him, and where nobody of them is left
    by `instead`, who sent the step on. Raises Refused (``nobody_left``).
    """
    found: list[Holder] = []
    for each in held:
        token = next(
            (t for t in (each.holder, each.origin) if t and in_office(t, organisation)), None
        )
        if token is not None:
            found.append(
                Holder(
                    token,
                    each.label,
                    each.after,
                    each.unit,
                    weight=each.weight,
                    serial=each.serial,
                )
            )
    if not found and instead is not None and in_office(person_token(instead), organisation):
        found.append(Holder(person_token(instead), held[0].label if held else None))
    if not found:
        raise Refused("nobody_left", unit=held[0].label if held else None)
    labels = {holder.label for holder in found}
    return tuple(h if h.after in labels else replace(h, after=None) for h in found)


def anybody_left(held: Sequence[Held], organisation: Organisation) -> bool:
    """Whether `reopened` finds somebody for a step without who sent it on."""
    return any(
        token is not None and in_office(token, organisation)
        for each in held
        for token in (each.holder, each.origin)
    )


def _refuse_unasked(s: Situation, assignments: Sequence[Assignment]) -> None:
    """A choice that nobody asked for is a mistake, not something to pass over."""
    labels = {assignment.label or "" for assignment in assignments if assignment.chosen}
    if labels:
        labels.add("")
    if any(values and label not in labels for label, values in s.given.chosen.items()):
        raise Invalid("nobody_to_choose", field="next")


def _holders(s: Situation, assignment: Assignment, state: str) -> Iterator[Holder]:
    organisation, revision = s.office.organisation, s.revision
    if assignment.actor:
        yield Holder(person_token(s.actor.login))
    elif assignment.author:
        yield Holder(person_token(revision.owner))
    elif assignment.role is not None:
        yield Holder(role_token(assignment.role))
    elif assignment.field is not None:
        yield from _of_field(s, assignment.field)
    elif assignment.previous:
        step = revision.trail[-1] if revision.trail else None
        if step is None:
            raise Refused("no_previous_step", action=s.action.label)
        yield from reopened(step.holders, organisation, instead=step.by)
    elif assignment.chosen is not None:
        yield from _chosen(s, assignment, state)
    elif assignment.of.startswith("field:"):
        for unit in units_of(s, assignment.of.removeprefix("field:")):
            yield Holder(post_for(assignment, unit, organisation), unit=unit)
    else:
        unit = _acting_unit(s) if assignment.of == "above_actor" else revision.unit
        yield Holder(post_for(assignment, unit, organisation))


def _acting_unit(s: Situation) -> UnitCode:
    person = s.office.organisation.find_person(s.actor.login)
    if person is None:
        return s.revision.unit
    task = next(iter(own_tasks(s)), None)
    return acting_unit_of(person, s.revision, task, s.office.organisation)


def units_of(s: Situation, field: str) -> tuple[UnitCode, ...]:
    """The units that a field of one or several names."""
    value = s.revision.fields.get(field)
    if isinstance(value, str) and value:
        return (UnitCode(value),)
    return tuple(UnitCode(unit) for unit in value) if isinstance(value, tuple) else ()


def post_for(assignment: Assignment, unit: UnitCode, organisation: Organisation) -> Token:
    """The post of an assignment as seen from a unit. Raises Refused (``vacant_post``)."""
    post = assignment.post or PostName("")
    if assignment.chosen is Choose.UNITS or assignment.of.startswith("field:"):
        token = organisation.post_of(unit, post)
    elif assignment.of == "own_organ":
        token = organisation.post_in_organ(unit, post)
    elif assignment.of == "own_organ_or_above":
        token = organisation.post_in_organ(unit, post) or organisation.post_above(unit, post)
    elif assignment.of == "above_actor":
        token = organisation.post_above(unit, post)
    else:
        token = organisation.post_near(unit, post)
    if token is None:
        raise Refused("vacant_post", post=post, unit=unit, unit_name=organisation.unit_name(unit))
    return token


def _of_field(s: Situation, field: str) -> Iterator[Holder]:
    """People, or tokens of an audience, that a field names.

    Raises Invalid (``everyone_holds``): what waits for everybody waits for nobody.
    """
    value = s.revision.fields.get(field)
    for each in value if isinstance(value, tuple) else ():
        if each == EVERYONE:
            label = s.office.kind.fields[field].label
            raise Invalid("everyone_holds", field=field, label=label, action=s.action.label)
        yield Holder(Token(each) if ":" in each else person_token(Login(each)))


def _chosen(s: Situation, assignment: Assignment, state: str) -> Iterator[Holder]:
    given = given_for(s, assignment)
    if not given and assignment.optional:
        return
    if assignment.post is not None and assignment.chosen is Choose.PEOPLE:
        held_by = in_post(s, assignment)
        if not held_by:
            post_for(assignment, s.revision.unit, s.office.organisation)  # names who is missing
        given = given or tuple(person.login for person in held_by if len(held_by) == 1)
    if not given:
        raise Invalid("choose_people", field="next")
    if len(given) > 1 and not assignment.many:
        raise Invalid("choose_one", field="next")
    if assignment.chosen is Choose.UNITS:
        yield from _chosen_units(s, assignment, given)
    elif assignment.chosen is Choose.AGAIN:
        yield from _again(s, given, state)
    else:
        for login in given:
            yield Holder(_person(s, assignment, Login(login.removeprefix("person:"))))


def _person(s: Situation, assignment: Assignment, login: Login) -> Token:
    try:
        person = s.office.organisation.person(login)
    except NotFound as error:
        raise Invalid("unknown_person", login=login, field="next") from error
    if person.disabled:
        raise Invalid("unknown_person", login=login, field="next")
    if not may_be_chosen(s, assignment, person):
        raise Invalid("not_to_choose", name=person.name, field="next")
    return person_token(login)


def _chosen_units(s: Situation, assignment: Assignment, given: Sequence[str]) -> Iterator[Holder]:
    organisation = s.office.organisation
    for code in given:
        try:
            unit = organisation.unit(UnitCode(code.removeprefix("unit:")))
        except NotFound as error:
            raise Invalid("unknown_unit", unit=code, field="next") from error
        if assignment.post is None:
            yield Holder(Token(f"unit:{unit.code}"), unit=unit.code)
        else:
            yield Holder(post_for(assignment, unit.code, organisation), unit=unit.code)


def _again(s: Situation, given: Sequence[str], state: str) -> Iterator[Holder]:
    """Tasks of the state's last round, named by their unit, their holder or their number."""
    last = [task for task in of_round(state, s.revision.tasks) if task.returns_to is None]
    found: list[Held] = []
    for wanted in given:
        task = next(
            (
                task
                for task in reversed(last)
                if wanted in {str(task.number), task.unit, str(task.holder), task.done_by}
            ),
            None,
        )
        if task is None:
            raise Invalid("not_to_choose", name=wanted, field="next")
        found.append(
            Held(
                holder=task.holder,
                label=task.label,
                origin=task.origin,
                unit=task.unit,
                after=task.after,
                weight=task.weight,
            )
        )
    yield from reopened(found, s.office.organisation, instead=None)
