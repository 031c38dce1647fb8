"""收藏 (SC-01 .. SC-04): records and searches that the visitor keeps, in folders, with a note."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid
from records.identity import RecordId
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.shown.person.favourites import HERE, FavouriteShowing
from search_ui.shown.words import record_href
from services.finding.favourites import fits
from services.standing.saved_searches import Wanted
from services.standing.subscriptions import When

router = APIRouter(route_class=BoundedRoute)

Asked = Annotated[str, Query(max_length=200)]


@router.get(HERE)
def show(
    visitor: TheVisitor,
    folder: str | None = None,
    q: Asked = "",
    edit: Asked = "",
    page: Annotated[int, Query(ge=1, le=100)] = 1,
) -> HTMLResponse:
    """The rows of a folder; `edit` opens the form of one."""
    view = _showing(visitor).page(folder=folder, words=q, page=page, edit=edit)
    return visitor.show("favourites", view, current="favourites")


@router.post("/records/{record}/favourite")
def star(record: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Keeps the record, or keeps it no more; then the record again."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    found = house.browsing.open(caller, RecordId(record)).revision.record
    if text_of(form, "off"):
        house.lists.favourites.drop(caller.person.login, found)
        return visitor.go(record_href(found), told=t("favourite.dropped"))
    try:
        house.lists.favourites.keep(caller, found)
    except Invalid as error:
        return visitor.go(record_href(found), told=str(tell(error)), tone="warning")
    return visitor.go(record_href(found), told=t("favourite.kept"))


@router.post(HERE + "/searches")
def keep_search(visitor: TheVisitor, form: TheForm) -> Response:
    """Keeps a search under a name; then the search again."""
    asks = text_of(form, "asks")
    back = f"/search?{asks}" if fits(asks) else "/search"
    try:
        wanted = Wanted(_when(form), True if text_of(form, "shared") else None)
        visitor.desk.house.lists.searches.keep(visitor.caller, text_of(form, "name"), asks, wanted)
    except Invalid as error:
        return visitor.go(back, told=str(tell(error)), tone="warning")
    return visitor.go(back, told=visitor.desk.texts("favourite.kept"))


@router.post(HERE + "/{target}")
def change(target: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Another folder or note; what was typed comes back with what is wrong."""
    folder, note = text_of(form, "folder"), text_of(form, "note")
    wanted = Wanted(_when(form), bool(text_of(form, "shared")), folder=folder, note=note)
    try:
        visitor.desk.house.lists.searches.change(visitor.caller, target, wanted)
    except Invalid as error:
        view = _showing(visitor).page(edit=target, typed=(wanted, tell(error)))
        return visitor.show("favourites", view, current="favourites", status=422)
    kept = f"?folder={quote(' '.join(folder.split()))}" if folder.strip() else ""
    return visitor.go(f"{HERE}{kept}", told=visitor.desk.texts("favourite.changed"))


@router.post(HERE + "/{target}/drop")
def drop(target: str, visitor: TheVisitor) -> Response:
    """Keeps it no more."""
    lists = visitor.desk.house.lists
    lists.favourites.get(visitor.caller.person.login, target)
    lists.searches.drop(visitor.caller, target)
    return visitor.go(HERE, told=visitor.desk.texts("favourite.dropped"))


def _when(form: FormData) -> When | None:
    given = text_of(form, "when")
    return When(given) if given in set(When) else None


def _showing(visitor: Visitor) -> FavouriteShowing:
    return FavouriteShowing(visitor.desk.house, visitor.caller, visitor.desk.texts)
