"""What operators watch: alive, ready, figures. Nothing here waits for work of others."""

from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST

from api.access import TheHouse
from api.interface import describe
from api.operators import operators_only, sees_operations
from gate.bounded_request import BoundedRoute

router = APIRouter(tags=["operations"], route_class=BoundedRoute)

_OPERATORS = [Depends(operators_only)]
THREADS = 4
"""Of their own: those that answer people may all be taken by a store that hangs."""


@router.get("/healthz")
async def alive() -> PlainTextResponse:
    """The process answers."""
    return PlainTextResponse("ok")


@router.get("/readyz")
async def ready(request: Request, house: TheHouse) -> JSONResponse:
    """Every part with ``ok`` or the reason why not, to operators; to others only whether.

    503 without the store or the index: then this process is no use to anybody. Without the queue
    or the Tika servers it is, so a balancer must not take all processes away.
    """

    def looked() -> tuple[dict[str, str], bool]:
        parts = house.health.parts()
        told = {part.name: part.fault.reason if part.fault else "ok" for part in parts}
        return told, sees_operations(request, house)

    parts, sees = await to_thread.run_sync(looked, limiter=request.app.state.watching)
    fit = all(parts[name] == "ok" for name in ("store", "index"))
    told = parts if sees else {"ready": fit}
    return JSONResponse(told, status_code=200 if fit else 503)


@router.get("/api/v1/openapi.json", include_in_schema=False, dependencies=_OPERATORS)
def description(request: Request) -> dict[str, Any]:
    """The description of this interface (OpenAPI)."""
    return describe(request.app)


@router.get("/metrics")
async def metrics(request: Request, house: TheHouse) -> Response:
    """Figures in the Prometheus text format, for operators; no content, no names of people."""

    def counted() -> bytes:
        operators_only(sees_operations(request, house))
        figures: bytes = request.app.state.figures()
        return figures

    made = await to_thread.run_sync(counted, limiter=request.app.state.watching)
    return Response(made, media_type=CONTENT_TYPE_LATEST)
