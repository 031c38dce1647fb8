"""A rebuild in a process of its own, so that searches have the one that serves to themselves.

The two share nothing but the store and the folder of the new index. What is changed meanwhile is
noted, and put in when the folder is taken back.
"""

import gc
import os
import signal
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Lock, Thread

from indexers.tantivy_index import TantivyFilling, TantivySearchIndex
from records.errors import Unavailable, WenshuError
from records.ports.rebuildable_index import IndexRebuild
from services.keeping.rebuild import IndexRebuilder, taken_into_use
from services.keeping.rebuild_desk import Rebuilding
from wenshu.building.engines import Engines, engines
from wenshu.building.ground import ground_of
from wenshu.building.known_kinds import known_kinds
from wenshu.building.scanning import texts_on
from wenshu.building.truth import truth_on
from wenshu.logs import set_up_logs
from wenshu.settings import Settings
from wenshu.system.clock import SystemClock
from wenshu.system.identities import RandomIdentities

_SPAWN = get_context("spawn")
"""A fork would copy threads' locks in whatever state they are."""

_ENDED_S = 30.0
"""How long a process that is done, or was told to end, is awaited."""

_TOLD_AGAIN_S = 20.0
"""So often the last number is told again where there is no other: to finish may take minutes, and
who is silent for two of them counts as gone (services.keeping.rebuild_desk)."""

_OBJECTS_MADE = 20_000
"""Between two collections: a batch makes many objects, and few of them hold one another."""


def rebuilding_of(engines: Engines, settings: Settings, here: IndexRebuilder) -> Rebuilding:
    """How a server rebuilds its index: the embedded one by another process."""
    index = engines.index
    return RebuildProcess(index, settings, here) if isinstance(index, TantivySearchIndex) else here


class RebuildProcess:
    """Implements `services.keeping.rebuild_desk.Rebuilding`."""

    def __init__(self, index: TantivySearchIndex, settings: Settings, here: IndexRebuilder) -> None:
        """`here` puts in again what is changed while the other process fills the index."""
        self._index = index
        self._settings = settings
        self._local = here
        self._process: BaseProcess | None = None
        self._given_up = Event()

    def run(self) -> Generator[int]:
        """As `IndexRebuilder.run`. Raises Unavailable (``broken_off``) too, when it was killed.

        Once given up it begins none (``writer_elsewhere``): what was asked for waits for the next
        start.
        """
        if self._given_up.is_set():
            raise Unavailable("writer_elsewhere")
        done = 0
        with taken_into_use(self._index.rebuild()) as rebuild:
            with closing(self._filled(rebuild.hand_out())) as filled:
                for done in filled:
                    yield done
            for _ in self._local.put_again(rebuild, rebuild.take_back()):
                yield done
        yield done

    def give_up(self) -> None:
        """Kill the process: what it has written is thrown away."""
        self._given_up.set()
        process = self._process
        if process is not None:
            process.kill()

    def _filled(self, folder: Path) -> Generator[int]:
        receiving, sending = _SPAWN.Pipe(duplex=False)
        process = _SPAWN.Process(
            target=_fill, args=(self._settings, folder, sending), name="rebuild", daemon=True
        )
        with receiving:
            with sending:
                process.start()
            self._process = process
            if self._given_up.is_set():
                process.kill()
            try:
                yield from _told(receiving)
            finally:
                self._process = None
                receiving.close()  # whoever tells into it ends
                process.join(_ENDED_S)
                process.kill()
                process.join()


def _told(receiving: Connection) -> Iterator[int]:
    """Numbers up to None; the reason of an error is raised."""
    while True:
        try:
            told: int | str | None = receiving.recv()
        except EOFError as error:
            raise Unavailable("broken_off") from error
        if told is None:
            return
        if isinstance(told, str):
            raise Unavailable(told)
        yield told


class _Telling:
    """Tells how many are done; the last number again and again while nothing else is to be told."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._guard = Lock()
        self._last = 0
        self._ended = Event()
        Thread(target=self._again, name="telling", daemon=True).start()

    def done(self, number: int) -> None:
        """So many are done."""
        with self._guard:
            self._last = number
            self._connection.send(number)

    def end(self, reason: str | None) -> None:
        """The last word: None where all went well."""
        self._ended.set()
        with self._guard:
            self._connection.send(reason)

    def _again(self) -> None:
        with suppress(OSError):  # nobody waits for it any more
            while not self._ended.wait(_TOLD_AGAIN_S):
                with self._guard:
                    if not self._ended.is_set():
                        self._connection.send(self._last)


def _fill(settings: Settings, folder: Path, connection: Connection) -> None:
    """What the other process does; Ctrl+C ends it without a word, as it ends the server."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with_parent, name="parent", daemon=True).start()
    set_up_logs()
    telling = _Telling(connection)
    try:
        with engines(settings) as opened:
            for done in _rebuilder_into(folder, opened, settings):
                telling.done(done)
        telling.end(None)
    except WenshuError as error:
        telling.end(error.reason)
    except BrokenPipeError:
        pass  # nobody waits for it any more


def _end_with_parent() -> None:
    """A server that was killed leaves nobody behind who fills a folder that is given out anew."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _rebuilder_into(folder: Path, engines: Engines, settings: Settings) -> Iterator[int]:
    truth = truth_on(engines, revision_cache_bytes=0)
    known = known_kinds(settings)
    ground = ground_of(
        settings, engines, truth, known=known, identities=RandomIdentities(), clock=SystemClock()
    )
    texts = texts_on(engines, truth, ground.parameters, workers=1)

    def begin() -> IndexRebuild:
        return TantivyFilling(folder, engines.analyser)

    rebuilder = IndexRebuilder(
        log=truth.log,
        begin=begin,
        outbox=truth.outbox,
        texts=texts,
        kinds=known.kinds,
        book=ground.book,
    )
    gc.freeze()  # nothing that is here now goes: collections need not look at it
    gc.set_threshold(_OBJECTS_MADE)
    try:
        yield from rebuilder.run()
    finally:
        texts.close()
