"""A bounded queue before one costly thing, fair among those who ask for it.

Next is whoever has least at work; among those who used little lately come before who used much,
and equals take turns. So a newcomer waits for one piece of work to end, not for the queue, and
nobody waits for more than one turn of each of the others.
"""

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from records.errors import Refused, Unavailable
from services.asker import Asker

HALF_LIFE_S = 3.0
"""What an asker used counts half after so long: a person looks at a page meanwhile."""

ROOM_FOR_NEWCOMERS = 4
"""Whoever has nothing here yet finds room until so many times the share is present: those who are
here already do not shut the house."""

MUCH_S = 0.5
"""All who used so much lately are equals: what somebody did before others came is no fault."""

LONGEST_REST_S = 30
"""Nobody is told to come again later than this: the queue is bounded, so it moves."""

_ACCOUNTS_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Share:
    """How much of one thing may go on: in all, and for one asker.

    Present is whoever is at work, waits, still sends his request, or still reads his answer;
    askers who have nothing here yet are let in beyond `present` (`ROOM_FOR_NEWCOMERS`).
    """

    at_work: int
    at_work_each: int
    present: int
    present_each: int


class Turn:
    """One piece of work, from its arrival to its end."""

    def __init__(self, turns: "Turns", asker: str, number: int) -> None:
        self._turns = turns
        self.asker = asker
        self.number = number
        self.granted: Callable[[], None] | None = None
        self.began_s: float | None = None
        self.left = False

    def wish(self, granted: Callable[[], None]) -> None:
        """Ask to begin: `granted` is called once, now or later, by whichever thread."""
        self._turns.wish(self, granted)

    def rest(self) -> None:
        """The work is done; what came of it still takes up room. Twice does no harm."""
        self._turns.rest(self)

    def leave(self) -> None:
        """Nothing is left of it, or it is not wanted any more. Calling it twice does no harm."""
        self._turns.leave(self)


class Turns:
    """Hands out turns. Safe to use from threads; waits for nothing itself."""

    def __init__(self, share: Share, *, now_s: Callable[[], float] = time.monotonic) -> None:
        self._share = share
        self._now_s = now_s
        self._lock = threading.Lock()
        self._arrived = 0
        self._present: Counter[str] = Counter()
        self._at_work: Counter[str] = Counter()
        self._waiting: list[Turn] = []
        self._used: dict[str, tuple[float, float]] = {}
        self._began: dict[str, float] = {}
        self._usual_s = 0.1

    def arrive(self, asker: str) -> Turn:
        """A place in the queue.

        Raises Refused (``too_many_at_once``) when this asker has as many as one may have, and
        Unavailable (``busy``) when nobody has room; both say in `wait_s` when to come again.
        """
        with self._lock:
            if self._present[asker] >= self._share.present_each:
                raise Refused("too_many_at_once", wait_s=self._rest_s(self._present[asker]))
            times = 1 if self._present[asker] else ROOM_FOR_NEWCOMERS
            if self._present.total() >= self._share.present * times:
                raise Unavailable("busy", wait_s=self._rest_s(self._present.total()))
            self._present[asker] += 1
            self._arrived += 1
            return Turn(self, asker, self._arrived)

    def wish(self, turn: Turn, granted: Callable[[], None]) -> None:
        """As `Turn.wish`."""
        with self._lock:
            turn.granted = granted
            self._waiting.append(turn)
            begun = self._begin()
        _tell(begun)

    def rest(self, turn: Turn) -> None:
        """As `Turn.rest`."""
        with self._lock:
            self._end_work(turn)
            begun = self._begin()
        _tell(begun)

    def leave(self, turn: Turn) -> None:
        """As `Turn.leave`."""
        with self._lock:
            if turn.left:
                return
            turn.left = True
            _lower(self._present, turn.asker)
            self._end_work(turn)
            if turn in self._waiting:
                self._waiting.remove(turn)
            begun = self._begin()
        _tell(begun)

    def _end_work(self, turn: Turn) -> None:
        if turn.began_s is not None:
            _lower(self._at_work, turn.asker)
            self._note(turn.asker, self._now_s() - turn.began_s)
            turn.began_s = None

    @contextmanager
    def taken(
        self, asker: Asker, *, patience_s: float, unless: Callable[[], bool] = lambda: False
    ) -> Iterator[None]:
        """A turn for this thread, which waits for it; without one, once `unless` is true.

        Raises as `arrive`, and Unavailable (``busy``) when it has not come within the patience or
        nobody waits for the work any more.
        """
        turn, come = self.arrive(asker.key), threading.Event()
        try:
            turn.wish(come.set)
            deadline = self._now_s() + patience_s
            while not come.wait(0.05) and not unless():
                if asker.gone.is_set() or self._now_s() > deadline:
                    with self._lock:
                        wait_s = self._rest_s(len(self._waiting))
                    raise Unavailable("busy", wait_s=wait_s)
            yield
        finally:
            turn.leave()

    def _begin(self) -> list[Turn]:
        """Those whose turn has come."""
        begun: list[Turn] = []
        while self._waiting and self._at_work.total() < self._share.at_work:
            able = [t for t in self._waiting if self._may_begin(t)]
            if not able:
                break
            turn = min(able, key=self._claim)
            self._waiting.remove(turn)
            self._at_work[turn.asker] += 1
            turn.began_s = self._began[turn.asker] = self._now_s()
            begun.append(turn)
        return begun

    def _may_begin(self, turn: Turn) -> bool:
        return self._at_work[turn.asker] < self._share.at_work_each

    def _claim(self, turn: Turn) -> tuple[int, float, float, int]:
        asker = turn.asker
        used_s = min(self._lately_s(asker), MUCH_S)
        return self._at_work[asker], used_s, self._began.get(asker, -math.inf), turn.number

    def _lately_s(self, asker: str) -> float:
        used_s, at = self._used.get(asker, (0.0, 0.0))
        return used_s * math.pow(0.5, (self._now_s() - at) / HALF_LIFE_S)

    def _note(self, asker: str, spent_s: float) -> None:
        self._usual_s += (spent_s - self._usual_s) / 8
        self._used[asker] = (self._lately_s(asker) + spent_s, self._now_s())
        if len(self._used) > _ACCOUNTS_KEPT:
            longest_ago = min(self._used, key=lambda each: self._used[each][1])
            del self._used[longest_ago]
            self._began.pop(longest_ago, None)

    def _rest_s(self, before: int) -> int:
        """Seconds until so many have had their turn, by what a turn usually takes."""
        needed = self._usual_s * before / self._share.at_work
        return min(LONGEST_REST_S, max(1, math.ceil(needed)))


def _lower(counts: Counter[str], key: str) -> None:
    counts[key] -= 1
    if not counts[key]:
        del counts[key]


def _tell(begun: list[Turn]) -> None:
    """Outside the lock: whoever is told may come back at once."""
    for turn in begun:
        assert turn.granted is not None  # noqa: S101 - it wished before it waited
        turn.granted()
