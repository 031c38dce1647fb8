"""检索用词: words that mean the same, and those that a unit is offered (SS-05).

Every change is a link of one chain, ``words``, which holds all of them, so each version can be read
again. A process knows its own changes at once, those of others `FRESH_S` later at most: servers
look in a thread beside, so that no search waits for it. No index is touched by a change.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from records.errors import Conflict
from records.identity import Login, UnitCode
from records.ports.chains import Chains
from records.queries.synonyms import NO_SYNONYMS, Fold, Synonyms, synonyms_of
from services.people.caller import Caller

_CHAIN = "words"

FRESH_S = 5.0
"""So long what a process knows is taken for what is so."""

SHOWN = 20
"""Versions that are listed; older ones can be asked for by number."""


class SearchWords(BaseModel):
    """What one version holds."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    groups: tuple[tuple[str, ...], ...] = ()
    hot: dict[UnitCode, tuple[str, ...]] = {}
    """Words that people of a unit, and of those below it, are offered before they search."""
    by: Login | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WordVersion:
    """A version by its number; 0 before there was any."""

    number: int
    words: SearchWords


class WordBook:
    """Reads and changes them."""

    def __init__(
        self, chains: Chains, fold: Fold, *, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._chains = chains
        self._fold = fold
        self._now_s = now_s
        self._looked_s = 0.0
        self._lock = threading.Lock()
        self._known: tuple[WordVersion, Synonyms] | None = None

    @property
    def fold(self) -> Fold:
        """One spelling of what is written the same."""
        return self._fold

    def synonyms(self) -> Synonyms:
        """The groups, ready for a query; as they were `FRESH_S` ago at the earliest."""
        return self._now()[1]

    def number(self) -> int:
        """Of the version that `synonyms` gives."""
        return self._now()[0].number

    def hot(self, caller: Caller) -> tuple[str, ...]:
        """What the caller is offered: by his units, the nearest first."""
        hot = self._now()[0].words.hot
        units = [each.code for each in caller.organisation.upward(caller.person.unit)]
        return tuple(dict.fromkeys(word for unit in units for word in hot.get(unit, ())))

    def newest(self) -> WordVersion:
        """The newest version that there is; asks the store."""
        self.tend()
        return self._now()[0]

    def version(self, number: int) -> WordVersion:
        """One version. Raises NotFound (``no_such_version``)."""
        if number == 0:
            return WordVersion(0, SearchWords())
        link = self._chains.link(_CHAIN, number)
        return WordVersion(number, SearchWords.model_validate_json(link.value))

    def versions(self) -> Sequence[WordVersion]:
        """The last ones, the newest first."""
        newest = self.newest()
        before = range(newest.number - 1, max(0, newest.number - SHOWN), -1)
        return [newest, *map(self.version, before)] if newest.number else []

    def keep(self, words: SearchWords, *, seen: int) -> WordVersion:
        """Put these in the place of version `seen`. Raises Conflict (``words_changed``)."""
        newest = self.newest()
        if newest.number != seen:
            raise Conflict("words_changed", by=newest.words.by or "")
        try:
            self._chains.append(_CHAIN, seen + 1, words.model_dump_json().encode())
        except Conflict as error:
            raise Conflict("words_changed", by="") from error
        self._know(WordVersion(seen + 1, words))
        return WordVersion(seen + 1, words)

    def tend(self) -> None:
        """Look for what another process has changed."""
        number = self._known[0].number if self._known else 0
        looked_s = self._now_s()
        found = self._chains.latest(_CHAIN, known=number)
        if found is None:
            self._know(WordVersion(0, SearchWords()))
        elif found.number > number:
            words = SearchWords.model_validate_json(found.value)
            self._know(WordVersion(found.number, words))
        self._looked_s = looked_s

    def _now(self) -> tuple[WordVersion, Synonyms]:
        if self._known is None or self._now_s() - self._looked_s > FRESH_S:
            self.tend()
        assert self._known is not None  # noqa: S101 - tend knows something or raises
        return self._known

    def _know(self, version: WordVersion) -> None:
        groups = version.words.groups
        ready = synonyms_of(groups, self._fold) if groups else NO_SYNONYMS
        with self._lock:
            if self._known is None or version.number > self._known[0].number:
                self._known = version, ready
