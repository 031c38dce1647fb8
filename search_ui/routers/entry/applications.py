"""账号申请 (LG-03): a newcomer's form, and what became of it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, NotFound, Refused
from search_ui.desk import Desk, TheDesk, TheForm, text_of
from search_ui.failures import come_again, status_of
from search_ui.views.entry import DoorPage
from search_ui.views.fields import FormField
from services.administration.applications import Decision, Wanted

router = APIRouter(route_class=BoundedRoute)

HERE = "/apply"
_LENGTHS = {"name": 60, "login": 60, "unit": 100, "sms": 20, "mail": 200, "reason": 200}
_NEEDED = frozenset({"name", "login", "unit", "reason"})


@router.get(HERE)
def show(desk: TheDesk) -> HTMLResponse:
    """The form; that none is taken, where that is so."""
    return HTMLResponse(desk.pages.render("door", _page(desk, FormData())))


@router.post(HERE)
def ask(request: Request, desk: TheDesk, form: TheForm) -> Response:
    """The application, and the code by which its state is found; else the form again."""
    wanted = Wanted(**{name: text_of(form, name) for name in _LENGTHS})
    try:
        code = desk.house.entry.applications.ask(wanted, origin_of(request))
    except (Invalid, Refused) as error:
        told, field = tell(error), str(error.facts.get("field", ""))
        page = _page(desk, form, field, str(told) if field else "", "" if field else str(told))
        answer = HTMLResponse(desk.pages.render("door", page), status_code=status_of(error))
        answer.headers.update(come_again(error))
        return answer
    t = desk.texts
    page = DoorPage(
        desk.organisation,
        t("apply.title"),
        "",
        HERE,
        (),
        "",
        told=t("apply.sent"),
        told_text=t("apply.sent_text"),
        code=code,
        ways=((t("apply.state"), f"{HERE}/state"), (t("recovery.back"), "/sign-in")),
    )
    return HTMLResponse(desk.pages.render("door", page))


@router.get(HERE + "/state")
def state_door(desk: TheDesk) -> HTMLResponse:
    """Where the code is typed."""
    return HTMLResponse(desk.pages.render("door", _state(desk, "")))


@router.post(HERE + "/state")
def state(desk: TheDesk, form: TheForm) -> Response:
    """What became of the application with this code."""
    code, t = text_of(form, "code"), desk.texts
    try:
        found = desk.house.entry.applications.state(code)
    except NotFound as error:
        page = _state(desk, code, problem=str(tell(error)))
        return HTMLResponse(desk.pages.render("door", page), status_code=404)
    if not isinstance(found, Decision):
        told, text = t("apply.waits"), t("apply.waits_text")
    elif found.opened:
        told, text = t("apply.opened", login=found.login), t("apply.opened_text")
    else:
        told, text = t("apply.refused"), t("apply.refused_text", reason=found.reason)
    page = _state(desk, code, told=told, text=text)
    return HTMLResponse(desk.pages.render("door", page))


def _page(
    desk: Desk, form: FormData, wrong: str = "", error: str = "", problem: str = ""
) -> DoorPage:
    t, taken = desk.texts, desk.house.entry.applications.are_taken
    fields = tuple(
        FormField(
            name,
            t(f"apply.{name}"),
            "text" if name != "reason" else "long_text",
            text_of(form, name),
            required=name in _NEEDED,
            max=most,
            help=t(f"apply.{name}_help") if name in {"login", "unit", "sms"} else "",
            error=error if name == wrong else "",
            rows=2,
        )
        for name, most in _LENGTHS.items()
    )
    return DoorPage(
        desk.organisation,
        t("apply.title"),
        t("apply.lead") if taken else t("apply.closed"),
        HERE,
        fields if taken else (),
        t("apply.go"),
        problem=problem,
        ways=((t("apply.state"), f"{HERE}/state"), (t("recovery.back"), "/sign-in")),
    )


def _state(desk: Desk, code: str, *, problem: str = "", told: str = "", text: str = "") -> DoorPage:
    t = desk.texts
    return DoorPage(
        desk.organisation,
        t("apply.state"),
        t("apply.state_lead"),
        f"{HERE}/state",
        (FormField("code", t("apply.code"), "text", code[:100], required=True, max=100),),
        t("apply.look"),
        problem=problem,
        told=told,
        told_text=text,
        ways=((t("recovery.back"), "/sign-in"),),
    )
