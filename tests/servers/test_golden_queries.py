"""500 golden questions: the same answers on the oracle, on tantivy and on Elasticsearch."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest

from indexers.analysis import Analyser, Fold
from indexers.elasticsearch_index import ElasticsearchSearchIndex
from indexers.memory_index import MemorySearchIndex
from indexers.tantivy_index import TantivySearchIndex
from records.queries.language import read_query
from records.queries.search import SearchResult
from records.queries.versions import in_all_versions
from tests.elasticsearch_indexes import ready
from tests.golden import BESIDE, FAMILIES, LISTS, OF_EACH, VERSIONS, corpus, lists, questions

ROUNDING = 2e-6
"""Scores are sums of single-precision numbers of 24 bits, added up in another order: so much of
a score, and nothing more, may differ."""

IN_ORDER = 10


@dataclass(frozen=True, slots=True)
class Three:
    oracle: MemorySearchIndex
    embedded: TantivySearchIndex
    distributed: ElasticsearchSearchIndex


@pytest.fixture(scope="module")
def three(elasticsearch: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Three]:
    analyser = Analyser(Fold.load())
    with ready(elasticsearch, analyser) as distributed:
        found = Three(
            MemorySearchIndex(analyser),
            TantivySearchIndex(tmp_path_factory.mktemp("index"), analyser, writes=True),
            distributed,
        )
        for index in (found.oracle, found.embedded, found.distributed):
            for start in range(0, len(corpus()), 100):
                index.apply(corpus()[start : start + 100])
        yield found
        found.embedded.close()


def answer(result: SearchResult) -> tuple[int, list[str], object, object]:
    records: list[str] = sorted(hit.record for hit in result.hits)
    return result.total, records, result.facets, result.counts


def page(result: SearchResult) -> tuple[int, list[object], object, object]:
    """Everything but scores, which a list has no use for."""
    rows: list[object] = [(hit.record, hit.revision) for hit in result.hits]
    return result.total, rows, result.facets, result.counts


def test_there_are_five_hundred_questions_that_differ() -> None:
    asked = [golden for family in FAMILIES for golden in questions(family)]
    assert len(asked) == 500
    assert len({golden.typed for golden in asked}) >= 400


@pytest.mark.feature("SS-01", "SS-02", "SS-04", "SS-07")
@pytest.mark.parametrize("family", [*FAMILIES, *BESIDE])
def test_the_same_records_totals_and_facets_are_found(three: Three, family: str) -> None:
    found = 0
    for golden in questions(family):
        expected = answer(three.oracle.search(golden.request, golden.access))
        for index in (three.embedded, three.distributed):
            assert answer(index.search(golden.request, golden.access)) == expected, golden
        found += expected[0] > 0
    assert found >= OF_EACH // 5, "questions that find nothing prove little"


@pytest.mark.parametrize("family", [*FAMILIES, *BESIDE])
def test_scores_are_those_of_tantivy_and_so_is_the_order(three: Three, family: str) -> None:
    for golden in questions(family):
        embedded = three.embedded.search(golden.request, golden.access)
        distributed = three.distributed.search(golden.request, golden.access)
        scores = {hit.record: hit.score for hit in embedded.hits}
        for hit in distributed.hits:
            assert hit.score == pytest.approx(scores[hit.record], rel=ROUNDING), golden
        ranked = [scores[hit.record] for hit in distributed.hits[:IN_ORDER]]
        for before, after in pairwise(ranked):
            assert before >= after * (1 - ROUNDING), golden


@pytest.mark.feature("SS-07")
def test_what_stood_in_earlier_versions_is_found_by_who_might_read_it_and_by_no_other(
    three: Three,
) -> None:
    more = 0
    for golden in questions(VERSIONS):
        plain = replace(golden.request, query=read_query(golden.typed).tree)
        ever = three.oracle.search(golden.request, golden.access).total
        newest = three.oracle.search(plain, golden.access).total
        more += ever > newest
        without = in_all_versions(plain.query, [])
        bare = replace(golden.request, query=without)
        told = [
            i.search(bare, golden.access).total
            for i in (three.oracle, three.embedded, three.distributed)
        ]
        assert len(set(told)) == 1, golden
        if "-" not in golden.typed:
            assert newest <= told[0] <= ever, golden
    assert more > OF_EACH // 4, "questions that find no earlier version prove little"


@pytest.mark.feature("GT-06", "CX-06")
def test_lists_have_the_same_rows_totals_and_counts_on_all_three(three: Three) -> None:
    found = 0
    for golden in lists():
        expected = page(three.oracle.search(golden.request, golden.access))
        for index in (three.embedded, three.distributed):
            assert page(index.search(golden.request, golden.access)) == expected, golden
        found += expected[0] > 0
    assert found >= LISTS // 2, "lists that hold nothing prove little"
