"""What operators watch: alive, ready, figures."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST

from api.access import TheHouse

router = APIRouter(tags=["operations"])


@router.get("/healthz")
def alive() -> PlainTextResponse:
    """The process answers."""
    return PlainTextResponse("ok")


@router.get("/readyz")
def ready(house: TheHouse) -> JSONResponse:
    """Every part works, or 503 with the one that does not."""
    parts = {part.name: str(part.fault or "ok") for part in house.health.parts()}
    fit = all(fault == "ok" for fault in parts.values())
    return JSONResponse(parts, status_code=200 if fit else 503)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Figures in the Prometheus text format; no content, no names of people."""
    return Response(request.app.state.figures(), media_type=CONTENT_TYPE_LATEST)
