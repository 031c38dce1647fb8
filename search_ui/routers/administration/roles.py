"""角色: what each may, for who keeps people (SY-04, SY-05)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from search_ui.desk import TheVisitor
from search_ui.texts import Texts
from search_ui.views.organisation import RoleRow, RolesPage
from services.administration.role_list import RoleStanding

router = APIRouter(route_class=BoundedRoute)


@router.get("/people/roles")
def roles(visitor: TheVisitor) -> HTMLResponse:
    """All roles, those of the house last."""
    standing = visitor.desk.house.administration.roles.all(visitor.caller)
    rows = tuple(_row(each, visitor.desk.texts) for each in standing)
    return visitor.show("roles", RolesPage(rows), current="people")


def _row(standing: RoleStanding, t: Texts) -> RoleRow:
    role = standing.role
    return RoleRow(
        name=role.role,
        title=role.title,
        is_own=standing.is_own,
        given_by=t(f"roles.by_{role.given_by}"),
        may=tuple(t(f"roles.may.{power}") for power in role.may),
        kinds=standing.kinds,
        holders=standing.holders,
    )
