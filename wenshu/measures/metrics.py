"""The figures of an installation in the Prometheus text format: no content, no names of people."""

import resource
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from pydantic_settings import SettingsConfigDict

from records.errors import Unavailable, WenshuError
from services.keeping.health import Health
from wenshu.variables import Variables


class _Prometheus(Variables):
    """Where its client keeps counters that several processes share."""

    model_config = SettingsConfigDict(env_prefix="PROMETHEUS_")

    multiproc_dir: str | None = None


def figures(registry: CollectorRegistry, health: Health) -> bytes:
    """Counters of this process (or of all that share PROMETHEUS_MULTIPROC_DIR), and the present."""
    counted = CollectorRegistry()
    if _Prometheus.read().multiproc_dir:
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]  # it has no annotations
    else:
        counted = registry
    now = CollectorRegistry()
    now.register(_Present(health))
    return generate_latest(counted) + generate_latest(now)


class _Present:
    """Gauges of the moment of asking, kept nowhere: none can outlive what it tells of."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def describe(self) -> tuple[()]:
        """Nothing, so that registering does not ask."""
        return ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """What cannot be asked is left out, its part says that it is down."""
        up = GaugeMetricFamily("wenshu_part_up", "1 while a part works", labels=["part"])
        parts = self._health.parts()
        for part in parts:
            up.add_metric([part.name], 0 if part.fault else 1)
        yield up
        usage = resource.getrusage(resource.RUSAGE_SELF)
        peak_bytes = usage.ru_maxrss * 1024
        yield GaugeMetricFamily("wenshu_peak_memory_bytes", "Peak resident memory", peak_bytes)
        down = {part.name for part in parts if part.fault}
        if "store" not in down:
            yield from _backlog(self._health)
        if "queue" not in down:
            yield from _lanes(self._health)


def _backlog(health: Health) -> Iterator[GaugeMetricFamily]:
    try:
        entries, oldest_s = health.waiting(), health.oldest_s()
    except WenshuError:
        return
    yield GaugeMetricFamily("wenshu_outbox_entries", "Durable and not yet indexed", entries)
    yield GaugeMetricFamily("wenshu_index_lag_seconds", "Age of the oldest of them", oldest_s)


def _lanes(health: Health) -> Iterator[GaugeMetricFamily]:
    try:
        lanes = health.lanes()
    except Unavailable:
        return
    waiting = GaugeMetricFamily("wenshu_lane_jobs", "Jobs that wait", labels=["lane"])
    oldest = GaugeMetricFamily("wenshu_lane_oldest_seconds", "Age of the oldest", labels=["lane"])
    for state in lanes:
        waiting.add_metric([state.lane], state.waiting)
        oldest.add_metric([state.lane], state.oldest_s or 0.0)
    yield from (waiting, oldest)
