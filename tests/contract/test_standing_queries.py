"""Standing queries match just what a search would find in an index of one document (SS-06)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexers.analysis import Analyser, Fold
from indexers.memory_index import MemorySearchIndex
from indexers.standing_queries import GuardedQueries
from indexers.tantivy_index import TantivySearchIndex
from records.identity import Token
from records.ports.search_index import SearchIndex
from records.queries.language import read_query
from records.queries.query import Everything, Query, TextField, Words
from records.queries.search import Narrowing, SearchRequest
from records.rights.access import AccessFilter, Level
from tests.contract.test_search_oracle import (
    EVERYTHING_ELSE,
    QUERIES,
    TODAY,
    TOKENS,
    TREES,
    documents,
)
from tests.elasticsearch_indexes import ready
from tests.search_documents import document

ANALYSER = Analyser(Fold.load())
EVERYONE = AccessFilter(tokens=frozenset(TOKENS), clearance=Level.TOP_SECRET, today=TODAY)
READABLE = tuple(each for each in documents() if EVERYONE.admits(each.rule))


def alone(index: SearchIndex, query: Query, number: int) -> bool:
    """Whether a search finds the record among all: it names no other."""
    found = index.search(SearchRequest(query, limit=len(READABLE)), EVERYONE)
    return READABLE[number].record in {hit.record for hit in found.hits}


@contextmanager
def opened(name: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[SearchIndex]:
    if name == "memory":
        yield MemorySearchIndex(ANALYSER)
    elif name == "tantivy":
        index = TantivySearchIndex(folder, ANALYSER, writes=True)
        yield index
        index.close()
    else:
        with ready(request.getfixturevalue("elasticsearch"), ANALYSER) as served:
            yield served


@pytest.fixture(scope="module", params=["memory", "tantivy", "elasticsearch"])
def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchIndex]:
    folder = tmp_path_factory.mktemp("standing")
    with opened(request.param, folder, request) as found:
        found.apply(READABLE)
        yield found


@settings(EVERYTHING_ELSE, max_examples=50)
@given(
    queries=st.lists(QUERIES | TREES, min_size=1, max_size=6),
    number=st.integers(0, len(READABLE) - 1),
)
@pytest.mark.feature("SS-06")
def test_what_stands_matches_what_a_search_would_find(
    index: SearchIndex, queries: list[Query], number: int
) -> None:
    standing = GuardedQueries(ANALYSER)
    for key, query in enumerate(queries):
        standing.hold(str(key), query)
    expected = {str(key) for key, query in enumerate(queries) if alone(index, query, number)}
    assert standing.matching(READABLE[number]) == expected
    among = {"0", "none"}
    assert standing.matching(READABLE[number], among=among) == expected & {"0"}


CONDITIONS = st.builds(
    Narrowing,
    kinds=st.lists(st.sampled_from([each.kind for each in READABLE]), max_size=2).map(tuple),
    units=st.lists(st.sampled_from([each.unit for each in READABLE]), max_size=2).map(tuple),
    levels=st.lists(st.sampled_from([*Level]), max_size=2).map(tuple),
    file_types=st.lists(st.sampled_from(["pdf", "docx"]), max_size=1).map(tuple),
    years=st.lists(st.sampled_from([each.dated_on.year for each in READABLE]), max_size=1).map(
        tuple
    ),
    first=st.none() | st.sampled_from([each.dated_on for each in READABLE]),
)


@settings(EVERYTHING_ELSE, max_examples=50)
@given(conditions=CONDITIONS, number=st.integers(0, len(READABLE) - 1))
@pytest.mark.feature("SS-06")
def test_conditions_alone_are_met_where_a_search_without_words_finds_the_record(
    index: SearchIndex, conditions: Narrowing, number: int
) -> None:
    standing = GuardedQueries(ANALYSER)
    standing.hold("", read_query("").tree)
    request = SearchRequest(Everything(), narrowing=conditions, limit=len(READABLE))
    found = {hit.record for hit in index.search(request, EVERYONE).hits}
    assert standing.matching(READABLE[number]) == {""}
    assert standing.meets(READABLE[number], conditions) == (READABLE[number].record in found)


class _Spying(Analyser):
    """Remembers the texts that were cut into tokens."""

    def __init__(self) -> None:
        super().__init__(Fold.load())
        self.seen: list[str] = []

    def stretches(self, text: str) -> list[str]:
        self.seen.append(text)
        return super().stretches(text)


@pytest.mark.feature("SS-06")
def test_texts_of_earlier_revisions_are_looked_at_only_where_a_query_names_them() -> None:
    analyser = _Spying()
    standing, seen = GuardedQueries(analyser), analyser.seen
    paper = replace(document("r1", "防汛通知"), past=("抗旱旧稿",), closed=("密稿",))
    standing.hold("a", read_query("防汛").tree)
    assert standing.matching(paper) == {"a"}
    assert "防汛通知" in seen
    assert not {"抗旱旧稿", "密稿"} & set(seen)
    standing.hold("b", Words("抗旱", TextField.EVER))
    assert standing.matching(paper) == {"a", "b"}
    standing.let_go("b")
    seen.clear()
    assert standing.matching(paper) == {"a"}
    assert "抗旱旧稿" not in seen


@pytest.mark.feature("SS-06")
def test_what_was_let_go_or_replaced_matches_no_more() -> None:
    standing = GuardedQueries(ANALYSER)
    paper = document("r1", "防汛通知")
    standing.hold("a", read_query("防汛").tree)
    standing.hold("b", read_query("-抗旱").tree)
    assert standing.matching(paper) == {"a", "b"}
    standing.hold("a", read_query("抗旱").tree)
    standing.let_go("b")
    standing.let_go("b")
    assert standing.matching(paper) == frozenset()
    assert standing.matching(document("r2", "抗旱")) == {"a"}


@pytest.mark.feature("SS-06")
@pytest.mark.parametrize("typed", ["", "，", "-", "(((", "*", "日期:2017", "文号:" + "x" * 400])
def test_whatever_was_typed_can_stand(typed: str) -> None:
    standing = GuardedQueries(ANALYSER)
    standing.hold("a", read_query(typed).tree)
    index = MemorySearchIndex(ANALYSER)
    index.apply([document("r1", "防汛通知")])
    access = AccessFilter(
        tokens=frozenset({Token("everyone")}), clearance=Level.SECRET, today=TODAY
    )
    found = index.search(SearchRequest(read_query(typed).tree), access).total > 0
    assert bool(standing.matching(document("r1", "防汛通知"))) == found
