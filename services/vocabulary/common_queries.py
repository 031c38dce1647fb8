"""What several people searched for lately, kept without who asked (ADR 33).

Until `ASKED_BY` people have asked the same, its words stand nowhere here: a digest alone counts
them, made with a salt of its own. Who asks again, while he still remembers his own search, is not
counted twice. It may be lost without harm: one value, ``common-queries``, which processes write
about once a minute, the last one over the others.
"""

import hashlib
import logging
import secrets
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, ValidationError

from records.errors import WenshuError
from records.ports.claims import Claims
from records.queries.synonyms import Fold

_LOG = logging.getLogger(__name__)

ASKED_BY = 3
"""People who must have asked the same: of two, one who tries words out would learn of the other."""

MOST = 100
"""Queries of which the words are kept: the last that came to be asked by so many, or were again."""

MOST_COUNTED = 5_000
"""Queries that are counted: of more the oldest are forgotten."""

LONGEST = 60
"""Characters: who types more, types a text of his own."""

_WRITTEN_EVERY = timedelta(minutes=1)
_NAME = "common-queries"
_TRIES = 3
"""Of a write, while other processes write the same."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    salt: str
    counted: dict[str, int] = {}
    """Digest → people, the last one asked at the end."""
    words: tuple[str, ...] = ()
    """The last one first."""


class CommonQueries:
    """Counts, and tells those of many."""

    def __init__(self, claims: Claims, fold: Fold) -> None:
        self._claims = claims
        self._fold = fold
        self._lock = threading.Lock()
        self._waiting: list[str] = []
        self._written_at: datetime | None = None

    def note(self, words: str, now: datetime) -> None:
        """Somebody searched for this who does not remember that he did before. Raises nothing."""
        if not words or len(words) > LONGEST:
            return
        with self._lock:
            self._waiting.append(words)
            is_due = self._written_at is None or now - self._written_at >= _WRITTEN_EVERY
            if is_due:
                self._written_at = now
        if is_due:
            self._write()

    def all(self) -> Sequence[str]:
        """The words, the last ones first; none where they cannot be read. Raises Unavailable."""
        self._write()
        kept = self._read()
        return kept.words if kept else ()

    def _write(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, []
            if not waiting:
                return
            try:
                if not any(self._is_written(waiting) for _ in range(_TRIES)):
                    _LOG.warning("what was searched for is not counted: others write all the time")
            except WenshuError as error:
                _LOG.warning("what was searched for is not counted: %s", error.reason)

    def _is_written(self, waiting: Sequence[str]) -> bool:
        """Whether these are counted; not where a value stands now and none was found to count on.

        Its salt is another one, so nothing of it could be counted on from ours.
        """
        found = self._read()
        kept = found or _Kept(salt=secrets.token_hex(16))
        for words in waiting:
            kept = self._counted(kept, words)
        value = kept.model_dump_json().encode("utf-8", "replace")
        if found is None:
            return self._claims.take(_NAME, value) is None
        for _ in range(_TRIES):
            self._claims.free(_NAME)
            if self._claims.take(_NAME, value) is None:
                return True
        return False

    def _counted(self, kept: _Kept, words: str) -> _Kept:
        folded = self._fold(words)
        digest = hashlib.sha256(f"{kept.salt}{folded}".encode("utf-8", "replace")).hexdigest()[:24]
        counted = dict(kept.counted)
        people = counted.pop(digest, 0) + 1
        counted[digest] = min(people, ASKED_BY)
        told = kept.words
        if people >= ASKED_BY:
            others = [each for each in told if self._fold(each) != folded]
            told = (words, *others)[:MOST]
        last = dict(list(counted.items())[-MOST_COUNTED:])
        return _Kept(salt=kept.salt, counted=last, words=told)

    def _read(self) -> _Kept | None:
        """What is counted; one that cannot be read makes room for another."""
        value = self._claims.read(_NAME)
        if value is None:
            return None
        try:
            return _Kept.model_validate_json(value)
        except ValidationError:
            _LOG.warning("the common queries cannot be read and are counted anew")
            self._claims.free(_NAME)
            return None
