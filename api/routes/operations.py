"""What operators watch: alive, ready, figures."""

import resource

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from api.access import TheHouse

router = APIRouter(tags=["operations"])


@router.get("/healthz")
def alive() -> PlainTextResponse:
    """The process answers."""
    return PlainTextResponse("ok")


@router.get("/readyz")
def ready(house: TheHouse) -> JSONResponse:
    """Every part works, or 503 with the one that does not."""
    parts = {part.name: part.fault or "ok" for part in house.health.parts()}
    fit = all(fault == "ok" for fault in parts.values())
    return JSONResponse(parts, status_code=200 if fit else 503)


@router.get("/metrics")
def metrics(house: TheHouse) -> Response:
    """Figures in the Prometheus text format; no content, no names of people."""
    registry = CollectorRegistry()
    _gauge(registry, "wenshu_outbox_entries", "Durable and not yet indexed", house.health.waiting())
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _gauge(registry, "wenshu_peak_memory_bytes", "Peak resident memory", usage.ru_maxrss * 1024)
    for part in house.health.parts():
        name = f"wenshu_{part.name}_up"
        _gauge(registry, name, "1 while it works", 0 if part.fault else 1)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def _gauge(registry: CollectorRegistry, name: str, told: str, value: float) -> None:
    Gauge(name, told, registry=registry).set(value)
