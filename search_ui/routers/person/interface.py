"""/docs: the interface for programs, for whoever is signed in; with nothing of another host."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse

from gate.bounded_request import BoundedRoute
from search_ui.desk import TheVisitor
from search_ui.shown.interface import interface_page

router = APIRouter(route_class=BoundedRoute)


@router.get("/docs")
def interface(visitor: TheVisitor) -> HTMLResponse:
    """The description as a page."""
    page = interface_page(visitor.desk.interface(), visitor.desk.texts)
    return visitor.show("interface", page)


@router.get("/docs/openapi.json")
def description(visitor: TheVisitor) -> JSONResponse:
    """The same for tools (OpenAPI)."""
    return JSONResponse(dict(visitor.desk.interface()))
