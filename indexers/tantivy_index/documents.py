"""Records as documents of the tantivy index."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache

import tantivy

from indexers.analysis import Analyser
from indexers.analysis.analyser import Written
from indexers.analysis.sections import bounded, sections
from indexers.completion_terms import CompletionTerms
from indexers.narrowing import facet_values
from indexers.pinyin import Spelling
from indexers.querying.fields import DECIDING, FACETS, ORDERS, PAIRED, Field
from indexers.tantivy_index.schema import SPELLED, Name
from indexers.weights import freshness
from records.identity import RecordId, Token
from records.queries.numbering import number_key
from records.queries.search import IndexChange, IndexDocument, Removal, place_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SHORT, SHORT_KEPT = 40, 1_000
"""Characters of a text that is kept with its tokens, and how many are: names of units and people
stand in many records, a title stands in two fields."""

MILLISECOND_BITS = 42
"""Enough for milliseconds up to the year 2109; days since year 1 need the other 22."""


class DocumentWriter:
    """Makes tantivy documents."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._written_before = lru_cache(SHORT_KEPT)(analyser.written)
        self._spelling = Spelling(analyser)
        self._completing = CompletionTerms(analyser)

    def document(self, source: IndexDocument) -> tantivy.Document:
        """The document of one revision of one record."""
        document = _identified(source)
        document.add_unsigned(Name.ID_ORDER, id_order(source.record))
        self._add_text(document, source)
        self._add_spelling(document, source.title)
        self._add_access(document, source)
        self._add_conditions(document, source)
        return document

    def tombstone(self, removal: Removal) -> tantivy.Document:
        """What stays of a removed record: nobody may read it, no listing has it."""
        return _identified(removal)

    def _add_text(self, document: tantivy.Document, source: IndexDocument) -> None:
        written_once = cache(self._written)  # the newest texts stand in two fields
        for field, name in DECIDING.items():
            written = [written_once(text) for text in sections(source, field)]
            document.add_text(name, bounded(text.tokens for text in written))
            if field in PAIRED:
                document.add_text(PAIRED[field], bounded(text.pairs for text in written))
        if key := number_key(source.number):
            document.add_text(Field.NUMBER_KEY, self._analyser.fold(key))
        _add_all(document, Field.COMPLETING, self._completing.written(source.title, source.number))
        document.add_bytes(Field.SHOWN_TITLE, source.title.encode(errors="replace"))
        document.add_bytes(Field.SHOWN_NUMBER, source.number.encode(errors="replace"))

    def _written(self, text: str) -> Written:
        short = len(text) <= SHORT
        return self._written_before(text) if short else self._analyser.written(text)

    def _add_spelling(self, document: tantivy.Document, title: str) -> None:
        for field, terms in zip(SPELLED, self._spelling.terms(title), strict=True):
            _add_all(document, field, terms)

    def _add_access(self, document: tantivy.Document, source: IndexDocument) -> None:
        dated = {dated_term(token, last) for token, last in source.rule.dated_tokens}
        _add_all(document, Field.READER, {*map(token_term, source.rule.tokens), *dated})

    def _add_conditions(self, document: tantivy.Document, source: IndexDocument) -> None:
        for facet, column in FACETS.items():
            _add_all(document, column, facet_values(source, facet))
        document.add_text(Field.AUTHOR, source.author)
        _add_all(document, Field.FACTS, source.facts)
        for by, key in source.keys:
            document.add_text(ORDERS[by], place_of(key, source.record))
        day = source.dated_on.toordinal()
        changed_us = max((source.changed_at - EPOCH) // timedelta(microseconds=1), 0)
        document.add_integer(Field.DAY, day)
        document.add_unsigned(Name.DATE_RANK, day << MILLISECOND_BITS | changed_us // 1_000)
        document.add_unsigned(Name.CHANGE_RANK, changed_us)
        document.add_float(Name.FRESHNESS, freshness(day))


def id_order(record: RecordId) -> int:
    """A number that rises with the identifier, perhaps equal for neighbours."""
    return int.from_bytes(record.encode()[:8].ljust(8, b"\0"), "big")


def token_term(token: Token) -> str:
    """The term of a token that opens a record for ever; ``@`` never stands in it."""
    return token.replace("%", "%25").replace("@", "%40")


def dated_prefix(token: Token) -> str:
    """What the dated terms of one token begin with, and no other term."""
    return token_term(token) + "@"


def dated_term(token: Token, last: date) -> str:
    """The term of a token that opens a record up to a day."""
    return dated_prefix(token) + last.isoformat()


def _identified(change: IndexChange) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text(Field.RECORD, change.record)
    document.add_unsigned(Field.REVISION, change.revision)
    document.add_unsigned(Name.VERSION, change.version)
    return document


def _add_all(document: tantivy.Document, field: str, values: Iterable[str]) -> None:
    for value in sorted(values):
        document.add_text(field, value)
