"""What operators watch: alive, ready, figures."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST

from api.access import TheHouse
from gate.bounded_request import BoundedRoute

router = APIRouter(tags=["operations"], route_class=BoundedRoute)


@router.get("/healthz")
def alive() -> PlainTextResponse:
    """The process answers."""
    return PlainTextResponse("ok")


@router.get("/readyz")
def ready(house: TheHouse) -> JSONResponse:
    """Every part with ``ok`` or the reason why not.

    503 without the store or the index: then this process is no use to anybody. Without the queue
    or the Tika servers it is, so a balancer must not take all processes away.
    """
    parts = {part.name: part.fault.reason if part.fault else "ok" for part in house.health.parts()}
    fit = all(parts[name] == "ok" for name in ("store", "index"))
    return JSONResponse(parts, status_code=200 if fit else 503)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Figures in the Prometheus text format; no content, no names of people."""
    return Response(request.app.state.figures(), media_type=CONTENT_TYPE_LATEST)
