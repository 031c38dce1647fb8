"""机构通讯录: the tree of units, the people of one, a card, the correction one asks for."""

from typing import Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from languages.errors import tell
from records.content_disposition import content_disposition
from records.errors import Invalid
from records.identity import UnitCode
from records.people.contact import NAMES, Contact
from records.people.organisation import Organisation
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.formats import day
from search_ui.shown.search.address import PAGE_SIZE, papers_href
from search_ui.shown.search.found import pager
from search_ui.views.fields import FormField
from search_ui.views.organisation import UnitNode
from search_ui.views.person.directory import CardView, DirectoryRow, DirectoryView
from search_ui.views.shell import Tab
from services.administration.scope import keeps
from services.directory import DirectoryEntry
from services.directory.directory import in_office

router = APIRouter(route_class=BoundedRoute)

HERE = "/directory"


@router.get(HERE)
def directory(visitor: TheVisitor, unit: str = "", q: str = "", page: int = 1) -> HTMLResponse:
    """The people of a unit with all below it, or those of a name or number."""
    caller, house = visitor.caller, visitor.desk.house
    organisation, page, typed = caller.organisation, max(page, 1), q.strip()
    chosen = UnitCode(unit) if organisation.has_unit(UnitCode(unit)) else None
    found = house.rosters.directory.page(
        caller, unit=chosen or "", typed=typed, page=page, size=PAGE_SIZE
    )
    given = (("unit", chosen or ""), ("q", typed))
    view = DirectoryView(
        tabs=tabs(visitor, own=False),
        tree=_tree(organisation, chosen),
        unit=organisation.full_name(chosen) if chosen else visitor.desk.texts("people.everyone"),
        unit_code=chosen or "",
        query=typed,
        rows=tuple(map(_row, found.rows)),
        pager=pager(found.total, page, given, base=HERE),
        export_href=f"{HERE}/export?{urlencode(given)}",
    )
    return visitor.show("directory", view, current="directory")


@router.get(HERE + "/export")
def export(
    visitor: TheVisitor,
    unit: str = "",
    q: str = "",
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - the name that lists have
) -> Response:
    """What the page shows, all of it, as a file."""
    t, house = visitor.desk.texts, visitor.desk.house
    entries = house.rosters.directory.exported(visitor.caller, unit=unit, typed=q)
    heads = [t(f"directory.{name}") for name in ("unit", "name", "posts", *NAMES)]
    rows = (_cells(visitor, each) for each in entries)
    writer, title = visitor.desk.tables[format], t("directory.title")
    headers = {"Content-Disposition": content_disposition("attachment", f"{title}.{writer.suffix}")}
    pieces = paced(writer.write(title, heads, rows=rows))
    return StreamingResponse(pieces, media_type=writer.media_type, headers=headers)


@router.get(HERE + "/people/{login}")
def card(login: str, visitor: TheVisitor) -> HTMLResponse:
    """One person."""
    return visitor.show("directory_card", _card(visitor, login), current="directory")


@router.post(HERE + "/correction")
def correct(visitor: TheVisitor, form: TheForm) -> Response:
    """Asks for what stands of oneself to be put right."""
    house, login = visitor.desk.house, visitor.caller.person.login
    given = {name: text_of(form, name) for name in NAMES}
    try:
        house.administration.corrections.ask(visitor.caller, given, text_of(form, "note"))
    except Invalid as error:
        view = _card(visitor, login, given=given, note=text_of(form, "note"), error=error)
        return visitor.show("directory_card", view, current="directory", status=422)
    told = visitor.desk.texts("directory.asked")
    return visitor.go(f"{HERE}/people/{quote(login)}", told=told)


def tabs(visitor: Visitor, *, own: bool) -> tuple[Tab, ...]:
    """机构通讯录 and 个人通讯录."""
    t = visitor.desk.texts
    return (
        Tab(t("directory.of_organisation"), HERE, current=not own),
        Tab(t("directory.own"), f"{HERE}/own", current=own),
    )


def _card(
    visitor: Visitor,
    login: str,
    *,
    given: dict[str, str] | None = None,
    note: str = "",
    error: Invalid | None = None,
) -> CardView:
    caller, house = visitor.caller, visitor.desk.house
    entry = house.rosters.directory.card(caller, login)
    person = caller.organisation.person(entry.login)
    form: tuple[FormField, ...] = ()
    is_own = entry.login == caller.person.login
    if is_own:
        standing = person.contact or Contact()
        values = given or {name: getattr(standing, name) for name in NAMES}
        form = _fields(visitor, {**values, "note": note}, error)
    edits = keeps(caller, person)
    known = {each.name for each in form}
    field = error.facts.get("field") if error else None
    return CardView(
        row=_row(entry),
        papers_href=papers_href(entry.name),
        edit_href=f"/people/person/{quote(entry.login)}" if edits else None,
        form=form,
        problem=str(tell(error)) if error and field not in known else "",
        state=_state(visitor) if is_own else "",
    )


def _fields(
    visitor: Visitor, values: dict[str, str], error: Invalid | None
) -> tuple[FormField, ...]:
    t = visitor.desk.texts
    wrong, told = (error.facts.get("field"), str(tell(error))) if error else (None, "")
    return tuple(
        FormField(
            name, t(f"directory.{name}"), "text", values.get(name, ""),
            max=200 if name == "note" else 60, wide=name == "note",
            error=told if name == wrong else "",
        )
        for name in (*NAMES, "note")
    )  # fmt: skip


def _state(visitor: Visitor) -> str:
    t, caller = visitor.desk.texts, visitor.caller
    asked = visitor.desk.house.administration.corrections.of(caller)
    if asked is None:
        return ""
    if asked.confirmed is None:
        return t("directory.waits", day=day(asked.at))
    who = caller.organisation.name_of(asked.by) if asked.by else ""
    if asked.confirmed:
        return t("directory.confirmed", day=day(asked.at), who=who)
    return t("directory.refused", day=day(asked.at), who=who, reason=asked.reason)


def _row(entry: DirectoryEntry) -> DirectoryRow:
    return DirectoryRow(
        name=entry.name,
        href=f"{HERE}/people/{quote(entry.login)}",
        unit=entry.unit_name,
        posts="、".join(entry.posts),
        phone=entry.phone,
        mobile=entry.mobile,
        mobile_hidden=entry.mobile_hidden,
        mail=entry.mail,
        room=entry.room,
    )


def _cells(visitor: Visitor, entry: DirectoryEntry) -> tuple[str, ...]:
    hidden = visitor.desk.texts("directory.hidden") if entry.mobile_hidden else ""
    posts = "、".join(entry.posts)
    mobile = entry.mobile or hidden
    return (entry.unit_name, entry.name, posts, entry.phone, mobile, entry.mail, entry.room)


def _tree(organisation: Organisation, current: UnitCode | None) -> tuple[UnitNode, ...]:
    """The units at the top, and on the way to the current one those right below each."""
    counts = in_office(organisation)
    tops = organisation.sections(None)
    way = {unit.code for unit in organisation.upward(current)} if current else set()
    opened = way or ({tops[0].code} if len(tops) == 1 else set())

    def node(code: UnitCode) -> UnitNode:
        unit, below = organisation.unit(code), organisation.sections(code)
        return UnitNode(
            code=code,
            name=unit.name,
            href=f"{HERE}?{urlencode({'unit': code})}",
            people=counts.get(code, 0),
            level=unit.level or "",
            children=tuple(node(each.code) for each in below) if code in opened else (),
            opened=code in opened,
            current=code == current,
        )

    return tuple(node(unit.code) for unit in tops)
