"""One's own account: password (LG-06) and 应用令牌; administrators see everybody's tokens."""

from datetime import date, timedelta

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.errors import Invalid, Refused, Unavailable
from records.identity import Login
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of, texts_of
from search_ui.routers.person.sessions import sessions_of
from search_ui.routers.sign_in import enter
from search_ui.shown.person.tokens import token_form, token_rows
from search_ui.views.person.account import SecurityPage, TokenForm, TokensPage
from services.people.app_tokens import Scope

router = APIRouter(route_class=BoundedRoute)

USUAL_DAYS = 90


@router.get("/account")
def account(visitor: TheVisitor) -> HTMLResponse:
    """Where the caller is signed in, the form for another password, his tokens."""
    return visitor.show("security", security_page(visitor))


@router.post("/account/password")
def change_password(visitor: TheVisitor, form: TheForm) -> Response:
    """Another password; every other session ends and this one is renewed."""
    house, t, login = visitor.desk.house, visitor.desk.texts, visitor.caller.person.login
    new, problem = text_of(form, "new"), ""
    if new != text_of(form, "again"):
        problem = t("set_password.differ")
    else:
        try:
            house.accounts.change(
                login,
                text_of(form, "old"),
                new,
                house.book.current(),
                origin=origin_of(visitor.request),
            )
        except (Invalid, Refused, Unavailable) as error:
            problem = str(tell(error))
    if problem:
        return visitor.show("security", security_page(visitor, problem=problem), status=422)
    house.sessions.end_others(login, keep=None)
    return enter(visitor.desk, visitor.request, login, "/account")


@router.post("/account/tokens")
def make(visitor: TheVisitor, form: TheForm) -> Response:
    """A new token; its secret is on this page and nowhere else."""
    chosen = {scope for scope in Scope if scope in texts_of(form, "scopes")}
    name, given = text_of(form, "name"), text_of(form, "last_on")
    try:
        last_on = date.fromisoformat(given)
    except ValueError:
        last_on = date.min
    try:
        _, secret = visitor.desk.house.app_tokens.make(
            visitor.caller, name=name, scopes=chosen, last_on=last_on
        )
    except (Invalid, Refused) as error:
        usual = visitor.caller.today + timedelta(days=USUAL_DAYS)
        asked = token_form(
            visitor.desk.texts,
            chosen=chosen,
            last_on=usual if last_on == date.min else last_on,
            name=name,
            problem=str(tell(error)),
        )
        return visitor.show("security", security_page(visitor, asked=asked), status=422)
    return visitor.show("security", security_page(visitor, made=secret))


@router.post("/account/tokens/{number}/revoke")
def revoke(number: str, visitor: TheVisitor) -> Response:
    """Ends one of the caller's tokens."""
    login = visitor.caller.person.login
    visitor.desk.house.app_tokens.revoke(visitor.caller, login, number)
    return visitor.go("/account", told=visitor.desk.texts("token.revoked"))


@router.get("/tokens")
def everybody(visitor: TheVisitor) -> HTMLResponse:
    """All tokens, for administrators."""
    tokens = visitor.desk.house.app_tokens.all(visitor.caller)
    rows = token_rows(tokens, visitor.caller, visitor.desk.texts, of_all=True)
    return visitor.show("tokens", TokensPage(rows), current="tokens")


@router.post("/tokens/{login}/{number}/revoke")
def revoke_anybodys(login: str, number: str, visitor: TheVisitor) -> Response:
    """Ends somebody's token, for administrators."""
    visitor.desk.house.app_tokens.revoke(visitor.caller, Login(login), number)
    return visitor.go("/tokens", told=visitor.desk.texts("token.revoked"))


def security_page(
    visitor: Visitor, *, problem: str = "", asked: TokenForm | None = None, made: str = ""
) -> SecurityPage:
    """The page of one's own account."""
    t, caller = visitor.desk.texts, visitor.caller
    last_on = caller.today + timedelta(days=USUAL_DAYS)
    tokens = visitor.desk.house.app_tokens.of(caller, caller.person.login)
    return SecurityPage(
        sessions_of(visitor),
        problem,
        min_length=visitor.desk.house.accounts.min_length,
        tokens=token_rows(tokens, caller, t, of_all=False),
        token_form=asked or token_form(t, chosen={Scope.READ}, last_on=last_on),
        made=made,
    )
