"""Standing queries in memory, beside whichever index: few of them are looked at for a document.

Each query stands under its rarest token, or one of each alternative: what does not hold that cannot
match. The tokens of a document name the queries that may; the oracle says which do (ADR 25).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from threading import Lock

from indexers.analysis import Analyser
from indexers.analysis.analyser import BREAK
from indexers.analysis.character_weights import RAREST, CharacterWeights
from indexers.document_matching import MatchedDocument
from indexers.memory_index import within
from records.queries.numbering import number_key
from records.queries.query import (
    Among,
    And,
    DocumentNumber,
    Holds,
    Or,
    Prefix,
    Query,
    TextField,
    Words,
)
from records.queries.search import IndexDocument, Narrowing

Guard = tuple[str, str]
"""Where something stands (a field, ``fact``, ``key``, ``record``), and what."""

_Guards = tuple[float, frozenset[Guard]]
"""One of these stands in whatever matches; the weight says how rarely, the larger the rarer."""

_RUN_WEIGHT = 2.0
_FACT_WEIGHT = 1.0
_NEEDLES = 50_000


class GuardedQueries:
    """Implements `records.ports.standing_queries.StandingQueries`."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._weights = CharacterWeights.load()
        self._queries: dict[str, tuple[Query, frozenset[Guard] | None]] = {}
        self._guarded: dict[Guard, dict[str, None]] = defaultdict(dict)
        self._fields: Counter[str] = Counter()
        self._unguarded: dict[str, None] = {}
        self._needle = lru_cache(_NEEDLES)(analyser.needle)
        self._lock = Lock()

    def hold(self, key: str, query: Query) -> None:
        """As the port says."""
        found = self._guards(query)
        guards = found[1] if found is not None else None
        with self._lock:
            self._let_go(key)
            self._queries[key] = query, guards
            if guards is None:
                self._unguarded[key] = None
            for guard in guards or ():
                self._fields[guard[0]] += not self._guarded[guard]
                self._guarded[guard][key] = None

    def let_go(self, key: str) -> None:
        """As the port says."""
        with self._lock:
            self._let_go(key)

    def matching(
        self, document: IndexDocument, *, among: Collection[str] | None = None
    ) -> frozenset[str]:
        """As the port says."""
        with self._lock:
            if not self._queries:
                return frozenset()
        matched = MatchedDocument(self._analyser, document, self._needle)
        if among is None:
            tokens = set(self._tokens(matched))
            with self._lock:
                keys = dict(self._unguarded)
                for guard in self._guarded.keys() & tokens:
                    keys |= self._guarded[guard]
        else:
            keys = dict.fromkeys(among)
        with self._lock:
            tried = [(key, self._queries[key][0]) for key in keys if key in self._queries]
        return frozenset(key for key, query in tried if matched.matches(query))

    def meets(self, document: IndexDocument, narrowing: Narrowing) -> bool:
        """As the port says."""
        return within(narrowing, document, but=None)

    def _let_go(self, key: str) -> None:
        _, guards = self._queries.pop(key, (None, None))
        self._unguarded.pop(key, None)
        for guard in guards or ():
            self._guarded[guard].pop(key, None)
            if not self._guarded[guard]:
                del self._guarded[guard]
                self._fields[guard[0]] -= 1

    def _tokens(self, matched: MatchedDocument) -> Iterator[Guard]:
        """All guards under which a query may stand that the document matches.

        Of texts that no query stands under nothing is told: those of earlier revisions, as a rule.
        """
        document = matched.document
        yield "record", document.record
        yield from (("fact", fact) for fact in document.facts)
        if (own := number_key(document.number)) is not None:
            yield "key", self._analyser.fold(own)
        for field in filter(self._fields.get, TextField):
            held: set[str] = set()
            for stretches in matched.stretches(field):
                held.update(self._analyser.tokens(stretches))
                held.update(self._analyser.pairs(stretches))
            yield from ((field.value, token) for token in held)

    def _guards(self, query: Query) -> _Guards | None:
        """None for what may match a document whatever stands in it."""
        found: _Guards | None = None
        match query:
            case Words(text, field):
                found = self._guard_of(field, self._analyser.word(text))
            case Prefix(text, field):
                word = self._analyser.word(text)
                if word and not self._analyser.are_characters(word[-1]):
                    word = word[:-1]  # the last run goes on
                found = self._guard_of(field, word)
            case DocumentNumber(key):
                found = RAREST, frozenset({("key", self._analyser.fold(key))})
            case Holds(facts) if all(isinstance(fact, str) for fact in facts):
                found = _FACT_WEIGHT, frozenset(("fact", str(fact)) for fact in facts)
            case Among(records):
                found = RAREST, frozenset(("record", record) for record in records)
            case And(children):
                found = _rarest(self._guards(child) for child in children)
            case Or(children):
                found = _all_of([self._guards(child) for child in children])
        return found

    def _guard_of(self, field: TextField, word: Sequence[str]) -> _Guards | None:
        tokens = [*self._analyser.pairs(word), *self._analyser.tokens(word)]
        weighed = [(self._weight(token), token) for token in tokens if token != BREAK]
        if not weighed:
            return None
        weight, token = max(weighed)
        return weight, frozenset({(field.value, token)})

    def _weight(self, token: str) -> float:
        if not self._analyser.are_characters(token):
            return min(RAREST, _RUN_WEIGHT + len(token) / 2)
        return self._weights.pair(token) if len(token) > 1 else self._weights.of(token) / 2


def _rarest(found: Iterable[_Guards | None]) -> _Guards | None:
    """Those of the condition that holds most rarely: all must hold."""
    known = [each for each in found if each is not None]
    return max(known, key=lambda each: each[0], default=None)


def _all_of(found: list[_Guards | None]) -> _Guards | None:
    """Those of each: whichever holds."""
    known = [each for each in found if each is not None]
    if len(known) < len(found):
        return None
    weight = min((weight for weight, _ in known), default=RAREST)
    return weight, frozenset(guard for _, guards in known for guard in guards)
