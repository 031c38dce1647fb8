"""Who gets a record by an action, where the kind and the fields of the record decide."""

from records.errors import Refused
from records.flow.assignment import post_for
from records.flow.declarations import ActionDeclaration, Assignment
from records.identity import UnitCode
from records.revision import Revision
from search_ui.shown.form_fields import FormDrawing

NAMED = 6
"""So many receivers are named before the rest is counted."""


NAMED_IN_POST = 3
"""So many holders of one post are named; of more the post says enough."""


def goes_to(action: ActionDeclaration, revision: Revision, drawing: FormDrawing) -> str:
    """Their names; those whom the actor chooses are left out."""
    named = dict.fromkeys(
        name
        for each in action.next
        if each.chosen is None
        for name in _receivers(each, revision, drawing)
    )
    if len(named) <= NAMED:
        return "、".join(named)
    some = "、".join(list(named)[:NAMED])
    return drawing.texts("record.and_more", some=some, n=len(named))


def _receivers(assignment: Assignment, revision: Revision, drawing: FormDrawing) -> list[str]:
    organisation = drawing.organisation
    if assignment.author:
        return [organisation.name_of(revision.owner)]
    scheme, _, field = assignment.of.partition(":")
    if assignment.post and scheme == "field":
        value = revision.fields.get(field)
        units = value if isinstance(value, tuple) else (str(value),) if value else ()
        return [
            f"{organisation.full_name(UnitCode(u))}（{assignment.label or assignment.post}）"
            for u in units
        ]
    return [_in_office(assignment, revision, drawing)] if assignment.post else []


def _in_office(assignment: Assignment, revision: Revision, drawing: FormDrawing) -> str:
    """The post with who holds it now: 王敏（科室负责人）; the post alone for many, or none."""
    post, organisation = str(assignment.post), drawing.organisation
    try:
        people = organisation.holders(post_for(assignment, revision.unit, organisation))
    except Refused:
        return post
    if not 0 < len(people) <= NAMED_IN_POST:
        return post
    return f"{'、'.join(person.name for person in people)}（{post}）"
