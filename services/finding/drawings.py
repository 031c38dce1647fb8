"""Drawings of files: each made once however many ask, by turns, and what failed not tried again."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self, TypeVar, cast

from records.errors import Invalid, Unavailable, WenshuError
from services.asker import Asker, asker_now
from services.turns import Share, Turns

Drawn = TypeVar("Drawn")

FAILED_S = 600.0
"""A file that could not be drawn is not tried again for so long: a killed worker costs 20 s."""

_FAILURES = 1_000
_LOOK_S = 0.1

_WANTED: ContextVar[Callable[[], bool]] = ContextVar("wanted", default=lambda: True)


def is_wanted() -> bool:
    """Whether anybody still waits for what this thread draws."""
    return _WANTED.get()()


class Drawings:
    """Has things drawn by `turns`, each at most once at a time."""

    def __init__(self, turns: Turns, *, now_s: Callable[[], float] = time.monotonic) -> None:
        self._turns = turns
        self._now_s = now_s
        self._lock = threading.Lock()
        self._under_way: dict[Hashable, _Drawing] = {}
        self._failed: OrderedDict[Hashable, tuple[Invalid, float]] = OrderedDict()

    @classmethod
    def by(cls, workers: int) -> Self:
        """With the queue before so many workers, of which one asker never has all."""
        share = Share(at_work=workers, at_work_each=workers - 1, present=24, present_each=6)
        return cls(Turns(share))

    def once(self, key: Hashable, draw: Callable[[], Drawn], *, patience_s: float) -> Drawn:
        """What `draw` gives, made by this thread or by another one whose turn came first.

        Raises what it raises; Invalid again, without a try, for `FAILED_S`; Refused
        (``too_many_at_once``) and Unavailable (``busy``) where there is no turn in time.
        """
        asker, until_s = asker_now(), self._now_s() + patience_s
        drawing = self._joined(key, asker)
        try:
            if not drawing.begun.is_set():
                # Everyone has a turn of his own until somebody's has come: nobody waits for another
                # who is behind in the queue, or who gives up.
                with self._turns.taken(asker, patience_s=patience_s, unless=drawing.begun.is_set):
                    if self._is_first(drawing):
                        return self._made(key, drawing, draw)
            return cast("Drawn", drawing.wait(asker, until_s, self._now_s))
        finally:
            self._left(key, drawing, asker)

    def _joined(self, key: Hashable, asker: Asker) -> "_Drawing":
        with self._lock:
            self._raise_known(key)
            drawing = self._under_way.setdefault(key, _Drawing())
            drawing.askers.append(asker)
            return drawing

    def _left(self, key: Hashable, drawing: "_Drawing", asker: Asker) -> None:
        with self._lock:
            drawing.askers.remove(asker)
            if not drawing.askers and self._under_way.get(key) is drawing:
                del self._under_way[key]

    def _is_first(self, drawing: "_Drawing") -> bool:
        with self._lock:
            is_first = not drawing.begun.is_set()
            drawing.begun.set()
            return is_first

    def _made(self, key: Hashable, drawing: "_Drawing", draw: Callable[[], Drawn]) -> Drawn:
        try:
            with drawing.wanted():
                drawn = draw()
        except BaseException as error:
            self._end(key, error if isinstance(error, Invalid) else None)
            drawing.made.set_exception(
                error if isinstance(error, WenshuError) else Unavailable("busy", wait_s=1)
            )
            raise
        self._end(key, None)
        drawing.made.set_result(drawn)
        return drawn

    def _raise_known(self, key: Hashable) -> None:
        known = self._failed.get(key)
        if known is not None and self._now_s() < known[1]:
            raise known[0]

    def _end(self, key: Hashable, failure: Invalid | None) -> None:
        with self._lock:
            del self._under_way[key]
            if failure is not None and _is_lasting(failure):
                self._failed[key] = (failure, self._now_s() + FAILED_S)
                while len(self._failed) > _FAILURES:
                    self._failed.popitem(last=False)


def _is_lasting(failure: Invalid) -> bool:
    """Whether the file is at fault, and not that its asker went away."""
    return failure.facts.get("why") != "unwanted"


class _Drawing:
    """One under way, and all who wait for it."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.made: Future[Any] = Future()
        self.askers: list[Asker] = []

    def wait(self, asker: Asker, until_s: float, now_s: Callable[[], float]) -> Any:
        """What is made, by whoever makes it."""
        while not asker.gone.is_set() and now_s() < until_s:
            try:
                return self.made.result(timeout=_LOOK_S)
            except NotYet:
                continue
        raise Unavailable("busy", wait_s=5)

    @contextmanager
    def wanted(self) -> Iterator[None]:
        """For the time of the drawing, `is_wanted` tells whether anybody waits for it."""
        token = _WANTED.set(self._is_wanted)
        try:
            yield
        finally:
            _WANTED.reset(token)

    def _is_wanted(self) -> bool:
        return any(not asker.gone.is_set() for asker in list(self.askers))
