"""What operators watch: alive, ready, figures."""

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST

from api.access import TheHouse
from api.operators import SeesOperations, operators_only

router = APIRouter(tags=["operations"])

_OPERATORS = [Depends(operators_only)]


@router.get("/healthz")
def alive() -> PlainTextResponse:
    """The process answers."""
    return PlainTextResponse("ok")


@router.get("/readyz")
def ready(house: TheHouse, sees: SeesOperations) -> JSONResponse:
    """Every part with ``ok`` or the reason why not, to operators; to others only whether.

    503 without the store or the index: then this process is no use to anybody. Without the queue
    or the Tika servers it is, so a balancer must not take all processes away.
    """
    parts = {part.name: part.fault.reason if part.fault else "ok" for part in house.health.parts()}
    fit = all(parts[name] == "ok" for name in ("store", "index"))
    told = parts if sees else {"ready": fit}
    return JSONResponse(told, status_code=200 if fit else 503)


@router.get("/api/v1/openapi.json", include_in_schema=False, dependencies=_OPERATORS)
def description(request: Request) -> dict[str, Any]:
    """The description of this interface (OpenAPI)."""
    told: dict[str, Any] = request.app.openapi()
    return told


@router.get("/metrics", dependencies=_OPERATORS)
def metrics(request: Request) -> Response:
    """Figures in the Prometheus text format, for operators; no content, no names of people."""
    return Response(request.app.state.figures(), media_type=CONTENT_TYPE_LATEST)
