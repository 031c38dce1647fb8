"""The figures of an installation in the Prometheus text format: no content, no names of people."""

import resource
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from records.errors import Unavailable, WenshuError
from services.health import Health
from wenshu import variables


def figures(registry: CollectorRegistry, health: Health) -> bytes:
    """Counters of this process (or of all that share PROMETHEUS_MULTIPROC_DIR), and the present."""
    counted = CollectorRegistry()
    if variables.text("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]  # it has no annotations
    else:
        counted = registry
    return generate_latest(counted) + generate_latest(_present(health))


def _present(health: Health) -> CollectorRegistry:
    """Gauges of this moment; what cannot be asked is left out, its part says that it is down."""
    now = CollectorRegistry()
    up = Gauge("wenshu_part_up", "1 while a part works", ["part"], registry=now)
    parts = health.parts()
    for part in parts:
        up.labels(part.name).set(0 if part.fault else 1)
    down = {part.name for part in parts if part.fault}
    usage = resource.getrusage(resource.RUSAGE_SELF)
    peak = Gauge("wenshu_peak_memory_bytes", "Peak resident memory", registry=now)
    peak.set(usage.ru_maxrss * 1024)
    for name, told, value in () if "store" in down else _backlog(health):
        Gauge(name, told, registry=now).set(value)
    waiting = Gauge("wenshu_lane_jobs", "Jobs that wait", ["lane"], registry=now)
    oldest = Gauge("wenshu_lane_oldest_seconds", "Age of the oldest job", ["lane"], registry=now)
    if "queue" in down:
        return now
    try:
        lanes = health.lanes()
    except Unavailable:
        return now
    for state in lanes:
        waiting.labels(state.lane).set(state.waiting)
        oldest.labels(state.lane).set(state.oldest_s or 0.0)
    return now


def _backlog(health: Health) -> Iterator[tuple[str, str, float]]:
    try:
        entries = health.waiting()
    except WenshuError:
        return
    yield "wenshu_outbox_entries", "Durable and not yet indexed", entries
    yield "wenshu_index_lag_seconds", "Age of the oldest of them", health.oldest_s()
