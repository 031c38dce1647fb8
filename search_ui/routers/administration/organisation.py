"""机构与人员: the tree and the people of a unit, for who keeps them (SY-01, SY-02)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from records.identity import Login, UnitCode
from records.people.organisation import Organisation, Person
from search_ui.desk import TheVisitor, Visitor
from search_ui.shown.search.address import PAGE_SIZE
from search_ui.shown.search.found import pager
from search_ui.shown.words import level_badge
from search_ui.views.organisation import Link, PeoplePage, PersonRow, UnitNode
from search_ui.views.shell import Badge
from services.administration.scope import Scope, scope_needed

router = APIRouter(route_class=BoundedRoute)

HERE = "/people"


@router.get(HERE)
def people(visitor: TheVisitor, unit: str = "", q: str = "", page: int = 1) -> HTMLResponse:
    """The tree, and the people of a unit with all below, or those of a name."""
    view = _page(visitor, unit, q.strip(), max(page, 1))
    return visitor.show("people", view, current="people")


def _page(visitor: Visitor, unit: str, query: str, page: int) -> PeoplePage:
    organisation, t = visitor.caller.organisation, visitor.desk.texts
    scope = scope_needed(visitor.caller)
    top = scope.top if scope.top is not None and not scope.has(UnitCode(unit)) else None
    chosen = top or (UnitCode(unit) if unit and organisation.has_unit(UnitCode(unit)) else None)
    units = organisation.subtree(chosen) if chosen else None
    found = [
        person
        for person in organisation.people
        if (units is None or person.unit in units)
        and (not query or _fits(query.lower(), person.name, person.login))
    ]
    first = (page - 1) * PAGE_SIZE
    shown = found[first : first + PAGE_SIZE]
    opened = visitor.desk.house.accounts.opened([person.login for person in shown])
    return PeoplePage(
        tree=_tree(organisation, chosen, scope),
        unit=organisation.unit_name(chosen) if chosen else t("people.everyone"),
        people=tuple(_row(visitor, person, opened) for person in shown),
        pager=pager(len(found), page, (("unit", unit), ("q", query)), base=HERE),
        query=query,
        links=tuple(_links(visitor, chosen)),
        unit_link=Link(t("keeping.this_unit"), f"{HERE}/units/{chosen}", "edit")
        if chosen
        else None,
    )


def _links(visitor: Visitor, unit: UnitCode | None) -> list[Link]:
    t, at = visitor.desk.texts, f"?unit={unit}" if unit else ""
    waiting = len(visitor.desk.house.entry.applications.waiting(visitor.caller))
    links = [
        Link(t("keeping.new_person"), f"{HERE}/new{at}", "plus", primary=True),
        Link(t("keeping.new_unit"), f"{HERE}/units/new{at}", "sitemap"),
        Link(t("keeping.file"), f"{HERE}/file", "upload"),
        Link(t("roles.title"), f"{HERE}/roles", "key"),
    ]
    label = t("keeping.applications", n=waiting) if waiting else t("keeping.no_applications")
    asked = len(visitor.desk.house.administration.corrections.waiting(visitor.caller))
    told = t("directory.waiting", n=asked) if asked else t("directory.nothing_waiting")
    return [
        *links,
        Link(label, f"{HERE}/applications", "inbox"),
        Link(told, f"{HERE}/corrections", "edit"),
    ]


def _fits(typed: str, *names: str) -> bool:
    return any(typed in name.lower() for name in names)


def _tree(
    organisation: Organisation, current: UnitCode | None, scope: Scope
) -> tuple[UnitNode, ...]:
    """The units that are kept, opened down to the current one."""
    counts = organisation.headcounts()
    way = set() if current is None else {unit.code for unit in organisation.upward(current)}

    def node(code: UnitCode) -> UnitNode:
        unit = organisation.unit(code)
        return UnitNode(
            code=code,
            name=unit.name,
            href=f"{HERE}?unit={code}",
            people=counts.get(code, 0),
            level=unit.level or "",
            children=tuple(node(each.code) for each in organisation.sections(code)),
            opened=unit.parent is None or code == scope.top or code in way,
            current=code == current,
        )

    if scope.top is not None:
        return (node(scope.top),)
    return tuple(node(unit.code) for unit in organisation.sections(None))


def _row(visitor: Visitor, person: Person, opened: frozenset[Login]) -> PersonRow:
    t, organisation = visitor.desk.texts, visitor.caller.organisation
    status = Badge(t("people.status_ok"), "ok")
    if person.disabled:
        status = Badge(t("people.status_off"))
    elif person.login not in opened:
        status = Badge(t("people.status_none"), "warning")
    side = tuple(
        t("keeping.side", unit=organisation.unit_name(each.unit), posts="、".join(each.posts))
        for each in person.also
    )
    return PersonRow(
        login=person.login,
        name=person.name,
        unit=organisation.unit_name(person.unit),
        posts=(*person.posts, *side),
        roles=tuple(map(organisation.roles.title, person.roles)),
        clearance=level_badge(person.clearance),
        status=status,
        href=f"{HERE}/person/{person.login}",
    )
