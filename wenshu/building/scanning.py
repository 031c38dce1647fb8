"""Puts together what recognises text on scans."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass

from records.parameters.catalogue import SCAN_PAGES
from records.ports.job_queue import Job, JobName
from services.administration.parameter_book import ParameterBook
from services.after_commit.texts import Texts
from services.scanning.scan_desk import ScanDesk
from services.scanning.scan_requests import ScanRequests
from services.scanning.scan_turns import ScanTurns
from services.scanning.scanned_texts import ScannedTexts
from services.scanning.unread_scans import UnreadScans
from wenshu.building.engines import Engines
from wenshu.building.truth import Truth
from wenshu.settings import Settings
from wenshu.system.process_seat import process_seat
from workers.celery_queue import CeleryJobQueue
from workers.drain_loop import DrainLoop
from workers.tending import Tending

LOOK_S = 2.0
"""How often a server looks whether a record waits."""


@dataclass(frozen=True, slots=True)
class ScanRound:
    """Whether this process read, and how many records waited."""

    is_ours: bool
    waited: int


@dataclass(frozen=True, slots=True)
class Scanning:
    """What asks, what reads, and what tells how far it is."""

    requests: ScanRequests
    turns: ScanTurns
    desk: ScanDesk
    seat: Callable[[], AbstractContextManager[bool]]
    """Who reads sits on it; not given where another process does."""

    def read(self) -> ScanRound:
        """One turn for every record that waits, unless another process reads."""
        with self.seat() as is_ours:
            return ScanRound(is_ours, self.turns.run() if is_ours else self.desk.waiting())


def scanning_of(
    settings: Settings, engines: Engines, truth: Truth, texts: Texts, parameters: ParameterBook
) -> Scanning:
    """All of it, over these engines."""
    turns = ScanTurns(
        log=truth.log,
        files=truth.shelf,
        scans=truth.scans,
        waiting=truth.waiting_scans,
        beyond=truth.scans_beyond,
        indexing=truth.outbox,
        texts=texts,
        recogniser=engines.recogniser,
        parameters=parameters.current,
    )
    desk = ScanDesk(
        log=truth.log,
        scans=truth.scans,
        waiting=truth.waiting_scans,
        texts=texts,
        recogniser=engines.recogniser,
        parameters=parameters.current,
        unread=UnreadScans(truth.waiting_scans, truth.log, texts, is_on=lambda: turns.is_on),
    )
    return Scanning(
        requests=ScanRequests(truth.waiting_scans, texts),
        turns=turns,
        desk=desk,
        seat=_seat(settings, engines.queue),
    )


def _seat(
    settings: Settings, queue: CeleryJobQueue | None
) -> Callable[[], AbstractContextManager[bool]]:
    """One of the data folder; between processes the lease under which jobs of the lane are done."""
    if queue is None:
        return lambda: process_seat(settings.data / "scans.lock")
    return lambda: _leased(queue)


@contextmanager
def _leased(queue: CeleryJobQueue) -> Iterator[bool]:
    """Whoever interrupts the command is no job that took its process with it."""
    interrupted = None
    with queue.leases.hold([Job(JobName.SCAN)]) as ours:
        try:
            yield bool(ours)
        except KeyboardInterrupt as error:
            interrupted = error
    if interrupted is not None:
        raise interrupted


def texts_on(engines: Engines, truth: Truth, parameters: ParameterBook, *, workers: int) -> Texts:
    """Texts of files, with what was recognised of them."""
    return Texts(
        truth.shelf,
        engines.extractor,
        completion=ScannedTexts(truth.scans, limit=lambda: parameters.current()[SCAN_PAGES]),
        workers=workers,
        at_once=engines.store.at_once,
    )


def scan_threads(
    scanning: Scanning, engines: Engines, loop: DrainLoop | None, stack: ExitStack
) -> tuple[Tending, ...]:
    """Knows what waits; reads, beside the requests of the process that writes the index.

    Elsewhere workers read. At the end of the stack the page that is being read is given up before
    the thread is awaited.
    """
    unread = Tending(scanning.desk.unread.tend, every_s=LOOK_S, name="unread-scans")
    stack.callback(unread.close)
    if loop is None:
        return (unread,)
    reads = Tending(
        lambda: None if loop.is_elsewhere else scanning.read(), every_s=LOOK_S, name="scans"
    )
    stack.callback(reads.close)
    stack.callback(engines.recogniser.close)
    stack.callback(reads.stop)
    return (unread, reads)
