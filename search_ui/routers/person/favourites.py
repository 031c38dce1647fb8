"""收藏 (SC-01 .. SC-04): records and searches that the visitor keeps, in folders, with a note."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, NotFound
from records.identity import RecordId
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of
from search_ui.shown.favourites import HERE, FavouriteShowing
from search_ui.shown.words import record_href
from services.finding.favourites import fits

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
        visitor.desk.house.lists.favourites.keep_search(visitor.caller, text_of(form, "name"), asks)
    except Invalid as error:
        return visitor.go(back, told=str(tell(error)), tone="warning")
    return visitor.go(back, told=visitor.desk.texts("favourite.kept"))


@router.post(HERE + "/{target}")
def change(target: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Another folder or note; what was typed comes back with what is wrong."""
    folder, note = text_of(form, "folder"), text_of(form, "note")
    try:
        visitor.desk.house.lists.favourites.change(visitor.caller, target, folder=folder, note=note)
    except Invalid as error:
        view = _showing(visitor).page(edit=target, typed=(folder, note, tell(error)))
        return visitor.show("favourites", view, current="favourites", status=422)
    kept = f"?folder={quote(' '.join(folder.split()))}" if folder.strip() else ""
    return visitor.go(f"{HERE}{kept}", told=visitor.desk.texts("favourite.changed"))


@router.post(HERE + "/{target}/drop")
def drop(target: str, visitor: TheVisitor) -> Response:
    """Keeps it no more."""
    favourites = visitor.desk.house.lists.favourites
    login = visitor.caller.person.login
    if favourites.find(login, target) is None:
        raise NotFound("no_such_favourite", target=target)
    favourites.drop(login, target)
    return visitor.go(HERE, told=visitor.desk.texts("favourite.dropped"))


def _showing(visitor: Visitor) -> FavouriteShowing:
    return FavouriteShowing(visitor.desk.house, visitor.caller, visitor.desk.texts)
