"""分组管理 (SY-03): groups of people, one's own and public ones, and the form."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid
from records.identity import Login
from records.people.roles import Power
from records.rights.access import person_token
from records.schema.kind_fields import FieldType
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of, texts_of
from search_ui.shown.form_fields import EVERYBODY
from search_ui.shown.form_reading import entry_named
from search_ui.views.fields import FormField, Picked
from search_ui.views.person.groups import GroupRow, GroupsPage
from services.people.groups import Group

router = APIRouter(route_class=BoundedRoute)

HERE = "/groups"


@router.get(HERE)
def show(visitor: TheVisitor, edit: str = "", public: bool = False) -> HTMLResponse:  # noqa: FBT001, FBT002 - of the address
    """The groups; the form holds the one that `edit` names."""
    groups = visitor.desk.house.rosters.groups.of(visitor.caller.person.login)
    chosen = next((each for each in groups if each.id == edit and each.public == public), None)
    return visitor.show("groups", _page(visitor, chosen))


@router.post(HERE)
def keep(visitor: TheVisitor, form: TheForm) -> Response:
    """A group more, or other members; what was typed comes back with what is wrong."""
    name, public = text_of(form, "name"), bool(text_of(form, "public"))
    members = [Login(each.removeprefix("person:")) for each in texts_of(form, "members")]
    try:
        members += _typed(visitor, form)
        visitor.desk.house.rosters.groups.keep(visitor.caller, name, members, public=public)
    except (Invalid, Conflict) as error:
        tried = Group("", name, tuple(members), public)
        page = _page(visitor, tried, problem=str(tell(error)))
        return visitor.show("groups", page, status=422)
    return visitor.go(HERE, told=visitor.desk.texts("group.kept"))


@router.post(HERE + "/{group}/drop")
def drop(group: str, visitor: TheVisitor, form: TheForm) -> Response:
    """One goes."""
    public = bool(text_of(form, "public"))
    visitor.desk.house.rosters.groups.drop(visitor.caller, group, public=public)
    return visitor.go(HERE, told=visitor.desk.texts("group.dropped"))


def _typed(visitor: Visitor, form: FormData) -> list[Login]:
    typed = text_of(form, "members_add").strip()
    if not typed:
        return []
    organisation = visitor.caller.organisation
    return [Login(entry_named(FieldType.PEOPLE, typed, organisation, field="members"))]


def _page(visitor: Visitor, chosen: Group | None, *, problem: str = "") -> GroupsPage:
    organisation = visitor.caller.organisation
    groups = visitor.desk.house.rosters.groups.of(visitor.caller.person.login)
    may_publish = visitor.caller.may(Power.GROUPS)
    picked = tuple(
        Picked(person_token(each), organisation.name_of(each))
        for each in (chosen.members if chosen else ())
    )
    return GroupsPage(
        own=tuple(_row(visitor, each, own=True) for each in groups if not each.public),
        public=tuple(_row(visitor, each, own=may_publish) for each in groups if each.public),
        members=FormField(
            "members",
            visitor.desk.texts("group.members"),
            "people",
            required=True,
            picked=picked,
            roster_href=EVERYBODY,
        ),
        name=chosen.name if chosen else "",
        may_publish=may_publish,
        as_public=bool(chosen and chosen.public),
        problem=problem,
    )


def _row(visitor: Visitor, group: Group, *, own: bool) -> GroupRow:
    names = tuple(map(visitor.caller.organisation.name_of, group.members))
    if not own:
        return GroupRow(group.name, names)
    public = "&public=true" if group.public else ""
    edit = f"{HERE}?edit={group.id}{public}"
    return GroupRow(group.name, names, edit, f"{HERE}/{group.id}/drop")
