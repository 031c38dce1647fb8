"""The search index on Elasticsearch: any number of processes read and write it."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import Lock

from elasticsearch.exceptions import NotFoundError

from indexers.analysis import Analyser
from indexers.elasticsearch_index.asking import READ_AT_ONCE, Answer, Asking, hits_of, result_of
from indexers.elasticsearch_index.bulk import BulkWriter, Outcome
from indexers.elasticsearch_index.connection import connect
from indexers.elasticsearch_index.documents import DocumentWriter, newest
from indexers.elasticsearch_index.generations import Generations
from indexers.elasticsearch_index.listing import entries
from indexers.elasticsearch_index.options import ElasticsearchOptions
from indexers.elasticsearch_index.paging import Pages, TooManyConditionsError
from indexers.elasticsearch_index.rebuild import ElasticsearchRebuild, begin
from indexers.elasticsearch_index.schema import REACH, Json
from indexers.elasticsearch_index.silence import Silence
from indexers.elasticsearch_index.vendor_errors import GONE, VENDOR, is_about, unavailable
from indexers.pinyin import known_syllables
from indexers.querying.fields import SHOWN
from indexers.querying.suggesting import Suggesting
from records.errors import Unavailable
from records.identity import RecordId
from records.queries.search import Hit, IndexChange, SearchRequest, SearchResult, Suggestion
from records.rights.access import AccessFilter

SCORED = 2_000
"""Conditions of a query that give scores: all of a query of five hundred characters, the longest
that is read (records/queries/language.py). A server takes 1,024 conditions and more, by its memory
(``indices.query.bool.max_clause_count``)."""

SCORED_AT_LEAST = 200
"""Where it took no more, so many."""


class ElasticsearchSearchIndex:
    """Implements `records.ports.rebuildable_index.RebuildableIndex` on a cluster.

    Every process may write, also while an index is rebuilt. Safe to use from several threads.
    Reasons of Unavailable: ``index_missing``, ``index_outdated`` (an older version's stands;
    rebuild it), ``index_newer`` (a newer version's stands; this process has to go),
    ``index_unreachable``, ``index_untrusted``, ``index_busy``, ``index_denied``,
    ``index_rejected``, ``documents_refused``, ``rebuild_running``, ``rebuild_abandoned``,
    ``rebuild_incomplete``.
    """

    def __init__(
        self,
        options: ElasticsearchOptions,
        analyser: Analyser,
        *,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self._options = options
        self._client = connect(options)
        self._writing = self._client.options(request_timeout=options.write_timeout_s)
        self._generations = Generations(self._client, options, analyser)
        self._names = self._generations.names
        self._asking = Asking(analyser)
        self._pages = Pages(self._client, self._names.current, options)
        self._suggesting = Suggesting[Json](
            self._asking.builder, analyser, syllables=known_syllables
        )
        self._bulk = BulkWriter(self._client, DocumentWriter(analyser), options, pause=pause)
        self._silence = Silence()
        self._guard = Lock()
        self._beside: ElasticsearchRebuild | None = None

    def apply(self, changes: Sequence[IndexChange]) -> None:
        """As the port says; written to a rebuild of whichever process as well.

        The new index is written to first: when it is taken into use between the two, the second
        writing goes to it again and changes nothing.
        """
        if not changes:
            return
        with self._told():
            outcome = self._write(changes)
            if self._names.current in outcome.missing:
                # Replaced and deleted while it was written to, unless there is none at all.
                outcome = self._write(changes)
            if self._names.current in outcome.missing:
                raise self._generations.why_missing()
        outcome.settle()

    def search(self, request: SearchRequest, access: AccessFilter) -> SearchResult:
        """As the port says; of equal scores the newer stands first."""
        with self._told(), self._silence.broken():
            try:
                answer = self._answer(request, access, SCORED)
            except TooManyConditionsError:
                answer = self._answer(request, access, SCORED_AT_LEAST)
        return result_of(answer, request)

    def suggest(self, typed: str, access: AccessFilter, *, limit: int) -> Sequence[Suggestion]:
        """As the port says."""
        with self._told(), self._silence.broken():
            newest_first = partial(self._newest_first, access=access)
            return self._suggesting.suggest(typed, newest_first, limit)

    def resembling(self, word: str, access: AccessFilter, *, limit: int) -> Sequence[Hit]:
        """As the port says."""
        body = self._asking.resembling(word, access, limit=limit)
        if body is None:
            return ()
        with self._told(), self._silence.broken():
            return hits_of(self._pages.ask(body, access))

    def entries(self, *, after: RecordId | None) -> Iterator[tuple[RecordId, int]]:
        """As the port says, from one snapshot unless it is lost."""
        with self._told():
            yield from entries(self._writing, self._names.current, after=after)

    def rebuild(self) -> ElasticsearchRebuild:
        """As the port says. Raises Unavailable (``rebuild_running``): another process is at it."""
        with self._guard, self._told():
            if self._beside is not None:
                self._beside.abandon()
            self._beside = begin(
                self._writing, self._generations, lease_s=self._options.lease_s, made=self._made
            )
            return self._beside

    def close(self) -> None:
        """Give the connections back; a rebuild that was not ended is dead."""
        if self._beside is not None:
            self._beside.end()
        self._client.close()

    def _write(self, changes: Sequence[IndexChange]) -> Outcome:
        beside = self._generations.writable().building
        targets = [self._names.building] if beside else []
        return self._bulk.write(newest(changes), [*targets, self._names.current], shown=True)

    def _made(self, index: str) -> ElasticsearchRebuild:
        return ElasticsearchRebuild(
            self._writing, self._generations, self._bulk, index=index, lease_s=self._options.lease_s
        )

    def _newest_first(
        self, condition: Json, access: AccessFilter
    ) -> Iterator[tuple[Hit, str, str]]:
        """Record, title and number of all that match, page by page."""
        body = self._asking.newest(condition, access)
        while True:
            answer = self._pages.ask(body, access)
            page = answer["hits"]["hits"]
            for hit, raw in zip(hits_of(answer), page, strict=True):
                title, number = (raw["_source"][name] for name in SHOWN)
                yield hit, title, number
            if len(page) < READ_AT_ONCE:
                return
            body = {**body, "search_after": page[-1]["sort"]}

    def _answer(self, request: SearchRequest, access: AccessFilter, scored: int) -> Answer:
        body: Json = self._asking.body(request, access, scored=scored)
        if request.order is None and request.offset + request.limit > REACH:
            return self._pages.far(body, access, offset=request.offset, limit=request.limit)
        return self._pages.ask(body, access)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the client leave as those of the house; a missing index says why it is."""
        try:
            yield
        except NotFoundError as error:
            raise self._why(error) from error
        except TooManyConditionsError as error:
            raise Unavailable("index_rejected") from error
        except VENDOR as error:
            raise unavailable(error) from error

    def _why(self, error: NotFoundError) -> Unavailable:
        return self._generations.why_missing() if is_about(error, GONE) else unavailable(error)
