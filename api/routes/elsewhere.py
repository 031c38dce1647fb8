"""Addresses below /api that are nothing: a problem body, not a page."""

from fastapi import APIRouter

from gate.bounded_request import BoundedRoute
from records.errors import NotFound

router = APIRouter(include_in_schema=False, route_class=BoundedRoute)


@router.api_route("/api/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def unknown(rest: str) -> None:
    """Says that there is nothing here."""
    raise NotFound("unknown_address", address=f"/api/{rest}"[:200])
