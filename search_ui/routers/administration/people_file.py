"""批量导入: a people file is looked at with its mistakes, and taken when confirmed (SY-02)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Conflict, Invalid, NotFound, Refused
from search_ui.desk import TheForm, TheVisitor, Visitor
from search_ui.receiving import received
from search_ui.views.organisation import ChangeLine, FaultRow, PeopleFilePage
from services.administration.people_preview import Preview
from services.administration.scope import scope_needed

router = APIRouter(route_class=BoundedRoute)

HERE = "/people/file"
SHOWN = 500
"""Rows that one page tells of; how many more there are it says."""


@router.get(HERE)
def begin(visitor: TheVisitor) -> HTMLResponse:
    """Where the file is chosen."""
    scope_needed(visitor.caller)
    return visitor.show("people_file", PeopleFilePage(), current="people")


@router.post(HERE)
def look(visitor: TheVisitor, form: TheForm) -> Response:
    """What the file would change; nothing is taken."""
    house, t = visitor.desk.house, visitor.desk.texts
    scope_needed(visitor.caller)
    try:
        with received(house.staging, form, {"file": None}) as files:
            if not files:
                raise Invalid("must_be_filled", field="file", label=t("keeping.file_label"))
            kept = house.administration.files.look(visitor.caller, files[0].staged, files[0].name)
    except Invalid as error:
        told = tell(error)
        page = PeopleFilePage(problem=told.what, advice=told.advice)
        return visitor.show("people_file", page, current="people", status=422)
    return visitor.go(f"{HERE}/{kept.id}")


@router.get(HERE + "/{kept}")
def preview(kept: str, visitor: TheVisitor) -> HTMLResponse:
    """The same, as it would be now; reloading changes nothing."""
    found = visitor.desk.house.administration.files.again(visitor.caller, kept)
    return visitor.show("people_file", _page(visitor, found), current="people")


@router.post(HERE + "/{kept}/take")
def take(kept: str, visitor: TheVisitor) -> Response:
    """Takes it, whole or not at all; new accounts' codes are shown once."""
    files, t = visitor.desk.house.administration.files, visitor.desk.texts
    try:
        loaded = files.take(visitor.caller, kept)
    except NotFound:
        return visitor.go("/people", told=t("keeping.file_gone"), tone="warning")
    except (Invalid, Refused, Conflict) as error:
        told = tell(error)
        page = _page(visitor, files.again(visitor.caller, kept), told.what, told.advice)
        return visitor.show("people_file", page, current="people", status=422)
    organisation = visitor.desk.house.book.current()
    warnings = [t("keeping.unknown_post", post=post) for post in loaded.unknown_posts]
    warnings += [t("keeping.unknown_profile", name=name) for name in loaded.unknown_profiles]
    page = PeopleFilePage(
        told=t("keeping.file_taken", units=loaded.units, people=loaded.people),
        codes=tuple(
            (login, organisation.name_of(login), code) for login, code in loaded.codes.items()
        ),
        warnings=tuple(warnings),
    )
    return visitor.show("people_file", page, current="people")


def _page(visitor: Visitor, found: Preview, problem: str = "", advice: str = "") -> PeopleFilePage:
    t = visitor.desk.texts

    def where(table: str, row: int) -> str:
        return t(f"keeping.row_{table}", row=row) if row else t("keeping.row_all")

    faults, changes = found.faults[:SHOWN], found.changes[:SHOWN]
    if faults:
        problem, advice = t("keeping.file_wrong", n=len(found.faults)), t("keeping.file_advice")
    elif not changes:
        problem, advice = t("keeping.file_same"), t("keeping.file_same_advice")
    return PeopleFilePage(
        problem=problem,
        advice=advice,
        take_href=f"{HERE}/{found.id}/take" if changes and not faults else "",
        faults=tuple(
            FaultRow(where(each.table, each.row), str(tell(each.error))) for each in faults
        ),
        changes=tuple(
            ChangeLine(where(each.table, each.row), each.name, each.new, each.lines)
            for each in changes
        ),
        more=len(found.faults or found.changes) - len(faults or changes),
        told=t("keeping.file_would", n=len(found.changes), same=found.same) if changes else "",
    )
