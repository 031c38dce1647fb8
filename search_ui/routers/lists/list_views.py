"""Saved views of lists: kept, dropped, and all of one's own on a page (M16)."""

from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid
from records.identity import KindName
from records.schema.kind import Kinds
from search_ui.desk import TheForm, TheVisitor, text_of, texts_of
from search_ui.routers.lists.kind_list import asked_of
from search_ui.shown.lists.list_views import list_href, parameters_of, view_list_href
from search_ui.texts import Texts
from search_ui.views.lists.list_views import ViewRow, ViewsPage
from services.finding.kind_lists import ListAsked
from services.finding.saved_views import SavedView, SavedViews

router = APIRouter(route_class=BoundedRoute)


@router.get("/views")
def own(visitor: TheVisitor) -> HTMLResponse:
    """One's own views of all lists, of kinds that are gone too."""
    house, t = visitor.desk.house, visitor.desk.texts
    views = house.lists.views
    rows = tuple(_row(each, views, house.kinds, t) for each in views.own(visitor.caller))
    return visitor.show("views", ViewsPage(rows))


@router.post("/kinds/{kind}/views")
def keep(kind: str, visitor: TheVisitor, form: TheForm) -> Response:
    """What the list shows, under a name; back to the same list where that cannot be."""
    house, caller = visitor.desk.house, visitor.caller
    found = house.lists.of_kinds.kind(kind)
    asked = asked_of(
        found,
        texts_of(form, "filter"),
        q=text_of(form, "q"),
        sort=text_of(form, "sort"),
        columns=texts_of(form, "columns"),
    )
    shared = text_of(form, "shared") == "yes"
    try:
        kept = house.lists.views.keep(caller, text_of(form, "name"), found, asked, shared=shared)
    except Invalid as error:
        back = f"{list_href(found)}?{urlencode(parameters_of(asked))}"
        return visitor.go(back, told=str(tell(error)), tone="warning")
    told = visitor.desk.texts("view.kept", name=kept.name)
    return visitor.go(view_list_href(found.kind, kept.id), told=told)


@router.post("/kinds/{kind}/views/{view}/drop")
def drop(kind: str, view: str, visitor: TheVisitor, form: TheForm) -> Response:
    """One of one's own goes; then the list, or the page of all views."""
    house = visitor.desk.house
    house.lists.views.drop(visitor.caller, KindName(kind), view)
    back = "/views" if text_of(form, "back") == "views" else f"/kinds/{kind}"
    return visitor.go(back, told=visitor.desk.texts("view.dropped"))


def _row(view: SavedView, views: SavedViews, kinds: Kinds, t: Texts) -> ViewRow:
    kind = kinds.find(view.kind)
    ready = views.ready(view, kind) if kind else None
    gone = "、".join(ready.gone) if ready else ""
    asked = ready.asked if ready else ListAsked()
    return ViewRow(
        name=view.name,
        kind=kind.title if kind else view.kind,
        href=view_list_href(view.kind, view.id) if kind else None,
        drop_href=f"/kinds/{view.kind}/views/{view.id}/drop",
        shared=view.shared_with is not None,
        filters=len(asked.filters) + bool(asked.words),
        told="" if kind and not gone else t("view.gone", what=gone) if kind else t("view.no_kind"),
    )
