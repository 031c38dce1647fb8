"""Records as documents of Elasticsearch."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from math import log2

from indexers.analysis import Analyser
from indexers.analysis.sections import bounded, sections
from indexers.completion_terms import CompletionTerms
from indexers.elasticsearch_index.schema import EVER, SPELLED, Json, Name
from indexers.narrowing import facet_values
from indexers.pinyin import Spelling
from indexers.querying.fields import DECIDING, FACETS, ORDERS, PAIRED, Field
from indexers.weights import freshness
from records.identity import RecordId
from records.queries.numbering import number_key
from records.queries.query import TextField
from records.queries.search import IndexChange, IndexDocument, Removal, place_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class DocumentWriter:
    """Makes documents."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._spelling = Spelling(analyser)
        self._completing = CompletionTerms(analyser)

    def document(self, change: IndexChange) -> Json:
        """The document of a revision.

        Of a removed record its revision stays, which keeps older ones out: Elasticsearch would
        forget a deletion after a minute (``index.gc_deletes``).
        """
        if isinstance(change, Removal):
            return {Field.REVISION: change.revision}
        return {
            Field.RECORD: change.record,
            Field.REVISION: change.revision,
            **self._texts(change),
            **self._conditions(change),
        }

    def _texts(self, source: IndexDocument) -> Json:
        made: Json = {}
        for field, name in DECIDING.items():
            texts = source.past if field is TextField.EVER else sections(source, field)
            written = [self._analyser.written(text) for text in texts]
            made[name] = bounded(text.tokens for text in written)
            if field in PAIRED:
                made[PAIRED[field]] = bounded(text.pairs for text in written)
        if source.has_past:
            made |= {sent: made.pop(name) for name, sent in EVER.items()}
        if key := number_key(source.number):
            made[Field.NUMBER_KEY] = self._analyser.fold(key)
        made[Field.COMPLETING] = sorted(self._completing.written(source.title, source.number))
        spelled = zip(SPELLED, self._spelling.terms(source.title), strict=True)
        made |= {field: sorted(terms) for field, terms in spelled}
        made[Field.SHOWN_TITLE], made[Field.SHOWN_NUMBER] = source.title, source.number
        return made

    def _conditions(self, source: IndexDocument) -> Json:
        day = source.dated_on.toordinal()
        return {
            **{column: sorted(facet_values(source, facet)) for facet, column in FACETS.items()},
            Field.READER: sorted(source.rule.tokens),
            Name.DATED: [
                {"reader": token, "last": last.toordinal()}
                for token, last in sorted(source.rule.dated_tokens)
            ],
            Field.AUTHOR: source.author,
            Field.FACTS: sorted(source.facts),
            **{ORDERS[by]: place_of(key, source.record) for by, key in source.keys},
            Field.DAY: day,
            Name.CHANGED: max((source.changed_at - _EPOCH) // timedelta(microseconds=1), 0),
            Name.WEIGHT: log2(2 + freshness(day)),
        }


def newest(changes: Iterable[IndexChange]) -> list[IndexChange]:
    """The last change of the highest version of each record."""
    found: dict[RecordId, IndexChange] = {}
    for change in changes:
        held = found.get(change.record)
        if held is None or change.version >= held.version:
            found[change.record] = change
    return list(found.values())
