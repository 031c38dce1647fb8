"""One's own sessions (LG-13)."""

from fastapi import APIRouter
from fastapi.responses import Response

from gate.bounded_request import BoundedRoute
from search_ui.browsers import device
from search_ui.desk import TheVisitor, Visitor
from search_ui.views.person.account import SessionRow

router = APIRouter(route_class=BoundedRoute)


@router.post("/account/sessions/{key}/end")
def end_session(key: str, visitor: TheVisitor) -> Response:
    """Ends one of the caller's own sessions."""
    visitor.desk.house.sessions.end_by_name(visitor.caller.person.login, key)
    return visitor.go("/account", told=visitor.desk.texts("security.ended"))


@router.post("/account/sessions/end-others")
def end_others(visitor: TheVisitor) -> Response:
    """Ends all of the caller's sessions but this one."""
    visitor.desk.house.sessions.end_others(visitor.caller.person.login, keep=visitor.secret)
    return visitor.go("/account", told=visitor.desk.texts("security.others_ended"))


def sessions_of(visitor: Visitor) -> tuple[SessionRow, ...]:
    """Where the visitor is signed in."""
    return tuple(
        SessionRow(
            key=session.name,
            device=device(session.client),
            address="",
            began_at=session.began_at,
            seen_at=session.seen_at,
            current=session.name == visitor.session.name,
            kept_until=visitor.desk.house.sessions.until(session) if session.kept else None,
        )
        for session in visitor.desk.house.sessions.of(visitor.caller.person.login)
    )
