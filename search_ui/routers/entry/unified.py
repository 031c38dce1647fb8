"""统一身份认证 (LG-09): out to the provider, and back in; what goes wrong is told at the door."""

import re
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from gate.bounded_request import BoundedRoute
from records.errors import Refused, Unavailable
from records.ports.identity_provider import Errand, ProviderAnswer
from search_ui.desk import TheDesk
from search_ui.routers.sign_in import enter, not_in, own_path

router = APIRouter(route_class=BoundedRoute)

HERE = "/sign-in/unified"
ERRAND_COOKIE = "wenshu_errand"
_ERRAND_S = 600
"""Time to sign in at the provider, a second factor included."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{20,100}")


@router.get(HERE)
def out(
    request: Request, desk: TheDesk, next_: Annotated[str, Query(alias="next")] = "/"
) -> Response:
    """To the provider; the browser keeps the secrets of its errand meanwhile."""
    then = own_path(next_)
    try:
        address, errand = desk.house.entry.unified.begin()
    except (Refused, Unavailable) as error:
        return not_in(desk, error, then)
    answer = RedirectResponse(address, status_code=303)
    answer.set_cookie(
        ERRAND_COOKIE,
        ".".join((errand.state, errand.nonce, errand.verifier, quote(then, safe=""))),
        max_age=_ERRAND_S,
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
    errand, then = _kept(request.cookies.get(ERRAND_COOKIE, ""))
    answer: Response
    try:
        login = desk.house.entry.unified.finish(
            errand, ProviderAnswer(state=state, code=code, issuer=iss, error=error)
        )
    except (Refused, Unavailable) as problem:
        answer = not_in(desk, problem, then)
    else:
        answer = enter(desk, request, login, then)
    answer.delete_cookie(ERRAND_COOKIE, path=HERE)
    return answer


def _kept(cookie: str) -> tuple[Errand | None, str]:
    """The errand that a browser keeps, and where it wanted to go; None for what is none."""
    parts = cookie.split(".", 3)
    if len(parts) != 4 or not all(_SECRET.fullmatch(each) for each in parts[:3]):
        return None, "/"
    return Errand(*parts[:3]), own_path(unquote(parts[3]))
