"""What a person searched for and how he likes hits to be shown: his own, erased when he wants."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from gate.bounded_request import BoundedRoute
from search_ui.desk import TheForm, TheVisitor, text_of, texts_of
from search_ui.shown.search.address import address, given_of
from search_ui.shown.search.remembered import LIST, TABLE, VIEWS
from services.searching.asked_address import CONDITIONS
from services.searching.hit_columns import HIT_COLUMNS

router = APIRouter(route_class=BoundedRoute)


@router.post("/search/remembered")
def remember(request: Request, visitor: TheVisitor) -> Response:
    """Remembers a search, as its page asks once it stands: a GET writes nothing."""
    given = given_of(request)
    words = next((value for name, value in given if name == "q"), "")
    conditions = tuple(pair for pair in given if pair[0] in CONDITIONS)
    visitor.desk.house.search_aids.memory.searched(visitor.caller, words, conditions)
    return Response(status_code=204)


@router.post("/search/forget")
def forget(visitor: TheVisitor, form: TheForm) -> RedirectResponse:
    """One search, or all of them, is forgotten."""
    one = text_of(form, "search") or None
    visitor.desk.house.search_aids.memory.forget(visitor.caller, one)
    t = visitor.desk.texts
    return visitor.go("/search", told=t("search.forgotten" if one else "search.all_forgotten"))


@router.post("/search/look")
def look(request: Request, visitor: TheVisitor, form: TheForm) -> RedirectResponse:
    """List, table or preview beside; or the columns of the table; or pictures beside the hits."""
    view, asked = text_of(form, "view"), set(texts_of(form, "columns"))
    columns = [name for name in HIT_COLUMNS if name in asked]
    memory, pictures = visitor.desk.house.search_aids.memory, text_of(form, "pictures")
    if pictures:
        memory.show_pictures(visitor.caller, shown=pictures == "yes")
    elif columns:
        memory.prefer(visitor.caller, view=TABLE, columns=columns)
    else:
        memory.prefer(visitor.caller, view=view if view in VIEWS else LIST)
    return RedirectResponse(address(given_of(request)), status_code=303)
