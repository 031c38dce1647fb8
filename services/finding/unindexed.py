"""Records whose newest revision the index may not know yet: the outbox, as lists see it.

Nobody waits for the outbox while he searches. A thread looks at it beside, and what this process
committed itself is noted at once, so that whoever acted sees what he did. What another process
changed is known `FRESH_S` later at most; rows are decided on the record as it stands in any case.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from records.errors import Corrupt, NotFound
from records.identity import RecordId
from records.ports.record_log import RecordLog
from records.revision import Revision
from services.after_commit.backlog import Backlog, Look

FRESH_S = 1.0
"""How old what is known of the outbox may be."""

LONGEST_S = 30.0
"""A view that was tended and is so old is tended no more: who asks looks himself."""

BEGUN = 200
"""Newest records of one revision that are looked at: an import may have begun a million."""

DECIDED = 500
"""Changed records that are decided one by one; more are left out until the index knows them."""


@dataclass(frozen=True, slots=True)
class Unindexed:
    """What the index may not know.

    `newest` are the newest revisions of such records, None where there is none or it is damaged.
    `hidden` changed too, and are too many to be decided upon: they stand in no answer for a while.
    """

    newest: Mapping[RecordId, Revision | None] = field(default_factory=dict)
    hidden: frozenset[RecordId] = frozenset()
    is_behind: bool = False
    """Whether something waits so long, or so much waits, that an answer may miss it."""


class UnindexedView:
    """Keeps what is known of the outbox. Safe to use from several threads."""

    def __init__(
        self,
        log: RecordLog,
        backlog: Backlog,
        *,
        now_s: Callable[[], float] = time.monotonic,
        fresh_s: float = FRESH_S,
    ) -> None:
        self._log = log
        self._backlog = backlog
        self._now_s = now_s
        self._fresh_s = fresh_s
        self._looking = threading.Lock()
        self._lock = threading.Lock()
        self._noted: dict[RecordId, tuple[Revision, float]] = {}
        self._seen = Unindexed()
        self._began_s = float("-inf")
        self._tended = False

    def current(self) -> Unindexed:
        """What is known now. Asks the store only where no thread does. Raises Unavailable."""
        age_s = self._now_s() - self._began_s
        if age_s > (LONGEST_S if self._tended else self._fresh_s):
            with self._looking:
                if self._now_s() - self._began_s > self._fresh_s:
                    self._look()
        with self._lock:
            own = {record: revision for record, (revision, _) in self._noted.items()}
            seen = self._seen
        late = age_s > self._fresh_s and self._tended
        return Unindexed(
            newest={**seen.newest, **{r: _newer(seen.newest.get(r), own[r]) for r in own}},
            hidden=seen.hidden - own.keys(),
            is_behind=seen.is_behind or late,
        )

    def note(self, revision: Revision) -> None:
        """A revision was committed by this process; the index may not know it from now on."""
        with self._lock:
            self._noted[revision.record] = revision, self._now_s()

    def tend(self) -> None:
        """Look again where the last look is half as old as may be; for a thread of its own."""
        self._tended = True
        if self._now_s() - self._began_s > self._fresh_s / 2:
            with self._looking:
                self._look()

    def _look(self) -> None:
        look = self._backlog.recent(at_most_s=self._fresh_s / 4)
        seen = self._read(look)
        with self._lock:
            self._seen, self._began_s = seen, look.began_s
            # A look that began before the commit may have missed its entry.
            self._noted = {r: each for r, each in self._noted.items() if each[1] >= look.began_s}

    def _read(self, look: Look) -> Unindexed:
        """The newest revisions of what stands there, those of earlier looks without reading."""
        changed: dict[RecordId, int] = {}
        begun: dict[RecordId, int] = {}
        for entry in look.entries:
            kept = begun if entry.number == 1 else changed
            kept[entry.record] = max(kept.get(entry.record, 0), entry.number - 1)
        young = sorted(begun.keys() - changed.keys())[-BEGUN:]
        decided = list(changed.items())[-DECIDED:]
        known = {r: each.number for r, each in self._seen.newest.items() if each is not None}
        wanted = [(record, max(number, known.get(record, 0))) for record, number in decided]
        wanted += [(record, known.get(record, 1)) for record in young]
        found = self._log.latest_all(wanted)
        newest = {
            record: None if isinstance(each, NotFound | Corrupt) else each
            for (record, _), each in zip(wanted, found, strict=True)
        }
        hidden = frozenset(changed.keys() - newest.keys())
        return Unindexed(newest, hidden, is_behind=bool(hidden) or self._backlog.is_behind())


def _newer(seen: Revision | None, own: Revision) -> Revision:
    return seen if seen is not None and seen.number > own.number else own
