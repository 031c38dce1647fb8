"""Ports and jobs with a watch beside them: how long they take, when writers meet, what fails."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram

from gate.lanes import Lane
from records.errors import Conflict, Invalid, Unavailable
from records.identity import ObjectKey
from records.ports.job_queue import Job, JobName
from records.ports.object_store import NewObject, ObjectStat, ObjectStore
from records.ports.text_extractor import TextExtractor
from records.ports.text_recogniser import TextRecogniser
from records.scans import ScannedPage, ScanPlan
from records.text import ExtractedText
from workers.runner import Work

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_TIMED = ("create", "create_all", "replace", "read", "stat", "delete")
_LONG_SECONDS = (0.01, 0.05, 0.25, 1.0, 5.0, 30.0, 120.0, 600.0, 3600.0)


class MeasuredObjectStore:
    """Implements `records.ports.object_store.ObjectStore` on another one, and times it."""

    def __init__(self, store: ObjectStore, registry: CollectorRegistry) -> None:
        self._store = store
        self.at_once = store.at_once
        seconds = Histogram(
            "wenshu_store_seconds",
            "Calls to the object store",
            ["call"],
            registry=registry,
            buckets=_SECONDS,
        )
        self._timers = {call: seconds.labels(call) for call in _TIMED}
        self._taken = Counter(
            "wenshu_names_taken",
            "Creations that found the name taken: two writers met, or a repeat",
            ["area"],
            registry=registry,
        )

    def create(self, key: ObjectKey, body: bytes | Path) -> None:
        """As the port says."""
        with self._timed("create"):
            try:
                self._store.create(key, body)
            except Conflict:
                self._count_taken(key)
                raise

    def create_all(self, objects: Sequence[NewObject]) -> list[Conflict | None]:
        """As the port says."""
        with self._timed("create_all"):
            outcomes = self._store.create_all(objects)
        for new, outcome in zip(objects, outcomes, strict=True):
            if outcome is not None:
                self._count_taken(new.key)
        return outcomes

    def replace(self, key: ObjectKey, body: bytes) -> None:
        """As the port says."""
        with self._timed("replace"):
            self._store.replace(key, body)

    def read(self, key: ObjectKey) -> bytes:
        """As the port says."""
        with self._timed("read"):
            return self._store.read(key)

    def stream(self, key: ObjectKey, *, start: int, length: int) -> Iterator[bytes]:
        """As the port says; not timed, since the reader's pace is in it."""
        return self._store.stream(key, start=start, length=length)

    def stat(self, key: ObjectKey) -> ObjectStat | None:
        """As the port says."""
        with self._timed("stat"):
            return self._store.stat(key)

    def list(self, prefix: str, *, after: str) -> Iterator[ObjectStat]:
        """As the port says; not timed, since the reader's pace is in it."""
        return self._store.list(prefix, after=after)

    def delete(self, key: ObjectKey) -> None:
        """As the port says."""
        with self._timed("delete"):
            self._store.delete(key)

    def _timed(self, call: str) -> AbstractContextManager[object]:
        return self._timers[call].time()

    def _count_taken(self, key: ObjectKey) -> None:
        self._taken.labels(key.partition("/")[0]).inc()


class MeasuredTextExtractor:
    """Implements `records.ports.text_extractor.TextExtractor` on another one, and counts."""

    def __init__(self, extractor: TextExtractor, registry: CollectorRegistry) -> None:
        self._extractor = extractor
        self._files = Counter(
            "wenshu_extracted_files",
            "Files read, by what became of them",
            ["status", "reason"],
            registry=registry,
        )
        self._seconds = Histogram(
            "wenshu_extraction_seconds", "Reading one file", registry=registry, buckets=_SECONDS
        )

    @property
    def version(self) -> str:
        """As the port says."""
        return self._extractor.version

    def extract(self, path: Path, *, name: str) -> ExtractedText:
        """As the port says."""
        with self._seconds.time():
            text = self._extractor.extract(path, name=name)
        self._files.labels(text.status, text.reason or "").inc()
        return text

    def close(self) -> None:
        """As the port says."""
        self._extractor.close()


class MeasuredTextRecogniser:
    """Implements `records.ports.text_recogniser.TextRecogniser` on another one, and counts."""

    def __init__(self, recogniser: TextRecogniser, registry: CollectorRegistry) -> None:
        self._recogniser = recogniser
        self._seconds = Histogram(
            "wenshu_recognition_seconds",
            "Recognising one page",
            registry=registry,
            buckets=_LONG_SECONDS,
        )
        self._failed = Counter(
            "wenshu_recognition_failures",
            "Pages and files of which nothing could be recognised",
            ["reason"],
            registry=registry,
        )

    @property
    def version(self) -> str | None:
        """As the port says."""
        return self._recogniser.version

    def plan(self, path: Path, *, name: str) -> ScanPlan:
        """As the port says."""
        with self._counted():
            return self._recogniser.plan(path, name=name)

    def page(self, path: Path, *, name: str, page: int) -> ScannedPage:
        """As the port says."""
        with self._counted(), self._seconds.time():
            return self._recogniser.page(path, name=name, page=page)

    def close(self) -> None:
        """As the port says."""
        self._recogniser.close()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        try:
            yield
        except Invalid as error:
            self._failed.labels(str(error.facts.get("why", ""))).inc()
            raise


def measured_work(
    work: Mapping[JobName, Work], registry: CollectorRegistry
) -> Mapping[JobName, Work]:
    """The same table, timed, and counted as ``done``, ``failed``, or ``waits`` (a part is down)."""
    seconds = Histogram(
        "wenshu_job_seconds", "Jobs", ["job_name"], registry=registry, buckets=_LONG_SECONDS
    )
    ended = Counter("wenshu_jobs", "Jobs that ended", ["job_name", "outcome"], registry=registry)

    def measured(name: JobName, do: Work) -> Work:
        def run(job: Job) -> object:
            outcome = "failed"
            try:
                with seconds.labels(name).time():
                    result = do(job)
                outcome = "done"
            except Unavailable:
                outcome = "waits"
                raise
            finally:
                ended.labels(name, outcome).inc()
            return result

        return run

    return {name: measured(name, do) for name, do in work.items()}


def counted_letters(registry: CollectorRegistry) -> Callable[[Job], None]:
    """Counts the dead letters that this process writes: work that was given up.

    Every name is told from the start: of a series that begins with one nobody sees it rise.
    """
    given_up = Counter(
        "wenshu_jobs_given_up", "Work that was given up", ["job_name"], registry=registry
    )
    for name in JobName:
        given_up.labels(name)
    return lambda job: given_up.labels(job.name).inc()


def counted_refusals(registry: CollectorRegistry) -> Callable[[str, str], None]:
    """Counts requests that had no place, by lane and reason; every name is told from the start."""
    refused = Counter(
        "wenshu_refused", "Requests that had no place", ["lane", "reason"], registry=registry
    )
    for lane in Lane:
        for reason in ("busy", "too_many_at_once"):
            refused.labels(lane, reason)
    return lambda lane, reason: refused.labels(lane, reason).inc()
