"""统一身份认证 (LG-09): out to the provider, and back in; what goes wrong is told at the door."""

from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from records.errors import Refused, Unavailable
from records.ports.identity_provider import ProviderAnswer
from search_ui.desk import TheDesk
from search_ui.routers.sign_in import enter, not_in, own_path
from services.people.door.unified_sign_in import ERRAND_S

router = APIRouter(route_class=BoundedRoute)

HERE = "/sign-in/unified"
ERRAND_COOKIE = "wenshu_errand"


@router.get(HERE)
def out(
    request: Request, desk: TheDesk, next_: Annotated[str, Query(alias="next")] = "/"
) -> Response:
    """To the provider; the browser keeps the secrets of its errand meanwhile."""
    then = own_path(next_)
    try:
        address, kept = desk.house.entry.unified.begin()
    except (Refused, Unavailable) as error:
        return not_in(desk, error, then)
    answer = RedirectResponse(address, status_code=303)
    answer.set_cookie(
        ERRAND_COOKIE,
        f"{kept}!{quote(then, safe='')}",
        max_age=ERRAND_S,
        path=HERE,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


@router.get(f"{HERE}/back")
def back(
    request: Request,
    desk: TheDesk,
    state: str = "",
    code: str = "",
    iss: str = "",
    error: str = "",
) -> Response:
    """A session for who comes back as one of the house; the sign-in form with the reason, else."""
    kept, _, wanted = request.cookies.get(ERRAND_COOKIE, "").partition("!")
    then = own_path(unquote(wanted))
    answer: Response
    try:
        login = desk.house.entry.unified.finish(
            kept,
            ProviderAnswer(state=state, code=code, issuer=iss, error=error),
            origin=origin_of(request),
        )
    except (Refused, Unavailable) as problem:
        answer = not_in(desk, problem, then)
    else:
        answer = enter(desk, request, login, then)
    answer.delete_cookie(ERRAND_COOKIE, path=HERE)
    return answer
