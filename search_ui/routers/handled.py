"""【查询关联】: what the visitor has handled, to be picked as the basis of a paper (FW-06)."""

from fastapi import APIRouter

from gate.bounded_request import BoundedRoute
from records.errors import Invalid
from records.meaning import number_of, title_of
from search_ui.desk import TheVisitor

router = APIRouter(route_class=BoundedRoute)

OFFERED = 30


@router.get("/kinds/{kind}/handled/{field}")
def handled(
    kind: str, field: str, visitor: TheVisitor, q: str = ""
) -> dict[str, list[dict[str, object]]]:
    """For each heading of the field the records of its kinds, the last changed first.

    Raises Invalid (``unknown_field``) for a field that offers none.
    """
    house, caller = visitor.desk.house, visitor.caller
    declared = house.kinds.get(kind).fields.get(field)
    if declared is None or not declared.handled:
        fields = house.kinds.get(kind).fields
        allowed = tuple(name for name, each in fields.items() if each.handled)
        raise Invalid("unknown_field", field=field, kind=kind, allowed=allowed)
    groups: list[dict[str, object]] = []
    for label, kinds in declared.handled.items():
        rows = house.lists.of_work.handled(caller, kinds, words=q.strip(), size=OFFERED)
        items = [
            {
                "token": row.revision.record,
                "label": title_of(row.kind, row.revision),
                "detail": number_of(row.kind, row.revision),
            }
            for row in rows
        ]
        groups.append({"label": label, "items": items})
    return {"groups": groups}
