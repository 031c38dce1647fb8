"""In which of his places somebody acts (SY-07): the unit for which he begins, signs and answers."""

from records.flow.task import Task
from records.identity import UnitCode
from records.people.organisation import Organisation
from records.people.person import Person
from records.revision import Revision


def acting_unit_of(
    person: Person, revision: Revision, task: Task | None, organisation: Organisation
) -> UnitCode:
    """The unit for which a person acts on a record.

    That of the task that he answers, or of the post that holds it; as the author of the record the
    one for which he began it, as long as he has a place there; else his own.
    """
    if task is not None and task.unit is not None:
        return task.unit
    scheme, _, rest = task.holder.partition(":") if task is not None else ("", "", "")
    if scheme == "post":
        return UnitCode(rest.partition("/")[0])
    if person.login == revision.owner and revision.unit in {
        organisation.successor(unit) for unit, _ in person.places
    }:
        return revision.unit
    return person.unit
