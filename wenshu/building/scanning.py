"""Puts together what recognises text on scans."""

from contextlib import ExitStack
from dataclasses import dataclass

from services.administration.parameter_book import ParameterBook
from services.after_commit.texts import Texts
from services.scanning.scan_desk import ScanDesk
from services.scanning.scan_requests import ScanRequests
from services.scanning.scan_turns import ScanTurns
from services.scanning.scanned_texts import ScannedTexts
from wenshu.building.engines import Engines
from wenshu.building.truth import Truth
from workers.drain_loop import DrainLoop
from workers.tending import Tending

LOOK_S = 2.0
"""How often a server looks whether a record waits."""


@dataclass(frozen=True, slots=True)
class Scanning:
    """What asks, what reads, and what tells how far it is."""

    requests: ScanRequests
    turns: ScanTurns
    desk: ScanDesk


def scanning_of(
    engines: Engines, truth: Truth, texts: Texts, parameters: ParameterBook
) -> Scanning:
    """All of it, over these engines."""
    return Scanning(
        requests=ScanRequests(truth.waiting_scans, texts),
        turns=ScanTurns(
            log=truth.log,
            files=truth.shelf,
            scans=truth.scans,
            waiting=truth.waiting_scans,
            indexing=truth.outbox,
            texts=texts,
            recogniser=engines.recogniser,
            parameters=parameters.current,
        ),
        desk=ScanDesk(
            log=truth.log,
            scans=truth.scans,
            waiting=truth.waiting_scans,
            texts=texts,
            recogniser=engines.recogniser,
            parameters=parameters.current,
        ),
    )


def texts_on(engines: Engines, truth: Truth, *, workers: int) -> Texts:
    """Texts of files, with what was recognised of them."""
    return Texts(
        truth.shelf,
        engines.extractor,
        completion=ScannedTexts(truth.scans),
        workers=workers,
        at_once=engines.store.at_once,
    )


def scan_thread(
    scanning: Scanning, engines: Engines, loop: DrainLoop | None, stack: ExitStack
) -> tuple[Tending, ...]:
    """Reads beside the requests of the process that writes the index; elsewhere workers do.

    At the end of the stack the page that is being read is given up before the thread is awaited.
    """
    if loop is None:
        return ()
    thread = Tending(
        lambda: None if loop.is_elsewhere else scanning.turns.run(), every_s=LOOK_S, name="scans"
    )
    stack.callback(thread.close)
    stack.callback(engines.recogniser.close)
    stack.callback(thread.stop)
    return (thread,)
