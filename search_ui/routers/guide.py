"""帮助: what the tools do, the parts of the interface, the modules; and the tour (GT-10)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.bounded_request import BoundedRoute
from search_ui.desk import TheVisitor
from search_ui.modules import modules
from search_ui.views.guide import HelpPage, HelpTool

router = APIRouter(route_class=BoundedRoute)

HERE = "/help"
TOOLS = (
    HelpTool("new", "plus"),
    HelpTool("save", "check"),
    HelpTool("send", "send"),
    HelpTool("return", "arrow-back-up"),
    HelpTool("attach", "upload"),
    HelpTool("print", "printer"),
    HelpTool("follow", "eye"),
    HelpTool("keep", "star"),
    HelpTool("way", "history"),
    HelpTool("bell", "bell"),
    HelpTool("help", "info-circle"),
    HelpTool("leave", "logout"),
)
STEPS = ("rail", "search", "new", "tasks", "bell", "account")
"""Of the tour, in order; each names the part of the page that it is about (`data-tour`)."""


@router.get(HERE)
def show(visitor: TheVisitor) -> HTMLResponse:
    """The page, with the modules of this person."""
    found = modules(visitor.desk.house.kinds, visitor.caller)
    return visitor.show("help", HelpPage(TOOLS, STEPS, found))


@router.post(HERE + "/tour")
def close(visitor: TheVisitor) -> Response:
    """The tour is not shown again."""
    visitor.desk.house.first_visit.close(visitor.caller.person.login)
    return visitor.go("/")
