"""个人通讯录: contacts that one keeps for oneself (TX-02)."""

from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from languages.errors import tell
from records.content_disposition import content_disposition
from records.errors import Conflict, Invalid
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.routers.directory.directory import tabs
from search_ui.views.fields import FormField
from search_ui.views.person.directory import ContactRow, ContactsView
from services.directory import OwnContact

router = APIRouter(route_class=BoundedRoute)

HERE = "/directory/own"
_FIELDS = ("name", "organisation", "phone", "mobile", "mail", "note")
_LONGEST = {"organisation": 100, "mail": 255, "note": 200}


@router.get(HERE)
def contacts(visitor: TheVisitor, q: str = "", edit: str = "") -> HTMLResponse:
    """They, by name; the form holds the one that `edit` names."""
    book = visitor.desk.house.rosters.contacts
    chosen = book.one(visitor.caller, edit) if edit else OwnContact(name="")
    return visitor.show("contacts", _view(visitor, chosen, q.strip()), current="directory")


@router.post(HERE)
def keep(visitor: TheVisitor, form: TheForm) -> Response:
    """A new one, or a change; what was typed comes back with what is wrong."""
    told = {name: text_of(form, name) for name in _FIELDS}
    given = OwnContact(id=text_of(form, "id"), **told)
    try:
        visitor.desk.house.rosters.contacts.keep(visitor.caller, given)
    except (Invalid, Conflict) as error:
        view = _view(visitor, given, "", error)
        return visitor.show("contacts", view, current="directory", status=422)
    return visitor.go(HERE, told=visitor.desk.texts("directory.kept"))


@router.post(HERE + "/{contact}/drop")
def drop(contact: str, visitor: TheVisitor) -> Response:
    """One goes."""
    visitor.desk.house.rosters.contacts.drop(visitor.caller, contact)
    return visitor.go(HERE, told=visitor.desk.texts("directory.dropped"))


@router.get(HERE + "/export")
def export(
    visitor: TheVisitor,
    q: str = "",
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - the name that lists have
) -> Response:
    """They as a file."""
    t = visitor.desk.texts
    found = visitor.desk.house.rosters.contacts.of(visitor.caller, q)
    rows = (tuple(getattr(each, name) for name in _FIELDS) for each in found)
    writer, title = visitor.desk.tables[format], t("directory.own")
    pieces = writer.write(title, [t(f"directory.{name}") for name in _FIELDS], rows=rows)
    headers = {"Content-Disposition": content_disposition("attachment", f"{title}.{writer.suffix}")}
    return StreamingResponse(paced(pieces), media_type=writer.media_type, headers=headers)


def _view(
    visitor: Visitor, chosen: OwnContact, query: str, error: Invalid | Conflict | None = None
) -> ContactsView:
    t = visitor.desk.texts
    wrong, told = (error.facts.get("field"), str(tell(error))) if error else (None, "")
    rows = visitor.desk.house.rosters.contacts.of(visitor.caller, query)
    return ContactsView(
        tabs=tabs(visitor, own=True),
        rows=tuple(
            ContactRow(
                each.name, each.organisation, each.phone, each.mobile, each.mail, each.note,
                edit_href=f"{HERE}?edit={quote(each.id)}",
                drop_href=f"{HERE}/{quote(each.id)}/drop",
            )
            for each in rows
        ),
        query=query,
        form=tuple(
            FormField(
                name, t(f"directory.{name}"), "text", getattr(chosen, name),
                required=name == "name", max=_LONGEST.get(name, 60),
                error=told if name == wrong else "",
            )
            for name in _FIELDS
        ),
        id=chosen.id,
        problem=told if wrong not in _FIELDS else "",
        export_href=f"{HERE}/export",
    )  # fmt: skip
